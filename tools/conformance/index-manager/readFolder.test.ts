import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readFolder } from './readFolder.ts';

const COMMENTED = '{ // a comment\n "url": "http://a//b", /* another */ "version": ${some.version},\n # and another\n "text": """two\nlines with "quotes" inside""", "list": [1] }';
const CONSOLE = '# first\nPUT _template/a\n{ "order": 1 }\n\nDELETE a\nPOST _bulk\n{"index":{}}\n{"a":1}\nGET /a/_search\n{ "size": 0 }\n';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-folder-'));
  await mkdir(join(folder, 'inner/.git'), { recursive: true });
  const bomb = ['a: &a [x, x]', ...Array.from({ length: 20 }, (_, at) => `${String.fromCodePoint(98 + at)}: &${String.fromCodePoint(98 + at)} [*${String.fromCodePoint(97 + at)}, *${String.fromCodePoint(97 + at)}, *${String.fromCodePoint(97 + at)}]`)].join('\n');
  const files = { 'one.json': '\uFEFF{"a":1}', 'broken.json': '{"a":1} more', 'inner/two.yaml': 'a: 1\n---\nb: 2\n', 'inner/wrong.yml': 'a: [1', 'inner/bomb.yaml': bomb, 'README.md': '# no', 'x.mapping': '{}', 'inner/.git/config.json': '{}', 'empty.json': '', 'lines.ndjson': '{"a":1}\n\n{"a":2}\n', 'commented.json': COMMENTED, 'console.es': CONSOLE, 'noname': '\uFEFF { "a": 1 }', 'notes.txt': '[not JSON', 'filled.json': '{"a": {{ shards }} }', 'bom.yml': '\uFEFFa: 1\n' };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('reads JSON, YAML and requests, says what is broken, and names the rest', async () => {
  const { files, others } = await readFolder(folder);
  expect(others).toEqual(['README.md', 'notes.txt']);
  expect(Object.fromEntries(files.map(({ file, documents, broken }) => [file, broken === undefined ? documents : 'broken']))).toEqual({
    'bom.yml': [{ a: 1 }],
    'broken.json': 'broken',
    'commented.json': [{ url: 'http://a//b', text: 'two\nlines with "quotes" inside', list: [1] }],
    'console.es': [{ method: 'PUT', path: '_template/a', body: { order: 1 } }, { method: 'GET', path: '/a/_search', body: { size: 0 } }],
    'empty.json': 'broken',
    'filled.json': 'broken',
    'lines.ndjson': [{ a: 1 }, { a: 2 }],
    noname: [{ a: 1 }],
    'inner/bomb.yaml': 'broken',
    'inner/two.yaml': [{ a: 1 }, { b: 2 }],
    'inner/wrong.yml': 'broken',
    'one.json': [{ a: 1 }],
    'x.mapping': [{}],
  });
  const found = (name: string) => files.find(({ file }) => file === name);
  expect(found('broken.json')?.broken).toMatch(/line 1 column 9/u);
  expect(found('empty.json')?.broken).toBe('is empty');
  expect(found('filled.json')?.broken).toMatch(/\{\{ in line 1\): give what it makes of it/u);
  expect(found('commented.json')?.placeholders).toEqual(['${some.version}']);
});
