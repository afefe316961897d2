import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedArchive } from '../src/seed/index.ts';
import type { TrafficStats, VisitorsReply, VisitorsRequest } from '../src/visitors/protocol.ts';
import type { WebReply, WebRequest } from '../src/web/protocol.ts';
import { forkChild, type TestChild } from './childProcess.ts';
import { eventually, startRedisServers, type TestRedisSet } from './redisServers.ts';

let redis: TestRedisSet;
let web: TestChild<WebRequest, WebReply>;
let visitors: TestChild<VisitorsRequest, VisitorsReply>;
let logDir: string;
let url: string;

type Of<Type extends VisitorsReply['type']> = Extract<VisitorsReply, { type: Type }>;
const ask = <Type extends VisitorsReply['type']>(request: VisitorsRequest, type: Type): Promise<Of<Type>> => {
  visitors.send(request);
  return visitors.reply((reply): reply is Of<Type> => reply.type === type);
};
const stats = async (): Promise<TrafficStats> => (await ask({ type: 'stats' }, 'stats')).stats;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function accessLines(): Promise<string[]> {
  const texts = await Promise.all((await readdir(logDir)).map((name) => readFile(join(logDir, name), 'latin1')));
  return texts.flatMap((text) => text.split('\n')).filter((line) => line.includes(' stdout F '));
}

/** Requests a second over a time. */
async function measuredRate(ms: number): Promise<number> {
  const before = (await stats()).sent;
  await pause(ms);
  return (((await stats()).sent - before) * 1000) / ms;
}

beforeAll(async () => {
  redis = await startRedisServers();
  logDir = await mkdtemp(join(tmpdir(), 'guestbook-logs-'));
  const [primary] = redis.servers;
  await seedArchive({ sendCommand: (command) => primary.command(...command) }, { bytes: 3_000_000 });
  web = forkChild<WebRequest, WebReply>('../src/web/main.ts');
  visitors = forkChild<VisitorsRequest, VisitorsReply>('../src/visitors/main.ts');
  web.send({ type: 'configure', redis: redis.servers.map(({ pod, port }) => ({ pod, port })), logDir, balancerPort: 0 });
  const configured = await web.reply((reply): reply is Extract<WebReply, { type: 'configured' }> => reply.type === 'configured');
  url = `http://127.0.0.1:${configured.balancerPort}`;
  for (const name of ['frontend-a', 'frontend-b', 'frontend-c']) {
    web.send({ type: 'addPod', pod: { name, namespace: 'guestbook', container: 'web', containerId: 'c0ffee' } });
    await web.reply((reply): reply is Extract<WebReply, { type: 'podStarted' }> => reply.type === 'podStarted' && reply.name === name);
  }
});

afterAll(async () => {
  await visitors.end();
  await web.end();
  await redis[Symbol.asyncDispose]();
  await rm(logDir, { recursive: true, force: true });
});

it('keeps the rate from the first second on, and changes it while it runs', async () => {
  await ask({ type: 'start', url, seed: 'test', rate: 60, archivePages: 400 }, 'started');
  const first = await measuredRate(4_000);
  expect(first).toBeGreaterThan(40);
  expect(first).toBeLessThan(80);
  await ask({ type: 'setRate', rate: 10 }, 'rateSet');
  const slow = await measuredRate(4_000);
  expect(slow).toBeGreaterThan(4);
  expect(slow).toBeLessThan(18);
  const { clients } = await ask({ type: 'list' }, 'clients');
  expect(clients).toMatchObject([{ id: 'visitors', rate: 10 }]);
});

it('runs a steady client beside them, and stops it', async () => {
  const client = { id: 'agent-7', userAgent: 'Probe/2.0', address: '198.51.100.77', rate: 80, paths: ['/gone/a', '/gone/b'] };
  await ask({ type: 'startClient', client }, 'clientStarted');
  expect((await ask({ type: 'startClient', client }, 'failed')).error.code).toBe('GUESTBOOK_CLIENT_EXISTS');
  expect((await ask({ type: 'startClient', client: { ...client, id: 'x', address: 'nowhere' } }, 'failed')).error.code).toBe('GUESTBOOK_CLIENT_INVALID');
  await pause(3_000);
  expect((await ask({ type: 'list' }, 'clients')).clients.map((each) => each.id)).toEqual(['visitors', 'agent-7']);
  expect(await ask({ type: 'stopClient', id: 'agent-7' }, 'clientStopped')).toMatchObject({ found: true });
  await pause(300);
  const storm = (await accessLines()).filter((line) => line.includes(' 198.51.100.77 '));
  expect(storm.length).toBeGreaterThan(180);
  expect(storm.length).toBeLessThan(300);
  expect(storm.every((line) => / "GET \/gone\/[ab] HTTP\/1\.1" 404 \d+ "-" "Probe\/2\.0" \d+$/.test(line))).toBe(true);
  await pause(500);
  expect((await accessLines()).filter((line) => line.includes(' 198.51.100.77 '))).toHaveLength(storm.length);
});

it('leaves one line in the access log for each request', async () => {
  expect(await ask({ type: 'stopClient', id: 'visitors' }, 'clientStopped')).toMatchObject({ found: true });
  await eventually(async () => {
    const { sent, answered } = await stats();
    return sent === answered && (await accessLines()).length === sent;
  });
  const { byStatus, failed, skipped } = await stats();
  expect([failed, skipped]).toEqual([0, 0]);
  expect(byStatus['303']).toBeGreaterThan(0);
  expect(byStatus['503']).toBeUndefined();
  const lines = await accessLines();
  expect(new Set(lines.map((line) => line.split(' ')[3])).size).toBeGreaterThan(20);
});
