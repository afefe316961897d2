import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { processesOfFault } from '../../local/processes.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { type LocalProcesses, startLocalProcesses } from '../../testing/localProcesses.ts';
import { cpuBurn } from './index.ts';

let processes: LocalProcesses;
beforeAll(async () => {
  processes = await startLocalProcesses();
});
afterAll(() => processes?.[Symbol.asyncDispose]());
const inject = (params: Parameters<typeof cpuBurn>[0]) => injectFault(cpuBurn(params), { target: processes.target, store: memoryStore() });

it('burns processor time at the lowest priority, and is gone afterwards', async () => {
  const fault = await inject({ share: 0.5 });
  expect(fault.state).toBe('injected');
  const [burner] = processesOfFault(fault.id);
  // Field 19 is the nice value; the name in parentheses may hold blanks.
  const fields = readFileSync(`/proc/${burner?.pid}/stat`, 'utf8').split(') ')[1]?.split(' ');
  expect(fields?.[16]).toBe('19');
  await fault.revert();
  expect(processesOfFault(fault.id)).toEqual([]);
});

it('ends by itself when everybody has forgotten about it', async () => {
  const fault = await injectFault(cpuBurn({ share: 0.1, seconds: 2 }), { target: processes.target, store: memoryStore(), verifyMs: 0 });
  expect(processesOfFault(fault.id)).toHaveLength(1);
  await expect.poll(() => processesOfFault(fault.id), { timeout: 20_000 }).toEqual([]);
  await fault.revert();
});

it('refuses more workers than there are processors', async () => {
  await expect(inject({ workers: 64 })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT' });
});

it('leaves nothing behind when the injector is killed at any step', async () => {
  const ports = { local: { runDirectory: processes.target.runDirectory, processes: processes.now() } };
  const steps = await killAtEachStep(cpuBurn({ share: 0.1, seconds: 60 }), 'local', ports, async ({ restored }) => {
    expect(restored).toEqual({ symptom: 'absent', findings: ['its processes are gone'] });
  });
  expect(steps).toBe(2);
}, 60_000);
