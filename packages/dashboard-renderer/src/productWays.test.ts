import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketEnd } from './time/calendar.ts';
import { cellCentre } from './answer/geoCells.ts';
import { askPanel, layoutOf, madeUpAnswer, type PanelSearch, productColors, renderPanel, requestFor, type SavedObject } from './index.ts';
import { intervalFor, numericInterval } from './time/interval.ts';
import { formatPattern } from './draw/numberPattern.ts';
import { drawToSvg, renderToSvg } from './svg.ts';

const pattern: SavedObject = {
  type: 'index-pattern',
  id: 'p',
  attributes: {
    title: 'web-*',
    timeFieldName: '@timestamp',
    fields: JSON.stringify([
      { name: '@timestamp', type: 'date' },
      { name: 'host', type: 'string', aggregatable: true },
      { name: 'bytes', type: 'number', esTypes: ['long'] },
      { name: 'pods.name', type: 'string', subType: { nested: { path: 'pods' } } },
      { name: 'hour', type: 'number', scripted: true, script: "doc['@timestamp'].value.hour", lang: 'painless' },
    ]),
  },
  references: [],
};
const timeRange = { from: '2026-03-01T00:00:00Z', to: '2026-03-08T00:00:00Z' };
const REFERENCE = { name: 'index', type: 'index-pattern', id: 'p' };

function visualization(state: object, source: object = {}, attributes: object = {}): SavedObject {
  return { type: 'visualization', id: 'v', attributes: { title: 'V', visState: JSON.stringify({ title: 'V', params: {}, aggs: [], ...state }), kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify({ indexRefName: 'index', ...source }) }, ...attributes }, references: [REFERENCE] };
}

function boolOf(object: SavedObject, more: readonly SavedObject[] = [], query = ''): Readonly<Record<'must' | 'filter' | 'must_not', readonly unknown[]>> {
  return (requestFor(object, [pattern, object, ...more], { timeRange, query, timeZone: 'Europe/Berlin' })?.body['query'] as { readonly bool: never }).bool;
}

