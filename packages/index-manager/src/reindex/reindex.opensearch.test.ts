import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from './fixtures/request.ts';
import { differencesOf, randomFrom, Writer } from './fixtures/writer.ts';
import type { ReindexProgress } from './model.ts';
import { listReindexes, releaseReindex, resumeReindex, rollbackReindex, runReindex, throttleReindex } from './reindex.ts';

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

const before = { properties: { code: { type: 'keyword' }, text: { type: 'text' } } };
const after = { properties: { code: { type: 'long' }, text: { type: 'text', analyzer: 'english' } } };

async function makeIndex(index: string, shards: number, aliases = {}): Promise<void> {
  await client.indices.create({ index, body: { settings: { number_of_shards: shards, number_of_replicas: 0 }, mappings: before, aliases } } as Parameters<Client['indices']['create']>[0]);
}

async function typeOfCode(name: string): Promise<unknown> {
  const found = await request(client, 'GET', `/${name}/_mapping`);
  const [body] = Object.values(found ?? {}) as unknown as { mappings: { properties: { code: { type: string } } } }[];
  return body?.mappings.properties.code.type;
}

async function existing(pattern: string): Promise<readonly string[]> {
  return Object.keys((await request(client, 'GET', `/${pattern}?expand_wildcards=all`)) ?? {}).sort();
}

async function failureOf(doing: Promise<unknown>): Promise<{ code: string; message: string; details: readonly string[] }> {
  return doing.then(() => ({ code: 'no error', message: '', details: [] }), (error: unknown) => error as { code: string; message: string; details: readonly string[] });
}

async function settingsOf(index: string): Promise<Record<string, string>> {
  return ((await request(client, 'GET', `/${index}/_settings?flat_settings=true`))?.[index] as unknown as { settings: Record<string, string> }).settings;
}

