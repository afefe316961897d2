import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { recoverFaults } from '../../engine/recover.ts';
import { revertFault } from '../../engine/revertFault.ts';
import { notFoundStorm } from '../../faults/not-found-storm/index.ts';
import { fileTarget } from '../../testing/fileTarget.ts';
import { memoryTarget } from '../../testing/memoryTarget.ts';
import { sampleFault } from '../../testing/sampleFault.ts';
import { sampleRecord } from '../../testing/sampleRecord.ts';
import { diskStore } from './diskStore.ts';
import { createStoreKey } from './seal.ts';

let root: string;
let directory: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'podscope-disk-'));
  directory = join(root, 'faults');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const faults = [sampleFault, notFoundStorm];

describe('the files', () => {
  const client = { id: 'c7', userAgent: 'Pagewalker/2.1', address: '10.9.8.7', rate: 12, paths: ['/secret-path-one', '/secret-path-two'] };

  it('show an opaque id and nothing else', async () => {
    const store = await diskStore({ directory, key: createStoreKey() });
    const fault = await injectFault(notFoundStorm({ client }), { target: memoryTarget(), store });
    const [name] = await readdir(directory);
    expect(name).toBe(`${fault.id}.sealed`);
    const text = await readFile(join(directory, name as string), 'utf8');
    const decoded = Object.values(JSON.parse(text) as Record<string, string>).map((value) => Buffer.from(String(value), 'base64').toString('latin1')).join('\n');
    for (const word of ['secret-path', 'Pagewalker', '10.9.8.7', 'not-found', 'client', 'memory', 'planned', 'injected']) {
      expect(text).not.toContain(word);
      expect(decoded).not.toContain(word);
    }
    expect(JSON.stringify(await store.list())).toContain('/secret-path-one');
  });

  it('are as long for one path as for ten', async () => {
    const store = await diskStore({ directory, key: createStoreKey() });
    await injectFault(notFoundStorm({ client: { ...client, paths: ['/a'] } }), { target: memoryTarget('one'), store });
    await injectFault(notFoundStorm({ client: { ...client, paths: Array.from({ length: 10 }, (_, index) => `/p${index}`) } }), { target: memoryTarget('two'), store });
    const sizes = await Promise.all((await readdir(directory)).map(async (name) => (await readFile(join(directory, name))).length));
    expect(sizes).toHaveLength(2);
    expect(new Set(sizes).size).toBe(1);
  });

  it('do not open when they were renamed, damaged, or sealed with another key', async () => {
    const store = await diskStore({ directory });
    const { id } = sampleRecord();
    await store.reserve(sampleRecord());
    const other = await diskStore({ directory, key: createStoreKey() });
    expect(await other.list()).toEqual([{ id, record: null, reason: expect.stringContaining('key that is gone') }]);
    expect(await recoverFaults({ target: memoryTarget(), store: other, faults })).toMatchObject([{ id, outcome: 'unreadable', message: expect.stringContaining('key that is gone') }]);
    // There is one, so "not found" would send whoever reverts it the wrong way.
    await expect(revertFault(id, { target: memoryTarget(), store: other, faults })).rejects.toMatchObject({ code: 'FAULT_RECORD_UNREADABLE', message: expect.stringContaining('key that is gone') });
    await rename(join(directory, `${id}.sealed`), join(directory, '0123456789abcdef.sealed'));
    await writeFile(join(directory, '00000000000000bb.sealed'), '{');
    expect(await store.list()).toEqual([
      { id: '00000000000000bb', record: null, reason: 'The file is damaged.' },
      { id: '0123456789abcdef', record: null, reason: expect.any(String) },
    ]);
    await store.remove('0123456789abcdef');
    await store.remove('00000000000000bb');
    expect(await readdir(directory)).toEqual([]);
  });

  it('that a write which was cut short has left are removed, but not one that is under way', async () => {
    await diskStore({ directory });
    for (const name of ['00000000000000aa.sealed.new', '00000000000000bb.sealed.new']) await writeFile(join(directory, name), '{');
    await utimes(join(directory, '00000000000000aa.sealed.new'), 1, 1);
    const store = await diskStore({ directory });
    expect(await readdir(directory)).toEqual(['00000000000000bb.sealed.new']);
    expect(await store.list()).toEqual([]);
  });
});

describe('the key', () => {
  it('is made beside the directory, once, for its owner only', async () => {
    const opened = await Promise.all([diskStore({ directory }), diskStore({ directory }), diskStore({ directory })]);
    await opened[0]?.reserve(sampleRecord());
    for (const store of [...opened, await diskStore({ directory })]) expect(await store.read(sampleRecord().id)).toEqual(sampleRecord());
    expect((await stat(`${directory}.key`)).mode & 0o777).toBe(0o600);
    expect((await readdir(root)).sort()).toEqual(['faults', 'faults.key']);
  });

  it('of another length is refused', async () => {
    await expect(diskStore({ directory, key: new Uint8Array(16) })).rejects.toMatchObject({ code: 'FAULT_STORE_KEY' });
    await writeFile(`${directory}.key`, 'abc\n');
    await expect(diskStore({ directory })).rejects.toMatchObject({ code: 'FAULT_STORE_KEY' });
  });
});

it('refuses an id that is none', async () => {
  const store = await diskStore({ directory });
  await expect(store.remove('../faults')).rejects.toMatchObject({ code: 'FAULT_NOT_FOUND' });
  expect(await store.read('../faults')).toBeUndefined();
});

describe('an injector that is killed', () => {
  const program = join(import.meta.dirname, '../../testing/dyingInjector.ts');

  async function run(file: string, at: string): Promise<{ readonly said: string; readonly signal: string | null }> {
    const child: ChildProcess = spawn(process.execPath, ['--conditions=@podscope/source', program, directory, file, at], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
    let said = '';
    child.stdout?.on('data', (chunk) => (said += String(chunk)));
    const [, signal] = await exited;
    return { said: said.trim(), signal };
  }

  it('at any step leaves nothing that recover does not bring back', async () => {
    const file = join(root, 'replicas');
    const target = fileTarget(file);
    const died: string[] = [];
    for (let at = 0; ; at += 1) {
      await writeFile(file, '3');
      const { said, signal } = await run(file, String(at));
      if (signal === null) {
        expect(said).toBe('end');
        break;
      }
      died.push(said);
      const store = await diskStore({ directory });
      const outcomes = await recoverFaults({ target, store, faults });
      expect(outcomes.every(({ outcome }) => outcome === 'reverted'), said).toBe(true);
      expect(await target.replicas('frontend'), said).toBe(3);
      expect(await readdir(directory), said).toEqual([]);
    }
    expect(died).toEqual(expect.arrayContaining(['reserve: before keep the record', 'reserve: after keep the record', 'inject: before scale', 'inject: after scale', 'revert: after scale back', 'release: before remove the record', 'release: after remove the record']));
    expect(died.length).toBeGreaterThanOrEqual(18);
  }, 120_000);
});
