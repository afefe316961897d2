import { Client } from '@opensearch-project/opensearch';
import { type StartOptions, startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyPlan } from '../apply/apply.ts';
import { type Gateway, startGateway } from '../apply/fixtures/gateway.ts';
import { defineIndexSetup } from '../define.ts';
import { type IsmStandIn, startIsmStandIn } from '../lifecycle/fixtures/ism-stand-in.ts';
import type { IndexSetup, IndexSetupInput } from '../model.ts';
import { planIndexSetup } from '../plan/plan.ts';
import { exportIndexSetup } from './export.ts';
import { folderOf } from './fixtures/folder.ts';
import { runTypeScript } from './fixtures/run-typescript.ts';
import { loadIndexSetup } from './load.ts';
import { indexSetupToTypeScript } from './typescript.ts';
import { writeIndexSetup } from './write.ts';

const input = {
  owner: 'shop',
  componentTemplates: {
    'shop-common': {
      template: {
        settings: { number_of_shards: 1, index: { number_of_replicas: '0' }, 'index.query.default_field': ['message'], default_pipeline: 'shop-levels' },
        mappings: { dynamic: false, dynamic_templates: [{ texts: { match_mapping_type: 'string', mapping: { type: 'keyword' } } }] },
        aliases: { 'all-shops': { routing: '7', filter: { term: { level: 'error' } } } },
      },
      version: 3,
      _meta: { team: 'shop', since: '2026-01-01' },
    },
    'shop-bare': { template: {} },
  },
  ingestPipelines: {
    'shop-levels': { description: 'Lowers levels', processors: [{ lowercase: { field: 'level', ignore_missing: true } }, { set: { field: 'n', value: 1, if: "ctx.level == 'x'" } }], version: 2 },
    'shop-bare': { processors: [] },
  },
  indexTemplates: {
    'shop-logs': {
      index_patterns: ['shop-*', 'boutique-*'],
      composed_of: ['shop-common'],
      priority: 300,
      data_stream: { timestamp_field: { name: 'at' } },
      template: { mappings: { properties: { at: { type: 'date', format: 'strict_date_optional_time||epoch_millis' }, password: { type: 'keyword' }, 'url.path': { type: 'keyword' } } } },
    },
    'ring-logs': { index_patterns: ['ring-*'] },
    'plain-logs': { index_patterns: ['plain-*'], data_stream: {} },
  },
  legacyTemplates: { 'old-logs': { index_patterns: ['old-*'], order: 2, settings: { number_of_shards: 1 }, mappings: { properties: { a: { type: 'keyword' } } }, aliases: { olds: {} } } },
  lifecyclePolicies: {
    keep: {
      description: 'keeps for a while',
      default_state: 'kept',
      states: [{ name: 'kept', actions: [{ rollover: { min_size: '50gb' } }], transitions: [{ state_name: 'gone', conditions: { min_index_age: '7d' } }] }, { name: 'gone', actions: [{ delete: {} }] }],
      ism_template: [{ index_patterns: ['kept-*'], priority: 5 }],
    },
  },
  dataStreams: ['boutique-web', 'plain-web', 'shop-web'],
  rolloverAliases: { 'ring-web': {}, 'ring-other': { firstIndex: 'ring-first-000007' } },
  aliases: { 'ring-errors': { indices: { 'ring-web-000001': { filter: { term: { level: 'error' } }, routing: '1', is_write_index: true } } } },
  clusterSettings: { 'cluster.max_shards_per_node': 2000, 'action.destructive_requires_name': true },
} as const satisfies IndexSetupInput;

/** `export.opensearch3.test.ts` and `export7.opensearch.test.ts` run the same on other servers. */
const file = expect.getState().testPath ?? '';
const [title, options]: readonly [string, StartOptions] = file.endsWith('.opensearch3.test.ts')
  ? ['OpenSearch 3.8.0', { version: '3.8.0' }]
  : file.endsWith('export7.opensearch.test.ts')
    ? ['Elasticsearch 7.10.2 OSS', { distribution: 'elasticsearch-oss', version: '7.10.2' }]
    : ['OpenSearch 2.19.6', { version: '2.19.6' }];
const isOpenSearch = !title.startsWith('Elasticsearch');

