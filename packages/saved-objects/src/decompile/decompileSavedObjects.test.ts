import { describe, expect, it } from 'vitest';
import type { StoredObject } from '../read/storedObject.ts';
import { decompileSavedObjects } from './decompileSavedObjects.ts';

const INDEX = 'kibanaSavedObjectMeta.searchSourceJSON.index';

function stored(type: string, id: string, attributes: StoredObject['attributes'], references: StoredObject['references'] = [], more: Partial<StoredObject> = {}): StoredObject {
  return { type, id, attributes, references, rest: {}, ...more };
}

const view = stored('index-pattern', 'web-*', { title: 'web-*', timeFieldName: '@timestamp' }, [], { migrationVersion: { 'index-pattern': '7.6.0' } });

function text(id: string, title: string, more: object = {}): StoredObject {
  const visState = JSON.stringify({ title, type: 'markdown', params: { markdown: `# ${title}`, ...more }, aggs: [] });
  const searchSourceJSON = JSON.stringify({ query: { query: '', language: 'kuery' }, filter: [], indexRefName: INDEX });
  return stored('visualization', id, { title, visState, kibanaSavedObjectMeta: { searchSourceJSON } }, [{ name: INDEX, type: 'index-pattern', id: 'web-*' }], { migrationVersion: { visualization: '7.10.0' } });
}

function board(id: string, title: string, shown: readonly string[]): StoredObject {
  const panels = shown.map((_, index) => ({ panelIndex: String(index), panelRefName: `panel_${index}` }));
  const references = shown.map((to, index) => ({ name: `panel_${index}`, type: 'visualization', id: to }));
  return stored('dashboard', id, { title, panelsJSON: JSON.stringify(panels) }, references, { migrationVersion: { dashboard: '7.9.3' } });
}

const written = (objects: readonly StoredObject[]): Record<string, string> => Object.fromEntries(decompileSavedObjects(objects).files.map(({ path, text: code }) => [path, code]));

describe('the files', () => {
  it('are one for each dashboard with what only it shows, one for what several show, one for the data views', () => {
    const files = written([board('b1', 'Web overview', ['a', 'c']), board('b2', 'Errors', ['c']), text('a', 'Visits'), text('c', 'Notes'), text('d', 'Alone'), view]);
    expect(Object.keys(files)).toEqual(['data-views.ts', 'shared.ts', 'web-overview.ts', 'others.ts', 'errors.ts', 'index.ts']);
    expect(files['web-overview.ts']).toContain("import { webView } from './data-views.js';\nimport { notes } from './shared.js';\n");
    expect(files['web-overview.ts']).toContain("export const visits = storedVisualization('a', {");
    expect(files['web-overview.ts']).toContain('{ shows: visits, panelIndex: \'0\' }, { shows: notes, panelIndex: \'1\' }');
    expect(files['web-overview.ts']).toContain('}, { view: webView });');
    expect(files['index.ts']).toContain('objects: [webOverview.object, errors.object, visits.object, notes.object, alone.object, webView.object]');
  });

  it('have names of their own, whatever the titles are', () => {
    const files = written([board('1', 'Index', ['x']), board('2', 'index', []), board('3', '', []), text('x', 'class'), text('y', '日本'), text('z', '404s'), text('w', 'raw')]);
    expect(Object.keys(files)).toEqual(['index-2.ts', 'others.ts', 'index-3.ts', '3.ts', 'index.ts']);
    const names = Object.values(files).flatMap((code) => [...code.matchAll(/export const (\w+)/g)].map(([, name]) => name));
    expect(names).toEqual(['class2', 'index', 'visualization', 'visualization404s', 'raw2', 'index2', 'dashboard3', 'savedObjects']);
  });
});

it('says references that lead to nothing as they are, and what a product newer than 7.10 wrote', () => {
  const files = written([board('b', 'Board', ['gone']), { ...text('n', 'New'), migrationVersion: { visualization: '7.14.0' } }]);
  expect(files['board.ts']).toContain("panelsJSON: [{ panelIndex: '0', panelRefName: 'panel_0' }]");
  expect(files['board.ts']).toContain("references: [{ name: 'panel_0', type: 'visualization', id: 'gone' }]");
  expect(files['others.ts']).toContain("migrationVersion: { visualization: '7.14.0' }");
});