describe('what narrows a panel', () => {
  const metric = { type: 'metric', aggs: [{ id: '1', type: 'count', schema: 'metric', params: {} }] };

  it('is also its stored filters, but for those that are switched off', () => {
    const filter = [
      { meta: { negate: false }, query: { match: { host: { query: 'a', type: 'phrase' } } } },
      { meta: { negate: true }, exists: { field: 'bytes' }, $state: { store: 'appState' } },
      { meta: { disabled: true }, query: { match_all: {} } },
    ];
    const { filter: kept, must_not } = boolOf(visualization(metric, { filter }));
    expect(kept).toContainEqual({ match_phrase: { host: { query: 'a' } } });
    expect(kept).toHaveLength(3);
    expect(must_not).toEqual([{ exists: { field: 'bytes' } }]);
  });

  it('is what the saved search says from which it was made', () => {
    const search: SavedObject = { type: 'search', id: 's', attributes: { title: 'S', kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify({ indexRefName: 'index', query: { query: 'host: b', language: 'kuery' }, filter: [{ meta: {}, query: { term: { bytes: 1 } } }] }) } }, references: [REFERENCE] };
    const object = { ...visualization(metric, {}, { savedSearchRefName: 'search_0', kibanaSavedObjectMeta: { searchSourceJSON: '{}' } }), references: [{ name: 'search_0', type: 'search', id: 's' }] };
    const { filter } = boolOf(object, [search]);
    expect(filter).toEqual(expect.arrayContaining([{ bool: { should: [{ match: { host: 'b' } }], minimum_should_match: 1 } }, { term: { bytes: 1 } }]));
  });

  it.each<[unknown, unknown]>([
    ['host:a', { query_string: { query: 'host:a', analyze_wildcard: true, time_zone: 'Europe/Berlin' } }],
    [{ query: { query_string: { query: 'host:b', analyze_wildcard: true } }, language: 'lucene' }, { query_string: { query: 'host:b', analyze_wildcard: true, time_zone: 'Europe/Berlin' } }],
    [{ query_string: { query: 'host:c' } }, { query_string: { query: 'host:c', analyze_wildcard: true, time_zone: 'Europe/Berlin' } }],
  ])('reads an old query: %j', (query, clause) => {
    const object = visualization(metric, { query });
    expect((requestFor(object, [pattern, object], { timeRange, timeZone: 'Europe/Berlin' })?.body['query'] as { readonly bool: { readonly must: unknown } }).bool.must).toEqual([clause]);
  });

  it.each<[string, unknown]>([
    ['pods: { name: web* and not name: "x" }', {
      nested: {
        path: 'pods',
        query: { bool: { filter: [{ bool: { should: [{ query_string: { fields: ['pods.name'], query: 'web*' } }], minimum_should_match: 1 } }, { bool: { must_not: { bool: { should: [{ match_phrase: { 'pods.name': 'x' } }], minimum_should_match: 1 } } } }] } },
        score_mode: 'none',
      },
    }],
    ['pods.*: x', { bool: { should: [{ nested: { path: 'pods', query: { match: { 'pods.name': 'x' } }, score_mode: 'none' } }], minimum_should_match: 1 } }],
    ['hour >= 12', { bool: { should: [{ script: { script: { source: "boolean gte(Supplier s, def v) {return s.get() >= v}gte(() -> { doc['@timestamp'].value.hour }, params.gte)", params: { gte: 12 }, lang: 'painless' } } }], minimum_should_match: 1 } }],
    ['@timestamp > "2026-03-01"', { bool: { should: [{ range: { '@timestamp': { gt: '2026-03-01', time_zone: 'Europe/Berlin' } } }], minimum_should_match: 1 } }],
    ['host: 007', { bool: { should: [{ match: { host: '007' } }], minimum_should_match: 1 } }],
  ])('reads %s', (query, clause) => {
    expect(boolOf(visualization(metric), [], query).filter[0]).toEqual(clause);
  });
});

describe('numbers', () => {
  it.each<[number, string, string]>([
    [79_448.605, '$0,0.[00]', '$79,448.61'], [75, '$0,0.[00]', '$75'], [-1234.5, '($0,0.00)', '($1,234.50)'], [0.80952, '0,0.[000]%', '80.952%'], [1536, '0,0.[0]b', '1.5KB'], [1500, '0.0bd', '1.5KB'],
    [1_234_567, '0.0a', '1.2m'], [7, '00', '07'], [3725, '00:00:00', '1:02:05'], [5, '0,0', '5'], [-0.0001, '0.[00]', '0'], [1e21, '0,0', '1,000,000,000,000,000,000,000'], [12, '0[.]00', '12'], [12.5, '0[.]00', '12.50'], [0.5, '0 %', '50 %'],
  ])('%d as %s is %s', (value, format, text) => {
    expect(formatPattern(value, format)).toBe(text);
  });

  it('are written in any pattern without a failure', () => {
    fc.assert(fc.property(fc.double(), fc.stringMatching(/^[$0,.[\]ab%() +-]{0,12}$/), (value, format) => typeof formatPattern(value, format) === 'string'));
  });

  it('have intervals as round as the product chooses them', () => {
    const auto = (max: number, esTypes: readonly string[] = ['double']): number => numericInterval({ interval: 'auto' }, { min: 0, max }, esTypes);
    expect([auto(19_986), auto(300), auto(90), auto(40, ['long'])]).toEqual([200, 5, 1, 1]);
    expect(numericInterval({ interval: 2 }, { min: 0, max: 20_000 }, [])).toBe(200);
    expect(numericInterval({ interval: '2000' }, undefined, [])).toBe(2000);
    expect(numericInterval({ interval: 'auto' }, undefined, [])).toBe(1);
  });
});