/** The ISM plugin is not published for OpenSearch as it can be had here; a stand-in written after its source answers for it. */
describe(`export from ${title}`, () => {
  let server: StartedOpenSearch | undefined;
  let ism: IsmStandIn | undefined;
  let gateway: Gateway | undefined;
  let client: Client;

  beforeAll(async () => {
    server = await startOpenSearch(options);
    ism = await startIsmStandIn();
    gateway = await startGateway(server.url, (path) => (path.startsWith('/_plugins/_ism') ? ism?.url : undefined));
    client = new Client({ node: gateway.url });
    await applyPlan(client, await planIndexSetup(client, defineIndexSetup(input)));
  });

  afterAll(async () => {
    await client?.close();
    await gateway?.stop();
    await ism?.stop();
    await server?.stop();
  });

  const changes = async (setup: IndexSetup): Promise<readonly string[]> =>
    (await planIndexSetup(client, setup, { prune: true })).changes.filter(({ action }) => action !== 'none').map(({ kind, name, action, reason }) => `${action} ${kind} ${name}: ${reason}`);

  it('gives what was applied, without marks, in twelve requests at most', async () => {
    let counted = 0;
    const listener = (): void => void (counted += 1);
    client.on('request', listener);
    const { setup, leftOut } = await exportIndexSetup(client);
    client.off('request', listener);
    expect(counted).toBeLessThanOrEqual(12);
    const { dataStreams, rolloverAliases, indexTemplates, componentTemplates, ...rest } = setup;
    expect(dataStreams).toEqual(isOpenSearch ? input.dataStreams : []);
    expect(rolloverAliases).toEqual({ ...input.rolloverAliases, ...(isOpenSearch ? {} : { 'boutique-web': {}, 'plain-web': {}, 'shop-web': {} }) });
    expect(Object.keys(indexTemplates).sort()).toEqual(['plain-logs', 'ring-logs', 'shop-logs']);
    expect(indexTemplates['ring-logs']).toEqual(input.indexTemplates['ring-logs']);
    if (isOpenSearch) expect(indexTemplates['plain-logs']).toEqual(input.indexTemplates['plain-logs']);
    expect(componentTemplates).toMatchObject({ 'shop-bare': { template: {} }, 'shop-common': { version: 3, _meta: input.componentTemplates['shop-common']._meta } });
    expect(rest).toMatchObject({ owner: 'shop', ingestPipelines: input.ingestPipelines, lifecyclePolicies: isOpenSearch ? { keep: { description: 'keeps for a while' } } : {} });
    expect(JSON.stringify(setup)).not.toContain('managed');
    expect(leftOut).toEqual([{ kind: 'alias', name: 'all-shops', why: 'comes from component template "shop-common"' }]);
    expect(await changes(setup)).toEqual([]);
  });

  it.each(['yaml', 'json'] as const)('goes through files and back: %s', async (format) => {
    await using folder = await folderOf();
    const dir = join(folder.path, 'indices');
    await writeIndexSetup(dir, (await exportIndexSetup(client)).setup, { format });
    expect(await changes(await loadIndexSetup(dir))).toEqual([]);
    expect((await writeIndexSetup(dir, (await exportIndexSetup(client)).setup, { format })).written).toEqual([]);
  });

  it('goes through TypeScript and back', async () => {
    const { complaints, exports } = await runTypeScript(indexSetupToTypeScript((await exportIndexSetup(client)).setup, { name: 'shop' }));
    expect(complaints).toEqual([]);
    expect(await changes(exports['shop'] as IndexSetup)).toEqual([]);
  });

  it('takes what is selected, and what that cannot be without', async () => {
    const stream = isOpenSearch ? { dataStreams: ['shop-*'] } : { rolloverAliases: ['shop-*'] };
    const { setup, leftOut } = await exportIndexSetup(client, { ...stream, clusterSettings: ['cluster.*'] }, { owner: 'mine' });
    const named = Object.fromEntries(Object.entries(setup).map(([section, things]) => [section, typeof things === 'string' ? things : Array.isArray(things) ? things : Object.keys(things)]));
    expect(named).toEqual({
      owner: 'mine',
      componentTemplates: ['shop-common'],
      ingestPipelines: ['shop-levels'],
      indexTemplates: ['shop-logs'],
      dataStreams: isOpenSearch ? ['shop-web'] : [],
      rolloverAliases: isOpenSearch ? [] : ['shop-web'],
      legacyTemplates: [],
      lifecyclePolicies: [],
      aliases: [],
      clusterSettings: ['cluster.max_shards_per_node'],
    });
    expect(leftOut).toEqual([]);
    await expect(exportIndexSetup(client, { indexTemplates: ['shop-lgs', 'x*'], ingestPipelines: ['nothing'] })).rejects.toMatchObject({
      code: 'INDEX_EXPORT_MISSING',
      details: ['ingest pipeline "nothing"', 'index template "shop-lgs"; did you mean "shop-logs"?'],
    });
  });

  it('says what it leaves out: of the system, of the server, secrets, what the rules refuse, and what needs that', async () => {
    const put = async (path: string, body: object): Promise<void> => void (await client.transport.request({ method: 'PUT', path, body: body as Record<string, unknown> }));
    await put('/_component_template/.system', { template: {} });
    await put('/_component_template/served', { template: {}, _meta: { managed: true } });
    await put('/_index_template/x-served', { index_patterns: ['x-served-*'], composed_of: ['served'] });
    await put('/_index_template/x-hidden', { index_patterns: ['.x-hidden-*'], priority: 9000 });
    await put('/_template/x-all', { index_patterns: ['*x'] });
    await put('/_ingest/pipeline/x-Upper', { processors: [] });
    await put('/_ingest/pipeline/x-secret', { processors: [{ set: { field: 'url', value: 'https://ann:hunter2@shop.example/' } }] });
    await put('/x-index', { aliases: { 'x-alias': { filter: { term: { a: 1 } }, index_routing: '5' } } });
    const { setup, leftOut } = await exportIndexSetup(client);
    expect(leftOut.filter(({ name }) => name !== 'all-shops')).toEqual([
      { kind: 'component-template', name: '.system', why: 'belongs to the system, as its name begins with a dot' },
      { kind: 'component-template', name: 'served', why: 'is managed by the server, as its _meta says' },
      { kind: 'ingest-pipeline', name: 'x-secret', why: 'holds what looks like a secret, at processors.set.value' },
      { kind: 'ingest-pipeline', name: 'x-Upper', why: 'ingest pipeline "x-Upper": the name can\'t be used on every server' },
      { kind: 'index-template', name: 'x-hidden', why: expect.stringContaining('pattern ".x-hidden-*" must start') as unknown },
      { kind: 'index-template', name: 'x-served', why: expect.stringContaining('is composed of "served", which the setup does not define') as unknown },
      { kind: 'legacy-template', name: 'x-all', why: expect.stringContaining('pattern "*x" must start') as unknown },
    ]);
    expect(JSON.stringify(setup)).not.toMatch(/hunter2|x-served|x-Upper/u);
    expect(setup.aliases['x-alias']).toEqual({ indices: { 'x-index': { filter: { term: { a: 1 } }, index_routing: '5' } } });
    expect(await changes(setup)).toEqual([]);
  });
});
