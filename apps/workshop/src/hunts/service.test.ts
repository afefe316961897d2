import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStoreKey } from '@podscope/fault-injectors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HuntControl } from '../control/handlers.ts';
import { memorySystem, type MemorySystem } from './memorySystem.fixture.ts';
import { until } from './rehearsal.ts';
import { createHuntService } from './service.ts';

let journalDir: string;
let system: MemorySystem;
const emptyIndex = async () => ({ hits: { total: { value: 0 }, hits: [] }, aggregations: {} });
const serve = (key?: Uint8Array): Promise<HuntControl> =>
  createHuntService({ target: system.target, state: system.state, search: emptyIndex, journalDir, ...(key ? { key } : {}) });

beforeEach(async () => {
  journalDir = await mkdtemp(join(tmpdir(), 'podscope-service-'));
  system = memorySystem();
});
afterEach(() => rm(journalDir, { recursive: true, force: true }));

describe('a hunt', () => {
  it('starts, gives hints, keeps answers, refuses what does not hold, and stops', async () => {
    const service = await serve();
    expect((await service.hunts()).map(({ id, status }) => [id, status])).toEqual([['runaway-replicas', 'idle'], ['not-found-storm', 'idle'], ['fragmented-redis', 'idle']]);
    const view = await service.startHunt('runaway-replicas', 'one');
    expect(view).toMatchObject({ status: 'running', attempt: expect.stringMatching(/^[0-9a-f]{16}$/), debrief: null });
    expect(system.replicas).toBeGreaterThan(80);
    const asked = system.replicas;
    expect((await service.takeHint('runaway-replicas')).hints).toMatchObject({ left: 2, taken: [{ cost: 5 }] });
    await service.answerHunt('runaway-replicas', { deployment: 'frontend', cause: 'The nodes have no room left for them' });
    await service.answerHunt('runaway-replicas', { asked: String(asked), pending: String(asked - 39) });
    const graded = await service.submitHunt('runaway-replicas');
    expect(graded).toMatchObject({ status: 'running', verdict: { passed: false, score: 70 } });
    expect(graded.verdict?.parts.map(({ aspect, passed }) => [aspect, passed])).toEqual([['localise', true], ['mechanism', true], ['scope', true], ['fix', false]]);
    const stopped = await service.stopHunt('runaway-replicas');
    expect(stopped).toMatchObject({ status: 'stopped', debrief: expect.stringContaining(`**${asked}**`) });
    expect(system.replicas).toBe(3);
    expect(await readdir(journalDir)).toEqual([]);
  });

  it('puts back what the learner changed on the way', async () => {
    const service = await serve();
    await service.startHunt('runaway-replicas', 'one');
    system.replicas = 8;
    await service.stopHunt('runaway-replicas');
    expect(system.replicas).toBe(3);
  });

  it('is stopped when its time is over: that is no fix', async () => {
    const service = await createHuntService({ target: system.target, state: system.state, search: emptyIndex, journalDir, ttlMs: 50 });
    await service.startHunt('runaway-replicas', 'one');
    await until('the end of its time', 5, async () => ((await service.hunts())[0]?.status === 'stopped' ? true : null));
    expect(system.replicas).toBe(3);
    await expect(service.submitHunt('runaway-replicas')).rejects.toMatchObject({ code: 'HUNT_NOT_RUNNING' });
  });

  it('puts back what was changed beside the fault: when it is stopped, out of time, and at the end of everything', async () => {
    let restored = 0;
    const options = { target: system.target, state: system.state, search: emptyIndex, journalDir, keepBaseline: async () => async () => void restored++ };
    const service = await createHuntService(options);
    await service.startHunt('runaway-replicas', 'one');
    expect(restored).toBe(0);
    await service.stopHunt('runaway-replicas');
    await service.stopHunt('runaway-replicas');
    expect(restored).toBe(1);
    await service.startHunt('not-found-storm', 'one');
    await service.close();
    expect(restored).toBe(2);
    const brief = await createHuntService({ ...options, ttlMs: 50 });
    await brief.startHunt('runaway-replicas', 'one');
    await until('the end of its time', 5, async () => (restored === 3 ? true : null));
    expect((await brief.hunts())[0]).toMatchObject({ status: 'stopped' });
    await brief.close();
    expect(restored).toBe(3);
  });

  it('is not over before everything is back', async () => {
    let works = false;
    const keepBaseline = async () => async () => {
      if (!works) throw new Error('down');
    };
    const service = await createHuntService({ target: system.target, state: system.state, search: emptyIndex, journalDir, keepBaseline });
    await service.startHunt('runaway-replicas', 'one');
    await expect(service.stopHunt('runaway-replicas')).rejects.toThrow('down');
    expect((await service.hunts())[0]).toMatchObject({ status: 'running' });
    works = true;
    expect(await service.stopHunt('runaway-replicas')).toMatchObject({ status: 'stopped' });
  });

  it('does not begin on a system that somebody broke by hand', async () => {
    const service = await serve();
    const { id } = (await service.injectFault({ kind: 'replica-storm', dryRun: false })) as { id: string };
    await expect(service.startHunt('runaway-replicas')).rejects.toMatchObject({ code: 'HUNT_BUSY', hint: expect.stringContaining(id) });
    await service.revertFault(id, false);
    expect((await service.startHunt('runaway-replicas')).status).toBe('running');
  });

  it('takes its turn with faults by hand: whoever comes first, the other is refused', async () => {
    const service = await serve();
    const both = await Promise.allSettled([service.startHunt('runaway-replicas'), service.injectFault({ kind: 'not-found-storm', dryRun: false })]);
    expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'HUNT_BUSY' } }]);
    await service.stopHunt('runaway-replicas');
    const again = await Promise.allSettled([service.injectFault({ kind: 'not-found-storm', dryRun: false }), service.startHunt('runaway-replicas')]);
    expect(again).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'HUNT_BUSY' } }]);
    expect(system.replicas).toBe(3);
  });

  it('that is stopped while it starts is reverted, and started twice is started once', async () => {
    const service = await serve();
    const [first, second, stopped] = await Promise.allSettled([service.startHunt('runaway-replicas'), service.startHunt('runaway-replicas'), service.stopHunt('runaway-replicas')]);
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
    expect(stopped).toMatchObject({ status: 'fulfilled', value: { status: 'stopped' } });
    expect(system.replicas).toBe(3);
    expect(await readdir(journalDir)).toEqual([]);
  });

  it('does not start any more when the system is ending', async () => {
    const service = await serve();
    const [started, closed, late] = await Promise.allSettled([service.startHunt('runaway-replicas'), service.close(), service.startHunt('not-found-storm')]);
    expect([started.status, closed.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(late).toMatchObject({ status: 'rejected', reason: { code: 'PROCESS_ENDED' } });
    await expect(service.injectFault({ kind: 'replica-storm', dryRun: false })).rejects.toMatchObject({ code: 'PROCESS_ENDED' });
    await service.close();
    expect(system.replicas).toBe(3);
    expect(system.clients.size).toBe(0);
  });

  it('that is submitted without answers says so for each part', async () => {
    const service = await serve();
    await service.startHunt('runaway-replicas');
    const { verdict } = await service.submitHunt('runaway-replicas');
    expect(verdict?.parts.slice(0, 3).map((part) => part.message)).toEqual(['Not answered yet.', 'Not answered yet.', 'Not answered yet.']);
  });

  it('runs alone', async () => {
    const service = await serve();
    const both = await Promise.allSettled([service.startHunt('runaway-replicas'), service.startHunt('not-found-storm')]);
    expect(both.map((each) => each.status)).toEqual(['fulfilled', 'rejected']);
    await expect(service.startHunt('not-found-storm')).rejects.toMatchObject({ code: 'HUNT_BUSY' });
    await expect(service.injectFault({ kind: 'replica-storm', dryRun: true })).rejects.toMatchObject({ code: 'HUNT_BUSY' });
    await service.stopHunt('runaway-replicas');
    expect((await service.startHunt('not-found-storm')).status).toBe('running');
    await service.close();
    expect(system.clients.size).toBe(0);
  });

  it('says what is wrong without telling the truth', async () => {
    const service = await serve();
    await expect(service.startHunt('nothing')).rejects.toMatchObject({ code: 'HUNT_UNKNOWN' });
    await expect(service.submitHunt('runaway-replicas')).rejects.toMatchObject({ code: 'HUNT_NOT_RUNNING' });
    system.pods = [{ namespace: 'guestbook', name: 'redis-primary-0', deployment: 'redis-primary', role: 'primary' }];
    const error = await service.startHunt('fragmented-redis').catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'HUNT_START_FAILED' });
    expect(JSON.stringify(error) + String(error) + String((error as Error).cause)).not.toContain('/secret-path');
    expect((await service.hunts()).map((hunt) => hunt.status)).toEqual(['idle', 'idle', 'idle']);
  });
});

