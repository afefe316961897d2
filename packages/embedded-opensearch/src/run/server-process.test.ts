import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { spawnWatched } from './server-process.ts';

// Each starts and kills processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 60_000 });

let directory: string;
let logFile: string;
let trash: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'podscope-watchdog-'));
  logFile = join(directory, 'log');
  trash = join(directory, "tra'sh $x");
  await mkdir(trash);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const OBEDIENT = 'echo started; exec sleep 60';
const STUBBORN = 'trap "" TERM; echo started; while :; do sleep 0.05; done';

/** Gone, or dead and only not yet collected by whoever inherited it. */
function isGone(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
  }
}
const watched = (script: string) => spawnWatched(['/bin/sh', '-c', script], { logFile, trash, cwd: '/', graceMs: 500 });
const started = () => vi.waitFor(async () => expect(await readFile(logFile, 'utf8')).toContain('started'));

it.each([['an obedient', OBEDIENT], ['a stubborn', STUBBORN]])('ends %s server and removes what is temporary', async (_, script) => {
  const server = await watched(script);
  await started();
  await server.end();
  expect(isGone(server.pid)).toBe(true);
  expect(existsSync(trash)).toBe(false);
});

it('tells how a server ended by itself, and keeps its files', async () => {
  expect(await (await watched('echo bye; sleep 0.1; exit 7')).exited).toEqual({ code: 7, signal: null });
  expect(await readFile(logFile, 'utf8')).toBe('bye\n');
  expect(existsSync(trash)).toBe(true);
  const killed = await watched(OBEDIENT);
  process.kill(killed.pid, 'SIGKILL');
  expect(await killed.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

it.each([['an obedient', OBEDIENT], ['a stubborn', STUBBORN]])('ends %s server when its owner is killed', async (_, script) => {
  const owner = spawn(process.execPath, ['--conditions=@podscope/source', fileURLToPath(new URL('fixtures/hold-process.ts', import.meta.url)), logFile, trash, script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = Number(await new Promise((done) => owner.stdout.once('data', (data: Buffer) => done(data.toString()))));
  await started();
  expect(isGone(pid)).toBe(false);
  owner.kill('SIGKILL');
  await vi.waitFor(() => expect(isGone(pid)).toBe(true), { timeout: 5_000 });
  await vi.waitFor(() => expect(existsSync(trash)).toBe(false), { timeout: 5_000 });
});

it('ends the server when asked to although the watchdog’s reader was killed', async () => {
  const server = await watched(OBEDIENT);
  await started();
  const watchdog = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]);
  const children = readFileSync(`/proc/${watchdog}/task/${watchdog}/children`, 'utf8').trim().split(' ').map(Number);
  const reader = children.find((pid) => pid !== server.pid);
  if (reader === undefined) throw new Error('no reader');
  process.kill(reader, 'SIGKILL');
  await server.end();
  expect(isGone(server.pid)).toBe(true);
  expect(existsSync(trash)).toBe(false);
});

it('ends the server when the watchdog itself is killed', async () => {
  const server = await watched(OBEDIENT);
  await started();
  const watchdog = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]);
  process.kill(watchdog, 'SIGKILL');
  await server.exited;
  expect(isGone(server.pid)).toBe(true);
});
