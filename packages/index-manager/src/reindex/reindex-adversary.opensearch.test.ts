import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../client.ts';
import type { JsonObject } from '../model.ts';
import { STORE } from '../store/store.ts';
import { interruptedClient } from './fixtures/failing-client.ts';
import { stateOf } from './fixtures/scene.ts';
import { listReindexes, releaseReindex, resumeReindex, rollbackReindex, runReindex } from './reindex.ts';

let server: StartedOpenSearch;
let client: Client;

beforeAll(async () => {
  server = await startOpenSearch({ version: '2.19.6' });
  client = new Client({ node: server.url });
});

afterAll(async () => {
  await client?.close();
  await server?.stop();
});

/** As text: what a client makes of numbers and keys is not of interest here. */
async function raw(method: string, path: string, body?: string): Promise<string> {
  const answer = await fetch(`${server.url}${path}`, { method, ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
  return text;
}

async function put(path: string, body: JsonObject): Promise<void> {
  await send(client, { method: 'PUT', path, body });
}

async function codeOf(doing: Promise<unknown>): Promise<string> {
  return doing.then(() => 'no error', (error: { readonly code: string }) => error.code);
}

async function indices(pattern: string): Promise<readonly string[]> {
  return Object.keys(await stateOf(client, pattern)).sort();
}

const single = { number_of_shards: 1, number_of_replicas: 0 };

describe('documents', () => {
  const ids = ['a/b', 'a,b', '..', '%2F', 'ключ "x"\n', '🦊', '_all', '+ &?#', 'é'.repeat(256), 'y'.repeat(512)];
  const sources = [
    '{}', '{"n":9007199254740993,"d":12345678901234567890.5,"z":-0}', '{"__proto__":{"x":1},"constructor":{"prototype":{"y":2}}}',
    '{"blob":"AQID","parts":[{"name":"one"},{"name":"two"}]}', '{"text":"1e400"}', '{"n": 1 , "spaces" :true}', `{"text":"${'ß'.repeat(600_000)}"}`, '{"a":{"b":{"c":[[],[1,[2]],null]}}}', '{"n":null}', '{"d":1.0}',
  ];
  const mappings = { properties: { n: { type: 'long' }, d: { type: 'double' }, z: { type: 'double' }, blob: { type: 'binary' }, text: { type: 'text' }, parts: { type: 'nested' }, relation: { type: 'join', relations: { order: 'line' } } } };

  it('come over byte for byte, in versions beyond what JavaScript counts, from seven shards to three', async () => {
    await put('/odd', { settings: { number_of_shards: 7, number_of_replicas: 3, max_result_window: 20, hidden: true }, mappings: { ...mappings, properties: { ...mappings.properties, parts: { type: 'object' } } } });
    const action = (verb: string, id: string, version: bigint): string => `{"${verb}":{"_id":${JSON.stringify(id)},"version":${version},"version_type":"external"}}\n`;
    const written = JSON.parse(await raw('POST', '/odd/_bulk', ids.map((id, at) => `${action('index', id, at === 0 ? 0n : 9223372036854775700n + BigInt(at))}${sources[at]}\n`).join(''))) as { readonly errors: boolean };
    expect(written.errors).toBe(false);
    await raw('PUT', '/odd/_doc/parent?routing=r', '{"relation":"order"}');
    await raw('PUT', '/odd/_doc/child?routing=r', '{"relation":{"name":"line","parent":"parent"}}');
    // Each of the same id on another shard.
    for (const routing of ['r1', 'r2', 'r3']) await raw('PUT', `/odd/_doc/twin?routing=${routing}`, `{"text":"${routing}"}`);
    await raw('POST', '/odd/_refresh');
    const all = async (index: string): Promise<readonly string[]> => (await raw('POST', `/${index}/_search?version=true&size=20`, '{}')).split(/(?=\{"_index")/u).slice(1).map((hit) => hit.replace(/^\{"_index":"[^"]*"|,"_score".*?(?=,"_(?:source|routing))|[\],}]*$/gu, '')).sort();
    const before = await all('odd');
    expect(before.length).toBeGreaterThan(ids.length + 2);
    const meanwhile = interruptedClient(client, /_block\/write/u, async () => {
      await raw('DELETE', '/odd/_doc/twin?routing=r2');
      await raw('POST', '/odd/_bulk', action('delete', ids[3] as string, 9223372036854775806n));
    });
    await runReindex(meanwhile, { source: 'odd', mappings, settings: { number_of_shards: 3 }, verify: 'all' });
    expect(await all('odd')).toEqual(await all('odd-kept'));
    expect(await all('odd')).toHaveLength(before.length - 2);
    expect((await stateOf(client, 'odd-r1'))['odd-r1']).toMatchObject({ settings: { 'index.number_of_shards': '3', 'index.hidden': 'true', 'index.number_of_replicas': '3', 'index.max_result_window': '20' } });
  });

  it('are held in small numbers where they are large', { timeout: 120_000 }, async () => {
    await put('/large', { settings: single, mappings: { properties: { text: { type: 'text', index: false } } } });
    const text = 'x'.repeat(2 ** 20);
    for (let at = 0; at < 200; at += 1) await raw('PUT', `/large/_doc/${at}`, `{"text":"${text}"}`);
    expect((await runReindex(client, { source: 'large' })).indices).toMatchObject([{ documents: 200, state: 'swapped' }]);
    await releaseReindex(client, 'large');
    await raw('DELETE', '/large-r1');
  });
});

