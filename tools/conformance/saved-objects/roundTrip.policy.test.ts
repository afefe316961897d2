import { execFile, type ExecFileException } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuiltInKind } from '../../../packages/saved-objects/src/products/kinds.ts';
import { formatReport, reportOf } from './conformance.ts';
import { rawParts } from './rawParts.ts';
import { readSources } from './readSources.ts';
import { type Input, roundTrip } from './roundTrip.ts';

let work: string;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'podscope-raw-'));
});
afterEach(() => rm(work, { recursive: true, force: true }));

describe('the count of raw escapes', () => {
  async function rawOf(code: string): Promise<readonly string[]> {
    await mkdir(join(work, 'node_modules', '@podscope'), { recursive: true });
    await symlink(fileURLToPath(new URL('../../../packages/saved-objects', import.meta.url)), join(work, 'node_modules', '@podscope', 'saved-objects'));
    await writeFile(join(work, 'package.json'), '{ "type": "module" }');
    const file = join(work, 'tried.ts');
    await writeFile(file, `import { raw, storedObject, storedVisualization, type StoredDefinition } from '@podscope/saved-objects';\n${code}`);
    const program = ts.createProgram([file], { strict: true, noEmit: true, module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023, customConditions: ['@podscope/source'], allowImportingTsExtensions: true, resolveJsonModule: true, skipLibCheck: true, types: [] });
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error('The file was not read.');
    expect(program.getSemanticDiagnostics(source).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
    return rawParts(source, program.getTypeChecker()).map(({ what }) => what);
  }

  const text = (params: string) => `export const a = storedVisualization('a', { title: 'A', visState: { type: 'markdown', params: ${params} } });`;

  it.each([
    ['a call of raw', text(`raw({ markdown: 'x' })`), 'a call of raw'],
    ['an assertion', text(`{ markdown: 'x' as string }`), 'an assertion'],
    ['text that is JSON', text(`{ markdown: '{"a": [1]}' }`), 'text that is JSON'],
    ['an object of another type', `export const a = storedObject('lens', 'a', { state: { b: 1 } });`, 'a call of storedObject'],
    ['a helper that passes anything on', `function pass<T>(value: unknown): T { return value as T; }\n${text(`pass({ markdown: 'x' })`)}`, 'a call of pass'],
    ['an argument that may be anything', `function any(id: string, value: unknown): StoredDefinition { return value as StoredDefinition; }\nexport const a = any('a', { b: 1 });`, 'an object where anything may stand'],
    ['a place by an index signature', `function loose(id: string, value: { readonly [name: string]: string }): StoredDefinition { return raw(value); }\nexport const a = loose('a', { b: 'c' });`, '"b" has its place by an index signature only'],
  ])('finds %s', async (_, code, what) => {
    expect((await rawOf(code)).join('\n')).toContain(what);
  });

  it('finds nothing in what the types check, maps by label among it', async () => {
    expect(await rawOf(`export const a = storedVisualization('a', { title: 'A', uiStateJSON: { vis: { colors: { Errors: '#f00' } } }, visState: { type: 'markdown', params: { markdown: '# [A]', fontSize: 12 } } });`)).toEqual([]);
  });
});

describe('the whole way', () => {
  const line = (object: object): string => `${JSON.stringify({ references: [], migrationVersion: {}, ...object })}\n`;
  const input = (...objects: readonly object[]): Input => ({ file: 'own/export.ndjson', text: objects.map(line).join('') });
  const visualization = (id: string, visState: object) => ({ type: 'visualization', id, migrationVersion: { visualization: '7.10.0' }, attributes: { title: id, visState: JSON.stringify(visState) } });

  it('reports what comes through, what is passed on, and what is no saved object', async () => {
    const good = visualization('good', { type: 'markdown', params: { markdown: 'x' }, aggs: [] });
    const odd = visualization('odd', { type: 'markdown', params: { markdown: 'x', plugin: 1 }, aggs: [] });
    const own = visualization('own', { type: 'somebodys-plugin', params: { a: 1 } });
    const { text } = input(good, odd, own, { type: 'search', id: 's', migrationVersion: { search: '7.9.3' }, attributes: { title: 'S', columns: ['a'] } });
    const report = reportOf(await roundTrip([{ file: 'own/export.ndjson', text: `${text}no json\n` }]), isBuiltInKind);
    expect(report.rows.map(({ source, kind, total, ok, raw }) => [source, kind, total, ok, raw])).toEqual([
      ['own', 'search', 1, 1, 0],
      ['own', 'visualization: markdown', 2, 2, 1],
      ['own', 'visualization: somebodys-plugin', 1, 1, 1],
    ]);
    expect(report.summary).toMatchObject({ total: 4, counted: 3, ok: 3, visualizations: 2, withoutRaw: 1, withoutRawShare: 0.5, mutations: { tried: 1, noticed: 1 }, unread: [{ file: 'own/export.ndjson', line: 5 }] });
    expect(report.summary.below).toEqual(['50 % of the visualizations have no raw escape; it must be 97 %']);
    expect(formatReport(report)).toContain('1 of 2 visualizations of built-in kinds have no raw escape (50 %).');
    expect(reportOf(await roundTrip([]), isBuiltInKind).summary.below).toEqual(['There is no saved object in it.']);
  });

  it.skipIf(!process.env['PODSCOPE_CORPUS'])('brings every object of the corpus through (PODSCOPE_CORPUS)', async () => {
    const { rows, summary } = reportOf(await roundTrip(await readSources(join(process.env['PODSCOPE_CORPUS'] ?? '', 'saved-objects'))), isBuiltInKind);
    expect(rows.flatMap(({ failed }) => failed)).toEqual([]);
    expect(summary.below).toEqual([]);
    expect(summary.counted).toBeGreaterThan(3_000);
  });
});

describe('the command', () => {
  function command(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    const main = fileURLToPath(new URL('main.ts', import.meta.url));
    return new Promise((resolve) => {
      execFile(process.execPath, ['--conditions=@podscope/source', '--no-warnings', main, ...args], (error: ExecFileException | null, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }));
    });
  }

  it('says how it is used, and what is wrong with how it was', async () => {
    expect(await command('--help')).toMatchObject({ code: 0, out: expect.stringContaining('npm run -s conformance:saved-objects -- ./exports --json') as string });
    expect(await command()).toMatchObject({ code: 2, err: expect.stringContaining('Name a folder.') as string });
    expect(await command('--strict', work)).toMatchObject({ code: 2, err: expect.stringContaining('--strict') as string });
    expect(await command(join(work, 'gone'))).toMatchObject({ code: 2, err: expect.stringContaining('is no folder') as string });
  });

  it('prints one document, and fails when there is nothing or too little', async () => {
    expect(await command(work)).toMatchObject({ code: 1, out: expect.stringContaining('There is no saved object in it.') as string });
    await writeFile(join(work, 'text.json'), JSON.stringify({ type: 'visualization', id: 'v', references: [], migrationVersion: { visualization: '7.10.0' }, attributes: { title: 'V', visState: '{"type":"markdown","params":{"markdown":"x"}}' } }));
    const { code, out } = await command(work, '--json');
    expect(JSON.parse(out)).toMatchObject({ rows: [{ source: 'text.json', kind: 'visualization: markdown', total: 1, ok: 1, raw: 0, failed: [] }], summary: { ok: 1, below: [] } });
    expect(code).toBe(0);
  });
});
