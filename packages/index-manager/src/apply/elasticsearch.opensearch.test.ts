import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import { observeDrift, planDrift } from '../drift/drift.ts';
import type { IndexSetup, IndexSetupInput } from '../model.ts';
import { planIndexSetup, type PlanOptions } from '../plan/plan.ts';
import { applyPlan } from './apply.ts';

const input = {
  componentTemplates: { 'shop-common': { template: { settings: { number_of_shards: 1, number_of_replicas: 0 }, mappings: { dynamic: 'strict' } } } },
  ingestPipelines: { 'shop-levels': { processors: [{ lowercase: { field: 'level', ignore_missing: true } }] } },
  indexTemplates: {
    'shop-logs': {
      index_patterns: ['shop-*'],
      composed_of: ['shop-common'],
      data_stream: {},
      template: { settings: { default_pipeline: 'shop-levels' }, mappings: { properties: { level: { type: 'keyword' } } } },
    },
  },
  legacyTemplates: { 'old-logs': { index_patterns: ['old-*'], mappings: { properties: { a: { type: 'date', format: 'strict_date_optional_time||epoch_millis' } } } } },
  lifecyclePolicies: { keep: { phases: { hot: { actions: {} } } } },
  dataStreams: ['shop-web'],
  aliases: { 'shop-errors': { indices: { 'shop-web-000001': { filter: { term: { level: 'error' } } } } } },
  clusterSettings: { 'cluster.max_shards_per_node': 1500 },
} as const satisfies IndexSetupInput;

describe('plan and apply on Elasticsearch 7.10.2 OSS, which has no data streams', () => {
  let server: StartedOpenSearch | undefined;
  let client: Client;

  beforeAll(async () => {
    server = await startOpenSearch({ distribution: 'elasticsearch-oss', version: '7.10.2' });
    client = new Client({ node: server.url });
  });

  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  const lines = async (setup: IndexSetup, options: PlanOptions = {}): Promise<readonly string[]> =>
    (await planIndexSetup(client, setup, options)).changes.filter(({ action }) => action !== 'none').map(({ kind, action, name }) => `${action} ${kind} ${name}`);

  it('stands an alias with rollover in for a stream, says so, and has nothing to do afterwards', async () => {
    const setup = defineIndexSetup(input);
    const plan = await planIndexSetup(client, setup);
    expect(plan.notes).toEqual([expect.stringContaining('shop-web: the server has no data streams'), expect.stringContaining('runLifecycle')]);
    await applyPlan(client, plan);
    expect(await lines(setup)).toEqual([]);
    expect(await lines(setup, { prune: true, behind: 'rewrite' })).toEqual([]);
    await client.create({ index: 'shop-web', id: '1', refresh: true, body: { '@timestamp': '2026-03-01T00:00:00Z', level: 'WARN' } });
    const { body } = await client.search({ index: 'shop-*' });
    expect(body.hits.hits).toMatchObject([{ _index: 'shop-web-000001', _source: { level: 'warn' } }]);
    expect(planDrift(await observeDrift(client)).items).toEqual([]);
  });

  it('takes an edit as it stands, or by rollover of the alias', async () => {
    const logs = input.indexTemplates['shop-logs'];
    const withLater = (type: string) => defineIndexSetup({ ...input, indexTemplates: { 'shop-logs': { ...logs, template: { ...logs.template, mappings: { properties: { level: { type: 'keyword' }, later: { type } } } } } } });
    expect(await lines(withLater('long'))).toEqual(['update index-template shop-logs', 'put-mapping rollover-alias shop-web']);
    await applyPlan(client, await planIndexSetup(client, withLater('long')));
    expect(await lines(withLater('keyword'))).toEqual(['update index-template shop-logs', 'rollover rollover-alias shop-web']);
    await applyPlan(client, await planIndexSetup(client, withLater('keyword')));
    expect(await lines(withLater('keyword'))).toEqual([]);
    expect(Object.keys((await client.indices.getAlias({ name: 'shop-web' })).body).sort()).toEqual(['shop-web-000001', 'shop-web-000002']);
  });

  it('takes a template of data streams without one, as it stands', async () => {
    const setup = defineIndexSetup({ owner: 'streamless', indexTemplates: { bare: { index_patterns: ['bare-*'], data_stream: {} } } });
    await applyPlan(client, await planIndexSetup(client, setup));
    expect(await lines(setup)).toEqual([]);
  });

  it('asks twelve times at most', async () => {
    let counted = 0;
    client.on('request', () => (counted += 1));
    await planIndexSetup(client, defineIndexSetup(input), { prune: true });
    expect(counted).toBeLessThanOrEqual(12);
  });
});