describe('others', () => {
  it('who delete the new index in the middle find nothing made in its place', async () => {
    await put('/away-1', { settings: single, aliases: { away: {} } });
    await put('/away-1/_doc/1?refresh=true', { a: 1 });
    const before = await stateOf(client, 'away*');
    for (const address of [/^\/_reindex/u, /_block\/write/u, /^\/_aliases$/u]) {
      const meanwhile = interruptedClient(client, address, async () => raw('DELETE', '/away-1-r1').catch(() => undefined));
      const code = await codeOf(runReindex(meanwhile, { source: 'away' }));
      // The first request to the aliases is sent before there is a new index.
      if (code !== 'INDEX_REINDEX_CHANGED') expect(code).toBe('INDEX_REINDEX_FAILED');
      expect(await indices('away*')).toEqual(['away-1']);
      await rollbackReindex(client, 'away');
      expect(await stateOf(client, 'away*')).toEqual(before);
    }
  });

  it('who delete the source in the middle find what was copied, also after a rollback', async () => {
    await put('/gone-1', { settings: single, aliases: { gone: {} } });
    await put('/gone-1/_doc/1?refresh=true', { a: 1 });
    const meanwhile = interruptedClient(client, /_block\/write/u, () => raw('DELETE', '/gone-1'));
    expect(await codeOf(runReindex(meanwhile, { source: 'gone' }))).toMatch(/^INDEX_REINDEX_(?:CHANGED|FAILED)$/u);
    await rollbackReindex(client, 'gone');
    const left = await stateOf(client, 'gone*');
    expect(left).toMatchObject({ 'gone-1-r1': { aliases: {} } });
    expect(left).not.toMatchObject({ 'gone-1-r1': { settings: { 'index.hidden': 'true' } } });
    await raw('POST', '/gone-1-r1/_refresh');
    expect((await send(client, { method: 'GET', path: '/gone-1-r1/_count' })).body['count']).toBe(1);
  });

  it('who delete the record in the middle end nothing, and leave no index blocked', async () => {
    await put('/lost-1', { settings: single, aliases: { lost: {} } });
    await put('/lost-1/_doc/1?refresh=true', { a: 1 });
    for (const address of [/^\/_tasks/u, /_block\/write/u]) {
      const meanwhile = interruptedClient(client, address, () => raw('DELETE', `/${STORE}`));
      expect((await runReindex(meanwhile, { source: 'lost' })).indices).toMatchObject([{ state: 'swapped' }]);
      expect((await listReindexes(client)).filter(({ name }) => name === 'lost')).toMatchObject([{ state: 'swapped', blocked: null }]);
      expect((await stateOf(client, STORE))[STORE]).toMatchObject({ mappings: { dynamic: 'strict' } });
      await rollbackReindex(client, 'lost');
      await put('/lost/_doc/2', { a: 2 });
    }
  });

  it('keep their index in the place where the old one was to be kept', async () => {
    await put('/place', { settings: single });
    await put('/place/_doc/1?refresh=true', { a: 1 });
    const meanwhile = interruptedClient(client, /_block\/write/u, () => put('/place-kept/_doc/mine?refresh=true', { mine: true }));
    expect(await codeOf(runReindex(meanwhile, { source: 'place' }))).toBe('INDEX_REINDEX_CHANGED');
    await put('/place/_doc/2', { a: 2 });
    await rollbackReindex(client, 'place');
    expect(await indices('place*')).toEqual(['place', 'place-kept']);
    expect(JSON.parse(await raw('GET', '/place-kept/_doc/mine'))).toMatchObject({ found: true });
  });

  it('who refuse writes to an index refuse them to the new one, and after a rollback to the old one', async () => {
    await put('/shut-1', { settings: { ...single, 'index.blocks.write': true }, aliases: { shut: {} } });
    const before = await stateOf(client, 'shut*');
    await runReindex(client, { source: 'shut' });
    expect((await stateOf(client, 'shut-1-r1'))['shut-1-r1']).toMatchObject({ settings: { 'index.blocks.write': 'true' } });
    await rollbackReindex(client, 'shut');
    expect(await stateOf(client, 'shut*')).toEqual(before);
    const lifted = interruptedClient(client, /_count$/u, async () => {
      await put('/shut-1/_settings', { 'index.blocks.write': null });
      await put('/shut-1/_doc/late', { a: 1 });
    });
    await runReindex(lifted, { source: 'shut', settings: { 'index.blocks.write': false } }).catch(() => resumeReindex(client, 'shut'));
    expect(JSON.parse(await raw('GET', '/shut/_doc/late'))).toMatchObject({ found: true });
  });

  it('fill the disk: the copy waits until there is room', async () => {
    await put('/full-1', { settings: single, aliases: { full: {} } });
    await put('/full-1/_doc/1?refresh=true', { a: 1 });
    let lifted: Promise<unknown> | undefined;
    const meanwhile = interruptedClient(client, /^\/_reindex/u, async () => {
      await put('/full-1-r1/_settings', { 'index.blocks.read_only_allow_delete': true });
      lifted = new Promise((resolve) => void setTimeout(resolve, 1500)).then(() => put('/full-1-r1/_settings', { 'index.blocks.read_only_allow_delete': null }));
    });
    expect((await runReindex(meanwhile, { source: 'full' })).indices).toMatchObject([{ state: 'swapped', documents: 1 }]);
    await lifted;
  });

  it('give the source a field in the middle, which the new index has in the same type', async () => {
    await put('/field-1', { settings: { ...single, sort: { field: 'a', order: 'desc' } }, mappings: { properties: { a: { type: 'long' } } }, aliases: { field: {} } });
    await put('/field-1/_doc/1?refresh=true', { a: 1 });
    const meanwhile = interruptedClient(client, /^\/_reindex/u, async () => {
      await put('/field-1/_mapping', { properties: { code: { type: 'keyword' } } });
      await put('/field-1/_doc/2', { code: '2026-01-01' });
    });
    await runReindex(meanwhile, { source: 'field', settings: { 'index.number_of_shards': 2 } });
    expect((await stateOf(client, 'field-1-r1'))['field-1-r1']).toMatchObject({ mappings: { properties: { code: { type: 'keyword' } } }, settings: { 'index.sort.field': 'a', 'index.sort.order': 'desc' } });
  });

  it('have a template that gives the new index the alias of the old one: it takes no write and no reader before its time', async () => {
    await put('/_index_template/given', { index_patterns: ['given-*'], template: { aliases: { given: {}, 'given-read': {} } } });
    await put('/given-1', { settings: single });
    await put('/given/_doc/1?refresh=true', { a: 1 });
    const before = await stateOf(client, 'given*');
    const seen: unknown[] = [];
    const meanwhile = interruptedClient(client, /^\/given-1-r1\/_settings/u, async () => {
      await put('/given/_doc/2?refresh=true', { a: 2 });
      seen.push(await stateOf(client, 'given*'), (await send(client, { method: 'GET', path: '/given-read/_count' })).body['count']);
    });
    await runReindex(meanwhile, { source: 'given' });
    expect(seen[0]).toMatchObject({ 'given-1': { aliases: { given: { is_write_index: true }, 'given-read': {} } } });
    expect(seen[1]).toBe(2);
    expect((await stateOf(client, 'given-1-r1'))['given-1-r1']).toMatchObject({ aliases: { given: {}, 'given-read': {} } });
    await rollbackReindex(client, 'given');
    expect(await stateOf(client, 'given*')).toEqual(before);
  });
});

