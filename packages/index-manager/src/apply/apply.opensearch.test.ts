import { Client } from '@opensearch-project/opensearch';
import { isEmptyPlan } from '@podscope/core';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineIndexSetup } from '../define.ts';
import { formatDrift, observeDrift, planDrift } from '../drift/drift.ts';
import type { IndexPlan, IndexSetupInput } from '../model.ts';
import { planIndexSetup, type PlanOptions } from '../plan/plan.ts';
import { applyPlan, type ApplyOptions } from './apply.ts';
import { readHistory } from './history.ts';

/** Every spelling that the server stores in other words. */
const input = {
  componentTemplates: {
    'shop-common': {
      template: {
        settings: { number_of_shards: 1, index: { number_of_replicas: '0', refresh_interval: '1s' }, 'index.query.default_field': ['message'] },
        mappings: { dynamic: false, dynamic_templates: [{ texts: { match_mapping_type: 'string', mapping: { type: 'keyword' } } }] },
        aliases: { 'all-shops': { routing: '7', filter: { term: { level: 'error' } } } },
      },
      version: 3,
      _meta: { owner: 'shop' },
    },
  },
  ingestPipelines: {
    'shop-levels': {
      description: 'Lowers levels',
      processors: [{ lowercase: { field: 'level', ignore_missing: true } }, { set: { field: 'n', value: 1, if: "ctx.level == 'x'" } }],
      on_failure: [{ set: { field: 'failed', value: 'yes' } }],
      version: 2,
    },
  },
  indexTemplates: {
    'shop-logs': {
      index_patterns: ['shop-*', 'boutique-*'],
      composed_of: ['shop-common'],
      priority: 300,
      data_stream: {},
      template: {
        settings: { default_pipeline: 'shop-levels' },
        mappings: {
          properties: {
            '@timestamp': { type: 'date', format: 'strict_date_optional_time||epoch_millis' },
            message: { type: 'text', norms: true, fields: { keyword: { type: 'keyword', ignore_above: 256 } } },
            'url.path': { type: 'keyword', doc_values: true },
            url: { type: 'object', properties: { query: { type: 'keyword' } } },
            labels: { type: 'flat_object' },
          },
        },
      },
    },
    'ring-logs': { index_patterns: ['ring-*'], template: { mappings: { properties: { level: { type: 'keyword' } } } } },
  },
  legacyTemplates: {
    'old-logs': { index_patterns: ['old-*'], order: 0, settings: { number_of_shards: 1 }, mappings: { properties: { a: { type: 'keyword' } } }, aliases: { olds: {} } },
  },
  dataStreams: ['shop-web', 'boutique-web'],
  rolloverAliases: { 'ring-web': {} },
  aliases: {
    'ring-errors': { indices: { 'ring-web-000001': { filter: { term: { level: 'error' } }, routing: '1', is_write_index: false } } },
  },
  clusterSettings: { 'cluster.max_shards_per_node': 2000, 'action.destructive_requires_name': true },
} as const satisfies IndexSetupInput;

/** The error code of what fails. */
async function codeOf(doing: Promise<unknown>): Promise<unknown> {
  return doing.then(
    () => 'no error',
    (error: unknown) => (error as { code?: unknown }).code,
  );
}

/** `apply.opensearch3.test.ts` runs the same on the other server. */
const version = expect.getState().testPath?.endsWith('.opensearch3.test.ts') === true ? '3.8.0' : '2.19.6';

