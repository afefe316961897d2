import { describe, expect, it } from 'vitest';
import { type JsonObject, type StoredObject } from '../read/storedObject.ts';
import { migrateSavedObject } from './migrate.ts';

const object = (type: string, attributes: JsonObject, more: Partial<StoredObject> = {}): StoredObject => ({ type, id: 'x', attributes, references: [], rest: {}, ...more });
const meta = (source: object) => ({ kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) } });
const visualization = (state: object, source: object = {}, more: JsonObject = {}) => object('visualization', { title: 'X', visState: JSON.stringify(state), ...meta(source), ...more });
const inner = (stored: StoredObject, name: string): unknown => JSON.parse(String(stored.attributes[name]));
const sourceOf = (stored: StoredObject): unknown => JSON.parse(String((stored.attributes['kibanaSavedObjectMeta'] as JsonObject)['searchSourceJSON']));
const stateOf = (state: object): unknown => inner(migrateSavedObject(visualization(state)), 'visState');

describe('references', () => {
  it('take the ids of the search source, of its filters, of the saved search and of controls', () => {
    const migrated = migrateSavedObject(
      visualization({ type: 'input_control_vis', params: { controls: [null, { id: '1', indexPattern: 'c-*' }] } }, { index: 'a-*', filter: [{ meta: { alias: null } }, { meta: { index: 'b-*' } }] }, { savedSearchId: 's' }),
    );
    expect(migrated.references).toEqual([
      { name: 'kibanaSavedObjectMeta.searchSourceJSON.index', type: 'index-pattern', id: 'a-*' },
      { name: 'kibanaSavedObjectMeta.searchSourceJSON.filter[1].meta.index', type: 'index-pattern', id: 'b-*' },
      { name: 'search_0', type: 'search', id: 's' },
      { name: 'control_1_index_pattern', type: 'index-pattern', id: 'c-*' },
    ]);
    expect(sourceOf(migrated)).toEqual({
      indexRefName: 'kibanaSavedObjectMeta.searchSourceJSON.index',
      filter: [{ meta: { alias: null } }, { meta: { indexRefName: 'kibanaSavedObjectMeta.searchSourceJSON.filter[1].meta.index' } }],
    });
    expect(migrated.attributes).toMatchObject({ savedSearchRefName: 'search_0' });
    expect(migrated.attributes).not.toHaveProperty('savedSearchId');
    expect(inner(migrated, 'visState')).toEqual({ type: 'input_control_vis', params: { controls: [null, { id: '1', indexPatternRefName: 'control_1_index_pattern' }] } });
    expect(migrated.migrationVersion).toEqual({ visualization: '7.10.0' });
  });

  it('take the panels of a dashboard', () => {
    const panels = [{ panelIndex: '1', type: 'search', id: 's', gridData: { x: 0, y: 0, w: 24, h: 15, i: '1' }, version: '7.5.0' }, { panelIndex: '2', embeddableConfig: {}, version: '7.5.0' }];
    const migrated = migrateSavedObject(object('dashboard', { panelsJSON: JSON.stringify(panels), ...meta({}) }));
    expect(migrated.references).toEqual([{ name: 'panel_0', type: 'search', id: 's' }]);
    expect(inner(migrated, 'panelsJSON')).toMatchObject([{ panelRefName: 'panel_0', version: '7.5.0' }, { panelIndex: '2' }]);
  });
});

