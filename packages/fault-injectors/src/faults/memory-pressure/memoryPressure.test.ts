import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { FAULT_VARIABLE, processesOfFault } from '../../local/processes.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { killAtEachStep } from '../../testing/killAtEachStep.ts';
import { type LocalProcesses, startLocalProcesses } from '../../testing/localProcesses.ts';
import { memoryPressure } from './index.ts';

let processes: LocalProcesses;
beforeAll(async () => {
  processes = await startLocalProcesses();
});
afterAll(() => processes?.[Symbol.asyncDispose]());
const inject = (params: Parameters<typeof memoryPressure>[0]) => injectFault(memoryPressure(params), { target: processes.target, store: memoryStore() });

it('holds memory, as the first to be ended when it runs out, and gives it back', async () => {
  const fault = await inject({ megabytes: 64, keepFreeMegabytes: 256 });
  expect(fault.state).toBe('injected');
  const [holder] = processesOfFault(fault.id);
  expect(readFileSync(`/proc/${holder?.pid}/oom_score_adj`, 'utf8').trim()).toBe('1000');
  // The kernel may have taken some pages back.
  expect((await fault.verify()).findings[0]).toMatch(/^a process holds (5[6-9]|[6-9]\d|1\d\d) MB$/);
  await fault.revert();
  expect(processesOfFault(fault.id)).toEqual([]);
});

it('does not take for held what any program needs', async () => {
  const id = '0011223344556677';
  const idle = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => undefined, 1000)'], { env: { [FAULT_VARIABLE]: id }, stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    await once(idle.stdout, 'data');
    const check = await memoryPressure({ megabytes: 16 }).on('local')?.verify({ id, target: processes.target, before: { count: 1, of: 1 }, signal: new AbortController().signal });
    expect(check).toMatchObject({ symptom: 'absent' });
  } finally {
    idle.kill('SIGKILL');
  }
});

it('refuses what would leave too little', async () => {
  await expect(inject({ megabytes: 65_536, keepFreeMegabytes: 1_048_576 })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: expect.stringContaining('would stay available') });
});

it('leaves nothing behind when the injector is killed at any step', async () => {
  const ports = { local: { runDirectory: processes.target.runDirectory, processes: processes.now() } };
  const steps = await killAtEachStep(memoryPressure({ megabytes: 16, keepFreeMegabytes: 256, seconds: 60 }), 'local', ports, async ({ restored }) => {
    expect(restored).toEqual({ symptom: 'absent', findings: ['its processes are gone'] });
  });
  expect(steps).toBe(2);
}, 180_000);
