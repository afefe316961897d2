import { afterAll, beforeAll, expect, it } from 'vitest';
import { injectFault } from '../../engine/inject.ts';
import { memoryStore } from '../../stores/memoryStore.ts';
import { type LocalProcesses, startLocalProcesses } from '../../testing/localProcesses.ts';
import { processKill } from './index.ts';

let processes: LocalProcesses;
beforeAll(async () => {
  processes = await startLocalProcesses();
});
afterAll(() => processes?.[Symbol.asyncDispose]());
const inject = (params: Parameters<typeof processKill>[0]) => injectFault(processKill(params), { target: processes.target, store: memoryStore() });
const worker = () => processes.now().find(({ name }) => name === 'worker');

it.each(['SIGKILL', 'SIGTERM'] as const)('ends a process by %s, and is over when its owner has started another one', async (signal) => {
  const before = worker();
  const fault = await inject({ process: 'worker', signal });
  expect(fault.state).toBe('injected');
  await fault.revert();
  expect(worker()?.pid).not.toBe(before?.pid);
  expect((await fault.verify()).findings[1]).toBe(`pid ${worker()?.pid} has taken its place`);
});

it('refuses a process that nobody starts anew, and one that isn’t there', async () => {
  const before = processes.now();
  await expect(inject({ process: 'database' })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: expect.stringContaining('Nobody starts database anew') });
  await expect(inject({ process: 'nginx' })).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', hint: 'There are: worker, database.' });
  expect(processes.now()).toEqual(before);
});