describe('panels', () => {
  const grid = (panel: object, attributes: JsonObject = {}) => {
    const migrated = migrateSavedObject(object('dashboard', { panelsJSON: JSON.stringify([panel]), uiStateJSON: JSON.stringify({ 'P-3': { vis: { colors: {} } } }), ...meta({}), ...attributes }));
    return { panel: (inner(migrated, 'panelsJSON') as readonly object[])[0], ui: migrated.attributes['uiStateJSON'] };
  };

  it('of 12 columns before 6.1, with and without margins', () => {
    const old = { col: 4, row: 2, size_x: 6, size_y: 3, panelIndex: 3, columns: ['a'], sort: ['a', 'asc'] };
    expect(grid(old)).toEqual({ panel: { version: '7.3.0', panelIndex: '3', gridData: { x: 12, y: 4, w: 24, h: 12, i: '3' }, embeddableConfig: { vis: { colors: {} }, columns: ['a'], sort: ['a', 'asc'] } }, ui: undefined });
    expect(grid(old, { useMargins: false }).panel).toMatchObject({ gridData: { x: 12, y: 5, w: 24, h: 15 } });
    expect(grid({ col: 1, row: 1, panelIndex: 3 }).panel).toMatchObject({ gridData: { x: 0, y: 0, w: 24, h: 15 } });
  });

  it.each([
    ['6.1.2', { x: 16, y: 8, w: 24, h: 12, i: '3' }, { vis: { colors: {} } }],
    ['6.2.4', { x: 16, y: 8, w: 24, h: 12, i: '3' }, {}],
    ['6.3.0', { x: 4, y: 2, w: 6, h: 3, i: '3' }, {}],
    ['6.8.0', { x: 4, y: 2, w: 6, h: 3, i: '3' }, {}],
  ])('of %s', (version, gridData, embeddableConfig) => {
    expect(grid({ version, panelIndex: 3, gridData: { x: 4, y: 2, w: 6, h: 3, i: '3' } }).panel).toEqual({ version: '7.3.0', panelIndex: '3', gridData, embeddableConfig });
  });

  it('whose place cannot be told leave the whole dashboard as it is', () => {
    expect(grid({ row: 2, panelIndex: 3 })).toMatchObject({ panel: { row: 2, panelIndex: 3 }, ui: expect.any(String) as string });
  });

  it('and the query of a dashboard, which was among its filters', () => {
    const query = (source: object) => sourceOf(migrateSavedObject(object('dashboard', { panelsJSON: '[]', ...meta(source) })));
    expect(query({ filter: [{ query: { query_string: { query: 'a:1', analyze_wildcard: true } } }, { meta: { disabled: true }, query: {} }] })).toEqual({
      query: { query: 'a:1', language: 'lucene' }, filter: [{ meta: { disabled: true }, query: {} }],
    });
    expect(query({})).toEqual({ query: { query: '', language: 'kuery' }, filter: [] });
    expect(query({ query: { match_all: {} } })).toEqual({ query: { query: '', language: 'kuery' }, filter: [] });
  });
});

describe('visualizations', () => {
  it('date histograms, also within siblings', () => {
    const params = { interval: 'custom', customInterval: '2h', time_zone: 'Europe/Berlin' };
    const other = { interval: 'auto', customInterval: '2h' };
    expect(stateOf({ aggs: [{ type: 'date_histogram', params }, { type: 'avg_bucket', params: { customBucket: { type: 'date_histogram', params: other } } }, { type: 'count' }] })).toEqual({
      aggs: [{ type: 'date_histogram', params: { interval: '2h' } }, { type: 'avg_bucket', params: { customBucket: { type: 'date_histogram', params: { interval: 'auto' } } } }, { type: 'count' }],
    });
  });

  it('tables with several splits, and where they stand', () => {
    const split = (row: boolean) => ({ type: 'terms', schema: 'split', params: { field: 'a', row } });
    expect(stateOf({ type: 'table', params: {}, aggs: [split(false), split(true)] })).toEqual({
      type: 'table', params: { row: false }, aggs: [{ type: 'terms', schema: 'split', params: { field: 'a' } }, { type: 'terms', schema: 'bucket', params: { field: 'a' } }],
    });
  });

  it('the queries of filters', () => {
    const filters = [{ input: { query: { query_string: { query: 'a:1' } } } }, { input: { query: 'b:1', language: 'kuery' }, label: 'B' }, {}];
    expect(stateOf({ aggs: [{ type: 'filters', params: { filters } }] })).toEqual({
      aggs: [{ type: 'filters', params: { filters: [{ input: { query: 'a:1', language: 'lucene' } }, { input: { query: 'b:1', language: 'kuery' }, label: 'B' }, {}] } }],
    });
  });

  it('gauges', () => {
    expect(stateOf({ type: 'gauge', params: { gauge: { verticalSplit: true } } })).toEqual({ type: 'gauge', params: { gauge: { alignment: 'vertical' } } });
    expect(stateOf({ type: 'gauge', params: { gauge: {} } })).toEqual({ type: 'gauge', params: { gauge: { alignment: 'horizontal' } } });
  });

  it('TSVB', () => {
    const migrated = migrateSavedObject(
      visualization(
        {
          type: 'metrics',
          params: {
            type: 'timeseries', filter: 'a:1', annotations: [{ query_string: 'b:1' }], gauge_color_rules: [{ opperator: 'gte', operator: 'gte' }],
            series: [
              { filter: 'c:1', split_filters: [{ filter: 'd:1' }], metrics: [{ type: 'percentile_rank', value: '5' }, { type: 'filter_ratio', numerator: 'e:1', denominator: '' }] },
              { split_color_mode: 'rainbow', split_filters: [{ filter: '' }], metrics: [{ type: 'moving_average', model: 'holt_winters', settings: { alpha: 0.5, type: 'mult' }, minimize: 1, predict: 2 }] },
            ],
          },
        },
        { query: { query: '', language: 'kuery' }, filter: [] },
      ),
    );
    const lucene = (query: string) => ({ query, language: 'lucene' });
    expect(inner(migrated, 'visState')).toEqual({
      type: 'metrics',
      params: {
        type: 'timeseries', filter: lucene('a:1'), annotations: [{ query_string: lucene('b:1') }], gauge_color_rules: [{ operator: 'gte' }],
        series: [
          { filter: lucene('c:1'), split_color_mode: 'gradient', split_filters: [{ filter: lucene('d:1') }], metrics: [{ type: 'percentile_rank', values: ['5'] }, { type: 'filter_ratio', numerator: lucene('e:1'), denominator: lucene('') }] },
          { split_color_mode: 'rainbow', split_filters: [{ filter: lucene('') }], metrics: [{ type: 'moving_average', model_type: 'holt_winters', alpha: 0.5, beta: 0.1, gamma: 0.3, period: 1, multiplicative: true }] },
        ],
      },
    });
    expect(sourceOf(migrated)).toEqual({});
  });
});

