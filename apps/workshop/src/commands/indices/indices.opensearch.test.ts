import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@opensearch-project/opensearch';
import { startOpenSearch, type StartedOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesOf, lacks } from '../reference.fixture.ts';
import { startHoldingProxy } from './holdingProxy.fixture.ts';
import { type Ended, runIndices, startIndices } from './program.fixture.ts';

/** A setup as somebody writes it, two files of it. */
const SETUP = {
  'setup.yaml': 'owner: shop\n',
  'component-templates/shop-common.yaml': 'template:\n  settings: { number_of_shards: 1, number_of_replicas: 0 }\n  mappings:\n    properties:\n      host: { type: keyword }\n',
  'index-templates/shop-logs.yaml': `
index_patterns: [shop-*]
composed_of: [shop-common]
data_stream: {}
template:
  mappings:
    properties:
      '@timestamp': { type: date }
      bytes: { type: long }
`,
  'data-streams.yaml': '[shop-web]\n',
};

/** The dashboard of somebody who averages bytes. */
const OBJECTS = [
  { type: 'index-pattern', id: 'shop', attributes: { title: 'shop-*', timeFieldName: '@timestamp' }, references: [] },
  { type: 'visualization', id: 'mean', attributes: { title: 'Mean size', visState: JSON.stringify({ type: 'line', aggs: [{ id: '1', type: 'avg', schema: 'metric', params: { field: 'bytes' } }] }) }, references: [{ name: 'i', type: 'index-pattern', id: 'shop' }] },
  { type: 'dashboard', id: 'shop', attributes: { title: 'Shop', panelsJSON: JSON.stringify([{ panelIndex: '1', panelRefName: 'panel_0', gridData: {} }]) }, references: [{ name: 'panel_0', type: 'visualization', id: 'mean' }] },
].map((object) => `${JSON.stringify(object)}\n`).join('');

interface PlanShown {
  readonly changes: readonly { readonly action: string; readonly name: string }[];
  readonly panels: readonly object[];
}