describe('secrecy', () => {
  it('keeps the seed’s client and paths out of views, lists and the journal', async () => {
    const service = await serve();
    const view = await service.startHunt('not-found-storm', 'two');
    const [client] = [...system.clients.values()];
    if (!client) throw new Error('no client');
    const shown = [JSON.stringify(view), JSON.stringify(await service.hunts()), JSON.stringify((await service.listFaults() as { faults: unknown }).faults)];
    for (const name of await readdir(journalDir)) {
      const text = await readFile(join(journalDir, name), 'utf8');
      shown.push(name, text, ...Object.values(JSON.parse(text) as Record<string, string>).map((value) => Buffer.from(String(value), 'base64').toString('latin1')));
    }
    expect(shown.length).toBeGreaterThan(5);
    for (const word of [...client.paths, client.id, client.address, client.userAgent]) expect(shown.some((text) => text.includes(word)), word).toBe(false);
    expect(await service.listFaults()).toMatchObject({ faults: [{ id: expect.stringMatching(/^[0-9a-f]{16}$/), kind: null, state: 'injected' }] });
  });

  it('keeps its hands off a hunt’s fault', async () => {
    const service = await serve();
    await service.startHunt('not-found-storm', 'two');
    const { faults } = (await service.listFaults()) as { faults: { id: string }[] };
    const id = faults[0]?.id ?? '';
    await expect(service.verifyFault(id)).rejects.toMatchObject({ code: 'FAULT_HIDDEN' });
    await expect(service.revertFault(id, true)).rejects.toMatchObject({ code: 'FAULT_HIDDEN' });
    expect(await service.recoverFaults()).toEqual({ recovered: [] });
    expect(system.clients.size).toBe(1);
  });
});

