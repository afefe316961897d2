import { PodscopeError } from '@podscope/core';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryStore } from '../stores/memoryStore.ts';
import { memoryTarget } from '../testing/memoryTarget.ts';
import { sampleFault } from '../testing/sampleFault.ts';
import { planFault } from './checks.ts';
import { injectFault } from './inject.ts';
import { recoverFaults } from './recover.ts';
import { abortAll, revertFault } from './revertFault.ts';
import type { InjectedFault, InjectOptions, JournalEvent, Probe } from './types.ts';

const faults = [sampleFault];
const running: InjectedFault[] = [];
afterEach(async () => {
  for (const fault of running.splice(0)) await fault.revert({ force: true });
});

function setup(more: Partial<InjectOptions> = {}) {
  const target = memoryTarget();
  const store = memoryStore();
  const events: JournalEvent[] = [];
  const options: InjectOptions = { target, store, heartbeatMs: 10, journal: (event) => void events.push(event), ...more };
  const inject = async (params: Parameters<typeof sampleFault>[0] = { replicas: 97 }, extra: Partial<InjectOptions> = {}) => {
    const fault = await injectFault(sampleFault(params), { ...options, ...extra });
    running.push(fault);
    return fault;
  };
  return { target, store, events, options, inject };
}
const ended = ({ ended: signal }: InjectedFault) =>
  new Promise<unknown>((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    signal.addEventListener('abort', () => resolve(signal.reason));
  });

describe('planFault', () => {
  it('reads, plans, names the blast radius, and writes nothing', async () => {
    const { target, store } = setup();
    const planned = await planFault(sampleFault({ replicas: 97 }), { target, store });
    expect(planned.plan.changes.map(({ reason }) => reason)).toEqual(['replicas 3 → 97', 'a client']);
    expect(planned).toMatchObject({ blastRadius: { unit: 'pods', count: 97, of: 100 }, refusals: [] });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });

  it('says why it would be refused: limits, taken objects, an unsteady state, the kill switch', async () => {
    const { target, store, inject } = setup();
    await inject({ replicas: 40 });
    await store.stop('me');
    const unsteady: Probe = { name: 'guestbook answers', check: async () => ({ holds: false, finding: 'status 500' }) };
    const { refusals } = await planFault(sampleFault({ replicas: 97 }), { target, store, steadyState: [unsteady] });
    expect(refusals.map(({ code }) => code)).toEqual(['FAULT_NOT_STEADY', 'FAULT_STOPPED', 'FAULT_OBJECT_TAKEN']);
    const other = await planFault(sampleFault({ deployment: 'frontend', replicas: 97 }), { target, store: memoryStore(), limits: { count: 5 } });
    expect(other.refusals).toMatchObject([{ code: 'FAULT_BLAST_RADIUS', message: expect.stringContaining('5 pods') }]);
    await store.resume();
  });
});

