import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryStore } from '../stores/memoryStore.ts';
import { memoryTarget } from '../testing/memoryTarget.ts';
import { sampleFault } from '../testing/sampleFault.ts';
import { checkExperiment, defineExperiment } from './checkExperiment.ts';
import type { ExperimentInput } from './experiment.ts';
import type { FaultActivity } from './journal.ts';
import { planExperiment } from './planExperiment.ts';
import { runExperiment, type RunExperimentOptions } from './runExperiment.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A web address whose status is what `status` says at that moment. */
async function webServer(status: () => number): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status()).end('guestbook'));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function setup() {
  const target = memoryTarget();
  const store = memoryStore();
  const run = (experiment: ExperimentInput, more: Partial<RunExperimentOptions> = {}) => runExperiment(defineExperiment(experiment), { target, store, faults: [sampleFault], ...more });
  return { target, store, run };
}

const storm = { fault: 'sample', name: 'storm', params: { replicas: 97 } } as const;
const faultsOf = (activities: readonly { readonly kind: string }[]) => activities.filter((activity): activity is FaultActivity => activity.kind === 'fault');

describe('planExperiment', () => {
  it('plans each fault, also within others, by the experiment’s limits, and changes nothing', async () => {
    const { target, store } = setup();
    const experiment = defineExperiment({ title: 'x', limits: { count: 50 }, method: [{ parallel: [{ sequence: [storm] }, { fault: 'sample', params: { replicas: 9 } }] }] });
    const steps = await planExperiment(experiment, { target, store, faults: [sampleFault], secrets: ['client'] });
    expect(steps).toMatchObject([
      { name: 'storm', planned: { fault: { id: 'sample' }, blastRadius: { count: 97 }, refusals: [{ code: 'FAULT_BLAST_RADIUS' }] } },
      { name: 'sample', planned: { plan: { changes: [{ reason: 'replicas 3 → 9' }, { reason: 'a [redacted]' }] }, refusals: [] } },
    ]);
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });
});

