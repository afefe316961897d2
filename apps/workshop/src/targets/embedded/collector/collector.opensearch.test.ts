import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { applyPlan, planFor } from '@podscope/index-manager';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workshopIndexSetup } from '../../../indices/setup.ts';
import { type Collector, startCollector } from './collector.ts';
import { AccessLogWriter } from './testing/accessLogWriter.ts';
import { CollectorProcess } from './testing/collectorProcess.ts';
import { FaultyProxy } from './testing/faultyProxy.ts';
import { countByUrl, runKillSeries, STREAM } from './testing/killSeries.ts';
import { randomFrom } from './testing/readingRig.ts';

let root: string;
let server: StartedOpenSearch;
let client: Client;
let proxy: FaultyProxy;
let runDir: string;
let writer: AccessLogWriter;

const settings = () => ({ runDir, opensearchUrl: proxy.url, controlSocket: null, hostName: 'host' });
const start = (options: object = {}): Promise<Collector> =>
  startCollector({ ...settings(), intervalMs: 0, pollMs: 20, log: () => undefined, ...options });

async function total(index: string = STREAM): Promise<number> {
  await client.indices.refresh({ index });
  return Number((await client.count({ index })).body.count);
}

async function setUp(): Promise<void> {
  await applyPlan(client, await planFor(client, workshopIndexSetup));
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'podscope-collector-'));
  server = await startOpenSearch({ version: '2.19.6', dataDir: join(root, 'data') });
  client = new Client({ node: server.url });
});

afterAll(async () => {
  await client?.close();
  await server?.stop();
  rmSync(root, { recursive: true, force: true });
});

beforeEach(async () => {
  await client.indices.deleteDataStream({ name: '*-podscope' }, { ignore: [404] });
  await setUp();
  proxy = await FaultyProxy.start(server.port, STREAM);
  runDir = mkdtempSync(join(root, 'run-'));
  writer = new AccessLogWriter(runDir, 1, () => 0.99);
});

afterEach(async () => {
  await proxy.close();
});

describe('each line once', () => {
  it('when the answer is lost and the stream rolls over before the batch is sent again', async () => {
    writer.write(100);
    proxy.arm({ applied: async () => void (await client.indices.rollover({ alias: STREAM })) });
    await using collector = await start();
    await collector.drain();
    expect(proxy.cut).toBe(1);
    expect(await total()).toBe(100);
    expect(collector.stats()[STREAM]).toMatchObject({ read: 100, written: 0, duplicates: 100, retried: 100 });
  });

  it('when only a part of a batch got there before the rollover', async () => {
    writer.write(60);
    const first = await start();
    await first.drain();
    await first.stop();
    rmSync(join(runDir, 'collector'), { recursive: true });
    await client.indices.rollover({ alias: STREAM });
    writer.write(40);
    await using collector = await start();
    await collector.drain();
    expect(await total()).toBe(100);
    expect(collector.stats()[STREAM]).toMatchObject({ written: 40, duplicates: 60 });
  });

  it('when the process is killed between write and acknowledgement, and the stream rolls over', async () => {
    writer.write(100);
    const collector = new CollectorProcess(settings());
    const killed = Promise.withResolvers<void>();
    proxy.arm({ applied: () => collector.kill().then(killed.resolve) });
    await collector.start();
    await killed.promise;
    await client.indices.rollover({ alias: STREAM });
    writer.write(10);
    await collector.start();
    await collector.drain();
    expect(await total()).toBe(110);
    expect((await collector.stats())[STREAM]).toMatchObject({ written: 10, duplicates: 100 });
    expect(await collector.stop()).toBe(0);
  });

  it('when nothing but a stop lies between: no look at what is there', async () => {
    writer.write(100);
    await (await start()).stop();
    await using collector = await start();
    await collector.drain();
    const all = collector.stats()[STREAM];
    expect(await total()).toBe(100);
    expect(all.written + all.duplicates).toBe(all.read);
  });
});

