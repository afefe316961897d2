import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../../program.ts';
import { examplesOf, lacks } from '../reference.fixture.ts';
import { type LiveProduct, startLiveProduct } from './live.fixture.ts';

const INDEX = { name: 'kibanaSavedObjectMeta.searchSourceJSON.index', type: 'index-pattern', id: 'p' };
const pattern = { type: 'index-pattern', id: 'p', attributes: { title: 'logs-*' }, references: [], migrationVersion: { 'index-pattern': '7.6.0' } };
const chart = (title = 'V') => ({
  type: 'visualization', id: 'v', references: [INDEX], migrationVersion: { visualization: '7.10.0' },
  attributes: { title, kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify({ indexRefName: INDEX.name }) }, visState: JSON.stringify({ type: 'pie', params: { isDonut: true }, aggs: [{ id: '1', type: 'count', schema: 'metric', params: {} }] }) },
});
const lines = (...objects: readonly object[]) => objects.map((each) => `${JSON.stringify(each)}\n`).join('');

let folder: string;
let live: LiveProduct;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-live-'));
  live = await startLiveProduct();
  file = join(folder, 'set.ndjson');
  await writeFile(file, lines(pattern, chart()));
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = 0;
  await live[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function podscope(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
  process.exitCode = 0;
  const code = await runProgram(args);
  vi.restoreAllMocks();
  return { code, out, err };
}
const dashboards = (...args: readonly string[]) => podscope('dashboards', ...args);

describe('podscope dashboards import, export and diff', () => {
  it('import, tell what differs, and export', async () => {
    expect(await dashboards('import', file, '--url', live.url)).toEqual({ code: 0, out: '✔ 2 objects in opensearch-dashboards 2.19.4, 0 of them in the place of others.\n', err: '' });
    expect(await dashboards('diff', file, '--url', live.url)).toMatchObject({ code: 0, out: 'No differences.\n' });
    await writeFile(file, lines(pattern, chart('Other')));
    const differing = await dashboards('diff', file, '--url', live.url, '--json');
    expect(differing.code).toBe(1);
    expect(JSON.parse(differing.out)).toMatchObject({ after: live.url, diffs: [{ id: 'v', change: 'changed', differences: [{ path: 'attributes.title' }] }] });
    const out = join(folder, 'out.ndjson');
    expect(await dashboards('export', '--url', live.url, '--object', 'visualization:v', '--out', out)).toMatchObject({ code: 0, err: expect.stringContaining('1 objects of') as string });
    expect((await readFile(out, 'utf8')).split('\n').map((line) => (line === '' ? '' : (JSON.parse(line) as { id?: string }).id))).toEqual(['v', undefined, '']);
    expect(await dashboards('export', '--url', live.url, '--type', 'index-pattern', '--out', out)).toMatchObject({ code: 1, err: expect.stringContaining('SAVED_OBJECT_NOT_WRITTEN') as string });
    expect((await readdir(folder)).sort()).toEqual(['out.ndjson', 'set.ndjson']);
  });

  it('export Vega with the functions that it calls there', async () => {
    const spec = '{"signals": [{"name": "s", "update": "kibanaSetTimeFilter(1, 2)"}]}';
    const drawing = { type: 'visualization', id: 'd', references: [], attributes: { title: 'D', visState: JSON.stringify({ title: 'D', type: 'vega', params: { spec }, aggs: [] }) } };
    live.kept.set('visualization:d', drawing);
    expect(await dashboards('export', '--url', live.url, '--type', 'visualization')).toMatchObject({ code: 0, out: expect.stringContaining('kibanaSetTimeFilter(1, 2)') as string });
  });

  it('compare and import for the product that is named', async () => {
    for (const command of ['import', 'diff']) expect(await dashboards(command, file, '--url', live.url, '--target', 'grafana')).toMatchObject({ code: 1, err: expect.stringContaining('"grafana" is no target') as string });
    expect(live.kept.size).toBe(0);
    expect(await dashboards('import', file, '--url', live.url, '--target', 'opensearch-dashboards@1')).toMatchObject({ code: 0 });
    expect(await dashboards('diff', file, '--url', live.url, '--target', 'kibana@7.10')).toMatchObject({ code: 0 });
  });

  it('export without what is referred to, into a file that may be replaced', async () => {
    const out = join(folder, 'out.ndjson');
    await writeFile(out, 'old');
    await dashboards('import', file, '--url', live.url);
    expect(await dashboards('export', '--url', live.url, '--object', 'visualization:v', '--no-references', '--out', out, '--overwrite')).toMatchObject({ code: 0 });
    expect(live.exports).toEqual([{ objects: [{ type: 'visualization', id: 'v' }], includeReferencesDeep: false }]);
    expect(await readFile(out, 'utf8')).toContain('"id":"v"');
  });

  it('name the data source, the workspace and the space to the product', async () => {
    await dashboards('import', file, '--url', live.url, '--data-source', 'far');
    await dashboards('import', file, '--url', live.url, '--space', 'team', '--overwrite');
    await dashboards('import', file, '--url', live.url, '--workspace', 'w1', '--overwrite');
    expect(live.imports).toEqual(['/api/saved_objects/_import?dataSourceId=far&dataSourceEnabled=true', '/s/team/api/saved_objects/_import?overwrite=true', '/w/w1/api/saved_objects/_import?overwrite=true']);
  });

  it('say as JSON what the reference shows', async () => {
    const imported = await dashboards('import', file, '--url', live.url, '--json');
    const exported = await dashboards('export', '--url', live.url, '--type', 'index-pattern', '--out', join(folder, 'o.ndjson'), '--json');
    for (const [command, { out, code }] of [['dashboards import', imported], ['dashboards export', exported]] as const) {
      expect(code).toBe(0);
      expect(examplesOf(command).flatMap((example) => lacks(example, JSON.parse(out)))).toEqual([]);
    }
  });

  it('replace nothing without being told, and write nothing in a dry run', async () => {
    expect(await dashboards('import', file, '--url', live.url, '--dry-run')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was written; this would be: 2 objects') as string });
    expect(live.kept.size).toBe(0);
    await dashboards('import', file, '--url', live.url);
    expect(await dashboards('import', file, '--url', live.url)).toMatchObject({ code: 1, err: expect.stringContaining('is there already') as string });
    expect(await dashboards('import', file, '--url', live.url, '--overwrite')).toMatchObject({ code: 0, out: expect.stringContaining('2 of them in the place of others') as string });
  });

  it('send nothing of a file of which a part cannot be read', async () => {
    await writeFile(file, `${lines(pattern)}{"type": oops}\n`);
    expect(await dashboards('import', file, '--url', live.url)).toMatchObject({ code: 1, err: expect.stringContaining(`${file}:2:10`) as string });
    expect(live.kept.size).toBe(0);
  });

  it('take the tenant, and refuse one that the user does not have', async () => {
    await dashboards('import', file, '--url', live.url, '--tenant', 'team');
    expect(live.asked.at(-1)).toMatchObject({ securitytenant: 'team' });
    expect(await dashboards('import', file, '--url', live.url, '--tenant', 'taem')).toMatchObject({ code: 1, err: expect.stringContaining('SAVED_OBJECT_TENANT_UNKNOWN') as string });
  });

  it('take who asks from the environment', async () => {
    vi.stubEnv('PODSCOPE_DASHBOARDS_USERNAME', 'me');
    vi.stubEnv('PODSCOPE_DASHBOARDS_PASSWORD', 'secret-word');
    await dashboards('import', file, '--url', live.url);
    expect(live.asked.at(-1)?.authorization).toBe(`Basic ${Buffer.from('me:secret-word').toString('base64')}`);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-secret-key');
    await dashboards('import', file, '--url', live.url, '--overwrite', '--aws-region', 'eu-central-1');
    expect(live.asked.at(-1)?.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/es\/aws4_request/u);
    await dashboards('import', file, '--url', live.url, '--overwrite', '--aws-region', 'eu-central-1', '--aws-service', 'aoss');
    expect(live.asked.at(-1)?.authorization).toContain('/eu-central-1/aoss/aws4_request');
  });

  it.each([
    [['import', 'FILE'], "Required option '--url <address>' not specified"],
    [['import', 'FILE', '--url', 'nowhere'], 'no address of a product'],
    [['import', 'FILE', '--url', 'http://me:secret-word@localhost:5601'], 'PODSCOPE_DASHBOARDS_USERNAME'],
    [['import', 'FILE', '--url', 'http://localhost:5601', '--aws-region', 'eu-central-1'], 'AWS_ACCESS_KEY_ID'],
    [['export', '--url', 'http://localhost:5601', '--object', 'web'], 'names no object'],
    [['export', '--url', 'http://localhost:5601', '--object', 'dashboard:a', '--type', 'dashboard'], 'two ways to choose'],
    [['import', 'FILE', '--url', 'http://localhost:5601', '--aws-service', 'aoss'], 'Add --aws-region'],
    [['diff', 'FILE', 'FILE', '--tenant', 'team'], '--tenant is about a live product'],
    [['diff', 'FILE', 'FILE', '--aws-region', 'eu-central-1'], '--aws-region is about a live product'],
    [['diff', 'FILE'], 'needs one other side'],
    [['diff', 'FILE', 'FILE', '--url', 'http://localhost:5601'], 'needs one other side'],
  ])('%s says what is wrong', async (args, words) => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    const { code, err, out } = await dashboards(...args.map((arg) => (arg === 'FILE' ? file : arg)));
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(`${out}${err}`).not.toContain('secret-word');
  });

  it('a product that is not there', async () => {
    expect(await dashboards('import', file, '--url', 'http://127.0.0.1:1')).toMatchObject({ code: 1, err: expect.stringContaining('SAVED_OBJECT_SERVER_UNREACHABLE') as string });
  });
});