it('goes back one reindex at a time, and deletes no index that readers have been led back to', async () => {
  await put('/twice-1', { settings: single, aliases: { twice: {}, 'twice-low': {} } });
  await put('/twice/_doc/1?refresh=true', { a: 1 });
  await runReindex(client, { source: 'twice' });
  await put('/twice/_doc/2?refresh=true', { a: 2 });
  await runReindex(client, { source: 'twice' });
  await put('/twice/_doc/3?refresh=true', { a: 3 });
  expect(await indices('twice*')).toEqual(['twice-1', 'twice-1-r1', 'twice-1-r2']);
  await rollbackReindex(client, 'twice');
  expect(await indices('twice')).toEqual(['twice-1-r1']);
  // One alias of two is gone: this is no sign that all are back.
  await raw('DELETE', '/twice-1-r1/_alias/twice-low');
  await rollbackReindex(client, 'twice');
  expect(await indices('twice*')).toEqual(['twice-1']);
  expect((await send(client, { method: 'GET', path: '/twice/_count' })).body['count']).toBe(3);
  await runReindex(client, { source: 'twice' });
  await send(client, { method: 'POST', path: '/_aliases', body: { actions: [{ remove: { index: 'twice-1-r1', alias: 'twice' } }, { add: { index: 'twice-1', alias: 'twice' } }] } });
  expect(await codeOf(releaseReindex(client, 'twice'))).toBe('INDEX_REINDEX_CHANGED');
  expect(await codeOf(rollbackReindex(client, 'twice'))).toBe('INDEX_REINDEX_CHANGED');
  await rollbackReindex(client, 'twice', { withoutNewer: true });
  expect(await indices('twice*')).toEqual(['twice-1', 'twice-1-r1']);
});
