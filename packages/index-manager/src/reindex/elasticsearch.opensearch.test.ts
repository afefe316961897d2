import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { request } from './fixtures/request.ts';
import { differencesOf, randomFrom, Writer } from './fixtures/writer.ts';
import { releaseReindex, rollbackReindex, runReindex } from './reindex.ts';

let server: StartedOpenSearch;
let client: Client;

beforeAll(async () => {
  server = await startOpenSearch({ distribution: 'elasticsearch-oss' });
  client = new Client({ node: server.url });
});

afterAll(async () => {
  await client?.close();
  await server?.stop();
});

const before = { properties: { code: { type: 'keyword' } } };
const after = { properties: { code: { type: 'long' } } };

it('takes over the name of an index of Elasticsearch 7.10 under a writer, and gives it back', async () => {
  await request(client, 'PUT', '/orders', { settings: { number_of_shards: 3, number_of_replicas: 0 }, mappings: before });
  const writer = new Writer(client, 'orders', randomFrom(21));
  await writer.fill(3000);
  writer.start(800);
  expect((await runReindex(client, { source: 'orders', mappings: after, verify: 'all' })).indices).toMatchObject([{ target: 'orders-r1', state: 'swapped' }]);
  expect((await rollbackReindex(client, 'orders')).indices).toMatchObject([{ state: 'rolled-back' }]);
  expect((await runReindex(client, { source: 'orders', mappings: after })).indices).toMatchObject([{ source: 'orders-kept', state: 'swapped' }]);
  await writer.stop();
  expect(await differencesOf(client, 'orders', writer)).toEqual([]);
});

it('rolls over and rewrites the indices of a rollover alias, which stands for a data stream there', async () => {
  await request(client, 'PUT', '/_template/logs', { index_patterns: ['logs-*'], settings: { number_of_replicas: 0 }, mappings: before });
  await request(client, 'PUT', '/logs-000001', { aliases: { logs: { is_write_index: true } } });
  const writer = new Writer(client, 'logs', randomFrom(22));
  await writer.fill(500);
  await request(client, 'PUT', '/_template/logs', { index_patterns: ['logs-*'], settings: { number_of_replicas: 0 }, mappings: after });
  expect((await runReindex(client, { source: 'logs' })).indices).toMatchObject([{ source: 'logs-000001', target: 'logs-000001-r1', documents: 500 }]);
  expect(await request(client, 'GET', '/logs/_mapping')).toMatchObject({ 'logs-000001-r1': { mappings: after }, 'logs-000002': { mappings: after } });
  expect(await differencesOf(client, 'logs', writer)).toEqual([]);
  await releaseReindex(client, 'logs');
  expect(Object.keys((await request(client, 'GET', '/logs-*')) ?? {}).sort()).toEqual(['logs-000001-r1', 'logs-000002']);
});