describe('time', () => {
  it('has days of 23 and 25 hours where clocks are changed', () => {
    const day = intervalFor('1d', { from: 0, to: 864e5 * 30 });
    const hours = (start: string): number => (bucketEnd(Date.parse(start), day, 'Europe/Berlin') - Date.parse(start)) / 36e5;
    expect([hours('2026-03-29T00:00:00+01:00'), hours('2026-10-25T00:00:00+02:00'), hours('2026-06-01T00:00:00+02:00')]).toEqual([23, 25, 24]);
    const month = intervalFor('1M', { from: 0, to: 864e5 * 365 });
    expect(new Date(bucketEnd(Date.parse('2026-03-01T00:00:00+01:00'), month, 'Europe/Berlin')).toISOString()).toBe('2026-03-31T22:00:00.000Z');
  });
});

describe('colours of the product', () => {
  it('are given in the order in which values come, and kept', () => {
    const colors = productColors();
    const keys = (...values: readonly string[]): { readonly value: string; readonly field: undefined }[] => values.map((value) => ({ value, field: undefined }));
    expect(colors.colorsOf(keys('Count', 'a', 'b', 'c', 'd', 'e', 'f', 'g'))).toEqual(['#00a69b', '#57c17b', '#6f87d8', '#663db8', '#bc52bc', '#9e3533', '#daa05d', '#bfaf40']);
    expect(colors.colorsOf(keys('b', 'new', 'a'))).toEqual(['#6f87d8', colors.colorOf('new'), '#57c17b']);
    expect(new Set(colors.colorsOf(keys(...Array.from({ length: 60 }, (_unused, at) => `v${at}`)))).size).toBe(60);
  });
});

it('knows the middle of a cell by its key', () => {
  expect(cellCentre('u', 'geohash_grid')).toEqual({ lat: 67.5, lon: 22.5 });
  expect(cellCentre('0/0/0', 'geotile_grid')).toEqual({ lat: 0, lon: 0 });
  expect([cellCentre('', 'geohash_grid'), cellCentre('?', 'geohash_grid'), cellCentre('1/2', 'geotile_grid')]).toEqual([undefined, undefined, undefined]);
});

describe('a panel that asks more than once', () => {
  const terms = { id: '2', type: 'terms', schema: 'segment', params: { field: 'host', orderBy: '1', size: 2, otherBucket: true } };
  const pie = visualization({ type: 'pie', aggs: [{ id: '1', type: 'count', schema: 'metric', params: {} }, terms] });

  it('gets what its terms leave out as a bucket of its own', async () => {
    const asked: PanelSearch[] = [];
    const buckets = [{ key: 'a', doc_count: 6 }, { key: 'b', doc_count: 3 }];
    const answers = await askPanel(pie, [pattern, pie], { timeRange }, async (search) => {
      asked.push(search);
      return search.name === 'main' ? { hits: { total: 10 }, aggregations: { 2: { buckets } } } : { aggregations: { 'other-filter': { buckets: { '': { doc_count: 1 } } } } };
    });
    expect(asked.map(({ name }) => name)).toEqual(['main', 'other:2']);
    expect(asked[1]?.body['aggs']).toEqual({ 'other-filter': { filters: { filters: { '': { bool: { must: [], filter: [{ exists: { field: 'host' } }], should: [], must_not: [{ match_phrase: { host: 'a' } }, { match_phrase: { host: 'b' } }] } } } } } });
    const result = renderPanel(pie, answers.get('main'), { theme: 'light', timeRange, objects: [pattern] });
    if (result.kind !== 'chart') throw new Error(result.kind);
    expect(result.option.legend).toMatchObject({ data: ['a', 'b', 'Other'] });
    expect(result.filterFor(0, 2)).toEqual([{ field: 'host', value: 'a', negate: true }, { field: 'host', value: 'b', negate: true }]);
    expect(buckets).toHaveLength(2);
  });

  it('does not ask for the rest of nothing', async () => {
    const asked: string[] = [];
    await askPanel(pie, [pattern, pie], { timeRange }, async ({ name }) => {
      asked.push(name);
      return { hits: { total: 0 }, aggregations: { 2: { buckets: [] } } };
    });
    expect(asked).toEqual(['main']);
  });

  it('shows made-up data that are the same every time', async () => {
    const draw = async (): Promise<string> => {
      const answers = await askPanel(pie, [pattern, pie], { timeRange }, async (search) => madeUpAnswer(search, { objects: [pattern], timeRange }));
      return renderToSvg(renderPanel(pie, answers.get('main'), { theme: 'dark', timeRange, objects: [pattern], answers }), { width: 300, height: 200 });
    };
    expect(await draw()).toBe(await draw());
  });
});