describe('injectFault', () => {
  it('keeps the state from before, injects, verifies, reverts, and does so once', async () => {
    const { target, store, inject, events } = setup();
    const fault = await inject();
    expect(fault).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{16}$/), fault: 'sample', state: 'injected' });
    expect(target.deployments.get('frontend')).toBe(97);
    expect(await store.list()).toMatchObject([{ id: fault.id, record: { fault: 'sample', before: { replicas: 3 }, state: 'injected', params: { deployment: 'frontend', replicas: 97 } } }]);
    expect(await fault.verify()).toEqual({ symptom: 'present', findings: ['97 replicas'] });
    await Promise.all([fault.revert(), fault.revert()]);
    await fault.revert();
    expect(fault.state).toBe('reverted');
    expect(target.deployments.get('frontend')).toBe(3);
    expect(target.running.size).toBe(0);
    expect(await store.list()).toEqual([]);
    expect(events.map(({ state, step, phase }) => [state, step, phase].filter(Boolean).join(' '))).toEqual([
      'planned', 'injecting', 'injecting scale begin', 'injecting scale done', 'injecting start the client begin', 'injecting start the client done', 'injected',
      'reverting', 'reverting stop the client begin', 'reverting stop the client done', 'reverting scale back begin', 'reverting scale back done', 'reverted',
    ]);
  });

  it('has the state from before in the store before anything changes', async () => {
    const { target, store, inject } = setup();
    let seen: unknown;
    const setReplicas = target.setReplicas.bind(target);
    target.setReplicas = async (name, replicas) => {
      seen ??= (await store.list())[0];
      await setReplicas(name, replicas);
    };
    await inject();
    expect(seen).toMatchObject({ record: { before: { replicas: 3 }, state: 'injecting' } });
  });

  it.each([
    ['partial', 'partial'],
    ['unverifiable', 'injected-unverified'],
  ] as const)('ends as told when the symptom is %s', async (shows, state) => {
    const { inject, store } = setup({ verifyMs: 30 });
    const fault = await inject({ replicas: 97, shows });
    expect(fault.state).toBe(state);
    expect((await store.list())[0]?.record?.state).toBe(state);
  });

  it('does not look when it is told not to', async () => {
    const { inject } = setup({ verifyMs: 0 });
    expect((await inject()).state).toBe('injected-unverified');
  });

  it('takes a fault back whose symptom does not come, unless asked otherwise', async () => {
    const { inject, target, store, events } = setup({ verifyMs: 30 });
    await expect(inject({ replicas: 97, shows: 'absent' })).rejects.toMatchObject({ code: 'FAULT_NO_SYMPTOM', details: ['97 replicas'] });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
    expect(events.map(({ state }) => state)).toContain('not-injected');
    const kept = await inject({ replicas: 97, shows: 'absent' }, { keepWithoutSymptom: true });
    expect(kept.state).toBe('not-injected');
  });

  it('undoes half an injection and says so', async () => {
    const { target, store, inject } = setup();
    target.startClient = () => Promise.reject(new Error('the secret'));
    await expect(inject()).rejects.toMatchObject({ code: 'FAULT_INJECT_FAILED', hint: expect.stringContaining('was restored'), details: [] });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });

  it('leaves what it cannot undo for recover', async () => {
    const { target, store, inject, events } = setup({ restoreMs: 20 });
    target.startClient = () => Promise.reject(new Error('the secret'));
    const setReplicas = target.setReplicas.bind(target);
    target.setReplicas = (name, replicas) => (replicas === 3 ? Promise.reject(new Error('down')) : setReplicas(name, replicas));
    await expect(inject()).rejects.toMatchObject({ code: 'FAULT_INJECT_FAILED', hint: expect.stringContaining('recover fault') });
    target.setReplicas = setReplicas;
    expect(await recoverFaults({ target, store, faults, graceMs: 0 })).toMatchObject([{ outcome: 'reverted' }]);
    expect(target.deployments.get('frontend')).toBe(3);
    expect(JSON.stringify(events)).not.toContain('the secret');
  });

  it('is not begun on a system that is not steady', async () => {
    let holds = false;
    const steady: Probe = { name: 'guestbook answers', check: async () => ({ holds, finding: holds ? 'status 200' : 'status 500' }) };
    const { target, store, inject, events } = setup({ steadyState: [steady], restoreMs: 30 });
    await expect(inject()).rejects.toMatchObject({ code: 'FAULT_NOT_STEADY', message: expect.stringContaining('status 500') });
    expect(events.map(({ state }) => state)).toEqual(['refused']);
    expect(target.deployments.get('frontend')).toBe(3);
    holds = true;
    const fault = await inject();
    holds = false;
    await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_REVERT_FAILED', message: expect.stringContaining('guestbook answers') });
    expect(await store.list()).toHaveLength(1);
    holds = true;
    await fault.revert();
    expect(await store.list()).toEqual([]);
  });

  it.each([0, -1, Number.NaN, 2_147_483_648, '10 minutes', '0s', ''])('refuses to last %j and changes nothing', async (ttl) => {
    const { target, store, inject } = setup({ ttl });
    await expect(inject()).rejects.toMatchObject({ code: 'FAULT_BAD_PARAMETERS' });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });

  it('refuses a target that it is not for', async () => {
    const { store } = setup();
    const local = { kind: 'local', id: 'x', runDirectory: '/', processes: async () => [] } as const;
    await expect(injectFault(sampleFault({ replicas: 1 }), { target: local, store })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
  });
});

