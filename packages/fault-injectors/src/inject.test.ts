import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createJournalKey,
  defineFault,
  faultCatalogue,
  injectFault,
  notFoundStorm,
  openJournal,
  planFault,
  recoverFaults,
  replicaStorm,
} from './index.ts';
import { memoryTarget } from './testing/memoryTarget.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podscope-journal-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const storm = replicaStorm({ deployment: 'frontend', replicas: 97 });

describe('injectFault', () => {
  it('injects, verifies and reverts, and leaves nothing in the journal', async () => {
    const target = memoryTarget();
    const journal = await openJournal({ directory, key: createJournalKey() });
    const fault = await injectFault(storm, { target, journal });
    expect(target.deployments.get('frontend')).toBe(97);
    expect((await fault.verify()).present).toBe(true);
    const items = await journal.list();
    expect(items).toHaveLength(1);
    expect(items[0]?.entry).toMatchObject({ id: fault.id, kind: 'replica-storm', before: { replicas: 3 }, state: 'injected' });
    await fault.revert();
    await fault.revert();
    expect(target.deployments.get('frontend')).toBe(3);
    expect((await fault.verify()).present).toBe(false);
    expect(await readdir(directory)).toEqual([]);
  });

  it('stores the state before anything changes', async () => {
    const target = memoryTarget();
    const journal = await openJournal({ directory, key: createJournalKey() });
    let seen: unknown;
    const watching = { ...target, setReplicas: async (name: string, replicas: number) => {
      seen ??= (await journal.list())[0]?.entry;
      await target.setReplicas(name, replicas);
    } };
    await using fault = await injectFault(storm, { target: watching, journal });
    expect(fault.kind).toBe('replica-storm');
    expect(seen).toMatchObject({ before: { replicas: 3 }, state: 'prepared' });
  });

  it('refuses to revert what somebody else changed, unless forced', async () => {
    const target = memoryTarget();
    const journal = await openJournal({ directory, key: createJournalKey() });
    const fault = await injectFault(storm, { target, journal });
    target.deployments.set('frontend', 7);
    await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: [expect.stringContaining('7 replicas')] });
    expect(target.deployments.get('frontend')).toBe(7);
    expect(await journal.list()).toHaveLength(1);
    await fault.revert({ force: true });
    expect(target.deployments.get('frontend')).toBe(3);
  });

  it('reverts itself when its time is over', async () => {
    const target = memoryTarget();
    const journal = await openJournal({ directory, key: createJournalKey() });
    const expired = new Promise<string>((resolve) => {
      void injectFault(storm, { target, journal, ttlMs: 50, onExpired: (id) => resolve(id) });
    });
    expect(await expired).toMatch(/^[0-9a-f]{16}$/);
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await journal.list()).toEqual([]);
  });

  it('tries again when the revert at the end of its time fails', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    try {
      const target = memoryTarget();
      let down = true;
      const shaky = { ...target, setReplicas: async (name: string, replicas: number) => {
        if (down && replicas === 3) throw new Error('down');
        await target.setReplicas(name, replicas);
      } };
      const journal = await openJournal({ directory, key: createJournalKey() });
      const ends = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()];
      let told = 0;
      await injectFault(storm, { target: shaky, journal, ttlMs: 50, onExpired: (_id, error) => ends[told++]?.resolve(error) });
      vi.advanceTimersByTime(50);
      expect(await ends[0]?.promise).toMatchObject({ code: 'FAULT_REVERT_FAILED' });
      expect(target.deployments.get('frontend')).toBe(97);
      down = false;
      vi.advanceTimersByTime(15_000);
      expect(await ends[1]?.promise).toBeUndefined();
      expect(target.deployments.get('frontend')).toBe(3);
      expect(await journal.list()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('leaves alone what was changed after somebody else had reverted it', async () => {
    const target = memoryTarget();
    const journal = await openJournal({ directory, key: createJournalKey() });
    const expired = new Promise<unknown>((resolve) => {
      void injectFault(storm, { target, journal, ttlMs: 300, onExpired: (_id, error) => resolve(error) }).then(async () => {
        await recoverFaults({ target, journal, faults: faultCatalogue });
        target.deployments.set('frontend', 5);
      });
    });
    expect(await expired).toBeUndefined();
    expect(target.deployments.get('frontend')).toBe(5);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2_147_483_648])('refuses to last %d ms and changes nothing', async (ttlMs) => {
    const target = memoryTarget();
    const journal = await openJournal({ directory, key: createJournalKey() });
    await expect(injectFault(storm, { target, journal, ttlMs })).rejects.toMatchObject({ code: 'FAULT_BAD_PARAMETERS' });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await journal.list()).toEqual([]);
  });

  it('undoes half an injection and says so', async () => {
    const target = memoryTarget();
    const journal = await openJournal({ directory, key: createJournalKey() });
    const half = defineFault({
      kind: 'half',
      title: 'Half',
      check: () => undefined,
      observe: async (on) => ({ replicas: await on.replicas('frontend') }),
      plan: () => ({ changes: [] }),
      async inject(on) {
        await on.setReplicas('frontend', 50);
        throw new Error('cut short');
      },
      verify: async () => ({ present: false, findings: [] }),
      foreignChanges: async () => [],
      revert: (on, _params: object, before) => on.setReplicas('frontend', before.replicas),
    });
    await expect(injectFault(half({}), { target, journal })).rejects.toMatchObject({ code: 'FAULT_INJECT_FAILED', hint: expect.stringContaining('was restored') });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await journal.list()).toEqual([]);
  });
});