describe('saved searches and index patterns', () => {
  it('sort by a list of columns', () => {
    const sorted = (sort: readonly unknown[]) => migrateSavedObject(object('search', { sort: sort as never, ...meta({}) })).attributes['sort'];
    expect(sorted(['@timestamp', 'desc'])).toEqual([['@timestamp', 'desc']]);
    expect(sorted([['@timestamp', 'desc']])).toEqual([['@timestamp', 'desc']]);
  });

  it('nest the parent of a multi-field', () => {
    const migrated = migrateSavedObject(object('index-pattern', { type: '', fields: JSON.stringify([{ name: 'a' }, { name: 'a.keyword', subType: 'multi', parent: 'a' }]) }));
    expect(migrated.attributes).toEqual({ fields: JSON.stringify([{ name: 'a' }, { name: 'a.keyword', subType: { multi: { parent: 'a' } } }]) });
  });
});

describe('what stays as it is', () => {
  it('to the byte, where no step applies', () => {
    const text = '{ "type" : "line", "aggs": [] }';
    expect(migrateSavedObject(object('visualization', { visState: text })).attributes['visState']).toBe(text);
  });

  it('inner JSON that cannot be read', () => {
    expect(migrateSavedObject(object('visualization', { visState: '{oops', ...meta({ index: 'a' }) })).attributes['visState']).toBe('{oops');
    expect(migrateSavedObject(object('dashboard', { panelsJSON: '[' })).attributes['panelsJSON']).toBe('[');
  });

  it.each([['visualization', '7.14.0'], ['visualization', '7.10.0'], ['lens', undefined]])('a %s of %s', (type, version) => {
    const one = object(type, { visState: '{"type":"table","aggs":[{"type":"date_histogram","params":{"time_zone":"UTC"}}]}' }, version === undefined ? {} : { migrationVersion: { [type]: version } });
    expect(migrateSavedObject(one)).toBe(one);
  });

  it('the object that is given, and what was migrated already', () => {
    const one = visualization({ type: 'gauge', params: { gauge: {} } }, { index: 'a' });
    const before = structuredClone(one);
    const migrated = migrateSavedObject(one);
    expect(one).toEqual(before);
    expect(migrateSavedObject(migrated)).toBe(migrated);
  });
});
