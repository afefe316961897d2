import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WebReply, WebRequest } from '../src/web/protocol.ts';
import { forkChild } from './childProcess.ts';
import { eventually, startRedisServers, type TestRedisSet } from './redisServers.ts';

let redis: TestRedisSet;
beforeAll(async () => {
  redis = await startRedisServers();
});
afterAll(() => redis[Symbol.asyncDispose]());

interface Program extends AsyncDisposable {
  readonly process: ChildProcess;
  text(): string;
}

/** A program of this package in a process of its own, as its image runs it. */
function program(entry: string, args: readonly string[]): Program {
  const path = fileURLToPath(new URL(entry, import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@podscope/source', path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  return {
    process: child,
    text: () => text,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

const portIn = async (server: Program, pattern: RegExp): Promise<number> => {
  await eventually(() => pattern.test(server.text()));
  return Number(pattern.exec(server.text())?.[1]);
};

it('has no switch unless it is asked for, and then one that clients of the site can’t reach', async () => {
  const args = redis.servers.flatMap(({ port }) => ['--redis', `127.0.0.1:${port}`]);
  await using plain = program('../src/standalone.ts', [...args, '--port', '0']);
  const plainPort = await portIn(plain, /listening on port (\d+)/);
  expect((await fetch(`http://127.0.0.1:${plainPort}/behaviours`)).status).toBe(404);
  expect(plain.text()).not.toContain('switch on');

  await using server = program('../src/standalone.ts', [...args, '--port', '0', '--admin-port', '0']);
  const port = await portIn(server, /listening on port (\d+)/);
  const admin = await portIn(server, /switch on 127\.0\.0\.1:(\d+)/);
  expect((await fetch(`http://127.0.0.1:${port}/behaviours`)).status).toBe(404);
  await fetch(`http://127.0.0.1:${admin}/behaviours/a`, { method: 'PUT', body: JSON.stringify({ behaviour: { kind: 'errors', share: 1, paths: [], status: 503 }, seconds: 60 }) });
  expect([(await fetch(`http://127.0.0.1:${port}/`)).status, (await fetch(`http://127.0.0.1:${port}/healthz`)).status]).toEqual([503, 200]);
  expect((await fetch(`http://127.0.0.1:${port}/behaviours`)).status).toBe(503);
  await fetch(`http://127.0.0.1:${admin}/behaviours/a`, { method: 'DELETE' });
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);

  await using refused = program('../src/standalone.ts', [...args, '--admin-token-file', '/nowhere']);
  await once(refused.process, 'exit');
  expect(refused.text()).toContain('GUESTBOOK_ARGUMENTS');
});

it('tells one pod of the embedded cluster and not the others, in the stamps of its log file too', async () => {
  const logDir = await mkdtemp(join(tmpdir(), 'guestbook-logs-'));
  await using web = forkChild<WebRequest, WebReply>('../src/web/main.ts');
  const ask = async <Type extends WebReply['type']>(request: WebRequest, type: Type) => {
    web.send(request);
    return await web.reply((reply): reply is Extract<WebReply, { type: Type }> => reply.type === type);
  };
  await ask({ type: 'configure', redis: redis.servers.map(({ pod, port }) => ({ pod, port })), logDir, balancerPort: 0 }, 'configured');
  const ports: number[] = [];
  for (const name of ['frontend-a', 'frontend-b']) {
    const { port } = await ask({ type: 'addPod', pod: { name, namespace: 'guestbook', container: 'web', containerId: 'c0ffee' } }, 'podStarted');
    ports.push(port);
  }
  const behaviour = { kind: 'clock', offsetSeconds: -7_200 } as const;
  const set = await ask({ type: 'behave', pod: 'frontend-a', id: 'f1', behaviour, seconds: 600 }, 'behaviours');
  expect(set.behaviours).toMatchObject([{ id: 'f1', behaviour }]);
  for (const port of ports) await fetch(`http://127.0.0.1:${port}/about`);
  expect((await ask({ type: 'unbehave', pod: 'frontend-a', id: 'f1' }, 'behaviours')).behaviours).toEqual([]);
  expect((await ask({ type: 'behaviours', pod: 'frontend-x' }, 'failed')).error.code).toBe('GUESTBOOK_POD_UNKNOWN');
  expect((await ask({ type: 'behave', pod: 'frontend-b', id: 'f1', behaviour, seconds: 0 }, 'failed')).error.code).toBe('GUESTBOOK_BEHAVIOUR_INVALID');
  await web.end();
  const behind: number[] = [];
  for (const name of (await readdir(logDir)).toSorted()) {
    const line = (await readFile(join(logDir, name), 'utf8')).split('\n').find((each) => each.includes('GET /about')) ?? '';
    const written = /\[(\d+)\/(\w+)\/(\d+):([\d:]+) \+0000\]/.exec(line);
    const inLine = Date.parse(`${written?.[1]} ${written?.[2]} ${written?.[3]} ${written?.[4]} GMT`);
    for (const at of [Date.parse(line.slice(0, 24).replace(/\d$/, 'Z')), inLine]) behind.push(Math.round((Date.now() - at) / 3_600_000));
  }
  expect(behind).toEqual([2, 2, 0, 0]);
  await rm(logDir, { recursive: true });
});

it('has clients of its own: a visitor, a pool and a report', async () => {
  const [primary] = redis.servers;
  const clients = async () => Number(/connected_clients:(\d+)/.exec(String(await primary.command('INFO', 'clients')))?.[1]);
  const before = await clients();
  {
    await using pool = program('../src/client/main.ts', ['pool', '--redis', `127.0.0.1:${primary.port}`, '--size', '40']);
    await eventually(async () => (await clients()) === before + 40);
    expect(pool.text()).toBe('');
  }
  await eventually(async () => (await clients()) === before);

  await primary.command('CONFIG', 'SET', 'slowlog-log-slower-than', '30000');
  {
    await using report = program('../src/client/main.ts', ['report', '--redis', `127.0.0.1:${primary.port}`, '--milliseconds', '60', '--every', '50']);
    await eventually(async () => Number(await primary.command('SLOWLOG', 'LEN')) >= 3);
    expect(report.text()).toBe('');
  }

  const args = redis.servers.flatMap(({ port }) => ['--redis', `127.0.0.1:${port}`]);
  await using server = program('../src/standalone.ts', [...args, '--port', '0']);
  const port = await portIn(server, /listening on port (\d+)/);
  await using visitor = program('../src/client/main.ts', ['visit', '--url', `http://127.0.0.1:${port}`, '--rate', '50', '--path', '/gone', '--user-agent', 'Pagewalker/2.1']);
  await eventually(() => (server.text().match(/"GET \/gone HTTP\/1\.1" 404 \d+ "-" "Pagewalker\/2\.1"/g) ?? []).length >= 5);
  expect(visitor.text()).toBe('');

  await using wrong = program('../src/client/main.ts', ['visit', '--url', 'ftp://x', '--path', '/']);
  await once(wrong.process, 'exit');
  expect(wrong.text()).toContain('GUESTBOOK_ARGUMENTS');
});
