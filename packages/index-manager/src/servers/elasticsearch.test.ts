import { Client } from '@opensearch-project/opensearch';
import { afterEach, describe, expect, it } from 'vitest';
import { applyPlan } from '../apply/apply.ts';
import { defineIndexSetup } from '../define.ts';
import { observeDrift, planDrift } from '../drift/drift.ts';
import type { IlmPolicy } from '../lifecycle/ilm-types.ts';
import type { IsmPolicy } from '../lifecycle/ism-types.ts';
import type { IndexSetup, IndexSetupInput } from '../model.ts';
import { planIndexSetup, type PlanOptions } from '../plan/plan.ts';
import { type ElasticsearchStandIn, startElasticsearchStandIn } from './fixtures/elasticsearch-stand-in.ts';

const keep: IlmPolicy = { phases: { hot: { actions: { rollover: { max_age: '1d', max_primary_shard_size: '50gb' } } }, delete: { min_age: '30d', actions: { delete: {} } } } };
const month: IsmPolicy = {
  description: 'keeps for a month',
  default_state: 'kept',
  states: [
    { name: 'kept', actions: [{ notification: { destination: { slack: { url: 'https://chat.test/hook' } }, message_template: { source: 'soon' } } }], transitions: [{ state_name: 'gone', conditions: { min_index_age: '30d' } }] },
    { name: 'gone', actions: [{ delete: {} }] },
  ],
};
const input = {
  componentTemplates: { 'shop-common': { template: { settings: { number_of_shards: 1, 'index.lifecycle.name': 'keep' }, mappings: { dynamic: false } }, _meta: { team: 'shop' } } },
  ingestPipelines: { 'shop-levels': { processors: [{ lowercase: { field: 'level' } }] } },
  indexTemplates: {
    'shop-logs': { index_patterns: ['shop-*'], composed_of: ['shop-common'], priority: 300, data_stream: {}, template: { mappings: { properties: { level: { type: 'keyword' } } } } },
    'ring-logs': { index_patterns: ['ring-*'], priority: 300, template: { settings: { 'index.lifecycle.name': 'keep', 'index.lifecycle.rollover_alias': 'ring-web' } } },
  },
  lifecyclePolicies: { keep },
  dataStreams: ['shop-web'],
  rolloverAliases: { 'ring-web': {} },
} satisfies IndexSetupInput;

let standIn: ElasticsearchStandIn | undefined;
let client: Client | undefined;
afterEach(async () => {
  await client?.close();
  await standIn?.stop();
});

/** Elasticsearch with ILM can't be had here: what it answers is written after its documentation and source. */
describe.each([7, 8, 9] as const)('Elasticsearch %s with ILM, by its contract', (major) => {
  const start = async (): Promise<{ readonly server: ElasticsearchStandIn; readonly es: Client }> => {
    standIn = await startElasticsearchStandIn(major);
    client = new Client({ node: standIn.url });
    return { server: standIn, es: client };
  };
  const lines = async (es: Client, setup: IndexSetup, options: PlanOptions = {}): Promise<readonly string[]> =>
    (await planIndexSetup(es, setup, options)).changes.filter(({ action }) => action !== 'none').map(({ kind, action, name }) => `${action} ${kind} ${name}`);

  it('converges: with data streams, policies named by templates, and nothing of the stack touched', async () => {
    const { server, es } = await start();
    const setup = defineIndexSetup(input);
    const plan = await planIndexSetup(es, setup);
    expect(plan.notes).toEqual([]);
    expect(plan.changes.map(({ kind, action }) => `${action} ${kind}`)).toEqual([
      'create component-template', 'create ingest-pipeline', 'create lifecycle-policy', 'create index-template', 'create index-template', 'create data-stream', 'create rollover-alias',
    ]);
    await applyPlan(es, plan);
    expect(server.settingsOf('.ds-shop-web-2026.03.01-000001')).toMatchObject({ 'index.lifecycle.name': 'keep' });
    expect(server.settingsOf('ring-web-000001')).toMatchObject({ 'index.lifecycle.name': 'keep', 'index.lifecycle.rollover_alias': 'ring-web' });
    for (const options of [{}, { prune: true }, { behind: 'rewrite' }] as const) expect(await lines(es, setup, options)).toEqual([]);
    expect(planDrift(await observeDrift(es)).items).toEqual([]);
    const counted = server.requests.length;
    await planIndexSetup(es, setup, { prune: true });
    expect(server.requests.length - counted).toBeLessThanOrEqual(12);
    expect(await lines(es, defineIndexSetup({}), { prune: true })).not.toContainEqual(expect.stringMatching(/ (?:logs|data-streams@mappings|logs@default-pipeline|ilm-history-ilm-policy)$/u));
  });

  it('finds a hidden data stream, and gives a policy to the indices that were there before it', async () => {
    const { server, es } = await start();
    const logs = { ...input.indexTemplates['shop-logs'], composed_of: [] };
    const before = defineIndexSetup({ indexTemplates: { 'shop-logs': logs }, dataStreams: ['shop-web'] });
    await es.transport.request({ method: 'PUT', path: '/_index_template/shop-logs', body: { ...logs, data_stream: { hidden: true }, _meta: { managed_by: 'podscope' } } });
    await es.transport.request({ method: 'PUT', path: '/_data_stream/shop-web' });
    expect(await lines(es, before)).toEqual([]);
    const setup = defineIndexSetup({ ...before, componentTemplates: input.componentTemplates, indexTemplates: { 'shop-logs': { ...logs, composed_of: ['shop-common'] } }, lifecyclePolicies: { keep } });
    const plan = await planIndexSetup(es, setup);
    await applyPlan(es, plan, { destructive: true });
    const newest = server.requests.some((request) => request.endsWith('/shop-web/_rollover')) ? '000002' : '000001';
    expect(server.settingsOf(`.ds-shop-web-2026.03.01-${newest}`)).toMatchObject({ 'index.lifecycle.name': 'keep' });
    expect(await lines(es, setup)).toEqual([]);
  });

  it('takes an ISM policy translated, and says what of it has no counterpart', async () => {
    const { es } = await start();
    const setup = defineIndexSetup({ lifecyclePolicies: { month } });
    const plan = await planIndexSetup(es, setup);
    expect(plan.notes).toEqual([expect.stringMatching(/^lifecycle policy month: translated into ILM; without a counterpart: .*notification/u)]);
    await applyPlan(es, plan, { destructive: true });
    expect(await lines(es, setup)).toEqual([]);
  });
});
