import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOpenSearch, type StartedOpenSearch } from '../../../packages/embedded-opensearch/src/index.ts';
import type { ConformanceReport } from './conformance.ts';
import { readExpectations } from './expectations.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const corpus = process.env['PODSCOPE_CORPUS'];
const present = corpus !== undefined && existsSync(join(corpus, 'index-templates'));
let server: StartedOpenSearch;
let folder: string;

beforeAll(async () => {
  server = await startOpenSearch({ version: '2.19.6' });
  folder = await mkdtemp(join(tmpdir(), 'podscope-conformance-'));
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The command, as a process of its own. */
async function run(...args: readonly string[]): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, ['--conditions=@podscope/source', main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const status = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { status, stdout, stderr };
}

async function everything(): Promise<unknown> {
  const paths = ['_index_template', '_component_template', '_template', '_ingest/pipeline', '_cat/indices?format=json&h=index&expand_wildcards=all'];
  return Promise.all(paths.map(async (path) => (await fetch(`${server.url}/${path}`)).json()));
}

describe('a folder of many forms', () => {
  it('is told apart, tried, and taken away again', async () => {
    const files: Readonly<Record<string, unknown>> = {
      'templates/legacy.json': { index_patterns: ['*'], order: 2, settings: { number_of_shards: 1 }, mappings: { properties: { a: { type: 'flattened' } } } },
      'templates/list.json': { index_templates: [{ name: 'logs', index_template: { index_patterns: ['logs-*'], composed_of: ['base', 'maybe'], ignore_missing_component_templates: ['maybe'], data_stream: {}, template: { settings: { 'index.default_pipeline': 'parse' } } } }] },
      'templates/base.json': { template: { mappings: { properties: { at: { type: 'date' } } } } },
      'templates/orphan.json': { index_patterns: ['orphan-*'], composed_of: ['nobody'] },
      'templates/vector.json': { template: { mappings: { properties: { v: { type: 'dense_vector', dims: 3 } } } } },
      'templates/wrong.json': { template: { mappings: { properties: { v: { type: 'no_such_type' } } } } },
      'templates/needs-wrong.json': { index_patterns: ['needs-*'], composed_of: ['wrong'] },
      'policies/ilm.json': { policy: { phases: { hot: { actions: { rollover: { max_age: '1d' } } }, delete: { min_age: '7d', actions: { delete: {} } } } } },
      'policies/snapshots.json': { policy: { phases: { delete: { min_age: '7d', actions: { wait_for_snapshot: { policy: 'nightly' } } } } } },
      'parse.json': { parse: { processors: [{ set: { field: 'a', value: 1 } }] } },
      'templates/chain.json': { index_patterns: ['chain-*'], composed_of: ['link'] },
      'templates/link.json': { template: { settings: { default_pipeline: 'lookups' } } },
      'templates/upper.json': { index_patterns: ['Upper-*'], composed_of: ['base'] },
      'templates/elsewhere.json': { template: { settings: { index: { final_pipeline: 'of-others', codec: 'zstd' } } } },
      'lookups.json': { processors: [{ enrich: { policy_name: 'p', field: 'a', target_field: 'b' } }] },
      'package.json': { name: 'not-a-template', dependencies: {} },
    };
    for (const name of ['templates', 'policies']) await mkdir(join(folder, name));
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(content));
    await writeFile(join(folder, 'templates/broken.json'), '{"a": ');
    await writeFile(join(folder, 'pipeline.yaml'), 'description: in YAML\nprocessors:\n  - lowercase:\n      field: level\n');
    await writeFile(join(folder, 'requests'), 'PUT _component_template/parts\n{ "template": {} } # nothing yet\n\nPUT _index_template/whole\n{ "index_patterns": "whole-*", "composed_of": ["parts"] }\nGET whole-1/_search\n');
    const before = await everything();
    const { status, stdout, stderr } = await run(folder, '--server', server.url, '--json');
    const report = JSON.parse(stdout) as ConformanceReport;
    expect(report.rows.map(({ source, kind, total, ok, translated, refused }) => [source, kind, total, ok, translated, refused.map(({ file }) => file)])).toEqual([
      ['.', 'component-template', 1, 1, 0, []],
      ['.', 'index-template', 1, 1, 0, []],
      ['.', 'ingest-pipeline', 3, 2, 0, ['lookups.json']],
      ['.', 'unknown', 1, 0, 0, ['package.json']],
      ['policies', 'lifecycle-policy', 2, 0, 1, ['policies/snapshots.json']],
      ['templates', 'component-template', 5, 1, 1, ['templates/link.json', 'templates/vector.json', 'templates/wrong.json']],
      ['templates', 'index-template', 5, 0, 1, ['templates/chain.json', 'templates/needs-wrong.json', 'templates/orphan.json', 'templates/upper.json']],
      ['templates', 'legacy-template', 1, 0, 1, []],
      ['templates', 'unreadable', 1, 0, 0, ['templates/broken.json']],
    ]);
    expect(Object.keys(report)).toEqual(['rows', 'summary']);
    for (const row of report.rows) expect(Object.keys(row)).toEqual(['source', 'kind', 'total', 'ok', 'translated', 'refused']);
    const why = Object.fromEntries(report.rows.flatMap(({ refused }) => refused.map((each) => [each.file, each.why])));
    expect(why['templates/wrong.json']).toMatch(/No handler for type \[no_such_type\]/u);
    expect(why['templates/needs-wrong.json']).toContain('templates/wrong.json');
    expect(why['templates/orphan.json']).toContain('nobody');
    expect(why['lookups.json']).toContain('enrich policies, which only Elasticsearch has');
    expect(why['templates/link.json']).toContain('lookups.json');
    expect(why['templates/chain.json']).toContain('templates/link.json');
    expect(why['templates/upper.json']).toContain('its pattern Upper-* has capital letters');
    expect(JSON.stringify(why)).not.toContain('podscope-conformance');
    expect(why['templates/vector.json']).toContain('dense_vector');
    expect(report.summary.servers[0]?.rules).toMatchObject({ 'flattened-to-flat_object': 1, 'policy-to-runLifecycle': 1, 'optional-component': 1, 'codec-to-older': 1, 'pipeline-of-elsewhere': 1 });
    expect(status, stderr).toBe(0);
    expect(await everything()).toEqual(before);
  });
});

describe('the command', () => {
  it('explains itself, and what was wrong', async () => {
    const help = await run('--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toContain('npm run -s conformance:index-manager -- ./templates --server http://localhost:9200 --json');
    expect(await run()).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('Name a folder.') as string });
    expect(await run('/nowhere/at-all')).toMatchObject({ status: 2, stderr: expect.stringContaining('is no folder') as string });
    expect(await run(folder, '--surver', 'x')).toMatchObject({ status: 2 });
    expect(await run(folder, '--server', 'localhost:9200')).toMatchObject({ status: 2, stderr: expect.stringContaining('http://localhost:9200') as string });
  });

  it('leaves no trace when it is interrupted, and ends with 130', async () => {
    const before = await everything();
    const many = await mkdtemp(join(tmpdir(), 'podscope-many-'));
    for (let number = 0; number < 300; number += 1) await writeFile(join(many, `${number}.json`), JSON.stringify({ index_patterns: [`many-${number}-*`], template: { settings: { number_of_shards: 1 } } }));
    const child = spawn(process.execPath, ['--conditions=@podscope/source', main, many, '--server', server.url], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    const applied = async () => ((await (await fetch(`${server.url}/_index_template/podscope-conformance-*`)).json()) as { readonly index_templates: readonly unknown[] }).index_templates.length;
    while ((await applied()) === 0 && child.exitCode === null) await setTimeout(20);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(await everything()).toEqual(before);
    await rm(many, { recursive: true, force: true });
  });

  it('ends with 1, and no password, where no server answers', async () => {
    const { status, stdout, stderr } = await run(folder, '--server', 'http://admin:very-secret@127.0.0.1:9', '--json');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).not.toContain('very-secret');
  });
});

describe(present ? 'published templates and policies' : 'published templates and policies (not run: PODSCOPE_CORPUS names no folder with index-templates)', () => {
  it.runIf(present).each(['index-templates', 'lifecycle-policies'])('do in %s what is expected, and no worse', async (name) => {
    const { status, stdout, stderr } = await run(join(corpus ?? '', name), '--server', server.url, '--json');
    const { rows, summary } = JSON.parse(stdout) as ConformanceReport;
    expect(summary.secondPlansNotEmpty).toEqual([]);
    expect(summary.worse).toEqual([]);
    // Better counts are to be committed, so that they can't get lost again.
    expect(summary.notCompared).toEqual([]);
    const committed = Object.values(await readExpectations()).map(({ servers }) => servers['opensearch 2.19.6']);
    const counts: Record<string, Record<string, object>> = {};
    for (const { source, kind, total, ok, translated, refused } of rows) (counts[source] ??= {})[kind] = { total, ok, translated, refused: refused.length };
    expect(committed).toContainEqual(counts);
    expect(status, stderr).toBe(0);
  });
});
