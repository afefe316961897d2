import { PodscopeError } from '@podscope/core';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryStore } from '../stores/memoryStore.ts';
import { memoryTarget } from '../testing/memoryTarget.ts';
import { sampleFault } from '../testing/sampleFault.ts';
import { injectFault } from './inject.ts';
import { recoverFaults } from './recover.ts';
import type { FaultRecord, InjectedFault, InjectOptions, JournalEvent } from './types.ts';

const running: InjectedFault[] = [];
afterEach(async () => {
  for (const fault of running.splice(0)) await fault.revert({ force: true });
});

function setup(more: Partial<InjectOptions> = {}) {
  const target = memoryTarget();
  const store = memoryStore();
  const events: JournalEvent[] = [];
  const inject = async (params: Parameters<typeof sampleFault>[0] = { replicas: 97 }, extra: Partial<InjectOptions> = {}) => {
    const fault = await injectFault(sampleFault(params), { target, store, journal: (event) => void events.push(event), ...more, ...extra });
    running.push(fault);
    return fault;
  };
  return { target, store, events, inject };
}
const ended = ({ ended: signal }: InjectedFault) =>
  new Promise<unknown>((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    signal.addEventListener('abort', () => resolve(signal.reason));
  });

describe('a fault whose record or journal is lost', () => {
  it.each([
    ['by hand', 60_000, async (fault: InjectedFault) => await fault.revert()],
    ['by itself', 10, async (fault: InjectedFault) => expect(await ended(fault)).toMatchObject({ message: expect.stringContaining('its record was gone') })],
  ])('is reverted %s although its record is gone: with the namespace of the store, or with the file', async (_how, heartbeatMs, over) => {
    const { target, store, inject, events } = setup({ heartbeatMs });
    const fault = await inject();
    await store.remove(fault.id);
    await over(fault);
    expect(fault.state).toBe('reverted');
    expect(target.deployments.get('frontend')).toBe(3);
    expect(target.running.size).toBe(0);
    expect(events.at(-1)).toMatchObject({ id: fault.id, state: 'reverted' });
  });

  it('is reverted although its record can’t be read any more', async () => {
    const inner = memoryStore();
    let damaged = false;
    const damage = () => Promise.reject(new PodscopeError('FAULT_RECORD_UNREADABLE', 'A part is missing.', { hint: 'None.' }));
    const { target, inject } = setup({ store: { ...inner, update: (...args) => (damaged ? damage() : inner.update(...args)) } });
    const fault = await inject();
    damaged = true;
    await inner.remove(fault.id);
    await fault.revert();
    expect(target.deployments.get('frontend')).toBe(3);
  });

  it('keeps no other from being recovered when somebody has written into its record', async () => {
    const { target, store, inject } = setup();
    target.deployments.set('other', 1);
    const broken = await inject({ replicas: 40 });
    const whole = await inject({ deployment: 'other', replicas: 9 });
    await store.update(broken.id, ({ target: _gone, ...record }) => record as FaultRecord);
    const outcomes = await recoverFaults({ target, store, faults: [sampleFault], graceMs: 0 });
    expect(Object.fromEntries(outcomes.map(({ id, outcome }) => [id, outcome]))).toEqual({ [broken.id]: 'unreadable', [whole.id]: 'reverted' });
    expect([...target.deployments.values()]).toEqual([40, 1]);
  });

  it('without a record is not reverted over somebody else’s change, nor over another fault', async () => {
    const { target, store, inject } = setup({ heartbeatMs: 60_000 });
    const changed = await inject();
    await store.remove(changed.id);
    target.deployments.set('frontend', 7);
    await expect(changed.revert({ force: true })).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', message: expect.stringContaining('no record'), details: ['replicas: 97 → 7'] });
    expect(target.deployments.get('frontend')).toBe(7);
    const beaten = await inject({ replicas: 97 }, { heartbeatMs: 10 });
    target.deployments.set('frontend', 8);
    await store.remove(beaten.id);
    expect(await ended(beaten)).toMatchObject({ code: 'FAULT_ENDED', details: ['replicas: 97 → 8'] });
    target.deployments.set('frontend', 3);
    target.running.clear();
    const first = await inject();
    await store.remove(first.id);
    const second = await inject();
    await first.revert();
    expect([target.deployments.get('frontend'), second.state]).toEqual([97, 'injected']);
    target.deployments.set('frontend', 3);
    for (const fault of running.splice(0)) if (fault.id === second.id) await fault.revert({ force: true });
  });

  it('is reverted although its journal can’t be written', async () => {
    let full = false;
    const journal = (): void => {
      if (full) throw new Error('no space left on device');
    };
    const { target, store, inject } = setup({ journal });
    const fault = await inject();
    full = true;
    await fault.revert();
    expect(target.deployments.get('frontend')).toBe(3);
    await expect(inject({ replicas: 97, shows: 'absent' }, { verifyMs: 20 })).rejects.toMatchObject({ code: 'FAULT_NO_SYMPTOM' });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });
});
