import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { injectFault } from '../engine/inject.ts';
import { diskStore } from '../stores/disk/diskStore.ts';
import { fileTarget } from '../testing/fileTarget.ts';
import { sampleFault } from '../testing/sampleFault.ts';
import { sampleRecord } from '../testing/sampleRecord.ts';
import { localWatchdog } from './localWatchdog.ts';
import { findLocalWatchdog } from './localWatchdogFile.ts';

let root: string;
let directory: string;
let file: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'podscope-watchdog-'));
  directory = join(root, 'faults');
  file = join(root, 'replicas');
  await writeFile(file, '3');
});
afterEach(async () => {
  const watchdog = await findLocalWatchdog(directory);
  if (watchdog) process.kill(watchdog.pid, 'SIGKILL');
  await rm(root, { recursive: true, force: true });
});

async function hold(): Promise<ChildProcess> {
  const program = join(import.meta.dirname, '../testing/dyingInjector.ts');
  const child = spawn(process.execPath, ['--conditions=@podscope/source', program, directory, file, 'hold'], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  expect(String((await once(child.stdout, 'data'))[0])).toBe('injected\n');
  return child;
}

it('reverts what an injector left that was killed with its whole process group', async () => {
  const injector = await hold();
  const target = fileTarget(file);
  expect(await target.replicas('frontend')).toBe(97);
  const watchdog = await findLocalWatchdog(directory);
  expect(watchdog?.pid).not.toBe(injector.pid);
  const exited = once(injector, 'exit');
  process.kill(-Number(injector.pid), 'SIGKILL');
  await exited;
  await expect.poll(() => target.replicas('frontend'), { timeout: 30_000, interval: 200 }).toBe(3);
  await expect.poll(() => readdir(directory), { timeout: 30_000, interval: 200 }).toEqual([]);
  const log = (await readFile(`${directory}.watchdog.log`, 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as { outcome?: string });
  expect(log.map(({ outcome }) => outcome).filter(Boolean)).toEqual(['reverted']);
}, 60_000);

it('is one for all injectors of a store, and leaves alone what lives', async () => {
  const injector = await hold();
  const first = await findLocalWatchdog(directory);
  expect(first).toBeDefined();
  await writeFile(`${directory}.watchdog`, JSON.stringify({ pid: first?.pid, startTime: '1' }));
  expect(await findLocalWatchdog(directory)).toBeUndefined();
  await writeFile(`${directory}.watchdog`, JSON.stringify(first));
  expect(await fileTarget(file).replicas('frontend')).toBe(97);
  const exited = once(injector, 'exit');
  injector.kill('SIGKILL');
  await exited;
  await expect.poll(() => fileTarget(file).replicas('frontend'), { timeout: 30_000, interval: 200 }).toBe(3);
}, 60_000);

it('is not taken to run when it can’t open what it is to watch: nothing is injected then', async () => {
  const target = fileTarget(file);
  const store = await diskStore({ directory });
  const setup = join(root, 'setup.mjs');
  await writeFile(setup, 'export default () => Promise.reject(new Error("no such cluster"));');
  for (const url of [pathToFileURL(setup), pathToFileURL(join(root, 'missing.mjs'))]) {
    await expect(injectFault(sampleFault({ replicas: 97 }), { target, store, watchdog: localWatchdog({ setup: url, directory }) })).rejects.toMatchObject({
      code: 'FAULT_INJECT_FAILED',
      cause: { code: 'FAULT_WATCHDOG_FAILED', cause: { message: expect.stringMatching(/no such cluster|missing\.mjs/) } },
    });
    expect(await target.replicas('frontend')).toBe(3);
    expect(await store.list()).toEqual([]);
    expect(await findLocalWatchdog(directory)).toBeUndefined();
  }
}, 60_000);

it('stays for a fault that comes at the moment in which it wants to end', async () => {
  const target = fileTarget(file);
  const watchdog = localWatchdog({ setup: new URL('../testing/lateSetup.ts', import.meta.url), options: { directory, file }, directory });
  await target.setReplicas('frontend', 97);
  await watchdog.start(sampleRecord(), sampleFault({ replicas: 97 }), (_name, write) => write());
  const first = await findLocalWatchdog(directory);
  expect(first).toBeDefined();
  await expect.poll(() => target.replicas('frontend'), { timeout: 60_000, interval: 200 }).toBe(3);
  expect((await findLocalWatchdog(directory))?.pid).toBe(first?.pid);
}, 90_000);
