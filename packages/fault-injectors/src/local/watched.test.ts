import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startLocalProcesses } from '../testing/localProcesses.ts';
import { findLocalWatchdog } from '../watchdog/localWatchdogFile.ts';
import { processesOfFault, statOf } from './processes.ts';

it('the watchdog lets a stopped process go on, and ends a strain, when their injector was killed', async () => {
  await using processes = await startLocalProcesses();
  const root = await mkdtemp(join(tmpdir(), 'podscope-watched-'));
  const directory = join(root, 'faults');
  const victim = processes.now().find(({ name }) => name === 'database');
  const order = { ports: { local: { runDirectory: processes.target.runDirectory, processes: processes.now() } }, directory, process: 'database' };
  const injector = spawn(process.execPath, ['--conditions=@podscope/source', join(import.meta.dirname, '../testing/localInjector.ts'), JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [, strain = ''] = String((await once(injector.stdout, 'data'))[0]).trim().split(' ');
  expect(statOf(victim?.pid ?? 0)?.state).toBe('T');
  expect(processesOfFault(strain)).toHaveLength(1);
  const exited = once(injector, 'exit');
  injector.kill('SIGKILL');
  await exited;
  await expect.poll(() => [statOf(victim?.pid ?? 0)?.state === 'T', processesOfFault(strain).length], { timeout: 60_000, interval: 200 }).toEqual([false, 0]);
  const watchdog = await findLocalWatchdog(directory);
  if (watchdog) process.kill(watchdog.pid, 'SIGKILL');
  await rm(root, { recursive: true, force: true });
}, 120_000);
