import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fromSecret } from '../../secrets/secretReference.ts';
import { redisInfoWriter } from './redisInfoWriter.ts';

let folder = '';
let port = 0;
const running: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redis-info-'));
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  port = (probe.address() as { port: number }).port;
  probe.close();
});

afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  await rm(folder, { recursive: true });
});

async function startRedis(): Promise<void> {
  const server = spawn('redis-server', ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--requirepass', 'told', '--dir', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(server);
  for await (const chunk of server.stdout) if (String(chunk).includes('Ready to accept connections')) return;
}

/** The container's own command, with its environment. */
function startWriter(password: string): { readonly child: ChildProcess; readonly file: string } {
  const file = join(folder, 'info.log');
  const { command = [], env = [] } = redisInfoWriter({ name: 'writer', path: file, address: `127.0.0.1:${port}`, volume: 'shared', periodSeconds: 1, password: fromSecret('redis', 'password'), image: { image: 'docker.io/library/redis:7', imagePullPolicy: 'Always' } });
  const [program = '', ...args] = command;
  const child = spawn(program, args, { env: { PATH: process.env['PATH'], REDISCLI_AUTH: password, ...Object.fromEntries(env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))) }, stdio: 'ignore' });
  running.push(child);
  return { child, file };
}

async function until<T>(read: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    await pause(50);
  }
}

const answers = async (file: string): Promise<string[]> => (await readFile(file, 'utf8').catch(() => '')).split('\n\n').filter((answer) => answer !== '');

it('writes each answer of Redis as lines without an empty one among them, and ends when it is told to', async () => {
  await startRedis();
  const { child, file } = startWriter('told');
  const [first = '', second = ''] = await until(async () => {
    const all = await answers(file);
    return all.length > 2 ? all : undefined;
  });
  for (const answer of [first, second]) {
    expect(answer).toMatch(/^# Server\nredis_version:/);
    expect(answer).toMatch(/\nused_memory:\d+\n/);
    expect(answer).not.toMatch(/\r|\n\n/);
  }
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
}, 30_000);

it('writes nothing while Redis refuses or is away, and moves a long file aside', async () => {
  const { child: without, file } = startWriter('told');
  await pause(1500);
  expect(await answers(file)).toEqual([]);
  without.kill('SIGKILL');
  await startRedis();
  const { child: refused } = startWriter('wrong');
  await pause(1500);
  expect(await answers(file)).toEqual([]);
  refused.kill('SIGKILL');
  await writeFile(file, 'x'.repeat(4 * 1024 * 1024));
  startWriter('told');
  await until(async () => ((await readFile(`${file}.1`).catch(() => undefined)) === undefined ? undefined : true));
  expect((await until(async () => (await answers(file))[0]))).toMatch(/^# Server\n/);
}, 30_000);
