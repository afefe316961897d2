import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WebReply, WebRequest } from '../src/web/protocol.ts';
import { seedArchive } from '../src/seed/index.ts';
import { forkChild, type TestChild } from './childProcess.ts';
import { eventually, startRedisServers, type TestRedisSet } from './redisServers.ts';

let redis: TestRedisSet;
let web: TestChild<WebRequest, WebReply>;
let logDir: string;
let url: string;
let requests = 0;

type Of<Type extends WebReply['type']> = Extract<WebReply, { type: Type }>;
const ask = <Type extends WebReply['type']>(request: WebRequest, type: Type): Promise<Of<Type>> => {
  web.send(request);
  return web.reply((reply): reply is Of<Type> => reply.type === type);
};
const podOf = (name: string) => ({ name, namespace: 'guestbook', container: 'web', containerId: 'c0ffee', node: 'node-1' });

/** A request through the balancer, counted. */
async function get(path: string, init: RequestInit = {}): Promise<Response> {
  requests++;
  return await fetch(url + path, { redirect: 'manual', ...init });
}

async function accessLines(): Promise<string[]> {
  const files = (await readdir(logDir)).filter((name) => name.endsWith('.log'));
  const texts = await Promise.all(files.map((name) => readFile(join(logDir, name), 'latin1')));
  return texts.flatMap((text) => text.split('\n')).filter((line) => line.includes(' stdout F '));
}

function post(name: string, message: string, headers: Record<string, string> = {}): Promise<Response> {
  return get('/entries', {
    method: 'POST',
    body: JSON.stringify({ name, message }),
    headers: { 'content-type': 'application/json', ...headers },
  });
}

beforeAll(async () => {
  redis = await startRedisServers();
  logDir = await mkdtemp(join(tmpdir(), 'guestbook-logs-'));
  web = forkChild<WebRequest, WebReply>('../src/web/main.ts', ['--max-semi-space-size=1', '--max-old-space-size=48', '--optimize-for-size']);
  const endpoints = redis.servers.map(({ pod, port }) => ({ pod, port }));
  const { balancerPort } = await ask({ type: 'configure', redis: endpoints, logDir, balancerPort: 0 }, 'configured');
  url = `http://127.0.0.1:${balancerPort}`;
});

afterAll(async () => {
  await web.end();
  await redis[Symbol.asyncDispose]();
  await rm(logDir, { recursive: true, force: true });
});

it('answers 503 while no pod runs, and nobody logs it', async () => {
  expect((await fetch(url)).status).toBe(503);
  expect(await accessLines()).toEqual([]);
});

it('writes to the primary and reads from the replicas', async () => {
  for (const name of ['frontend-a', 'frontend-b', 'frontend-c']) await ask({ type: 'addPod', pod: podOf(name) }, 'podStarted');
  const posted = await post('Ada', '<b>hello</b>');
  expect(posted.status).toBe(201);
  const { id } = (await posted.json()) as { id: string };
  const [primary, first] = redis.servers;
  expect(await primary.command('LLEN', 'guestbook:entries')).toBe(1);
  await eventually(async () => (await first.command('LLEN', 'guestbook:entries')) === 1);

  const before = await callsOf(primary, 'lrange');
  const list = (await (await get('/entries')).json()) as { total: number; entries: { id: string }[] };
  expect(list).toMatchObject({ total: 1, entries: [{ id }] });
  expect(await callsOf(primary, 'lrange')).toBe(before);

  const page = await (await get('/')).text();
  expect(page).toContain('&lt;b&gt;hello&lt;/b&gt;');
  expect(page).not.toContain('<b>hello</b>');
});

async function callsOf(server: { command(...args: string[]): Promise<unknown> }, command: string): Promise<number> {
  const info = String(await server.command('INFO', 'commandstats'));
  return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(info)?.[1] ?? 0);
}

it('takes forms and refuses what is no entry', async () => {
  const form = (body: URLSearchParams | string, type: string) =>
    get('/entries', { method: 'POST', body, headers: { 'content-type': type } });
  const urlEncoded = 'application/x-www-form-urlencoded';
  const taken = await form(new URLSearchParams({ name: 'Bea', message: 'x' }), urlEncoded);
  expect([taken.status, taken.headers.get('location')]).toEqual([303, '/']);
  expect((await form('name=&message=x', urlEncoded)).status).toBe(422);
  expect((await form(`name=a&message=${'x'.repeat(1001)}`, urlEncoded)).status).toBe(422);
  expect((await form('{', 'application/json')).status).toBe(400);
  expect((await form('hello', 'text/plain')).status).toBe(415);
  expect((await form('x'.repeat(20_000), urlEncoded)).status).toBe(413);
  expect((await get('/about', { method: 'DELETE' })).status).toBe(405);
});

it('publishes and withdraws pages', async () => {
  expect((await get('/spring/offer.html')).status).toBe(404);
  await ask({ type: 'publish', path: '/spring/offer.html' }, 'published');
  expect((await get('/spring/offer.html')).status).toBe(200);
  expect((await ask({ type: 'pages' }, 'pages')).pages).toEqual(['/spring/offer.html']);
  await ask({ type: 'unpublish', path: '/spring/offer.html' }, 'unpublished');
  expect((await get('/spring/offer.html')).status).toBe(404);
  const refused = await ask({ type: 'publish', path: 'no-slash' }, 'failed');
  expect(refused.error.code).toBe('GUESTBOOK_PAGE_INVALID');
});