describe('Vega', () => {
  const vega = (spec: string): SavedObject => ({ ...visualization({ type: 'vega', params: { spec } }), references: [] });
  const draw = async (spec: string): Promise<string> => drawToSvg(renderPanel(vega(spec), undefined, { theme: 'light', timeRange }), { width: 200, height: 100 });
  const LITE = '$schema: "https://vega.github.io/schema/vega-lite/v5.json"';

  it('draws what stands in the specification, and loads nothing', async () => {
    expect(await draw(`{ ${LITE}, data: { values: [{ a: "x", b: 3 }] }, mark: "bar", encoding: { x: { field: "a" }, y: { field: "b", type: "quantitative" } } }`)).toMatch(/^<svg[\s\S]*>x<[\s\S]*<\/svg>$/);
    expect(await draw(`{ ${LITE}, data: { url: "http://127.0.0.1:1/data.json" }, mark: "bar", encoding: { x: { field: "a" } } }`)).not.toContain('127.0.0.1');
  });

  it('refuses what is no specification, and runs no code', async () => {
    await expect(draw(`{ ${LITE}, data: { values: [{ a: 1 }] }, transform: [{ calculate: "process.exit(1)", as: "b" }], mark: "bar", encoding: { x: { field: "b" } } }`)).rejects.toThrowError(expect.objectContaining({ code: 'RENDERER_OBJECT_BROKEN' }));
    await expect(draw('[1, 2]')).rejects.toThrowError(expect.objectContaining({ code: 'RENDERER_OBJECT_BROKEN' }));
    expect(() => renderToSvg({ kind: 'vega', spec: {}, language: 'vega', theme: 'light' }, { width: 10, height: 10 })).toThrowError(expect.objectContaining({ code: 'RENDERER_UNSUPPORTED' }));
  });
});

it('reads panels that hold their visualization themselves', () => {
  const panels = [
    { panelIndex: 'a', type: 'visualization', gridData: { x: 0, y: 0, w: 24, h: 8 }, embeddableConfig: { savedVis: { title: 'Text', type: 'markdown', params: { markdown: 'Hi' }, data: { aggs: [], searchSource: {} } } } },
    { panelIndex: 'b', type: 'lens', gridData: { x: 24, y: 0, w: 24, h: 8 }, embeddableConfig: { attributes: { title: 'Lens' } } },
  ];
  const dashboard: SavedObject = { type: 'dashboard', id: 'd', attributes: { title: 'D', panelsJSON: JSON.stringify(panels) }, references: [] };
  const layout = layoutOf([dashboard], 'd');
  expect(layout.panels.map(({ object }) => [object.type, object.attributes['title']])).toEqual([['visualization', 'Text'], ['lens', 'Lens']]);
  const [text, lens] = layout.panels.map(({ object }) => object) as [SavedObject, SavedObject];
  expect(renderPanel(text, undefined, { theme: 'light', timeRange })).toEqual({ kind: 'markdown', text: 'Hi' });
  expect(() => renderPanel(lens, undefined, { theme: 'light', timeRange })).toThrowError(expect.objectContaining({ code: 'RENDERER_UNSUPPORTED' }));
});