describe('faults by hand', () => {
  it('are planned, injected, verified, protected from a blind revert, and reverted', async () => {
    const service = await serve();
    expect(await service.injectFault({ kind: 'replica-storm', seed: 's', dryRun: true })).toMatchObject({ dryRun: true, changes: [{ name: 'frontend' }] });
    expect(system.replicas).toBe(3);
    const { id } = (await service.injectFault({ kind: 'replica-storm', seed: 's', dryRun: false })) as { id: string };
    expect(await service.listFaults()).toMatchObject({ faults: [{ id, kind: 'replica-storm', state: 'injected' }] });
    expect(await service.verifyFault(id)).toMatchObject({ id, present: true });
    system.replicas = 7;
    await expect(service.revertFault(id, false)).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED' });
    expect(await service.revertFault(id, true)).toEqual({ id, reverted: true });
    expect(system.replicas).toBe(3);
    await expect(service.revertFault(id, true)).rejects.toMatchObject({ code: 'FAULT_NOT_FOUND' });
    await expect(service.injectFault({ kind: 'none', dryRun: false })).rejects.toMatchObject({ code: 'FAULT_UNKNOWN' });
  });

  it('are the same for the same seed', async () => {
    const service = await serve();
    const plan = (seed: string) => service.injectFault({ kind: 'not-found-storm', seed, dryRun: true });
    expect(await plan('a')).toEqual(await plan('a'));
    expect(await plan('a')).not.toEqual(await plan('b'));
  });
});

describe('recovery after the process died', () => {
  it('reverts with the key', async () => {
    const key = createStoreKey();
    await (await serve(key)).startHunt('runaway-replicas', 'one');
    expect(system.replicas).not.toBe(3);
    const next = await serve(key);
    expect(await next.listFaults()).toMatchObject({ faults: [{ kind: null, state: 'left over' }] });
    expect(await next.recoverFaults()).toMatchObject({ recovered: [{ outcome: 'reverted' }] });
    expect(system.replicas).toBe(3);
  });

  it('says that the key is gone without it, and resets what it can', async () => {
    await (await serve()).startHunt('runaway-replicas', 'one');
    const next = await serve();
    expect(await next.recoverFaults()).toMatchObject({ recovered: [{ outcome: 'reset', message: expect.stringContaining('Its key is gone') }] });
    expect(await readdir(journalDir)).toEqual([]);
  });

  it('keeps what it cannot reset', async () => {
    await (await serve()).startHunt('runaway-replicas', 'one');
    system.pods = [{ namespace: 'guestbook', name: 'redis-primary-0', deployment: 'redis-primary', role: 'primary' }];
    expect(await (await serve()).recoverFaults()).toMatchObject({ recovered: [{ outcome: 'unreadable', message: expect.stringContaining('key that is gone') }] });
    expect(await readdir(journalDir)).toHaveLength(1);
  });
});