describe('an injected fault', () => {
  it('is not reverted over somebody else’s change, unless forced', async () => {
    const { target, store, inject } = setup();
    const fault = await inject();
    target.deployments.set('frontend', 7);
    await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: ['replicas: 97 → 7'] });
    expect(fault.state).toBe('injected');
    expect((await store.list())[0]?.record).toMatchObject({ state: 'injected' });
    expect(target.deployments.get('frontend')).toBe(7);
    await fault.revert({ force: true });
    expect(target.deployments.get('frontend')).toBe(3);
  });

  it('is reverted when its time is over', async () => {
    const { target, store, inject } = setup({ ttl: '50ms' });
    const fault = await inject();
    expect(await ended(fault)).toMatchObject({ code: 'FAULT_ENDED', message: expect.stringContaining('its time is over') });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });

  it('is undone when its time is over before the symptom is there', async () => {
    const { target, store, inject } = setup({ ttl: 50 });
    await expect(inject({ replicas: 97, shows: 'absent' })).rejects.toMatchObject({ code: 'FAULT_INJECT_FAILED', details: [expect.stringContaining('Its time was over')] });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });

  it('is reverted when an abort condition holds, its signal is aborted, or the kill switch is on', async () => {
    let broken = false;
    const { target, store, inject, options } = setup();
    const probed = await inject({ replicas: 97 }, { abortWhen: [{ name: 'too slow', check: async () => ({ holds: broken, finding: '9 s' }) }] });
    broken = true;
    expect(await ended(probed)).toMatchObject({ message: expect.stringContaining('too slow') });
    const interrupt = new AbortController();
    const held = await inject({ replicas: 97 }, { signal: interrupt.signal });
    interrupt.abort();
    expect(await ended(held)).toMatchObject({ message: expect.stringContaining('interrupted') });
    const stopped = await inject();
    await store.stop('somebody');
    expect(await ended(stopped)).toMatchObject({ message: expect.stringContaining('aborted') });
    expect(target.deployments.get('frontend')).toBe(3);
    const told: string[] = [];
    await expect(injectFault(sampleFault({ replicas: 97 }), { ...options, journal: (event) => void told.push(event.state) })).rejects.toMatchObject({ code: 'FAULT_STOPPED', message: expect.stringContaining('somebody') });
    expect(told).toEqual(['refused']);
    await store.resume();
    expect((await inject()).state).toBe('injected');
  });

  it('is undone when an abort condition holds while its symptom is waited for', async () => {
    const { target, store, inject } = setup({ verifyMs: 600_000 });
    const broken: Probe = { name: 'too slow', check: async () => ({ holds: target.deployments.get('frontend') === 97, finding: '9 s' }) };
    await expect(inject({ replicas: 97, shows: 'absent' }, { abortWhen: [broken] })).rejects.toMatchObject({ code: 'FAULT_INJECT_FAILED', details: [expect.stringContaining('the abort condition "too slow" holds: 9 s')] });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });

  it('is undone when its signal is aborted in the middle', async () => {
    const interrupt = new AbortController();
    const { target, store, inject } = setup();
    const onStep: InjectOptions['onStep'] = ({ step, when }) => void (step === 'scale' && when === 'after' && interrupt.abort());
    await expect(inject({ replicas: 97 }, { signal: interrupt.signal, onStep })).rejects.toMatchObject({ code: 'FAULT_INJECT_FAILED' });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });

  it('ends when somebody else has reverted it', async () => {
    const { target, store, inject } = setup();
    const fault = await inject();
    await revertFault(fault.id, { target, store, faults });
    expect(await ended(fault)).toMatchObject({ message: expect.stringContaining('somebody else did') });
    target.deployments.set('frontend', 5);
    await fault.revert({ force: true });
    expect(target.deployments.get('frontend')).toBe(5);
  });

  it('is reverted at the end of its block', async () => {
    const { target, options } = setup();
    {
      await using fault = await injectFault(sampleFault({ replicas: 97 }), options);
      expect(fault.state).toBe('injected');
      target.deployments.set('frontend', 7);
    }
    expect(target.deployments.get('frontend')).toBe(3);
  });

  it('that was left stays until its time is over, whoever recovers', async () => {
    const { target, store, options } = setup({ ttl: '200ms' });
    {
      await using fault = await injectFault(sampleFault({ replicas: 97 }), options);
      await fault.leave();
    }
    expect(target.deployments.get('frontend')).toBe(97);
    expect(await recoverFaults({ target, store, faults, graceMs: 1 })).toEqual([]);
    await expect.poll(async () => await recoverFaults({ target, store, faults }), { timeout: 5_000 }).toMatchObject([{ outcome: 'reverted' }]);
    expect(target.deployments.get('frontend')).toBe(3);
  });

  it('lets go in the middle of its injection when somebody wants to revert it', async () => {
    const { target, store, inject } = setup();
    const reached = Promise.withResolvers<string>();
    const go = Promise.withResolvers<void>();
    const onStep: InjectOptions['onStep'] = async ({ step, when }) => {
      if (step !== 'scale' || when !== 'after') return;
      reached.resolve((await store.list())[0]?.id ?? '');
      await go.promise;
    };
    const injecting = inject({ replicas: 97 }, { onStep });
    const id = await reached.promise;
    const reverting = revertFault(id, { target, store, faults });
    go.resolve();
    await expect(injecting).rejects.toMatchObject({ code: 'FAULT_INJECT_FAILED' });
    await reverting;
    expect(target.deployments.get('frontend')).toBe(3);
    expect(target.running.size).toBe(0);
    expect(await store.list()).toEqual([]);
  });

  it('gives signs of life often enough for its watchdog, however seldom it was told to', async () => {
    const { store, inject } = setup({ heartbeatMs: 60_000 });
    const { id } = await inject({ replicas: 97 }, { watchdog: { graceMs: 80, objects: () => [], start: async () => undefined } });
    const aliveAt = async () => (await store.list()).find((item) => item.id === id)?.record?.aliveAt;
    const first = await aliveAt();
    await expect.poll(aliveAt).not.toBe(first);
  });

  it('takes back what it wrote after it was taken for dead', async () => {
    const { target, store, inject } = setup({ heartbeatMs: 1_000 });
    const onStep: InjectOptions['onStep'] = async ({ step, when }) => {
      if (step !== 'scale' || when !== 'before') return;
      const [item] = await store.list();
      if (item) await store.remove(item.id);
    };
    await expect(inject({ replicas: 97 }, { onStep })).rejects.toMatchObject({ code: 'FAULT_INJECT_FAILED' });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(target.running.size).toBe(0);
  });
});