describe('runReindex on OpenSearch 2.19', () => {
  it('carries an alias over under a writer, keeps the old index, and releases it', async () => {
    await makeIndex('alpha-1', 3, { alpha: {}, 'alpha-low': { filter: { range: { code: { lt: '5' } } }, routing: 'x' } });
    const writer = new Writer(client, 'alpha', randomFrom(1));
    await writer.fill(5000);
    writer.start(1000);
    const progress: ReindexProgress[] = [];
    const result = await runReindex(client, { source: 'alpha', mappings: after, verify: 'all' }, { onProgress: (each) => void progress.push(each) });
    await writer.stop();
    expect(result.indices).toMatchObject([{ source: 'alpha-1', target: 'alpha-1-r1', state: 'swapped' }]);
    expect(await differencesOf(client, 'alpha', writer)).toEqual([]);
    expect(await typeOfCode('alpha')).toBe('long');
    expect(await request(client, 'GET', '/alpha-1-r1/_alias')).toEqual({
      'alpha-1-r1': { aliases: { alpha: {}, 'alpha-low': { filter: { range: { code: { lt: '5' } } }, index_routing: 'x', search_routing: 'x' } } },
    });
    expect(new Set(progress.map(({ state }) => state))).toEqual(new Set(['copying', 'catching-up', 'blocking', 'verifying', 'swapped']));
    expect(progress.every(({ done, total }) => done <= total)).toBe(true);
    expect((await settingsOf('alpha-1'))['index.blocks.write']).toBe('true');
    const settings = await settingsOf('alpha-1-r1');
    expect(Object.keys(settings).filter((name) => /refresh_interval|gc_deletes|pipeline|auto_expand|blocks/u.test(name))).toEqual([]);
    expect((await failureOf(runReindex(client, { source: 'alpha-1' }))).code).toBe('INDEX_REINDEX_STATE');
    expect((await releaseReindex(client, 'alpha')).indices).toMatchObject([{ state: 'released' }]);
    expect(await existing('alpha-*')).toEqual(['alpha-1-r1']);
    expect((await failureOf(rollbackReindex(client, 'alpha'))).code).toBe('INDEX_REINDEX_STATE');
  });

  it('takes over the name of an index, and gives it back in one command with what was written since', async () => {
    await makeIndex('beta', 1);
    const writer = new Writer(client, 'beta', randomFrom(2));
    await writer.fill(3000);
    writer.start(1000);
    await runReindex(client, { source: 'beta', mappings: after });
    expect(await existing('beta*')).toEqual(['beta-kept', 'beta-r1']);
    expect(await typeOfCode('beta')).toBe('long');
    const rolledBack = await rollbackReindex(client, 'beta');
    await writer.stop();
    expect(rolledBack.indices).toMatchObject([{ source: 'beta', state: 'rolled-back' }]);
    expect(await existing('beta*')).toEqual(['beta-kept']);
    expect(await typeOfCode('beta')).toBe('keyword');
    expect(await differencesOf(client, 'beta', writer)).toEqual([]);
    const settings = await settingsOf('beta-kept');
    expect(Object.keys(settings).filter((name) => /gc_deletes|pipeline|blocks/u.test(name))).toEqual([]);
  });

  it('swaps nothing when documents do not fit, lists them, and goes on when they do', async () => {
    await makeIndex('gamma-1', 2, { gamma: {} });
    const writer = new Writer(client, 'gamma', randomFrom(3));
    await writer.fill(50);
    for (const id of ['x', 'y']) await client.index({ index: 'gamma', id, body: { code: 'abc' }, refresh: true });
    const failure = await failureOf(runReindex(client, { source: 'gamma', mappings: after, maxRefused: 1, slices: 1 }));
    expect(failure.code).toBe('INDEX_REINDEX_REFUSED');
    expect(failure.details[0]).toMatch(/^"[xy]": failed to parse field \[code\] of type \[long\]/u);
    expect(failure.details[1]).toBe('and 1 more');
    expect(await existing('gamma')).toEqual(['gamma-1']);
    await client.index({ index: 'gamma', id: 'z', body: { code: '1' } });
    for (const id of ['x', 'y', 'z']) await client.delete({ index: 'gamma', id });
    expect((await resumeReindex(client, 'gamma')).indices).toMatchObject([{ state: 'swapped', documents: 50 }]);
    expect(await differencesOf(client, 'gamma', writer)).toEqual([]);
  });

  it('keeps a document that was deleted, forgotten and written again from version 1', async () => {
    await client.indices.create({ index: 'delta-1', body: { settings: { number_of_shards: 1, number_of_replicas: 0, 'index.gc_deletes': '0s' }, mappings: before, aliases: { delta: {} } } } as Parameters<Client['indices']['create']>[0]);
    for (let version = 1; version <= 5; version += 1) await client.index({ index: 'delta', id: 'phoenix', body: { code: String(version) } });
    await client.index({ index: 'delta', id: 'wrong', body: { code: 'abc' }, refresh: true });
    // Stops after the copy of the first document, before the second one fits.
    expect((await failureOf(runReindex(client, { source: 'delta', mappings: after }))).code).toBe('INDEX_REINDEX_REFUSED');
    expect((await client.get({ index: 'delta-1-r1', id: 'phoenix' })).body._version).toBe(5);
    await client.delete({ index: 'delta', id: 'wrong' });
    await client.delete({ index: 'delta', id: 'phoenix', refresh: true });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await client.index({ index: 'delta', id: 'phoenix', body: { code: '77' } })).body._version).toBe(1);
    await resumeReindex(client, 'delta');
    expect((await client.get({ index: 'delta', id: 'phoenix' })).body).toMatchObject({ _version: 1, _source: { code: '77' } });
  });

  it('keeps routing, nested documents and numbers that JavaScript cannot hold, and runs no pipeline again', async () => {
    await request(client, 'PUT', '/_ingest/pipeline/count', { processors: [{ script: { source: "ctx.ran = (ctx.ran ?: 0) + 1" } }] });
    const mappings = { properties: { n: { type: 'long' }, ran: { type: 'long' }, parts: { type: 'nested', properties: { name: { type: 'keyword' } } } }, _routing: { required: true } };
    await client.indices.create({ index: 'epsilon', body: { settings: { number_of_shards: 2, number_of_replicas: 0, 'index.default_pipeline': 'count', 'index.final_pipeline': 'count' }, mappings } } as Parameters<Client['indices']['create']>[0]);
    for (const id of ['a', 'b', 'c', 'd']) {
      await client.transport.request({ method: 'PUT', path: `/epsilon/_doc/${id}?routing=r${id}&refresh=true`, body: '{"n":9007199254740993,"parts":[{"name":"one"},{"name":"two"}]}' });
    }
    await runReindex(client, { source: 'epsilon', mappings: { ...mappings, properties: { ...mappings.properties, n: { type: 'unsigned_long' } } } });
    const raw = await (await fetch(`${server.url}/epsilon/_doc/b?routing=rb`)).text();
    expect(raw).toContain('"n":9007199254740993');
    expect(raw).toContain('"ran":2');
    expect(raw).toContain('"_routing":"rb"');
    expect((await client.count({ index: 'epsilon', body: { query: { nested: { path: 'parts', query: { term: { 'parts.name': 'two' } } } } } })).body.count).toBe(4);
    expect((await settingsOf('epsilon-r1'))['index.final_pipeline']).toBe('count');
  });

  it('stops where it is told to, lets writers in, and is given up without a trace', async () => {
    await makeIndex('zeta-1', 1, { zeta: {} });
    const writer = new Writer(client, 'zeta', randomFrom(5));
    await writer.fill(2000);
    const stop = new AbortController();
    const reason = new Error('enough');
    const onProgress = ({ state }: ReindexProgress): void => {
      if (state === 'blocking') stop.abort(reason);
    };
    await expect(runReindex(client, { source: 'zeta', mappings: after }, { signal: stop.signal, onProgress })).rejects.toBe(reason);
    expect((await settingsOf('zeta-1'))['index.blocks.write']).toBeUndefined();
    expect((await listReindexes(client)).find(({ name }) => name === 'zeta')).toMatchObject({ state: 'catching-up', blocked: null, runner: null });
    expect((await rollbackReindex(client, 'zeta')).indices).toMatchObject([{ state: 'rolled-back' }]);
    expect(await existing('zeta*')).toEqual(['zeta-1']);
    expect(await differencesOf(client, 'zeta', writer)).toEqual([]);
  });

  it('rolls back only with what was written since, unless told otherwise', async () => {
    await client.indices.create({ index: 'eta-1', body: { settings: { number_of_shards: 1, number_of_replicas: 0 }, mappings: { properties: { code: { type: 'long' } } }, aliases: { eta: {} } } } as Parameters<Client['indices']['create']>[0]);
    await client.index({ index: 'eta', id: 'old', body: { code: 1 }, refresh: true });
    await runReindex(client, { source: 'eta', mappings: before });
    await client.index({ index: 'eta', id: 'new', body: { code: 'abc' }, refresh: true });
    expect((await failureOf(rollbackReindex(client, 'eta'))).code).toBe('INDEX_REINDEX_REFUSED');
    await client.index({ index: 'eta', id: 'newer', body: { code: 'open' }, refresh: true });
    await rollbackReindex(client, 'eta', { withoutNewer: true });
    expect(await existing('eta')).toEqual(['eta-1']);
    expect((await client.count({ index: 'eta' })).body.count).toBe(1);
    expect((await client.count({ index: 'eta-1-r1' })).body.count).toBe(3);
    expect((await client.index({ index: 'eta', id: 'again', body: { code: 2 } })).statusCode).toBe(201);
  });

  it('leaves a reindex to the run that works on it', async () => {
    await makeIndex('theta-1', 1, { theta: {} });
    const writer = new Writer(client, 'theta', randomFrom(7));
    await writer.fill(3000);
    const first = runReindex(client, { source: 'theta', mappings: after, requestsPerSecond: 1 }, { leaseMs: 900 });
    await expect.poll(async () => (await listReindexes(client)).find(({ name }) => name === 'theta')?.state, { timeout: 20_000 }).toBe('copying');
    expect((await failureOf(resumeReindex(client, 'theta', { leaseMs: 900 }))).code).toBe('INDEX_REINDEX_TAKEN');
    // At the former rate it would not end before the test does.
    await throttleReindex(client, 'theta', undefined);
    expect((await first).indices).toMatchObject([{ state: 'swapped', documents: 3000 }]);
    expect((await failureOf(throttleReindex(client, 'theta', 5))).code).toBe('INDEX_REINDEX_STATE');
    expect((await failureOf(throttleReindex(client, 'theta', 0))).code).toBe('INDEX_REINDEX_INVALID');
  });

  it('rolls over and rewrites the indices of a rollover alias, and says what a data stream can not have here', async () => {
    await makeIndex('iota-000001', 1, { iota: { is_write_index: true } });
    const writer = new Writer(client, 'iota', randomFrom(8));
    await writer.fill(20);
    await request(client, 'PUT', '/_index_template/iota', { index_patterns: ['iota-*'], template: { settings: { number_of_replicas: 0 }, mappings: after } });
    await request(client, 'POST', '/iota/_rollover');
    expect((await runReindex(client, { source: 'iota' })).indices).toMatchObject([
      { source: 'iota-000001', target: 'iota-000001-r1', documents: 20 },
      { source: 'iota-000002', target: 'iota-000002-r1', documents: 0 },
    ]);
    expect(await request(client, 'GET', '/iota/_alias')).toMatchObject({
      'iota-000001-r1': { aliases: { iota: { is_write_index: false } } },
      'iota-000002-r1': { aliases: { iota: { is_write_index: false } } },
      'iota-000003': { aliases: { iota: { is_write_index: true } } },
    });
    expect(await typeOfCode('iota-000001-r1')).toBe('long');
    expect(await differencesOf(client, 'iota', writer)).toEqual([]);
    expect((await rollbackReindex(client, 'iota')).indices.map(({ state }) => state)).toEqual(['rolled-back', 'rolled-back']);
    expect(Object.keys((await request(client, 'GET', '/iota/_alias')) ?? {}).sort()).toEqual(['iota-000001', 'iota-000002', 'iota-000003']);
    expect(await differencesOf(client, 'iota', writer)).toEqual([]);
    await client.indices.putIndexTemplate({ name: 'kappa', body: { index_patterns: ['kappa-*'], priority: 5, data_stream: {} } });
    await client.indices.createDataStream({ name: 'kappa-web' });
    const { indices, notes } = await runReindex(client, { source: 'kappa-web' });
    expect(indices).toEqual([]);
    expect(notes[0]).toContain("can't exchange backing indices");
    expect(await existing('.ds-kappa-web*')).toEqual(['.ds-kappa-web-000001', '.ds-kappa-web-000002']);
  });
});