it('passes on what no type describes, and says where it is', () => {
  const { files, raw } = decompileSavedObjects([text('a', 'A', { plugin: { on: true } })]);
  expect(raw).toEqual([{ type: 'visualization', id: 'a', path: 'visState.params.plugin', what: 'is not known' }]);
  expect(files[0]?.text).toContain("params: raw({ markdown: '# A', plugin: { on: true } })");
});

it('keeps a text that is no JSON, and objects of types that it does not know', () => {
  const { files, raw } = decompileSavedObjects([stored('visualization', 'v', { visState: '{"type": ' }, [], { migrationVersion: { visualization: '7.10.0' } }), stored('lens', 'l', { state: { a: 1 } })]);
  expect(raw).toMatchObject([{ id: 'v', path: 'visState' }]);
  expect(files[0]?.text).toContain(`visState: raw('{"type": ')`);
  expect(files[0]?.text).toContain("storedObject('lens', 'l', { state: { a: 1 } })");
});

it('imports as it is told', () => {
  const { files } = decompileSavedObjects([text('a', 'A'), view], { importExtension: '.ts' });
  expect(files.map(({ text: code }) => [...code.matchAll(/from '(\.[^']+)'/g)].map(([, from]) => from))).toEqual([[], ['./data-views.ts'], ['./data-views.ts', './others.ts']]);
});

describe('of what nobody meant', () => {
  it('names are names, whatever the types are called', () => {
    const files = written(['constructor', '__proto__', '日本', '404', 'X', 'new', 'x-1'].map((type) => stored(type, '4', { title: '' })));
    const lines = (files['others.ts'] ?? '').match(/^export const .*$/gm);
    expect(lines).toEqual([
      `export const constructor4 = storedObject('constructor', '4', { title: '' });`,
      `export const proto4 = storedObject('__proto__', '4', { title: '' });`,
      `export const object4 = storedObject('日本', '4', { title: '' });`,
      `export const object4044 = storedObject('404', '4', { title: '' });`,
      `export const x4 = storedObject('X', '4', { title: '' });`,
      `export const new4 = storedObject('new', '4', { title: '' });`,
      `export const x14 = storedObject('x-1', '4', { title: '' });`,
    ]);
  });

  it('panels that have a member "shows" of their own stay text', () => {
    const panelsJSON = JSON.stringify([{ shows: { object: { type: 'visualization', id: 'a' } } }]);
    const files = written([stored('dashboard', 'b', { title: 'B', panelsJSON }, [], { migrationVersion: { dashboard: '7.9.3' } })]);
    expect(files['b.ts']).toContain(`panelsJSON: raw('${panelsJSON}')`);
  });

  it('raw stands around all of what the compiler cannot tell apart', () => {
    const spec = JSON.stringify({ data: { url: { index: 5 } } });
    const vega = stored('visualization', 'v', { title: 'V', visState: JSON.stringify({ title: 'V', type: 'vega', params: { spec }, aggs: [] }) }, [], { migrationVersion: { visualization: '7.10.0' } });
    const formats = stored('index-pattern', 'i', { title: 'i', fieldFormatMap: '{"a":{"id":null,"params":null},"constructor":{"id":"mine"}}' }, [], { migrationVersion: { 'index-pattern': '7.6.0' } });
    const files = written([vega, formats]);
    expect(files['others.ts']).toContain('spec: raw({ data: { url: { index: 5 } } })');
    expect(files['data-views.ts']).toContain("fieldFormatMap: raw({ a: { id: null, params: null }, constructor: { id: 'mine' } })");
  });

  it('inner JSON that could not be written again as it was stays text', () => {
    const proto = '{ "__proto__": { "mark": "bar" } }';
    const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    const vega = stored('visualization', 'v', { title: 'V', visState: JSON.stringify({ title: 'V', type: 'vega', params: { spec: proto }, aggs: [] }), uiStateJSON: '{"vis":{"a":1e400}}', description: '' });
    const files = written([vega, stored('dashboard', 'd', { title: 'D', panelsJSON: '[null]', optionsJSON: deep }), stored('search', 's', { title: 'S', kibanaSavedObjectMeta: { searchSourceJSON: deep } })]);
    expect(files['others.ts']).toContain(`spec: '${proto}'`);
    expect(files['others.ts']).toContain(`uiStateJSON: raw('{"vis":{"a":1e400}}')`);
    expect(files['others.ts']).toContain(`searchSourceJSON: raw('${deep}')`);
    expect(files['d.ts']).toContain(`optionsJSON: raw('${deep}')`);
  });
});