describe('podscope indices on a real server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'podscope-indices-'));
  const setup = join(folder, 'setup');
  const environment: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1', PODSCOPE_RUN_DIR: join(folder, 'run') };
  let server: StartedOpenSearch | undefined;
  let client: Client;
  let url = '';

  beforeAll(async () => {
    for (const [name, content] of Object.entries(SETUP)) write(join(setup, name), content);
    server = await startOpenSearch({ version: '2.19.6' });
    url = server.url;
    client = new Client({ node: url });
  });

  afterAll(async () => {
    await client?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function write(file: string, content: string): string {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  const indices = (...args: readonly string[]): Promise<Ended> => runIndices(environment, ...args, '--url', url);

  /** Runs a command with `--json`; its document has the shape that the reference shows. */
  async function documented<Shown>(code: number, command: string, ...args: readonly string[]): Promise<Shown> {
    const ended = await indices(...command.split(' '), ...args, '--json');
    expect({ code: ended.code, stderr: ended.stderr }, `${command}: ${ended.stdout}`).toEqual({ code, stderr: '' });
    const document = JSON.parse(ended.stdout) as Shown;
    const [example] = examplesOf(`indices ${command}`);
    expect(example, command).toBeDefined();
    expect(lacks(example, document), command).toEqual([]);
    return document;
  }

  it('plans, applies, finds nothing to do, and tells what was changed by hand', async () => {
    const shown = await indices('plan', '--setup', setup);
    expect(shown).toMatchObject({ code: 2, stderr: '' });
    expect(shown.stdout).toMatch(/^\+ component-template {2}shop-common[^]*3 to create, 0 to update, 0 unchanged\n$/);
    const applied = await indices('apply', '--setup', setup, '--yes');
    expect(applied).toMatchObject({ code: 0, stdout: '3 changes made.\n' });
    expect(applied.stderr).toMatch(/✔ 3\/3 {2}create data-stream shop-web/);
    expect(await indices('plan', '--setup', setup)).toMatchObject({ code: 0, stdout: expect.stringContaining('0 to create, 0 to update, 3 unchanged') as unknown });
    expect(await indices('drift', '--owner', 'shop')).toMatchObject({ code: 0, stdout: '0 of 3 things of shop were changed by hand\n' });

    await client.cluster.putComponentTemplate({ name: 'shop-common', body: { template: { settings: { number_of_shards: 2, number_of_replicas: 0 }, mappings: { properties: { host: { type: 'keyword' } } } }, _meta: { managed_by: 'shop' } } });
    const drift = await documented<{ items: readonly object[] }>(2, 'drift', '--owner', 'shop');
    expect(drift.items).toMatchObject([{ kind: 'component-template', name: 'shop-common', what: 'changed', differences: [{ path: 'template.settings.index.number_of_shards', before: '1', after: '2' }] }]);
    await documented(0, 'apply', '--setup', setup, '--yes');
    expect((await indices('drift', '--owner', 'shop')).code).toBe(0);
  });

  it('names the panels that a mapping change breaks, and applies exactly the plan that was saved', async () => {
    const other = join(folder, 'other');
    for (const [name, content] of Object.entries(SETUP)) write(join(other, name), content.replace('bytes: { type: long }', 'bytes: { type: keyword }'));
    const objects = write(join(folder, 'dashboards.ndjson'), OBJECTS);
    const plan = await documented<PlanShown>(2, 'plan', '--setup', other, '--objects', objects);
    expect(plan.panels).toEqual([{ dashboard: 'Shop', panel: 'Mean size', field: 'bytes', why: 'avg cannot use "bytes" of "shop-logs": it is of type keyword.' }]);
    expect(plan.changes.filter(({ action }) => action !== 'none').map(({ action, name }) => `${action} ${name}`)).toEqual(['update shop-logs', 'rollover shop-web']);
    const saved = write(join(folder, 'plan.json'), JSON.stringify(plan));
    await documented(0, 'apply', '--plan', saved, '--yes');
    const again = await indices('apply', '--plan', saved, '--yes');
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/no longer as it was planned on/);
    expect((await indices('plan', '--setup', other)).code).toBe(0);
    const { entries } = await documented<{ entries: readonly object[] }>(0, 'history', '--size', '1');
    expect(entries).toMatchObject([{ owner: 'shop', outcome: 'done', changes: [{ action: 'update' }, { action: 'rollover' }] }]);
  });

  it('waits for whoever applies, says who it is, and breaks off in order', async () => {
    await using proxy = await startHoldingProxy(url);
    const names = Array.from({ length: 40 }, (_, at) => `many-${at}`);
    const many = write(join(folder, 'many.mjs'), `export default { owner: 'many', ingestPipelines: ${JSON.stringify(Object.fromEntries(names.map((name) => [name, { processors: [] }])))} };`);
    const first = startIndices(environment, 'apply', '--setup', many, '--yes', '--url', proxy.url);
    await proxy.isHolding;
    const second = startIndices(environment, 'apply', '--setup', setup, '--yes', '--url', url);
    await second.says(/Waiting for \S+@\S+, who applies to this cluster since 2/);
    second.child.kill('SIGINT');
    expect(await second.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('Interrupted after 0 of') as unknown });

    first.child.kill('SIGINT');
    await first.says(/Ending after the requests that are under way/);
    proxy.letGo();
    const { code, stdout, stderr } = await first.ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    // The twelve that were under way are made, and named; the rest is the next one's.
    expect(stderr).toMatch(/Interrupted after 12 of 40 changes; what was made stays/);
    expect(stderr.match(/^ {2}\| create ingest-pipeline many-\d+$/gm)).toHaveLength(12);
    expect((await documented<{ made: readonly object[] }>(0, 'apply', '--setup', many, '--yes')).made).toHaveLength(28);
    expect((await indices('destroy', '--owner', 'many', '--yes')).code).toBe(0);
  });

  it('reindexes, lists it, goes back, and lets go of the old index', async () => {
    await client.indices.create({ index: 'orders', body: { mappings: { properties: { code: { type: 'keyword' } } } } });
    await client.bulk({ refresh: true, body: Array.from({ length: 50 }, (_, at) => [{ index: { _index: 'orders', _id: String(at) } }, { code: String(at) }]).flat() });
    const mappings = write(join(folder, 'orders.json'), '{ "properties": { "code": { "type": "long" } } }');
    const typeNow = async () => Object.values((await client.indices.getMapping({ index: 'orders' })).body)[0]?.mappings?.properties?.['code']?.type;
    const objects = write(join(folder, 'orders.ndjson'), OBJECTS.replace('"title":"shop-*","timeFieldName":"@timestamp"', '"title":"orders*"').replace('avg', 'terms').replace('bytes', 'code'));
    const breaking = write(join(folder, 'breaking.yaml'), 'properties:\n  code: { type: text }\n');
    expect((await indices('reindex', 'orders', '--mappings', breaking, '--objects', objects, '--dry-run')).stdout).toMatch(/1 panel will not show new documents as before:\n {2}Shop \/ Mean size {2}terms cannot use "code"/);
    const shown = await indices('reindex', 'orders', '--mappings', mappings, '--objects', objects, '--dry-run');
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(/^! copy 50 documents of orders to orders-r1, .*\n$/) as unknown });
    expect(await typeNow()).toBe('keyword');
    await documented(0, 'reindex run', 'orders', '--mappings', mappings, '--yes');
    expect(await typeNow()).toBe('long');
    expect((await documented<{ reindexes: readonly object[] }>(0, 'reindex list')).reindexes).toMatchObject([{ name: 'orders', state: 'swapped', blocked: null, isRunning: false }]);
    await documented(0, 'reindex rollback', 'orders', '--yes');
    expect(await typeNow()).toBe('keyword');
    expect((await indices('reindex', 'orders', '--mappings', mappings, '--yes')).stderr).toMatch(/orders-kept: readers and writers are on the new index {2}50 of 50 \(100 %\)/);
    await documented(0, 'reindex resume', 'orders');
    await documented(0, 'reindex release', 'orders', '--yes');
    expect((await client.count({ index: 'orders' })).body.count).toBe(50);
  });

  it('carries out a lifecycle policy, asking before indices are deleted', async () => {
    const kept = write(join(folder, 'kept.mjs'), `
      export const kept = {
        owner: 'kept',
        lifecyclePolicies: { brief: { description: 'Two documents an index', default_state: 'hot', states: [
          { name: 'hot', actions: [{ rollover: { min_doc_count: 2 } }], transitions: [{ state_name: 'gone', conditions: { min_rollover_age: '0ms' } }] },
          { name: 'gone', actions: [{ delete: {} }], transitions: [] },
        ], ism_template: [{ index_patterns: ['kept-*'], priority: 1 }] } },
        indexTemplates: { kept: { index_patterns: ['kept-*'], data_stream: {}, template: { settings: { number_of_replicas: 0 } } } },
        dataStreams: ['kept-web'],
      };`);
    await documented(0, 'apply', '--setup', kept, '--yes');
    for (const id of ['1', '2']) await client.create({ index: 'kept-web', id, refresh: true, body: { '@timestamp': '2026-01-01' } });
    expect(await indices('lifecycle', '--setup', kept, '--dry-run')).toMatchObject({ code: 0, stdout: expect.stringContaining('1 to roll over, 0 to delete') as unknown });
    await documented(0, 'lifecycle', '--setup', kept);
    const asked = await indices('lifecycle', '--setup', kept);
    expect(asked.code).toBe(1);
    expect(asked.stderr).toMatch(/- delete {4}kept-web {2}\.ds-kept-web-000001[^]*Nobody is there to confirm it/);
    expect(await indices('lifecycle', '--setup', kept, '--yes')).toMatchObject({ code: 0, stdout: '1 step done, 0 no longer due.\n' });
    expect((await client.count({ index: 'kept-web' })).body.count).toBe(0);
    expect((await indices('destroy', '--owner', 'kept', '--yes', '--destructive')).code).toBe(0);
  });

  it('exports what is there, and destroys what is its own, with documents only when it is told to', async () => {
    const exported = join(folder, 'exported');
    await documented(0, 'export', '--to', exported, '--select', 'component-templates=shop-*', 'index-templates=shop-*', 'data-streams=shop-*');
    expect(readFileSync(join(exported, 'index-templates/shop-logs.yaml'), 'utf8')).toMatch(/bytes:\s+type: keyword/);
    expect(await indices('plan', '--setup', exported)).toMatchObject({ code: 0, stdout: expect.stringContaining('0 to create, 0 to update, 3 unchanged') as unknown });

    await client.indices.putTemplate({ name: 'of-somebody-else', body: { index_patterns: ['else-*'] } });
    const refused = await indices('destroy', '--owner', 'shop', '--yes');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/Documents would go: delete data-stream shop-web[^]*--destructive/);
    expect((await documented<{ made: readonly object[] }>(0, 'destroy', '--owner', 'shop', '--yes', '--destructive')).made).toMatchObject([{ name: 'shop-web' }, { name: 'shop-logs' }, { name: 'shop-common' }]);
    expect(await indices('destroy', '--owner', 'shop', '--yes')).toMatchObject({ code: 0, stdout: 'Nothing to do.\n' });
    expect((await client.indices.existsIndexTemplate({ name: 'shop-logs' })).statusCode).toBe(404);
    expect(Object.keys((await client.indices.getDataStream()).body.data_streams ?? [])).toEqual([]);
    expect((await client.indices.existsTemplate({ name: 'of-somebody-else' })).statusCode).toBe(200);
  });
});
