import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { signalProcess, statOf } from '../../local/processes.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { type LocalProcesses, startLocalProcesses } from '../../testing/localProcesses.ts';
import { processPause } from './index.ts';

let processes: LocalProcesses;
beforeAll(async () => {
  processes = await startLocalProcesses();
});
afterAll(() => processes?.[Symbol.asyncDispose]());
const inject = (name: string) => injectFault(processPause({ process: name }), { target: processes.target, store: memoryStore() });
const state = (name: string) => statOf(processes.now().find((each) => each.name === name)?.pid ?? 0)?.state;

it('stops a process, and lets it go on', async () => {
  const before = processes.now();
  const fault = await inject('database');
  expect(fault).toMatchObject({ state: 'injected', blastRadius: { unit: 'processes', count: 1, of: 2, things: ['process:database'] } });
  expect([state('database'), state('worker') === 'T']).toEqual(['T', false]);
  await expect(inject('database')).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: expect.stringContaining('is stopped already') });
  await fault.revert();
  expect(state('database')).toMatch(/[SR]/);
  expect(processes.now()).toEqual(before);
});

it('never touches another process that has the pid by now', async () => {
  const [victim] = processes.now();
  const other = { ...victim, name: 'worker', pid: victim?.pid ?? 0, startTime: '1' };
  expect(signalProcess(other, 'SIGSTOP')).toBe(false);
  const target = { ...processes.target, processes: async () => [other] };
  await expect(injectFault(processPause({ process: 'worker' }), { target, store: memoryStore() })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', hint: 'There are: none.' });
  const fault = await inject('worker');
  process.kill(victim?.pid ?? 0, 'SIGKILL');
  await expect.poll(() => processes.now().some(({ name, pid }) => name === 'worker' && pid !== victim?.pid), { timeout: 10_000 }).toBe(true);
  expect(await fault.verify()).toMatchObject({ symptom: 'absent', findings: [expect.stringContaining('has ended')] });
  await fault.revert();
});

it('goes on when the injector is killed at any step', async () => {
  const ports = { local: { runDirectory: processes.target.runDirectory, processes: processes.now() } };
  const steps = await killAtEachStep(processPause({ process: 'database' }), 'local', ports, async ({ restored }) => {
    expect([restored.symptom, state('database')]).toEqual(['absent', expect.stringMatching(/[SR]/)]);
  });
  expect(steps).toBe(2);
}, 60_000);