describe(`plan and apply on OpenSearch ${version}`, () => {
  let server: StartedOpenSearch | undefined;
  let client: Client;

  beforeAll(async () => {
    server = await startOpenSearch({ version });
    client = new Client({ node: server.url });
  });

  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  const plan = (setup: IndexSetupInput, options: PlanOptions = {}) => planIndexSetup(client, defineIndexSetup(setup), options);
  const apply = async (setup: IndexSetupInput, options: PlanOptions = {}, applying: ApplyOptions = {}) => applyPlan(client, await plan(setup, options), applying);
  const actions = async (setup: IndexSetupInput, options: PlanOptions = {}): Promise<readonly string[]> =>
    (await plan(setup, options)).changes.filter(({ action }) => action !== 'none').map(({ kind, name, action }) => `${action} ${kind} ${name}`);
  const mappingOf = async (index: string): Promise<unknown> => Object.values((await client.indices.getMapping({ index })).body).map(({ mappings }) => mappings);

  it('creates every kind once, then has nothing to do', async () => {
    const steps: string[] = [];
    const made = await apply(input, {}, { who: 'ann@desk', onProgress: ({ change, done, total }) => steps.push(`${done}/${total} ${change.kind}`) });
    const kinds = ['cluster-setting', 'cluster-setting', 'component-template', 'ingest-pipeline', 'legacy-template', 'index-template', 'index-template', 'data-stream', 'data-stream', 'rollover-alias', 'alias'];
    expect(made).toHaveLength(kinds.length);
    expect(steps).toEqual(kinds.map((kind, at) => `${at + 1}/${kinds.length} ${kind}`));
    const second = await plan(input);
    expect(second.changes.map(({ action, reason }) => `${action}: ${reason}`).filter((line) => !line.startsWith('none'))).toEqual([]);
    expect(isEmptyPlan(second)).toBe(true);
    expect(await applyPlan(client, second)).toEqual([]);
    expect(await actions(input, { behind: 'rewrite', prune: true })).toEqual([]);
    expect(JSON.parse(JSON.stringify(second))).toEqual(second);
  });

  it('remembers who applied what, in an index of its own that is hidden and green', async () => {
    await client.indices.refresh({ index: 'podscope-index-manager' });
    const [entry] = await readHistory(client);
    expect(entry).toMatchObject({ who: 'ann@desk', owner: 'podscope', outcome: 'done' });
    expect(entry?.changes).toHaveLength(11);
    expect((await client.cat.indices({ format: 'json', index: '*' })).body.map(({ index }: { index?: string }) => index)).not.toContain('podscope-index-manager');
    expect((await client.cluster.health({ index: 'podscope-index-manager' })).body.status).toBe('green');
  });

  it('stores documents in the data stream through the pipeline', async () => {
    await client.create({ index: 'shop-web', id: '1', refresh: true, body: { '@timestamp': '2026-03-01T00:00:00Z', level: 'WARN' } });
    const found = await client.search({ index: 'shop-*' });
    expect(found.body.hits.hits[0]?._source).toEqual({ '@timestamp': '2026-03-01T00:00:00Z', level: 'warn' });
  });

  it('takes an edit of a template to the streams below it: a new field as they stand, another type by rollover', async () => {
    const logs = input.indexTemplates['shop-logs'];
    const edited = (properties: object): IndexSetupInput => ({
      ...input,
      indexTemplates: { ...input.indexTemplates, 'shop-logs': { ...logs, template: { ...logs.template, mappings: { properties: { ...logs.template.mappings.properties, ...properties } } } } },
    });
    const wider = edited({ later: { type: 'long' } });
    expect(await actions(wider, { behind: 'name' })).toEqual(['update index-template shop-logs']);
    expect(await actions(wider)).toEqual(['update index-template shop-logs', 'put-mapping data-stream shop-web', 'put-mapping data-stream boutique-web']);
    await apply(wider);
    expect(await mappingOf('boutique-web')).toEqual([expect.objectContaining({ properties: expect.objectContaining({ later: { type: 'long' } }) as unknown })]);
    expect(await actions(wider)).toEqual([]);
    const other = edited({ later: { type: 'keyword' } });
    const before = await plan(other, { behind: 'rewrite' });
    // OpenSearch exchanges backing indices from 3 on.
    const reindexes = (kind: string): readonly string[] => (version.startsWith('3.') ? [`reindex ${kind}shop-web`, `reindex ${kind}boutique-web`] : []);
    expect(before.changes.filter(({ action }) => action !== 'none').map(({ action, name }) => `${action} ${name}`)).toEqual(['update shop-logs', 'rollover shop-web', 'rollover boutique-web', ...reindexes('')]);
    expect(before.notes).toHaveLength(version.startsWith('3.') ? 0 : 2);
    expect(before.changes.find(({ action }) => action === 'rollover')).toMatchObject({ risk: 'careful', reason: expect.stringContaining('later.type') as unknown });
    await applyPlan(client, before);
    expect((await mappingOf('boutique-web')) as unknown[]).toHaveLength(2);
    expect(await actions(other)).toEqual([]);
    expect(await actions(other, { behind: 'rewrite' })).toEqual(reindexes('data-stream '));
    await apply(input);
  });

  it('rolls an alias over, and swaps the indices of an alias in one step', async () => {
    const edited: IndexSetupInput = {
      ...input,
      indexTemplates: { ...input.indexTemplates, 'ring-logs': { index_patterns: ['ring-*'], template: { mappings: { properties: { level: { type: 'text' } } } } } },
    };
    expect(await actions(edited)).toEqual(['update index-template ring-logs', 'rollover rollover-alias ring-web']);
    await apply(edited);
    const swapped: IndexSetupInput = { ...edited, aliases: { 'ring-errors': { indices: { 'ring-web-000002': { search_routing: '2', index_routing: '1' } } } } };
    expect(await actions(swapped)).toEqual(['update alias ring-errors']);
    await apply(swapped);
    const { body } = await client.indices.getAlias({ name: 'ring-errors' });
    expect(body).toEqual({ 'ring-web-000002': { aliases: { 'ring-errors': { index_routing: '1', search_routing: '2' } } } });
    expect(await actions(swapped)).toEqual([]);
    await apply(input);
  });

  it('changes what changed, and only that', async () => {
    const changed: IndexSetupInput = { ...input, ingestPipelines: { 'shop-levels': { processors: [] } }, clusterSettings: { ...input.clusterSettings, 'cluster.max_shards_per_node': 3000 } };
    expect(await actions(changed)).toEqual(['update cluster-setting cluster.max_shards_per_node', 'update ingest-pipeline shop-levels']);
    await apply(changed);
    expect(await actions(changed)).toEqual([]);
    await apply(input);
  });

  it('says what was changed by hand since', async () => {
    expect(planDrift(await observeDrift(client)).items).toEqual([]);
    await client.ingest.putPipeline({ id: 'shop-levels', body: { processors: [{ uppercase: { field: 'level' } }] } });
    await client.cluster.putSettings({ body: { persistent: { 'cluster.max_shards_per_node': '900' } } });
    await client.indices.deleteTemplate({ name: 'old-logs' });
    const report = planDrift(await observeDrift(client));
    expect(report.items.map(({ kind, name, what }) => `${what} ${kind} ${name}`).sort()).toEqual([
      'changed cluster-setting cluster.max_shards_per_node', 'changed ingest-pipeline shop-levels', 'deleted legacy-template old-logs',
    ]);
    expect(formatDrift(report)).toMatch(/cluster\.max_shards_per_node .*\n {6}~ value: "2000" → "900"\n/u);
    expect(await actions(input)).toEqual(['update cluster-setting cluster.max_shards_per_node', 'update ingest-pipeline shop-levels', 'create legacy-template old-logs']);
    await apply(input);
    expect(planDrift(await observeDrift(client)).items).toEqual([]);
  });

  it('leaves foreign things alone until told to adopt them', async () => {
    await client.indices.putIndexTemplate({ name: 'foreign', body: { index_patterns: ['foreign-*'], template: { settings: { number_of_shards: 2 } } } });
    await client.indices.create({ index: 'theirs-000001', body: { aliases: { theirs: { is_write_index: true } } } });
    const mine = { indexTemplates: { foreign: { index_patterns: ['foreign-*'], data_stream: {} } }, rolloverAliases: { theirs: {} } };
    expect(await codeOf(plan(mine))).toBe('INDEX_NOT_OWNED');
    expect(await actions(mine, { adopt: true })).toEqual(['update index-template foreign', 'update rollover-alias theirs']);
    await apply(mine, { adopt: true });
    expect(await actions(mine)).toEqual([]);
    expect(await actions(mine, { adopt: true })).toEqual([]);
  });

  it('prunes what is owned and gone from the setup, and nothing else', async () => {
    const mine: IndexSetupInput = {
      owner: 'pruner',
      componentTemplates: { 'p-base': { template: {} } },
      ingestPipelines: { 'p-pipe': { processors: [] } },
      indexTemplates: { 'p-logs': { index_patterns: ['p-*'], composed_of: ['p-base'], data_stream: {} }, 'pr-logs': { index_patterns: ['pr-*'] } },
      legacyTemplates: { 'p-old': { index_patterns: ['pold-*'] } },
      dataStreams: ['p-web'],
      rolloverAliases: { 'pr-web': {} },
      aliases: { 'pr-all': { indices: { 'pr-web-000001': {} } } },
      clusterSettings: { 'cluster.max_shards_per_node': 2000, 'search.max_buckets': 9000 },
    };
    await apply(mine);
    const nothing: IndexSetupInput = { owner: 'pruner' };
    expect(await actions(nothing)).toEqual([]);
    expect(await actions({ owner: 'somebody-else' }, { prune: true })).toEqual([]);
    const pruning = await plan(nothing, { prune: true });
    expect(pruning.changes.map(({ action, kind, name }) => `${action} ${kind} ${name}`)).toEqual([
      'delete alias pr-all', 'delete rollover-alias pr-web', 'delete data-stream p-web', 'delete index-template p-logs', 'delete index-template pr-logs',
      'delete legacy-template p-old', 'delete ingest-pipeline p-pipe', 'delete component-template p-base', 'delete cluster-setting search.max_buckets',
    ]);
    expect(await codeOf(applyPlan(client, pruning))).toBe('INDEX_DESTRUCTIVE');
    await applyPlan(client, pruning, { destructive: true });
    expect(await actions(nothing, { prune: true })).toEqual([]);
    expect((await client.indices.exists({ index: 'pr-web-000001' })).body).toBe(true);
    expect(await actions(input)).toEqual([]);
  });

  it('does not apply when the cluster is no longer as it was planned on', async () => {
    const mine: IndexSetupInput = { indexTemplates: { late: { index_patterns: ['late-*'] } } };
    const stale = await plan(mine);
    await client.indices.putIndexTemplate({ name: 'late', body: { index_patterns: ['late-*'], version: 9 } });
    expect(await codeOf(applyPlan(client, stale))).toBe('INDEX_PLAN_STALE');
    const kept = await client.indices.getIndexTemplate({ name: 'late' });
    expect(kept.body.index_templates[0]?.index_template.version).toBe(9);
    await apply(mine, { adopt: true });
    const update = await plan({ indexTemplates: { late: { index_patterns: ['late-*'], version: 2 } } });
    await client.indices.deleteIndexTemplate({ name: 'late' });
    await expect(applyPlan(client, update)).rejects.toThrow(/late was deleted after the plan/u);
  });

  it('refuses a name that a plain index has', async () => {
    await client.indices.create({ index: 'taken-web' });
    const setup = { indexTemplates: { taken: { index_patterns: ['taken-*'], data_stream: {} } }, dataStreams: ['taken-web'] };
    expect(await codeOf(plan(setup))).toBe('INDEX_NAME_TAKEN');
  });

  it('changes nothing beside templates of others that its own would cover', async () => {
    await client.indices.putIndexTemplate({ name: 'theirs', body: { index_patterns: ['theirs-7.12.1-*'], priority: 150, template: { settings: { number_of_shards: 3 } } } });
    expect(await codeOf(plan({ indexTemplates: { mine: { index_patterns: ['theirs-*'], priority: 200, data_stream: {} } } }))).toBe('INDEX_NOT_OWNED');
    const { body } = await client.indices.simulateIndexTemplate({ name: 'theirs-7.12.1-2026' });
    expect(JSON.stringify(body)).toContain('"number_of_shards":"3"');
  });

  it('changes nothing of what it did not make, and converges, where names and parts move', async () => {
    const named = (template: string): IndexSetupInput => ({
      owner: 'mover',
      componentTemplates: { 'm-part': { template: { mappings: { properties: { path: { type: 'wildcard' }, at: { type: 'date', format: 'strict_date_optional_time||epoch_millis' }, text: { type: 'text', index_prefixes: {} } } } } } },
      ingestPipelines: { 'm-pipe': { processors: [] } },
      indexTemplates: { [template]: { index_patterns: ['m-*'], priority: 40, composed_of: ['m-part'], data_stream: {}, template: { settings: { default_pipeline: 'm-pipe' } } } },
      dataStreams: ['m-web'],
    });
    const left = async (setup: IndexSetupInput) => actions(setup, { prune: true, behind: 'rewrite' });
    await apply(named('m-old'));
    expect(await left(named('m-old'))).toEqual([]);
    expect(await left(named('m-new'))).toEqual(['create index-template m-new', 'update index-template m-old', 'update index-template m-new', 'delete index-template m-old']);
    await apply(named('m-new'), { prune: true });
    expect(await left(named('m-new'))).toEqual([]);

    // Somebody else builds upon the part, and the pipeline goes: documents must still come in.
    await client.indices.putIndexTemplate({ name: 'guest', body: { index_patterns: ['guest-*'], composed_of: ['m-part'] } });
    const bare: IndexSetupInput = { owner: 'mover', indexTemplates: { 'm-new': { index_patterns: ['m-*'], priority: 40, data_stream: {} } }, dataStreams: ['m-web'] };
    const leaving = await plan(bare, { prune: true });
    expect(leaving.notes).toEqual([expect.stringContaining('component-template m-part stays')]);
    expect(leaving.changes.filter(({ action }) => action !== 'none').map(({ action, name }) => `${action} ${name}`)).toEqual(['update m-new', 'put-mapping m-web', 'delete m-pipe']);
    // As a file that was kept has it.
    await applyPlan(client, JSON.parse(JSON.stringify(leaving)) as IndexPlan);
    expect(await left(bare)).toEqual([]);
    await client.create({ index: 'm-web', id: '1', body: { '@timestamp': '2026-03-01T00:00:00Z' } });
    const { body } = await client.indices.getIndexTemplate({ name: 'guest' });
    expect(body.index_templates[0]?.index_template.composed_of).toEqual(['m-part']);
  });

  it('lets two templates exchange their patterns', async () => {
    const exchange = (one: string, other: string): IndexSetupInput => ({ owner: 'exchange', indexTemplates: { 'x-one': { index_patterns: [one], priority: 60 }, 'x-other': { index_patterns: [other], priority: 60 } } });
    await apply(exchange('xa-*', 'xb-*'));
    await apply(exchange('xb-*', 'xa-*'));
    expect(await actions(exchange('xb-*', 'xa-*'))).toEqual([]);
    expect(planDrift(await observeDrift(client, { owner: 'exchange' })).items).toEqual([]);
  });

  it('lets a template let go of a part of its names, and an object of what it says, below a stream', async () => {
    const host = (dynamic: object) => ({ template: { mappings: { properties: { host: { ...dynamic, properties: { name: { type: 'keyword' } } } } } } });
    const split = (patterns: Readonly<Record<string, string>>, dynamic: object): IndexSetupInput => ({
      owner: 'splitter',
      indexTemplates: Object.fromEntries(Object.entries(patterns).map(([name, pattern]) => [name, { index_patterns: [pattern], data_stream: {}, ...host(dynamic) }])),
      dataStreams: ['s-a'],
    });
    await apply(split({ 's-all': 's-*' }, {}));
    await apply(split({ 's-all': 's-b*', 's-some': 's-a*' }, { dynamic: 'false' }));
    expect(await actions(split({ 's-all': 's-b*', 's-some': 's-a*' }, { dynamic: 'false' }), { prune: true })).toEqual([]);
    expect(await mappingOf('s-a')).toEqual([expect.objectContaining({ properties: expect.objectContaining({ host: { dynamic: 'false', properties: { name: { type: 'keyword' } } } }) as unknown })]);
    await apply(split({ 's-all': 's-b*', 's-some': 's-a*' }, {}));
    expect(await actions(split({ 's-all': 's-b*', 's-some': 's-a*' }, {}), { prune: true })).toEqual([]);
  });

  it('gives an alias of ours its write index back, with what else it says', async () => {
    const setup: IndexSetupInput = { owner: 'marker', indexTemplates: { 'w-ring': { index_patterns: ['w-*'], template: { mappings: { properties: { a: { type: 'keyword' } } } } } }, rolloverAliases: { 'w-web': {} } };
    await apply(setup);
    await client.indices.create({ index: 'w-web-000002' });
    await client.indices.updateAliases({ body: { actions: [{ add: { index: 'w-web-000001', alias: 'w-web', is_write_index: false } }, { add: { index: 'w-web-000002', alias: 'w-web', routing: '3' } }] } });
    expect(planDrift(await observeDrift(client, { owner: 'marker' })).items).toMatchObject([{ kind: 'rollover-alias', name: 'w-web', what: 'changed' }]);
    expect(await actions(setup)).toEqual(['update rollover-alias w-web']);
    await apply(setup);
    expect(await actions(setup)).toEqual([]);
    const { body } = await client.indices.getAlias({ name: 'w-web' });
    expect(body['w-web-000002']?.aliases['w-web']).toEqual({ index_routing: '3', search_routing: '3', is_write_index: true });
  });

  it('does not delete a stream that was made again after the plan', async () => {
    const setup: IndexSetupInput = { owner: 'again', indexTemplates: { 'again-logs': { index_patterns: ['again-*'], data_stream: {} } }, dataStreams: ['again-web'] };
    await apply(setup);
    const pruning = await plan({ owner: 'again' }, { prune: true });
    await client.indices.deleteDataStream({ name: 'again-web' });
    await client.indices.createDataStream({ name: 'again-web' });
    expect(await codeOf(applyPlan(client, pruning, { destructive: true }))).toBe('INDEX_PLAN_STALE');
    expect((await client.indices.getDataStream({ name: 'again-web' })).statusCode).toBe(200);
    await apply({ owner: 'again' }, { prune: true }, { destructive: true });
  });

  it('says which transient setting hides the persistent one', async () => {
    await client.cluster.putSettings({ body: { transient: { 'search.max_buckets': 77 } } });
    const setup: IndexSetupInput = { owner: 'hidden', clusterSettings: { 'search.max_buckets': 9000 } };
    await apply(setup);
    const { changes, notes } = await plan(setup);
    expect(changes.map(({ action }) => action)).toEqual(['none']);
    expect(notes).toEqual([expect.stringContaining('its transient value "77" holds instead')]);
    await client.cluster.putSettings({ body: { transient: { 'search.max_buckets': null } } });
    await apply({ owner: 'hidden' }, { prune: true });
  });

  it('asks for the names themselves, or for their beginnings, and never oftener', async () => {
    const paths: string[] = [];
    const listener = (_: unknown, { meta }: { meta: { request: { params: { path: string } } } }) => paths.push(meta.request.params.path);
    client.on('request', listener as never);
    const many = (count: number): IndexSetupInput => ({ owner: 'many', rolloverAliases: Object.fromEntries(Array.from({ length: count }, (_, at) => [`many-names-of-one-kind-${String(at).padStart(5, '0')}`, {}])) });
    await plan({ owner: 'many', rolloverAliases: { 'shop-none': {} } });
    expect(paths.some((path) => path.startsWith('/shop-none/_alias'))).toBe(true);
    paths.length = 0;
    await plan(many(5000));
    client.off('request', listener as never);
    expect(paths.length).toBeLessThanOrEqual(12);
    expect(paths.join()).not.toContain('_all');
    expect(paths.filter((path) => path.startsWith('/many-names-of-one-kind-')).length).toBeGreaterThan(1);
  });

  it('says what the server refused, and goes on from there', async () => {
    const bad = (type: string): IndexSetupInput => ({
      ingestPipelines: { 'half-done': { processors: [] } },
      indexTemplates: { half: { index_patterns: ['half-*'], template: { mappings: { properties: { a: { type } } } } } },
      rolloverAliases: { half: { firstIndex: 'half-000001' } },
    });
    await expect(apply(bad('no_such_type'))).rejects.toThrow(/index-template half was refused: .*no_such_type/u);
    expect(await actions(bad('keyword'))).toEqual(['create index-template half', 'create rollover-alias half']);
    await client.indices.refresh({ index: 'podscope-index-manager' });
    expect(await readHistory(client, { size: 1 })).toMatchObject([{ outcome: 'failed', changes: [{ name: 'half-done' }] }]);
    await apply(bad('keyword'));
    expect(await actions(bad('keyword'))).toEqual([]);
  });

  it('asks twelve times at most, whatever the size', async () => {
    const counted: string[] = [];
    const listener = (error: unknown, { meta }: { meta: { request: { params: { path: string } } } }) => {
      counted.push(error === null ? meta.request.params.path : `failed ${meta.request.params.path}`);
    };
    const policy = { description: '', default_state: 'a', states: [{ name: 'a' }] };
    client.on('request', listener as never);
    const { notes } = await plan({ ...input, lifecyclePolicies: { keep: policy } }, { prune: true });
    client.off('request', listener as never);
    expect(notes).toEqual([expect.stringContaining('runLifecycle')]);
    expect(counted.length).toBeLessThanOrEqual(12);
    expect(new Set(counted).size).toBe(counted.length);
  });
});