describe('several faults', () => {
  it('do not touch the same, and keep the limits of each', async () => {
    const { target, inject } = setup();
    target.deployments.set('other', 1).set('third', 1);
    const first = await inject({ replicas: 40 }, { limits: { share: 0.5 } });
    await expect(inject({ replicas: 5 })).rejects.toMatchObject({ code: 'FAULT_OBJECT_TAKEN', message: expect.stringContaining(first.id) });
    await expect(inject({ deployment: 'other', replicas: 11 })).rejects.toMatchObject({ code: 'FAULT_BLAST_RADIUS', message: expect.stringContaining(first.id) });
    const second = await inject({ deployment: 'other', replicas: 10 });
    await expect(inject({ deployment: 'third', replicas: 1 }, { limits: { count: 50 } })).rejects.toMatchObject({ code: 'FAULT_BLAST_RADIUS' });
    await second.revert();
    await inject({ deployment: 'third', replicas: 1 }, { limits: { count: 50 } });
  });
});

describe('revertFault, recoverFaults and abortAll', () => {
  it('say what is unknown, elsewhere, or not installed, and change nothing', async () => {
    const { target, store, inject } = setup();
    const { id } = await inject();
    await expect(revertFault('0123456789abcdef', { target, store, faults })).rejects.toMatchObject({ code: 'FAULT_NOT_FOUND' });
    await expect(revertFault('../x', { target, store, faults })).rejects.toMatchObject({ code: 'FAULT_NOT_FOUND' });
    await expect(revertFault(id, { target, store, faults: [] })).rejects.toMatchObject({ code: 'FAULT_UNKNOWN' });
    await expect(revertFault(id, { target: memoryTarget('other'), store, faults })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
    expect(target.deployments.get('frontend')).toBe(97);
  });

  it('leave the fault of a living injector alone, and not the one of a dead', async () => {
    const { target, store, inject } = setup();
    const { id } = await inject();
    expect(await recoverFaults({ target, store, faults })).toEqual([]);
    expect(await recoverFaults({ target, store, faults, graceMs: 0, except: new Set([id]) })).toEqual([]);
    expect(await recoverFaults({ target: memoryTarget('other'), store, faults, graceMs: 0 })).toMatchObject([{ id, outcome: 'failed' }]);
    expect(await recoverFaults({ target, store, faults: [], graceMs: 0 })).toMatchObject([{ id, outcome: 'failed' }]);
    target.deployments.set('frontend', 7);
    expect(await recoverFaults({ target, store, faults, graceMs: 0 })).toMatchObject([{ id, outcome: 'changed', details: ['replicas: 97 → 7'] }]);
    expect(await recoverFaults({ target, store, faults, graceMs: 0, force: true })).toMatchObject([{ id, outcome: 'reverted' }]);
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await recoverFaults({ target, store, faults, graceMs: 0 })).toEqual([]);
  });

  it('go by the store’s clock, whatever an injector’s own says', async () => {
    const inner = memoryStore();
    const store = { ...inner, now: async () => Date.now() - 5 * 3_600_000 };
    const { target, inject } = setup({ store, ttl: '1h' });
    const fault = await inject();
    const record = await store.read(fault.id);
    expect(Date.parse(record?.expiresAt ?? '')).toBeLessThan(Date.now() - 3 * 3_600_000);
    // By this machine's clock it would be over for hours, and its injector dead.
    expect(await recoverFaults({ target, store, faults })).toEqual([]);
    expect(target.deployments.get('frontend')).toBe(97);
  });

  it('revert everything and refuse new ones until it is resumed', async () => {
    const { target, store, inject } = setup();
    target.deployments.set('other', 1);
    await inject();
    await inject({ deployment: 'other', replicas: 2 });
    expect(await abortAll({ target, store, faults, by: 'me' })).toMatchObject([{ outcome: 'reverted' }, { outcome: 'reverted' }]);
    expect([...target.deployments.values()]).toEqual([3, 1]);
    await expect(inject()).rejects.toMatchObject({ code: 'FAULT_STOPPED' });
  });

  it('revert everything also where new ones can’t be kept out, and say so', async () => {
    const { target, store, inject } = setup();
    const { id } = await inject();
    const ending = { ...store, stop: () => Promise.reject(new PodscopeError('KUBE_NAMESPACE_ENDING', 'Its namespace is being deleted.', { hint: 'Wait.' })), tidy: () => Promise.reject(new Error('no right to')) };
    await expect(abortAll({ target, store: ending, faults })).rejects.toMatchObject({ code: 'KUBE_NAMESPACE_ENDING', message: expect.stringContaining('kept out'), details: [expect.stringContaining(`${id}: reverted`)] });
    expect(target.deployments.get('frontend')).toBe(3);
  });
});
