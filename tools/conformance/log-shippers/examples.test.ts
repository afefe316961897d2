import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lintExamples } from './examples.ts';
import { examplesExitCode, type ExamplesReport, formatExamples } from './examplesReport.ts';
import { KNOWN_EXAMPLES, type KnownExample } from './knownExamples.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-examples-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Writes a file and gives its path. */
async function file(path: string, text: string): Promise<string> {
  const whole = join(folder, path);
  await mkdir(dirname(whole), { recursive: true });
  await writeFile(whole, text);
  return whole;
}

const PLAIN = '[INPUT]\n  Name dummy\n  Tag a\n[OUTPUT]\n  Name stdout\n  Match a\n';
const TWO_FAULTS = PLAIN.replace('  Tag a\n', '  Tag a\n  Colour red\n  Size big\n');
const entry = (files: KnownExample['files'], more: Partial<KnownExample> = {}): KnownExample => ({ program: 'fluent-bit', rule: 'unknown-option', reason: 'made up', files, ...more });
const paths = (report: ExamplesReport): readonly string[] => report.findings.filter(({ known }) => known === null).map(({ path }) => path);

describe('lintExamples', () => {
  it('passes what is known, by its path or by how many', async () => {
    await file('src/conf/a.conf', TWO_FAULTS);
    for (const files of [{ 'conf/a.conf': ['inputs[0].Colour', 'inputs[0].Size'] }, { 'a.conf': 2 }]) {
      const report = await lintExamples([folder], [entry(files)]);
      expect(report.findings).toEqual([expect.objectContaining({ path: 'inputs[0].Colour', known: 'made up' }), expect.objectContaining({ path: 'inputs[0].Size', known: 'made up' })]);
      expect(report.stale).toEqual([]);
      expect(report.summary).toEqual({ programs: [{ program: 'fluent-bit', configurations: 1, errors: 2, warnings: {}, unknown: 0 }], reasons: [{ program: 'fluent-bit', rule: 'unknown-option', reason: 'made up', findings: 2 }], unknown: 0, stale: 0 });
      expect(examplesExitCode(report)).toBe(0);
    }
  });

  it.each([
    ['another path', entry({ 'conf/a.conf': ['inputs[0].Size'] }), ['inputs[0].Colour']],
    ['fewer', entry({ 'conf/a.conf': 1 }), ['inputs[0].Size']],
    ['another file', entry({ 'nf/a.conf': 2 }), ['inputs[0].Colour', 'inputs[0].Size']],
    ['another rule', entry({ 'conf/a.conf': 2 }, { rule: 'bad-value' }), ['inputs[0].Colour', 'inputs[0].Size']],
    ['another program', entry({ 'conf/a.conf': 2 }, { program: 'fluentd' }), ['inputs[0].Colour', 'inputs[0].Size']],
  ])('fails for a finding where %s is known', async (_, known, unknown) => {
    await file('conf/a.conf', TWO_FAULTS);
    const report = await lintExamples([folder], [known]);
    expect(paths(report)).toEqual(unknown);
    expect(examplesExitCode(report)).toBe(1);
    expect(formatExamples(report)).toContain(`conf/a.conf:${unknown[0] === 'inputs[0].Size' ? 5 : 4}: error: fluent-bit:`);
  });

  it('names what is known and no longer found where its file is there', async () => {
    const path = await file('conf/a.conf', PLAIN);
    const report = await lintExamples([folder], [entry({ 'conf/a.conf': ['inputs[0].Colour'], 'conf/elsewhere.conf': 1 }), entry({ 'conf/a.conf': 3 }, { rule: 'bad-value' })]);
    expect(report.stale).toEqual([
      { program: 'fluent-bit', file: path, rule: 'unknown-option', missing: 'inputs[0].Colour', reason: 'made up' },
      { program: 'fluent-bit', file: path, rule: 'bad-value', missing: 3, reason: 'made up' },
    ]);
    expect(examplesExitCode(report)).toBe(0);
    expect(formatExamples(report)).toContain(`Known, but no longer found:\n  ${path}: fluent-bit unknown-option at inputs[0].Colour (made up)`);
  });

  it('counts warnings like errors', async () => {
    await file('a.conf', '[INPUT]\n  Name tail\n  Tag a\n  Path /a\n  Skip_Long_Lines on\n[OUTPUT]\n  Name stdout\n  Match a\n');
    const unknown = await lintExamples([folder], []);
    expect(unknown.summary.programs).toEqual([{ program: 'fluent-bit', configurations: 1, errors: 0, warnings: { 'missing-database': 1 }, unknown: 1 }]);
    expect(examplesExitCode(unknown)).toBe(1);
    expect(examplesExitCode(await lintExamples([folder], [entry({ 'a.conf': 1 }, { rule: 'missing-database' })]))).toBe(0);
  });

  it('takes the version of Beats from the path', async () => {
    const text = 'filebeat.inputs:\n- type: log\n  paths: [/a]\noutput.elasticsearch.hosts: [a]\nseccomp.enabled: false\n';
    await file('beats/v7@v7.12.1/filebeat.yml', text);
    await file('beats/v7@v7.17.0/filebeat.yml', text);
    const known: KnownExample = { program: 'filebeat', version: '7.12', rule: 'template-to-opensearch', reason: 'made up', files: { 'filebeat.yml': ['setup'] } };
    const report = await lintExamples([folder], [known]);
    expect(report.findings.map(({ file: of, rule, known: reason }) => [of, rule, reason])).toEqual([[join(folder, 'beats/v7@v7.12.1/filebeat.yml'), 'template-to-opensearch', 'made up']]);
    expect(report.stale).toEqual([]);
  });

  it('looks at the modules of Beats, also at those that are off and in ConfigMaps', async () => {
    const modules = '- module: redis\n  period: soon\n';
    await file('7.17.0/metricbeat/modules.d/redis.yml.disabled', modules);
    await file('7.17.0/deploy/metricbeat.yaml', `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: metricbeat-daemonset-modules\ndata:\n  redis.yml: |-\n${modules.replaceAll(/^(?=.)/gm, '    ')}`);
    const { findings } = await lintExamples([folder], []);
    expect(findings.map(({ program, file: of, line, rule }) => [program, of.slice(folder.length + 1), line, rule])).toEqual([
      ['metricbeat', '7.17.0/deploy/metricbeat.yaml', 8, 'bad-value'],
      ['metricbeat', '7.17.0/metricbeat/modules.d/redis.yml.disabled', 2, 'bad-value'],
    ]);
    expect((await lintExamples([join(folder, '7.17.0/metricbeat/modules.d/')], [])).findings).toHaveLength(1);
  });
});

