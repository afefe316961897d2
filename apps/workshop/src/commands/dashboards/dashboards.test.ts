import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TARGETS } from '@podscope/saved-objects';
import { runProgram } from '../../program.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-dashboards-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  await rm(folder, { recursive: true, force: true });
});

const INDEX = { name: 'kibanaSavedObjectMeta.searchSourceJSON.index', type: 'index-pattern', id: 'p' };
const pattern = { type: 'index-pattern', id: 'p', attributes: { title: 'logs-*' }, references: [], migrationVersion: { 'index-pattern': '7.11.0' } };
const chart = (state: object = {}) => ({
  type: 'visualization', id: 'v', references: [INDEX], migrationVersion: { visualization: '7.14.0' },
  attributes: {
    title: 'V', kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify({ indexRefName: INDEX.name }) },
    visState: JSON.stringify({ type: 'pie', params: { isDonut: true, distinctColors: true }, aggs: [{ id: '1', type: 'count', schema: 'metric', params: {} }, { id: '2', type: 'terms', schema: 'segment', params: { field: 'a', orderBy: '1' } }], ...state }),
  },
});
const lines = (...objects: readonly object[]) => objects.map((each) => `${JSON.stringify(each)}\n`).join('');

async function put(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

async function podscope(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
  process.exitCode = 0;
  const code = await runProgram(args);
  vi.restoreAllMocks();
  return { code, out, err };
}

it('converts what it then finds nothing wrong with', async () => {
  const file = await put('kibana.ndjson', lines(pattern, chart()));
  const out = join(folder, 'out.ndjson');
  expect(await podscope('dashboards', 'check', file)).toMatchObject({ code: 1, out: expect.stringContaining('version-too-new') as string });
  const converted = await podscope('dashboards', 'convert', file, '--to', 'opensearch-dashboards@2', '--out', out);
  expect(converted).toMatchObject({ code: 0, err: expect.stringContaining('2 objects for opensearch-dashboards@2, 1 changes (0 that show), 0 left out.') as string });
  expect(await podscope('dashboards', 'check', out)).toMatchObject({ code: 0, out: expect.stringContaining('Nothing is wrong.') as string });
  expect(await podscope('dashboards', 'convert', file, '--to', 'opensearch-dashboards@2', '--out', out)).toMatchObject({ code: 1, err: expect.stringContaining('SAVED_OBJECT_NOT_WRITTEN') as string });
  expect(await podscope('dashboards', 'convert', file, '--to', 'kibana@7.10', '--out', out, '--overwrite')).toMatchObject({ code: 0 });
  expect((await readdir(folder)).sort()).toEqual(['kibana.ndjson', 'out.ndjson']);
});

it('prints NDJSON alone on the standard output, or one document', async () => {
  const file = await put('kibana.ndjson', lines(pattern, chart(), { type: 'lens', id: 'l', attributes: {}, references: [] }));
  const text = await podscope('dashboards', 'convert', file, '--to', 'opensearch-dashboards@3');
  expect(text.out.trim().split('\n').map((line) => (JSON.parse(line) as { id?: string }).id)).toEqual(['p', 'v', undefined]);
  expect(text.err).toContain('lens l is left out');
  const json = JSON.parse((await podscope('dashboards', 'convert', file, '--to', 'opensearch-dashboards@3', '--json')).out) as Record<string, unknown>;
  expect(json).toMatchObject({ to: 'opensearch-dashboards@3', objects: 2, ndjson: text.out, refused: [{ object: { type: 'lens', id: 'l' } }] });
});

it('writes nothing of a set of which a part cannot be read, and names its line', async () => {
  const file = await put('broken.ndjson', `${lines(pattern)}{"type": oops}\n${lines(chart())}`);
  const out = join(folder, 'out.ndjson');
  expect(await podscope('dashboards', 'convert', file, '--to', 'opensearch-dashboards@2', '--out', out)).toMatchObject({ code: 1, err: expect.stringContaining(`${file}:2:10`) as string });
  expect(await readdir(folder)).toEqual(['broken.ndjson']);
  expect(await podscope('dashboards', 'check', file)).toMatchObject({ code: 1, out: expect.stringContaining(`${file}:2:10: no JSON`) as string });
});

it('checks the fields of a mapping, reads folders, and writes SARIF', async () => {
  await put('a.ndjson', lines({ ...pattern, migrationVersion: { 'index-pattern': '7.6.0' } }, { ...chart(), migrationVersion: { visualization: '7.10.0' } }));
  await put('notes.txt', 'nothing');
  const mapping = join(await mkdtemp(join(tmpdir(), 'podscope-mapping-')), 'mapping.yaml');
  await writeFile(mapping, 'properties:\n  a: { type: text }\n');
  expect(await podscope('dashboards', 'check', folder)).toMatchObject({ code: 0 });
  const { code, out } = await podscope('dashboards', 'check', folder, '--mapping', `logs-*=${mapping}`, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ objects: 2, problems: [], findings: [{ rule: 'field-type', object: { id: 'v' }, place: { file: join(folder, 'a.ndjson'), line: 2 } }] });
  const sarif = await podscope('dashboards', 'check', folder, '--mapping', `logs-*=${mapping}`, '--sarif');
  expect(JSON.parse(sarif.out)).toMatchObject({ version: '2.1.0', runs: [{ results: [{ ruleId: 'field-type' }] }] });
  await rm(join(mapping, '..'), { recursive: true });
});