it('plans without changing anything', async () => {
  const target = memoryTarget();
  const plan = await planFault(storm, { target });
  expect(plan.changes).toEqual([expect.objectContaining({ kind: 'deployment', name: 'frontend', action: 'update', reason: 'replicas 3 → 97' })]);
  expect(target.deployments.get('frontend')).toBe(3);
});

describe('the journal', () => {
  const client = { id: 'c7', userAgent: 'Pagewalker/2.1', address: '10.9.8.7', rate: 12, paths: ['/secret-path-one', '/secret-path-two'] };

  it('shows an opaque id and nothing else', async () => {
    const key = createJournalKey();
    const journal = await openJournal({ directory, key });
    const fault = await injectFault(notFoundStorm({ client }), { target: memoryTarget(), journal });
    const [name] = await readdir(directory);
    expect(name).toBe(`${fault.id}.sealed`);
    const text = await readFile(join(directory, name as string), 'utf8');
    const decoded = Object.values(JSON.parse(text) as Record<string, string>).map((value) => Buffer.from(String(value), 'base64').toString('latin1')).join('\n');
    for (const word of ['secret-path', 'Pagewalker', '10.9.8.7', 'not-found', 'client', 'memory', 'prepared', 'injected']) {
      expect(text).not.toContain(word);
      expect(decoded).not.toContain(word);
    }
    expect(JSON.stringify(await journal.list())).toContain('/secret-path-one');
  });

  it('is as long for one path as for ten', async () => {
    const journal = await openJournal({ directory, key: createJournalKey() });
    await injectFault(notFoundStorm({ client: { ...client, paths: ['/a'] } }), { target: memoryTarget(), journal });
    await injectFault(notFoundStorm({ client: { ...client, paths: Array.from({ length: 10 }, (_, index) => `/p${index}`) } }), { target: memoryTarget(), journal });
    const sizes = await Promise.all((await readdir(directory)).map(async (name) => (await readFile(join(directory, name))).length));
    expect(new Set(sizes).size).toBe(1);
  });

  it('does not open a file that was renamed or changed', async () => {
    const key = createJournalKey();
    const journal = await openJournal({ directory, key });
    const { id } = await injectFault(storm, { target: memoryTarget(), journal });
    await rename(join(directory, `${id}.sealed`), join(directory, '0123456789abcdef.sealed'));
    expect(await journal.list()).toEqual([{ id: '0123456789abcdef', entry: null, reason: expect.any(String) }]);
  });

  it('removes what a write that was cut short has left, but not one that is under way', async () => {
    const key = createJournalKey();
    for (const name of ['00000000000000aa.sealed.new', '00000000000000bb.sealed.new']) await writeFile(join(directory, name), '{');
    await utimes(join(directory, '00000000000000aa.sealed.new'), 1, 1);
    const journal = await openJournal({ directory, key });
    expect(await readdir(directory)).toEqual(['00000000000000bb.sealed.new']);
    expect(await journal.list()).toEqual([]);
  });

  it('refuses a key of another length', async () => {
    await expect(openJournal({ directory, key: new Uint8Array(16) })).rejects.toMatchObject({ code: 'FAULT_JOURNAL_KEY' });
  });
});

describe('recoverFaults', () => {
  it('reverts what a dead injector left behind', async () => {
    const target = memoryTarget();
    const key = createJournalKey();
    await injectFault(storm, { target, journal: await openJournal({ directory, key }) });
    const journal = await openJournal({ directory, key });
    const outcomes = await recoverFaults({ target, journal, faults: faultCatalogue });
    expect(outcomes).toMatchObject([{ outcome: 'reverted' }]);
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await recoverFaults({ target, journal, faults: faultCatalogue })).toEqual([]);
  });

  it('says honestly that an entry cannot be read when the key is gone', async () => {
    const target = memoryTarget();
    await injectFault(storm, { target, journal: await openJournal({ directory, key: createJournalKey() }) });
    const journal = await openJournal({ directory, key: createJournalKey() });
    const outcomes = await recoverFaults({ target, journal, faults: faultCatalogue });
    expect(outcomes).toMatchObject([{ outcome: 'unreadable', message: expect.stringContaining('key that is gone') }]);
    expect(target.deployments.get('frontend')).toBe(97);
    await journal.remove(outcomes[0]?.id as string);
    expect(await journal.list()).toEqual([]);
  });

  it('leaves other targets and faults that are meant to be there alone', async () => {
    const target = memoryTarget();
    const journal = await openJournal({ directory, key: createJournalKey() });
    const fault = await injectFault(storm, { target, journal });
    expect(await recoverFaults({ target: memoryTarget('other'), journal, faults: faultCatalogue })).toMatchObject([{ outcome: 'failed' }]);
    expect(await recoverFaults({ target, journal, faults: faultCatalogue, except: new Set([fault.id]) })).toEqual([]);
    expect(await recoverFaults({ target, journal, faults: faultCatalogue, expiredFor: 0 })).toEqual([]);
    expect(await recoverFaults({ target, journal, faults: [] })).toMatchObject([{ outcome: 'failed' }]);
    expect(target.deployments.get('frontend')).toBe(97);
  });
});