describe('conformance:log-shippers --examples', () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const run = (...args: readonly string[]) => spawnSync(process.execPath, ['--conditions=@podscope/source', main, ...args], { encoding: 'utf8', env: { HOME: folder, PATH: '', PODSCOPE_CACHE_DIR: folder } });

  it('prints the findings as JSON, and fails when one is not known', async () => {
    await file('one/a.conf', TWO_FAULTS);
    await file('two/b.conf', PLAIN);
    await file('two/notes.yaml', 'a: 1\n');
    const { status, stdout } = run('--examples', join(folder, 'one'), '--examples', join(folder, 'two'), '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      findings: [
        { program: 'fluent-bit', file: join(folder, 'one/a.conf'), line: 4, severity: 'error', rule: 'unknown-option', path: 'inputs[0].Colour', message: expect.any(String), known: null },
        { program: 'fluent-bit', file: join(folder, 'one/a.conf'), line: 5, severity: 'error', rule: 'unknown-option', path: 'inputs[0].Size', message: expect.any(String), known: null },
      ],
      stale: [],
      skipped: [join(folder, 'two/notes.yaml')],
      summary: { programs: [{ program: 'fluent-bit', configurations: 2, errors: 2, warnings: {}, unknown: 2 }], reasons: [], unknown: 2, stale: 0 },
    });
  });

  it('exits with 0 and a table when everything is known', async () => {
    await file('conf/in_forward.conf', `[SERVICE]\n  HTTP_Monitor off\n${PLAIN}`);
    const { status, stdout } = run('--examples', folder);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^program +configurations +errors +warnings +not known\nfluent-bit +1 +1 +0 +0\n/);
    expect(stdout).toContain('1 × fluent-bit unknown-option: HTTP_Monitor is an obsolete key');
    expect(stdout).toContain('Known, but no longer found:');
  });

  it.each([
    [['--examples', '/nowhere/at/all'], '/nowhere/at/all'],
    [['--examples', '.', '--only', 'matrix'], '--only goes with programs'],
    [['--examples', 'nothing'], 'nothing'],
  ])('refuses %j', (args, what) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(what);
  });
});

it('gives a reason for everything that is known', () => {
  for (const { reason, files } of KNOWN_EXAMPLES) {
    expect(reason.length).toBeGreaterThan(20);
    expect(Object.keys(files)).not.toEqual([]);
    for (const what of Object.values(files)) expect(typeof what === 'number' ? what : what.length).toBeGreaterThan(0);
  }
});