it.each([
  [['check', '/nowhere/at/all.ndjson'], 'there is nothing of that name'],
  [['check'], "Missing required argument 'files'"],
  [['convert', 'a.ndjson'], "Required option '--to <product>' not specified"],
  [['check', 'a.ndjson', '--mapping', 'x'], 'names no index pattern and file'],
])('podscope dashboards %s says what is wrong', async (args, words) => {
  const { code, err } = await podscope('dashboards', ...args);
  expect(code).toBe(2);
  expect(err).toContain(words);
});

it('tells two sets apart by what they mean', async () => {
  const before = await put('before.ndjson', lines(pattern, chart()));
  const same = await put('same.ndjson', lines(chart(), { ...pattern, updated_at: 'now' }));
  const after = await put('after.ndjson', lines({ ...pattern, attributes: { title: 'other-*' } }));
  expect(await podscope('dashboards', 'diff', before, same)).toMatchObject({ code: 0, out: 'No differences.\n' });
  expect(await podscope('dashboards', 'diff', before, after)).toMatchObject({
    code: 1, out: '~ index-pattern p\n    attributes.title: "logs-*" → "other-*"\n- visualization v\n0 added, 1 changed, 1 removed.\n',
  });
});

it('names the products when it is given another', async () => {
  const file = await put('a.ndjson', lines(pattern));
  expect(await podscope('dashboards', 'convert', file, '--to', 'grafana')).toMatchObject({ code: 1, err: expect.stringContaining('Use one of opensearch-dashboards@1') as string });
  const help = (await podscope('dashboards', 'check', '--help')).out;
  for (const target of Object.keys(TARGETS)) expect(help).toContain(target.split('@')[1]);
});

it('leaves a file alone that is no export', async () => {
  const file = await put('package.json', '{ "name": "x" }');
  expect(await podscope('dashboards', 'check', file)).toMatchObject({ code: 1, out: expect.stringContaining('no saved object: an object with "name"') as string });
  expect(await readFile(file, 'utf8')).toBe('{ "name": "x" }');
});

it('decompiles into a folder, all files or none', async () => {
  const file = await put('kibana.ndjson', lines(pattern, chart({ plugin: 'own' })));
  const out = join(folder, 'src', 'dashboards');
  const done = await podscope('dashboards', 'decompile', file, '--out', out, '--json');
  expect(done.code).toBe(0);
  expect(JSON.parse(done.out)).toMatchObject({ objects: 2, files: [join(out, 'data-views.ts'), join(out, 'others.ts'), join(out, 'index.ts')], raw: [{ type: 'visualization', id: 'v', path: 'visState.plugin' }] });
  expect(await readFile(join(out, 'others.ts'), 'utf8')).toContain("import { logsView } from './data-views.js';");
  expect(await podscope('dashboards', 'decompile', file, '--out', out)).toMatchObject({ code: 1, err: expect.stringContaining('SAVED_OBJECT_NOT_WRITTEN') as string });
  expect(await podscope('dashboards', 'decompile', file, '--out', out, '--overwrite')).toMatchObject({ code: 0 });
  const broken = await put('broken.ndjson', '{"type": "visualization"');
  expect(await podscope('dashboards', 'decompile', broken, '--out', join(folder, 'other'))).toMatchObject({ code: 1, err: expect.stringContaining('SAVED_OBJECT_UNREADABLE') as string });
  expect(await podscope('dashboards', 'decompile', file, '--out', join(file, 'below'))).toMatchObject({ code: 1, err: expect.stringContaining('SAVED_OBJECT_NOT_WRITTEN') as string });
  expect((await readdir(folder)).sort()).toEqual(['broken.ndjson', 'kibana.ndjson', 'src']);
});

it('takes a file without anything for a mistake', async () => {
  const file = await put('empty.ndjson', '\n');
  const checked = await podscope('dashboards', 'check', file);
  expect(checked).toMatchObject({ code: 1, out: `${file}:1: there is no saved object in it\n0 objects for opensearch-dashboards@2 looked at.\n` });
  expect(await podscope('dashboards', 'convert', file, '--to', 'kibana@8')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('there is no saved object in it') as string });
});

it('names what stands in the way of the code, and leaves all as it was', async () => {
  const file = await put('kibana.ndjson', lines(pattern, chart()));
  const out = join(folder, 'src');
  await mkdir(join(out, 'index.ts'), { recursive: true });
  expect(await podscope('dashboards', 'decompile', file, '--out', out, '--overwrite')).toMatchObject({ code: 1, err: expect.stringContaining('index.ts is a folder, where a file is to be.') as string });
  expect(await podscope('dashboards', 'decompile', file, '--out', join(file, 'src'))).toMatchObject({ code: 1, err: expect.stringContaining('SAVED_OBJECT_NOT_WRITTEN') as string });
  expect(await readdir(out)).toEqual(['index.ts']);
  expect((await readdir(folder)).sort()).toEqual(['kibana.ndjson', 'src']);
});

it.runIf(process.platform === 'linux')('ends where no folder can be made', async () => {
  const file = await put('kibana.ndjson', lines(pattern, chart()));
  expect(await podscope('dashboards', 'decompile', file, '--out', '/proc/podscope/src')).toMatchObject({ code: 1, err: expect.stringContaining("can't be written to") as string });
});
