import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { request } from './fixtures/request.ts';
import { differencesOf, randomFrom, Writer } from './fixtures/writer.ts';
import { releaseReindex, rollbackReindex, runReindex } from './reindex.ts';

let server: StartedOpenSearch;
let client: Client;

beforeAll(async () => {
  server = await startOpenSearch({ version: '3.8.0' });
  client = new Client({ node: server.url });
});

afterAll(async () => {
  await client?.close();
  await server?.stop();
});

async function backing(): Promise<readonly string[]> {
  const answer = await request(client, 'GET', '/_data_stream/logs-web');
  const [stream] = answer?.['data_streams'] as unknown as { indices: { index_name: string }[] }[];
  return (stream?.indices ?? []).map(({ index_name: name }) => name);
}

async function typeIn(name: string): Promise<unknown> {
  const answer = await request(client, 'GET', `/${name}/_mapping`);
  return (answer?.[name] as unknown as { mappings: { properties: { code: { type: string } } } }).mappings.properties.code.type;
}

async function putTemplate(type: string): Promise<void> {
  const mappings = { properties: { '@timestamp': { type: 'date' }, code: { type } } };
  await request(client, 'PUT', '/_index_template/logs', { index_patterns: ['logs-*'], data_stream: {}, template: { settings: { number_of_replicas: 0 }, mappings } });
}

async function write(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) await client.index({ index: 'logs-web', op_type: 'create', body: { '@timestamp': '2026-03-01T00:00:00Z', code: String(at) } });
  await client.indices.refresh({ index: 'logs-web' });
}

it('rolls a data stream over, rewrites its past in place, and goes back', async () => {
  await putTemplate('keyword');
  await request(client, 'PUT', '/_data_stream/logs-web');
  await write(30);
  await request(client, 'POST', '/logs-web/_rollover');
  await write(12);
  await putTemplate('long');
  const { indices } = await runReindex(client, { source: 'logs-web' });
  expect(indices.map(({ source, state, documents }) => [source, state, documents])).toEqual([
    ['.ds-logs-web-000001', 'swapped', 30],
    ['.ds-logs-web-000002', 'swapped', 12],
  ]);
  expect([...(await backing())].sort()).toEqual(['.ds-logs-web-000001-r1', '.ds-logs-web-000002-r1', '.ds-logs-web-000003']);
  for (const name of await backing()) expect(await typeIn(name)).toBe('long');
  await write(3);
  expect((await client.count({ index: 'logs-web' })).body.count).toBe(45);
  await rollbackReindex(client, 'logs-web');
  expect([...(await backing())].sort()).toEqual(['.ds-logs-web-000001', '.ds-logs-web-000002', '.ds-logs-web-000003']);
  expect((await client.count({ index: 'logs-web' })).body.count).toBe(45);
  await runReindex(client, { source: 'logs-web' });
  await releaseReindex(client, 'logs-web');
  expect((await backing()).every((name) => /-r1$|-000004$/u.test(name))).toBe(true);
  expect((await client.count({ index: 'logs-web' })).body.count).toBe(45);
  expect(Object.keys((await request(client, 'GET', '/.ds-logs-web*?expand_wildcards=all')) ?? {})).toHaveLength(4);
});

it('carries an index over under a writer', async () => {
  await request(client, 'PUT', '/orders', { settings: { number_of_shards: 2, number_of_replicas: 0 }, mappings: { properties: { code: { type: 'keyword' } } } });
  const writer = new Writer(client, 'orders', randomFrom(11));
  await writer.fill(3000);
  writer.start(800);
  await runReindex(client, { source: 'orders', mappings: { properties: { code: { type: 'long' } } }, verify: 'all' });
  await writer.stop();
  expect(await differencesOf(client, 'orders', writer)).toEqual([]);
  expect(await typeIn('orders-r1')).toBe('long');
});
