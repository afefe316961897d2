import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { type LocalProcesses, startLocalProcesses } from '../../testing/localProcesses.ts';
import { diskQuota } from './index.ts';

let processes: LocalProcesses;
beforeAll(async () => {
  processes = await startLocalProcesses();
});
afterAll(() => processes?.[Symbol.asyncDispose]());
const inject = (params: Parameters<typeof diskQuota>[0]) => injectFault(diskQuota(params), { target: processes.target, store: memoryStore() });
const files = () => readdirSync(processes.target.runDirectory);

it('takes real room in the run directory, and gives it back', async () => {
  const fault = await inject({ megabytes: 20, keepFreePercent: 8 });
  expect(fault.state).toBe('injected');
  const [file = ''] = files();
  expect(statSync(join(processes.target.runDirectory, file)).blocks * 512).toBeGreaterThanOrEqual(20 * 1024 * 1024);
  await fault.revert();
  expect(files()).toEqual([]);
});

it('refuses what would leave too little of the disk', async () => {
  await expect(inject({ megabytes: 1_048_576, keepFreePercent: 99 })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: expect.stringContaining('of the disk would stay free') });
  expect(() => diskQuota({ keepFreePercent: 3 })).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS' }));
  expect(files()).toEqual([]);
});

it('removes also half a file of an injector that was killed', async () => {
  const ports = { local: { runDirectory: processes.target.runDirectory, processes: processes.now() } };
  const steps = await killAtEachStep(diskQuota({ megabytes: 8, keepFreePercent: 8 }), 'local', ports, async ({ restored }) => {
    expect([restored.symptom, files()]).toEqual(['absent', []]);
  });
  expect(steps).toBe(2);
}, 60_000);
