import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { date, defineFields, keyword, long, short } from '@podscope/core';
import { avg, bundle, count, dashboard, dataView, dateHistogram, line, markdown, metric, pie, row, table, terms, toNdjson, verticalBar } from '@podscope/saved-objects';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runProgram } from '../../program.ts';
import { pictureToPng } from './picturePng.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-preview-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  await rm(folder, { recursive: true, force: true });
});

const web = dataView('web-*', { fields: defineFields({ '@timestamp': date(), status: short(), path: keyword(), bytes: long() }), formats: { bytes: 'bytes' } });
const x = dateHistogram('@timestamp');

/** Twelve panels in four rows. */
function board(id = 'board'): ReturnType<typeof dashboard> {
  const rows = Array.from({ length: 3 }, (_unused, at) =>
    row(
      line(`${id}-l${at}`, `Line ${at}`, web, { x, y: count(), split: terms('status') }),
      verticalBar(`${id}-b${at}`, `Bars ${at}`, web, { x, y: avg('bytes') }),
      pie(`${id}-p${at}`, `Pie ${at}`, web, { y: count(), slices: terms('path') }),
    ),
  );
  return dashboard(id, `Board ${id}`, [...rows, row(metric(`${id}-m`, 'Number', web, { y: count() }), table(`${id}-t`, 'Table', web, { y: count(), rows: terms('path') }), markdown(`${id}-x`, 'Text', '# Hello'))]);
}

async function put(...boards: readonly ReturnType<typeof dashboard>[]): Promise<string> {
  const file = join(folder, 'board.ndjson');
  await writeFile(file, boards.map((each) => toNdjson(bundle(each), { target: 'opensearch-dashboards@2' })).join(''));
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

const textsOf = (svg: string): readonly string[] => [...svg.matchAll(/<text\b[^>]*>([^<]*)(?=<)/gu)].map(([, text = '']) => text);

it('draws twelve panels as one page, the same on every day', async () => {
  const file = await put(board());
  const [one, other] = [join(folder, 'one.svg'), join(folder, 'other.svg')];
  const made = await podscope('dashboards', 'preview', file, '--out', one, '--json');
  expect(made.code).toBe(0);
  expect(JSON.parse(made.out)).toEqual({ dashboard: 'board', out: one, panels: 12, undrawn: [], data: 'made up' });
  await podscope('dashboards', 'preview', file, '--out', other);
  const svg = await readFile(one, 'utf8');
  expect(await readFile(other, 'utf8')).toBe(svg);
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['Board board', 'Line 0', 'Bars 1', 'Pie 2', 'Number', 'Table', 'Text', 'Hello', '@timestamp per 3 hours', 'path: Descending']));
  expect(textsOf(svg)).not.toContain('No results');
});

it('writes a page by itself, in the dark', async () => {
  const out = join(folder, 'page.html');
  expect((await podscope('dashboards', 'preview', await put(board()), '--out', out, '--dark', '--width', '900')).code).toBe(0);
  const page = await readFile(out, 'utf8');
  expect(page).toMatch(/^<!doctype html>[\s\S]*<title>Board board<\/title>[\s\S]*<svg [^>]*width="900"/u);
  expect(page).not.toMatch(/<script|src=|href="http/u);
});

it('draws recorded answers, and says where it has none', async () => {
  const answers = join(folder, 'answers.json');
  await writeFile(answers, JSON.stringify({ Number: { main: { hits: { total: { value: 4711 } } } } }));
  const out = join(folder, 'page.svg');
  expect((await podscope('dashboards', 'preview', await put(board()), '--data', answers, '--out', out)).out).toContain('from recorded answers');
  const texts = textsOf(await readFile(out, 'utf8'));
  expect(texts).toContain('4,711');
  expect(texts.filter((text) => text === 'No results')).toHaveLength(10);
});

it('asks which dashboard it shall be, and refuses what it cannot write', async () => {
  const file = await put(board('a'), board('b'));
  const out = join(folder, 'page.svg');
  expect(await podscope('dashboards', 'preview', file, '--out', out)).toMatchObject({ code: 2, err: expect.stringContaining('a (Board a), b (Board b)') as string });
  expect(await podscope('dashboards', 'preview', file, '--out', join(folder, 'page.jpg'))).toMatchObject({ code: 2, err: expect.stringContaining('.svg, .html, .png') as string });
  expect(await podscope('dashboards', 'preview', file, '--out', out, '--width', 'wide', '--dashboard', 'a')).toMatchObject({ code: 2 });
  expect(await podscope('dashboards', 'preview', file, '--out', out, '--data', file, '--dashboard', 'a')).toMatchObject({ code: 2, err: expect.stringContaining('is no JSON') as string });
  expect(await readdir(folder)).toEqual(['board.ndjson']);
  expect((await podscope('dashboards', 'preview', file, '--out', out, '--dashboard', 'Board b')).code).toBe(0);
  expect(await podscope('dashboards', 'preview', file, '--out', out, '--dashboard', 'Board b')).toMatchObject({ code: 1, err: expect.stringContaining('SAVED_OBJECT_NOT_WRITTEN') as string });
});

it('says that a PNG needs a browser where there is none', async () => {
  await expect(pictureToPng('<svg height="10"></svg>', 10, folder)).rejects.toThrowError(expect.objectContaining({ code: 'RENDERER_NO_BROWSER' }));
});
