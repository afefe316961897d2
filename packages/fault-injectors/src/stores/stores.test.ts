import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRecord, FaultStore } from '../engine/types.ts';
import { sampleRecord } from '../testing/sampleRecord.ts';
import { diskStore } from './disk/diskStore.ts';
import { memoryStore } from './memoryStore.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'podscope-stores-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const stores: readonly [string, (name: string) => Promise<FaultStore>][] = [
  ['memoryStore', async () => memoryStore()],
  ['diskStore', (name) => diskStore({ directory: join(root, name) })],
];

describe.each(stores)('%s', (_name, open) => {
  it('keeps a record exactly, replaces it, and forgets it', async () => {
    const store = await open('keeps');
    const record = sampleRecord({ before: { text: 'ä\u0000', list: [1, null, { deep: true }], big: 'x'.repeat(100_000) } });
    await store.reserve(record);
    expect(await store.read(record.id)).toEqual(record);
    expect(await store.update(record.id, (each) => ({ ...each, state: 'injected' }))).toEqual({ ...record, state: 'injected' });
    expect(await store.update(record.id, () => undefined)).toEqual({ ...record, state: 'injected' });
    expect(await store.list()).toEqual([{ id: record.id, record: { ...record, state: 'injected' } }]);
    await store.remove(record.id);
    await store.remove(record.id);
    expect(await store.read(record.id)).toBeUndefined();
    expect(await store.update(record.id, (each) => each)).toBeUndefined();
    expect(await store.list()).toEqual([]);
  });

  it('lets one of many in that want the same, and loses no update', async () => {
    const store = await open('races');
    const records = Array.from({ length: 8 }, (_, index) => sampleRecord({ id: index.toString(16).padStart(16, '0') }));
    const outcomes = await Promise.allSettled(records.map((record) => store.reserve(record)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'FAULT_OBJECT_TAKEN' } });
    const [{ id } = { id: '' }] = await store.list();
    const count = (each: FaultRecord) => ({ ...each, before: Number(each.before ?? 0) + 1 });
    await store.update(id, (each) => ({ ...each, before: 0 }));
    await Promise.all(Array.from({ length: 8 }, () => store.update(id, count)));
    expect((await store.read(id))?.before).toBe(8);
    await store.remove(id);
  });

  it('keeps limits over all that run', async () => {
    const store = await open('limits');
    const record = (id: string, count: number, things: string[], limits = {}) => sampleRecord({ id, limits, blastRadius: { unit: 'pods', count, of: 10, objects: [], things } });
    const id = (digit: string) => digit.repeat(16);
    await store.reserve(record(id('1'), 3, ['a'], { share: 0.5 }));
    await expect(store.reserve(record(id('2'), 3, ['b']))).rejects.toMatchObject({ code: 'FAULT_BLAST_RADIUS', details: ['this fault: 3 pods', `${id('1')}: 3 pods`] });
    await store.reserve(record(id('3'), 2, ['b']));
    await expect(store.reserve(record(id('4'), 1, ['c'], { count: 5 }))).rejects.toMatchObject({ code: 'FAULT_BLAST_RADIUS' });
    await store.reserve({ ...record(id('5'), 9, ['a']), target: { kind: 'system', id: 'another' } });
    expect(await store.list()).toHaveLength(3);
  });

  it('has a kill switch', async () => {
    const store = await open('switch');
    expect(await store.stopped()).toBeUndefined();
    await store.stop('first');
    await store.stop('second');
    expect(await store.stopped()).toMatchObject({ by: 'first' });
    await expect(store.reserve(sampleRecord())).rejects.toMatchObject({ code: 'FAULT_STOPPED', message: expect.stringContaining('first') });
    await store.resume();
    await store.resume();
    await store.reserve(sampleRecord());
  });

  it('tells of each write before and after', async () => {
    const store = await open('steps');
    const seen: string[] = [];
    const step = async <Value>(name: string, write: () => Promise<Value>): Promise<Value> => {
      seen.push(`before ${name}`);
      const value = await write();
      seen.push(`after ${name}`);
      return value;
    };
    const { id } = sampleRecord();
    await store.reserve(sampleRecord(), step);
    await store.update(id, (each) => ({ ...each, state: 'injected' }), step);
    await store.remove(id, step);
    expect(seen.length).toBeGreaterThanOrEqual(6);
    expect(seen.filter((each) => each.startsWith('after'))).toEqual(seen.filter((each) => each.startsWith('before')).map((each) => each.replace('before', 'after')));
  });
});