it('seeds an archive once and serves it', async () => {
  const [primary] = redis.servers;
  const target = { sendCommand: (command: readonly string[]) => primary.command(...command) };
  const first = await seedArchive(target, { bytes: 2_000_000, seed: 's' });
  expect(first.written).toBe(true);
  expect(first.bytes).toBeGreaterThanOrEqual(2_000_000);
  expect(first.bytes / first.pages).toBeGreaterThan(2_000);
  expect(first.bytes / first.pages).toBeLessThan(8_000);
  expect(await seedArchive(target, { bytes: 2_000_000, seed: 's' })).toEqual({ ...first, written: false });
  await eventually(async () => (await redis.servers[2].command('EXISTS', `guestbook:archive:${first.pages}`)) === 1);
  expect((await get(`/archive/${first.pages}`)).status).toBe(200);
  expect((await get(`/archive/${first.pages + 1}`)).status).toBe(404);
});

it('has one access-log line for each request, with the address that was forwarded', async () => {
  await get('/about?x="quoted"', { headers: { 'x-forwarded-for': '203.0.113.9', referer: 'http://example.test/a"b', 'user-agent': 'Üser' } });
  await eventually(async () => (await accessLines()).length === requests);
  const line = (await accessLines()).find((each) => each.includes('203.0.113.9')) ?? '';
  expect(line).toMatch(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z stdout F 203\.0\.113\.9 - - \[\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET \/about\?x=%22quoted%22 HTTP\/1\.1" 200 \d+ "http:\/\/example\.test\/a\\"b" "\\xdcser" \d+$/,
  );
});

it('follows a failover and says 503 while there is no primary', async () => {
  const [primary, first, second] = redis.servers;
  const dead = once(primary.process, 'exit');
  primary.process.kill('SIGKILL');
  await dead;
  expect((await get('/entries')).status).toBe(200);
  expect((await post('Chidi', 'lost')).status).toBe(503);
  await eventually(async () => {
    const names = (await readdir(logDir)).map((name) => readFileSync(join(logDir, name), 'latin1'));
    return names.some((text) => / stderr F \[.*\[guestbook:error\].*GUESTBOOK_(?:NO_PRIMARY|REDIS_FAILED)/.test(text));
  });
  await first.command('REPLICAOF', 'NO', 'ONE');
  await second.command('REPLICAOF', '127.0.0.1', `${first.port}`);
  expect((await post('Chidi', 'kept')).status).toBe(201);
  await eventually(async () => String(await second.command('LINDEX', 'guestbook:entries', '-1')).includes('kept'));

  // The other way round without a kill: the host still believes in the old primary and is told READONLY.
  await second.command('REPLICAOF', 'NO', 'ONE');
  await first.command('REPLICAOF', '127.0.0.1', `${second.port}`);
  expect((await post('Dana', 'after')).status).toBe(201);
  expect(String(await second.command('LINDEX', 'guestbook:entries', '-1'))).toContain('after');
});

it('runs 39 pods within 90 MB and loses no request while most are taken away', async () => {
  const names = Array.from({ length: 36 }, (_, index) => `frontend-${index}`);
  for (const name of names) web.send({ type: 'addPod', pod: podOf(name) });
  const ports = new Set<number>();
  for (const name of names) {
    const started = await web.reply((reply): reply is Of<'podStarted'> => reply.type === 'podStarted' && reply.name === name);
    ports.add(started.port);
  }
  expect(ports.size).toBe(36);
  for (let round = 0; round < 75; round++) await Promise.all(Array.from({ length: 8 }, () => get('/about').then((answer) => answer.text())));

  const pss = Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${web.process.pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024;
  process.stdout.write(`web host: ${pss.toFixed(0)} MB\n`);
  expect(pss).toBeLessThan(90);

  const statuses: number[] = [];
  const traffic = Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let count = 0; count < 60; count++) {
        const answer = await post('Elif', 'while pods go');
        statuses.push(answer.status);
        await answer.arrayBuffer();
      }
    }),
  );
  for (const name of names) web.send({ type: 'removePod', name });
  for (const name of names) await web.reply((reply): reply is Of<'podStopped'> => reply.type === 'podStopped' && reply.name === name);
  await traffic;
  expect(new Set(statuses)).toEqual(new Set([201]));
  await eventually(async () => (await accessLines()).length === requests);
});

it('ends soon when its parent closes the channel, its logs written, even while Redis hangs', async () => {
  await get('/about');
  const [, ...replicas] = redis.servers;
  for (const replica of replicas) replica.process.kill('SIGSTOP');
  const hanging = Promise.allSettled(Array.from({ length: 5 }, () => get('/entries')));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const from = Date.now();
  expect(await web.end()).toBe(0);
  expect(Date.now() - from).toBeLessThan(3_000);
  await hanging;
  expect(await accessLines()).toHaveLength(requests);
});
