import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { callControl, connectControl } from '../../../control/client.ts';
import { entry, nodeFlags } from '../entry.ts';
import { readLedger } from '../../../ledger/ledger.ts';
import { ownedBy, startOf } from '../../../ledger/processes.ts';
import type { ReadyMessage, SupervisorOptions, SupervisorOutput } from '../protocol.ts';

let runDir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  runDir = mkdtempSync(join(tmpdir(), 'podscope-supervisor-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(runDir, { recursive: true, force: true });
});

async function up(changes: Partial<SupervisorOptions> = {}): Promise<{ child: ChildProcess; ready: ReadyMessage }> {
  const child = fork(entry('supervisor'), [], { execArgv: [...nodeFlags('supervisor')], detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.push(child);
  const ready = new Promise<ReadyMessage>((resolve, reject) => {
    child.on('message', (message: SupervisorOutput) => {
      if (message.type === 'ready') resolve(message);
      if (message.type === 'failed') reject(Object.assign(new Error(message.error.message), message.error));
    });
    child.once('exit', () => reject(new Error('the supervisor ended')));
  });
  const options: SupervisorOptions = {
    runDir, cacheDir: join(homedir(), '.cache', 'podscope'), ports: { console: 0, opensearch: 0, guestbook: 0 }, seed: 'test', ...changes,
  };
  child.send({ type: 'start', options });
  return { child, ready: await ready };
}

function pidOf(name: string): number {
  const pid = readLedger(runDir)?.processes.find((each) => each.name === name)?.pid;
  if (pid === undefined || pid === null) throw new Error(`${name} is not in the ledger`);
  return pid;
}

async function ask<Answer>(url: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(new URL(path, url), body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as Answer;
}

/** Lines that the web pods wrote to their access logs. */
function accessLines(): number {
  const directory = join(runDir, 'logs', 'containers');
  return readdirSync(directory)
    .filter((name) => name.startsWith('frontend-'))
    .map((name) => readFileSync(join(directory, name), 'latin1').split('\n').filter((line) => / stdout F /.test(line)).length)
    .reduce((sum, count) => sum + count, 0);
}

it('loses and doubles no access log line when OpenSearch, the collector and a Redis are killed around a rollover', { timeout: 240_000 }, async () => {
  const { ready } = await up();
  const control = connectControl(runDir);
  const { opensearch } = ready.urls;
  await callControl(runDir, 'POST', '/v1/visitors/rate', { rate: 60 });
  await expect.poll(async () => (await ask<{ count: number }>(opensearch, '/apache-*/_count')).count, { timeout: 30_000 }).toBeGreaterThan(200);
  process.kill(pidOf('collector'), 'SIGKILL');
  const before = pidOf('opensearch');
  process.kill(before, 'SIGKILL');
  process.kill(pidOf('redis-replica-0'), 'SIGKILL');
  await expect.poll(() => ask(opensearch, '/').then(() => pidOf('opensearch'), () => before), { timeout: 90_000 }).not.toBe(before);
  await expect.poll(async () => (await control.state()).pods.filter((pod) => pod.restarts > 0 && pod.reason === null).map((pod) => pod.deployment).toSorted(), { timeout: 60_000 }).toEqual(['collector', 'redis-replica']);
  const { indices } = await callControl<{ indices: string[] }>(runDir, 'POST', '/v1/rollover', {});
  expect(indices).toHaveLength(5);
  process.kill(pidOf('collector'), 'SIGKILL');
  await control.stopClient('visitors');
  const lines = await settled(accessLines);
  const distinct = async (): Promise<{ all: number; distinct: number }> => {
    await ask(opensearch, '/apache-*/_refresh', {});
    const hits = new Set<string>();
    const query = { exists: { field: 'http.response.status_code' } };
    const { count } = await ask<{ count: number }>(opensearch, '/apache-*/_count', { query });
    for (let after: unknown[] | undefined; ; ) {
      const page = await ask<{ hits: { hits: { _id: string; sort: unknown[] }[] } }>(opensearch, '/apache-*/_search', {
        size: 5000, _source: false, query, sort: [{ '@timestamp': 'asc' }, { 'log.offset': { order: 'asc', unmapped_type: 'long' } }], ...(after ? { search_after: after } : {}),
      });
      for (const hit of page.hits.hits) hits.add(hit._id);
      after = page.hits.hits.at(-1)?.sort;
      if (after === undefined || page.hits.hits.length < 5000) return { all: count, distinct: hits.size };
    }
  };
  await expect.poll(distinct, { timeout: 60_000, interval: 1000 }).toEqual({ all: lines, distinct: lines });
  expect(lines).toBeGreaterThan(500);
});

async function settled(read: () => number): Promise<number> {
  for (let last = -1; ; ) {
    const now = read();
    if (now === last) return now;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
}

it('tells of pending pods in the index, refuses a second start, and leaves nothing when it is killed', { timeout: 180_000 }, async () => {
  const { child, ready } = await up();
  const control = connectControl(runDir);
  await control.scale('frontend', 100);
  const pending = { query: { term: { 'kubernetes.event.reason': 'FailedScheduling' } } };
  await expect.poll(() => ask<{ count: number }>(ready.urls.opensearch, '/kubernetes-*/_count', pending), { timeout: 30_000 }).toMatchObject({ count: 61 });
  const { nodes } = await control.state();
  expect(nodes.map((node) => node.allocated)).toEqual([11, 11, 11, 10]);
  await expect(up()).rejects.toMatchObject({ code: 'UP_ALREADY_RUNNING' });
  expect((await control.state()).nodes).toEqual(nodes);

  const ledger = readLedger(runDir);
  const owner = ledger?.owner ?? '';
  expect(ownedBy(owner).length).toBeGreaterThanOrEqual(7);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await expect.poll(() => [...ownedBy(owner), ...(ledger?.processes ?? []).filter((each) => each.pid !== null && startOf(each.pid) === each.start)], { timeout: 10_000 }).toEqual([]);
});

it('ends with the one who started it, unless it is told to stay', { timeout: 180_000 }, async () => {
  const first = await up();
  const owner = readLedger(runDir)?.owner ?? '';
  first.child.disconnect();
  await once(first.child, 'exit');
  expect(first.child.exitCode).toBe(0);
  expect(ownedBy(owner)).toEqual([]);
  expect(existsSync(join(runDir, 'redis', 'redis-primary-0', 'dump.rdb'))).toBe(true);

  const second = await up({ detach: true });
  second.child.disconnect();
  const entries = await ask<{ total: number }>(second.ready.urls.guestbook, '/entries?limit=1');
  expect(entries.total).toBeGreaterThanOrEqual(12);
  await connectControl(runDir).shutdown();
  await once(second.child, 'exit');
  expect(ownedBy(owner)).toEqual([]);
  expect(readdirSync(runDir)).not.toContain('ledger.json');
  await expect(fetch(second.ready.urls.console)).rejects.toThrow();
});