describe('refusals', () => {
  it('waits while the index is blocked, as at the flood stage of a full disk', async () => {
    const { body } = await client.indices.getDataStream({ name: STREAM });
    const index = body.data_streams?.[0]?.indices?.[0]?.index_name as string;
    await client.indices.putSettings({ index, body: { 'index.blocks.read_only_allow_delete': true } });
    writer.write(50);
    await using collector = await start();
    await expect.poll(() => collector.stats()[STREAM].retried, { timeout: 10_000 }).toBeGreaterThanOrEqual(50);
    expect(collector.stats()[STREAM]).toMatchObject({ written: 0, deadLetters: 0 });
    await client.indices.putSettings({ index, body: { 'index.blocks.read_only_allow_delete': null } });
    await collector.drain();
    expect(collector.stats()[STREAM]).toMatchObject({ written: 50, deadLetters: 0 });
  });

  it.each([
    ['429', { status: 429, body: '{}' }],
    ['503', { status: 503, body: 'no server' }],
    ['a page of a proxy', { status: 200, body: '<html>' }],
    ['another answer', { status: 200, body: '{"took":1}' }],
    ['no permission', { status: 403, body: '{"error":"forbidden"}' }],
  ])('sends again after %s, and buries nothing', async (_name, answer) => {
    writer.write(10);
    proxy.arm({ answer });
    await using collector = await start();
    await collector.drain();
    expect(collector.stats()[STREAM]).toMatchObject({ written: 10, retried: 10, deadLetters: 0 });
    expect(await total()).toBe(10);
  });

  it('finds the one document for which the server refuses the whole request', async () => {
    writer.write(8);
    for (let half = 0; half < 4; half++) proxy.arm({ answer: { status: 400, body: '{"error":"malformed"}' } });
    await using collector = await start();
    await collector.drain();
    expect(collector.stats()[STREAM]).toMatchObject({ written: 7, deadLetters: 1 });
  });

  it('waits for a stream that is not there yet', async () => {
    await client.indices.deleteDataStream({ name: 'apache-podscope' });
    await client.cluster.putSettings({ body: { persistent: { 'action.auto_create_index': 'false' } } });
    writer.write(5);
    const told: string[] = [];
    await using collector = await start({ log: (message: string) => told.push(message) });
    await expect.poll(() => told.join(), { timeout: 10_000 }).toContain('index_not_found_exception');
    await client.cluster.putSettings({ body: { persistent: { 'action.auto_create_index': null } } });
    await setUp();
    await collector.drain();
    expect(await total()).toBe(5);
  });

  it('puts a document that its mapping refuses into the dead letters and goes on', async () => {
    const spool = join(runDir, 'collector', 'spool');
    mkdirSync(spool, { recursive: true });
    const good = JSON.stringify({ '@timestamp': '2026-11-24T09:00:00Z', metricset: { name: 'load' } });
    const bad = JSON.stringify({ '@timestamp': '2026-11-24T09:00:00Z', metricset: { name: 'load' }, nowhere: 1 });
    writeFileSync(join(spool, 'metricbeat-podscope.1.ndjson'), `good-1 ${good}\nbad-1 ${bad}\ngood-2 ${good}\n`);
    await using collector = await start();
    await collector.drain();
    expect(collector.stats()['metricbeat-podscope']).toMatchObject({ read: 3, written: 2, deadLetters: 1 });
    const [letter = ''] = readFileSync(join(runDir, 'collector', 'dead-letters.ndjson'), 'utf8').split('\n');
    expect(JSON.parse(letter)).toMatchObject({ stream: 'metricbeat-podscope', id: 'bad-1', status: 400, document: bad });
    await expect.poll(() => existsSync(join(spool, 'metricbeat-podscope.1.ndjson')), { timeout: 5000 }).toBe(false);
  });

  it('does not pass over a dead letter that a full disk has no room for', async () => {
    const home = join(runDir, 'collector');
    mkdirSync(join(home, 'spool'), { recursive: true });
    symlinkSync('/dev/full', join(home, 'dead-letters.ndjson'));
    writeFileSync(join(home, 'spool', 'metricbeat-podscope.1.ndjson'), 'bad-1 {"@timestamp":"2026-11-24T09:00:00Z","nowhere":1}\n');
    await using collector = await start();
    await expect.poll(() => collector.stats()['metricbeat-podscope'].retried, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(collector.stats()['metricbeat-podscope'].deadLetters).toBe(0);
    unlinkSync(join(home, 'dead-letters.ndjson'));
    await collector.drain();
    expect(collector.stats()['metricbeat-podscope'].deadLetters).toBe(1);
    expect(readFileSync(join(home, 'dead-letters.ndjson'), 'utf8')).toContain('"id":"bad-1"');
  });

  it('sends a batch that is too large for the server in halves, and a document that is too large to the dead letters', async () => {
    proxy.mostBytes = 30_000;
    const node = join(runDir, 'logs', 'nodes');
    mkdirSync(node, { recursive: true });
    writeFileSync(join(node, 'node-1.log'), `${'short line\n'.repeat(1000)}${'x'.repeat(40_000)}\n`);
    await using collector = await start();
    await collector.drain();
    expect(collector.stats()['filebeat-podscope']).toMatchObject({ read: 1001, written: 1000, deadLetters: 1 });
    expect(await total('filebeat-podscope')).toBe(1000);
  });
});

it('samples the machine into metricbeat documents', async () => {
  await using collector = await start({ intervalMs: 200 });
  await expect.poll(() => collector.stats()['metricbeat-podscope'].written, { timeout: 20_000 }).toBeGreaterThan(10);
  await collector.drain();
  expect(collector.stats()['metricbeat-podscope']).toMatchObject({ deadLetters: 0, dropped: 0 });
  await client.indices.refresh({ index: 'metricbeat-*' });
  for (const name of ['cpu', 'memory', 'load', 'filesystem']) {
    const { body } = await client.count({ index: 'metricbeat-*', body: { query: { term: { 'metricset.name': name } } } });
    expect(body.count, name).toBeGreaterThan(0);
  }
});

it('loses and doubles nothing while collector and OpenSearch are killed, OpenSearch for 20 s', { timeout: 240_000 }, async () => {
  const seed = Number(process.env['PODSCOPE_KILL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`collector kill seed ${seed}\n`);
  const random = randomFrom(seed);
  writer = new AccessLogWriter(runDir, 3, random);
  const collector = new CollectorProcess(settings());
  await collector.start();
  const bounceServer = async () => {
    const { port, dataDir } = server;
    server.kill('SIGKILL');
    await server.exited;
    await sleep(20_000);
    server = await startOpenSearch({ version: '2.19.6', port, dataDir });
  };
  const report = await runKillSeries({
    client, proxy, collector, writer, random, bounceServer,
    lines: 40_000, linesPerSecond: 4000, collectorKills: 4, rollovers: 2, serverKills: 1,
  });
  process.stdout.write(`${report.done.join(', ')}\n`);
  expect(report.done).toHaveLength(7);
  const counts = await countByUrl(client);
  expect([...counts].filter(([, count]) => count > 1)).toEqual([]);
  expect(counts.size).toBe(writer.lines);
  expect(await total()).toBe(writer.lines);
  expect(writer.rotations).toBeGreaterThan(0);
  expect(await collector.stop()).toBe(0);
});
