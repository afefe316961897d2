import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startOpenSearch } from './start.ts';
import type { StartedOpenSearch } from './run/run.ts';

let server: StartedOpenSearch;
beforeAll(async () => {
  server = await startOpenSearch({
    distribution: 'elasticsearch-oss', version: '7.10.2', ready: 'green',
    cacheDir: join(homedir(), '.cache/podscope/opensearch'), sources: ['cache', 'maven'],
  });
});
afterAll(() => server?.stop());

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(server.url + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

it('is Elasticsearch 7.10.2 OSS, with every module', async () => {
  expect((await ask('GET', '/')).body).toMatchObject({ version: { number: '7.10.2', build_flavor: 'oss' } });
  expect(server.version).toBe('7.10.2');
  expect(basename(server.logFile)).toBe('elasticsearch.log');
  const { body } = await ask('GET', '/_nodes/http,plugins');
  const [node] = Object.values((body as { nodes: Record<string, unknown> }).nodes);
  expect(node).toMatchObject({ http: { bound_address: [`127.0.0.1:${server.port}`] } });
  expect((node as { modules: { name: string }[] }).modules.map(({ name }) => name).sort()).toEqual([
    'aggs-matrix-stats', 'analysis-common', 'ingest-common', 'ingest-user-agent', 'lang-expression', 'lang-mustache', 'lang-painless',
    'mapper-extras', 'parent-join', 'percolator', 'rank-eval', 'reindex', 'repository-url', 'transport-netty4',
  ]);
});

it('has neither data streams nor index lifecycle, but composable templates', async () => {
  expect(await ask('GET', '/_data_stream')).toMatchObject({ status: 400, body: { error: { type: 'invalid_index_name_exception' } } });
  expect(await ask('PUT', '/_data_stream/logs-1')).toMatchObject({ status: 405 });
  expect(await ask('GET', '/_ilm/policy')).toMatchObject({ status: 405 });
  expect(await ask('PUT', '/_index_template/logs', { index_patterns: ['logs-*'] })).toMatchObject({ status: 200 });
});

it('scripts, reindexes, and runs pipelines under the security manager', async () => {
  expect(await ask('PUT', '/_ingest/pipeline/parse', { processors: [
    { grok: { field: 'line', patterns: ['%{WORD:word} %{NUMBER:n:int}'] } },
    { user_agent: { field: 'agent' } },
    { script: { source: 'ctx.n += 1' } },
  ] })).toMatchObject({ status: 200 });
  await ask('PUT', '/things/_doc/1?refresh=true&pipeline=parse', { line: 'twenty 20', agent: 'curl/8.9' });
  expect(await ask('POST', '/_reindex?refresh=true', { source: { index: 'things' }, dest: { index: 'copies' } })).toMatchObject({ body: { created: 1 } });
  const search = await ask('POST', '/copies/_search', {
    script_fields: { twice: { script: { lang: 'painless', source: "doc['n'].value * 2" } }, thrice: { script: { lang: 'expression', source: "doc['n'].value * 3" } } },
  });
  expect(search.body).toMatchObject({ hits: { hits: [{ fields: { twice: [42], thrice: [63] } }] } });
  expect(await ask('POST', '/things/_search/template', { source: { query: { term: { '{{field}}': 'twenty' } } }, params: { field: 'word' } })).toMatchObject({ body: { hits: { total: { value: 1 } } } });
});