describe('runExperiment', () => {
  it('goes from steady state over faults and checks to the revert and the steady state', async () => {
    const { target, store, run } = setup();
    const replicas: number[] = [];
    const url = await webServer(() => {
      replicas.push(target.deployments.get('frontend') ?? 0);
      return 200;
    });
    const phases: string[] = [];
    const journal = await run(
      { title: 'Frontend survives a storm', steadyState: { probes: [{ kind: 'http', url }] }, method: [{ ...storm, checks: [{ kind: 'http', url }] }, { check: { kind: 'http', url } }], checks: [{ kind: 'http', url }] },
      { onPhase: (phase) => void phases.push(phase) },
    );
    expect(journal).toMatchObject({ status: 'completed', passed: true, deviated: false, leftOver: [], target: { kind: 'system', id: 'memory' } });
    // Before; while it is there: its own check, the step, the checks; after.
    expect(replicas).toEqual([3, 97, 97, 97, 3]);
    expect(phases).toEqual(['steady state before', 'method', 'checks', 'revert', 'steady state after']);
    const [fault] = faultsOf(journal.activities);
    expect(fault).toMatchObject({ name: 'storm', state: 'reverted', status: 'succeeded', findings: ['97 replicas'], blastRadius: { unit: 'pods', count: 97, of: 100 } });
    const moments = [fault?.start, fault?.changedAt, fault?.symptomAt, fault?.revertingAt, fault?.revertedAt].map((time) => Date.parse(time ?? ''));
    expect(moments).toEqual([...moments].sort((one, other) => one - other));
    expect(await store.list()).toEqual([]);
  });

  it('changes nothing when the steady state is not there to begin with', async () => {
    const { target, run } = setup();
    const url = await webServer(() => 500);
    const journal = await run({ title: 'x', steadyState: { probes: [{ kind: 'http', url, name: 'web' }] }, method: [storm, { pause: '1h' }] });
    expect(journal).toMatchObject({ status: 'failed', passed: false, deviated: false, reason: expect.stringContaining('"web" does not hold') });
    expect(journal.activities.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    expect(target.deployments.get('frontend')).toBe(3);
  });

  it('tells of a steady state that does not come back, and of a check that does not hold, as not passed', async () => {
    const { target, run } = setup();
    let status = 200;
    const url = await webServer(() => status);
    const probes = [{ kind: 'http' as const, url }];
    const broken = await run({ title: 'x', steadyState: { probes }, method: [storm] }, { onPhase: (phase) => void (phase === 'revert' && (status = 503)) });
    expect(broken).toMatchObject({ status: 'completed', deviated: true, passed: false });
    status = 200;
    const unchecked = await run({ title: 'x', method: [{ ...storm, checks: [{ kind: 'http', url, status: 404 }] }] });
    expect(unchecked).toMatchObject({ status: 'completed', deviated: false, passed: false });
    expect(target.deployments.get('frontend')).toBe(3);
  });

  it('reverts everything and gives the journal when it is interrupted', async () => {
    const { target, store, run } = setup();
    const interrupt = new AbortController();
    const journal = await run(
      { title: 'x', method: [storm, { pause: '1h' }, { pause: '1h' }] },
      { signal: interrupt.signal, onActivity: ({ kind, status }) => void (kind === 'pause' && status === 'interrupted' && interrupt.abort()) },
    );
    expect(journal).toMatchObject({ status: 'interrupted', passed: false, leftOver: [] });
    expect(journal.activities.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['fault succeeded', 'pause interrupted', 'pause skipped']);
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });

  it('is undone in the middle of an injection, too', async () => {
    const { target, store, run } = setup();
    const interrupt = new AbortController();
    const journal = await run({ title: 'x', method: [storm] }, { signal: interrupt.signal, onStep: ({ step, when }) => void (step === 'start the client' && when === 'before' && interrupt.abort()) });
    expect(journal.status).toBe('interrupted');
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });

  it('is aborted by its own condition, and by that of a fault, within the next look', async () => {
    const { target, run } = setup();
    const url = await webServer(() => ((target.deployments.get('frontend') ?? 0) > 50 ? 503 : 200));
    const down = { kind: 'http' as const, url, status: 503, every: '100ms', name: 'web is down' };
    const whole = await run({ title: 'x', abortWhen: [down], method: [storm, { pause: '1h' }] });
    expect(whole).toMatchObject({ status: 'aborted', reason: expect.stringContaining('"web is down" holds') });
    const own = await run({ title: 'x', method: [{ ...storm, abortWhen: [down] }, { pause: '1h' }] });
    expect(own).toMatchObject({ status: 'aborted', passed: false, activities: [{ endedEarly: expect.stringContaining('web is down'), state: 'reverted' }, { status: 'interrupted' }] });
    expect(target.deployments.get('frontend')).toBe(3);
  });

  it('is aborted by the condition of a fault whose symptom is still waited for', async () => {
    const { target, store, run } = setup();
    const url = await webServer(() => ((target.deployments.get('frontend') ?? 0) > 50 ? 503 : 200));
    const down = { kind: 'http' as const, url, status: 503, every: '100ms', name: 'web is down' };
    const journal = await run({ title: 'x', method: [{ fault: 'sample', params: { replicas: 97, shows: 'absent' }, verify: '1h', abortWhen: [down] }] });
    expect(journal).toMatchObject({ status: 'aborted', passed: false, leftOver: [], activities: [{ status: 'interrupted', state: 'reverted', endedEarly: expect.stringContaining('web is down') }] });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });

  it('is not kept from reverting by who listens to it', async () => {
    const { target, store, run } = setup();
    const throws = (): void => {
      throw new Error('nobody reads');
    };
    const journal = await run({ title: 'x', method: [storm, { pause: 1 }] }, { onActivity: ({ kind }) => void (kind === 'pause' && throws()), onPhase: (phase) => void (phase === 'revert' && throws()) });
    expect(journal).toMatchObject({ status: 'completed', passed: true });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });

  it('injects in parallel, repeats, and reverts by name', async () => {
    const { target, run } = setup();
    target.deployments.set('other', 2);
    const seen: number[][] = [];
    const url = await webServer(() => {
      seen.push([target.deployments.get('frontend') ?? 0, target.deployments.get('other') ?? 0]);
      return 200;
    });
    const check = { check: { kind: 'http' as const, url } };
    const journal = await run({
      title: 'x',
      method: [
        { fault: 'sample', name: 'twice', params: { replicas: 9 }, repeat: 2, duration: '1ms' },
        { ...storm, params: { replicas: 97 } },
        check,
        { revert: 'storm' },
        { parallel: [{ sequence: [check, { pause: 1 }] }, { fault: 'sample', params: { deployment: 'other', replicas: 5 }, duration: 1 }] },
      ],
    });
    expect(journal).toMatchObject({ status: 'completed', passed: true });
    expect(faultsOf(journal.activities).map(({ name, iteration, state, step }) => `${step} ${name} ${iteration} ${state}`)).toEqual(['1 twice 1 reverted', '1 twice 2 reverted', '2 storm 1 reverted', '5.2 sample 1 reverted']);
    expect(seen[0]).toEqual([97, 2]);
    expect([target.deployments.get('frontend'), target.deployments.get('other')]).toEqual([3, 2]);
  });

  it('reverts every fault, also of several steps of one kind without names, in the end and by a step', async () => {
    const { target, store, run } = setup();
    target.deployments.set('other', 2);
    const both = [{ fault: 'sample', params: { replicas: 9 } }, { fault: 'sample', params: { deployment: 'other', replicas: 9 } }] as const;
    expect(await run({ title: 'x', method: [...both] })).toMatchObject({ status: 'completed', passed: true, leftOver: [] });
    expect([...target.deployments.values()]).toEqual([3, 2]);
    const url = await webServer(() => ([...target.deployments.values()].includes(9) ? 500 : 200));
    expect(await run({ title: 'x', method: [{ parallel: [...both] }, { revert: 'sample' }, { check: { kind: 'http', url } }] })).toMatchObject({ passed: true });
    expect([...target.deployments.values()]).toEqual([3, 2]);
    expect(await store.list()).toEqual([]);
  });

  it('fails on a fault that cannot be injected, and reverts those before it', async () => {
    const { target, store, run } = setup();
    const journal = await run({ title: 'x', method: [storm, { fault: 'sample', name: 'same', params: { replicas: 5 } }, { pause: 1 }] });
    expect(journal).toMatchObject({ status: 'failed', reason: expect.stringContaining('"same" could not be injected'), activities: [{ state: 'reverted' }, { status: 'failed', error: { code: 'FAULT_OBJECT_TAKEN' } }, { status: 'skipped' }] });
    expect(target.deployments.get('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
  });

  it('tells what it must not revert, because somebody else changed it, and reverts it by force', async () => {
    const { target, store, run } = setup();
    const meddle = (kind: string): void => void (kind === 'check' && target.deployments.set('frontend', 12));
    const url = await webServer(() => 200);
    const method = [storm, { check: { kind: 'http' as const, url } }];
    const journal = await run({ title: 'x', method }, { onActivity: ({ kind }) => meddle(kind) });
    expect(journal).toMatchObject({ passed: false, leftOver: [{ fault: 'sample', error: { code: 'FAULT_TARGET_CHANGED', details: ['replicas: 97 → 12'] } }] });
    expect(target.deployments.get('frontend')).toBe(12);
    await store.remove(journal.leftOver[0]?.id ?? '');
    target.deployments.set('frontend', 3);
    target.running.clear();
    const forced = await run({ title: 'x', method }, { onActivity: ({ kind }) => meddle(kind), force: true });
    expect(forced).toMatchObject({ leftOver: [] });
    expect(target.deployments.get('frontend')).toBe(3);
  });

  it('says what nothing here can show, and fails where the step asks for proof', async () => {
    const { target, run } = setup();
    const unverified = await run({ title: 'x', method: [{ fault: 'sample', params: { replicas: 9, shows: 'unverifiable' } }] });
    expect(unverified.passed).toBe(true);
    expect(unverified.events.map(({ state }) => state)).toContain('injected-unverified');
    const strict = await run({ title: 'x', method: [{ fault: 'sample', params: { replicas: 9, shows: 'unverifiable' }, unverified: 'fail' }] });
    expect(strict).toMatchObject({ status: 'failed', passed: false, leftOver: [] });
    expect(target.deployments.get('frontend')).toBe(3);
  });

  it('refuses before anything is asked what cannot be run here', async () => {
    const { target, run } = setup();
    await expect(run({ title: 'x', method: [{ fault: 'smaple' }] })).rejects.toMatchObject({ code: 'EXPERIMENT_INVALID', details: ['method[0].fault: there is no fault "smaple"; did you mean "sample"?'] });
    await expect(run({ title: 'x', method: [{ fault: 'sample', params: { replicas: -1 } }] })).rejects.toMatchObject({ code: 'EXPERIMENT_INVALID', details: [expect.stringContaining('method[0].params.replicas: must be a whole number from 0 to 5000')] });
    const condition = { kind: 'condition', object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' }, condition: 'Available' } as const;
    await expect(run({ title: 'x', method: [storm], checks: [condition] })).rejects.toMatchObject({ code: 'PROBE_TARGET_UNFIT' });
    expect(target.deployments.get('frontend')).toBe(3);
  });

  it('masks what is secret in everything that it tells', async () => {
    const url = await webServer(() => 401);
    const { run } = setup();
    const told: string[] = [];
    const journal = await run(
      { title: 'x', method: [{ check: { kind: 'http', name: 'login of s3cr3t', url: `${url}?key=s3cr3t`, auth: { username: 'a', password: 'other' }, status: 401 } }] },
      { secrets: ['s3cr3t'], onActivity: (activity) => void told.push(JSON.stringify(activity)) },
    );
    expect(journal.passed).toBe(true);
    expect(`${JSON.stringify(journal)}${told.join('')}`).not.toMatch(/s3cr3t|other/);
  });

  it('masks secrets that are numbers, a part of another, or what stands in for one', async () => {
    const { target, store } = setup();
    const variables = { pin: { env: 'PIN', secret: true, type: 'number', default: 4242 }, short: { env: 'SHORT', secret: true }, long: { env: 'LONG', secret: true } } as const;
    const { experiment, secrets } = checkExperiment({ title: 'x', description: '${short} ${long}', variables, method: [{ fault: 'sample', params: { replicas: '${pin}' } }] }, { PIN: '4711', SHORT: 'abc', LONG: 'abcdef' });
    if (experiment === undefined) throw new Error('It is an experiment.');
    const journal = await runExperiment(experiment, { target, store, faults: [sampleFault], secrets });
    expect(journal).toMatchObject({ experiment: { description: '[redacted] [redacted]' }, activities: [{ params: { replicas: '[redacted]' } }] });
    expect(JSON.stringify(journal)).not.toMatch(/4711|4242|def"/);
  });
});
