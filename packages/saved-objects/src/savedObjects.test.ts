import { date, defineFields, ip, keyword, long, short, text } from '@podscope/core';
import { describe, expect, it } from 'vitest';
import {
  area,
  avg,
  bundle,
  count,
  dashboard,
  dataView,
  dataViewFrom,
  dateHistogram,
  filters,
  gauge,
  horizontalBar,
  line,
  markdown,
  metric,
  panel,
  percentiles,
  pie,
  row,
  type SavedObject,
  search,
  table,
  terms,
  toNdjson,
  visualizationFrom,
  type VisualizationSpec,
} from './index.ts';

const web = dataView('apache-*', {
  fields: defineFields({
    '@timestamp': date({ required: true }),
    message: text({ fields: { keyword: keyword() } }),
    'url.path': keyword(),
    'source.ip': ip(),
    'http.response.status_code': short(),
    'http.response.bytes': long(),
  }),
  formats: { 'http.response.bytes': 'bytes' },
});

const requests = line('requests', 'Requests', web, {
  x: dateHistogram('@timestamp'),
  y: count(),
  split: terms('http.response.status_code', { size: 3 }),
  filter: 'http.response.status_code >= 400',
});
const text1 = markdown('about', 'About', 'Hello');
const lines = search('lines', 'Lines', web, { columns: ['message'] });
const board = dashboard('board', 'Board', [row(requests, text1, panel(lines, { width: 10, title: 'Log' })), row(requests)], { refresh: 10 });

function parsed(object: SavedObject, attribute: string): unknown {
  return JSON.parse(String(object.attributes[attribute]));
}

describe('visualizations', () => {
  it('carry the state that the product writes', () => {
    const state = parsed(requests.object, 'visState') as { readonly type: string; readonly aggs: unknown };
    expect(state.type).toBe('line');
    expect(state.aggs).toEqual([
      { id: '1', enabled: true, type: 'count', schema: 'metric', params: {} },
      {
        id: '2',
        enabled: true,
        type: 'terms',
        schema: 'group',
        params: { field: 'http.response.status_code', orderBy: '1', order: 'desc', size: 3, otherBucket: false, otherBucketLabel: 'Other', missingBucket: false, missingBucketLabel: 'Missing' },
      },
      {
        id: '3',
        enabled: true,
        type: 'date_histogram',
        schema: 'segment',
        params: { field: '@timestamp', useNormalizedOpenSearchInterval: true, scaleMetricValues: false, interval: 'auto', drop_partials: false, min_doc_count: 1, extended_bounds: {} },
      },
    ]);
    expect(requests.object.references).toEqual([{ name: 'kibanaSavedObjectMeta.searchSourceJSON.index', type: 'index-pattern', id: 'apache-*' }]);
    expect(requests.object.migrationVersion).toEqual({ visualization: '7.10.0' });
  });

  it('order terms by one of several percentiles', () => {
    const { object } = table('t', 'T', web, { y: percentiles('http.response.bytes', { percents: [95, 50] }), rows: terms('url.path') });
    const aggs = (parsed(object, 'visState') as { readonly aggs: readonly { readonly params: { readonly orderBy?: string } }[] }).aggs;
    expect(aggs[1]?.params.orderBy).toBe('1.95');
  });

  it('keep the name of every lying bar, and leave out upright names that overlap', () => {
    const labelsOf = (object: SavedObject): unknown =>
      (parsed(object, 'visState') as { readonly params: { readonly categoryAxes: readonly { readonly labels: unknown }[] } }).params.categoryAxes[0]?.labels;
    expect(labelsOf(horizontalBar('h', 'H', web, { y: count(), x: terms('url.path') }).object)).toEqual({ show: true, rotate: 0, filter: false, truncate: 200 });
    expect(labelsOf(requests.object)).toEqual({ show: true, filter: true, truncate: 100 });
  });

  it('all have a search source', () => {
    for (const { attributes } of bundle(board).objects.filter(({ type }) => type !== 'index-pattern')) {
      const { searchSourceJSON } = attributes['kibanaSavedObjectMeta'] as { readonly searchSourceJSON: string };
      expect(JSON.parse(searchSourceJSON)).toHaveProperty('query.language', 'kuery');
    }
  });

  it('cannot be changed afterwards', () => {
    expect(() => ((requests.object.references as unknown[])[0] = null)).toThrow(TypeError);
  });

  it.each([
    ['bounds that fall', () => gauge('g', 'G', web, { y: count(), bounds: [5, 1] }), 'SAVED_OBJECT_SPEC_INVALID'],
    ['a percentile above 100', () => metric('m', 'M', web, { y: percentiles('http.response.bytes', { percents: [101] }) }), 'SAVED_OBJECT_SPEC_INVALID'],
    ['an interval that is none', () => area('a', 'A', web, { y: count(), x: dateHistogram('@timestamp', { interval: 'soon' }) }), 'SAVED_OBJECT_SPEC_INVALID'],
    ['no metric', () => metric('m', 'M', web, { y: [] }), 'SAVED_OBJECT_SPEC_INVALID'],
    ['no filters', () => pie('p', 'P', web, { y: count(), slices: filters({}) }), 'SAVED_OBJECT_SPEC_INVALID'],
    ['an id with an underscore', () => markdown('a_b', 'A', ''), 'SAVED_OBJECT_ID_INVALID'],
    ['an empty row', () => dashboard('d', 'D', [row()]), 'SAVED_OBJECT_LAYOUT_INVALID'],
    ['a row that is too wide', () => dashboard('d', 'D', [row(panel(text1, { width: 40 }), panel(text1, { width: 9 }))]), 'SAVED_OBJECT_LAYOUT_INVALID'],
  ])('refuse %s', (_name, make, code) => {
    expect(make).toThrowError(expect.objectContaining({ code }));
  });
});

describe('dashboard', () => {
  it('fills the 48 columns and names its references', () => {
    const panels = parsed(board.object, 'panelsJSON') as readonly { readonly gridData: object; readonly panelRefName: string; readonly title?: string }[];
    expect(panels.map(({ gridData }) => gridData)).toEqual([
      { x: 0, y: 0, w: 19, h: 13, i: '1' },
      { x: 19, y: 0, w: 19, h: 13, i: '2' },
      { x: 38, y: 0, w: 10, h: 13, i: '3' },
      { x: 0, y: 13, w: 48, h: 13, i: '4' },
    ]);
    expect(panels.map(({ panelRefName }) => panelRefName)).toEqual(board.object.references.map(({ name }) => name));
    expect(panels[2]?.title).toBe('Log');
    expect(board.object.attributes).toMatchObject({ timeFrom: 'now-15m', timeTo: 'now', timeRestore: true, refreshInterval: { pause: false, value: 10_000 } });
  });
});

/** The fields of the products' index of saved objects, which is strict: an import with any other one is refused. */
const STRICT: Readonly<Record<string, readonly string[]>> = {
  'index-pattern': ['title', 'timeFieldName', 'fields', 'fieldFormatMap'],
  search: ['title', 'description', 'hits', 'columns', 'sort', 'version', 'kibanaSavedObjectMeta'],
  visualization: ['title', 'visState', 'uiStateJSON', 'description', 'version', 'kibanaSavedObjectMeta', 'savedSearchRefName'],
  dashboard: ['title', 'hits', 'description', 'panelsJSON', 'optionsJSON', 'version', 'timeRestore', 'timeTo', 'timeFrom', 'refreshInterval', 'kibanaSavedObjectMeta'],
};

it('no object carries an attribute that an import refuses', () => {
  const { objects } = bundle(board);
  expect(new Set(objects.map(({ type }) => type))).toEqual(new Set(Object.keys(STRICT)));
  for (const { type, id, attributes, references, migrationVersion } of objects) {
    expect(Object.keys(attributes).filter((name) => !STRICT[type]?.includes(name)), id).toEqual([]);
    expect(Object.keys((attributes['kibanaSavedObjectMeta'] ?? { searchSourceJSON: '' }) as object)).toEqual(['searchSourceJSON']);
    expect(Object.keys(migrationVersion)).toEqual([type]);
    expect(id).not.toContain('_');
    const named = JSON.stringify(attributes);
    for (const { name } of references) expect(named).toContain(name);
  }
  expect(Object.keys(board.object.attributes['refreshInterval'] as object).sort()).toEqual(['pause', 'value']);
});

describe('toNdjson', () => {
  it('writes what is pointed at first, and how many there are last', () => {
    const text = toNdjson(bundle(board), { target: 'opensearch-dashboards@2' });
    const written = text.trimEnd().split('\n').map((each) => JSON.parse(each) as SavedObject & { readonly exportedCount?: number });
    expect(written.map(({ type, id }) => `${type}:${id}`).slice(0, -1)).toEqual(['index-pattern:apache-*', 'search:lines', 'visualization:requests', 'visualization:about', 'dashboard:board']);
    expect(written.at(-1)).toEqual({ exportedCount: 5, missingRefCount: 0, missingReferences: [] });
    expect(toNdjson(bundle(board), { target: 'opensearch-dashboards@2' })).toBe(text);
    expect(toNdjson(bundle(), { target: 'opensearch-dashboards@2' })).toBe('');
  });

  it('refuses another target, a missing reference and a second meaning of an id', () => {
    // @ts-expect-error there is no such target
    expect(() => toNdjson(bundle(board), { target: 'kibana@4' })).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_TARGET_UNKNOWN' }));
    expect(() => bundle(requests.object)).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_REFERENCE_MISSING' }));
    expect(() => bundle(text1, markdown('about', 'About', 'Other'))).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_ID_TAKEN' }));
  });
});

describe('from JSON', () => {
  const spec: VisualizationSpec = {
    id: 'requests',
    title: 'Requests',
    kind: 'line',
    pattern: 'apache-*',
    metric: { kind: 'count' },
    bucket: { kind: 'dateHistogram', field: '@timestamp' },
    split: { kind: 'terms', field: 'http.response.status_code', size: 3 },
    filter: 'http.response.status_code >= 400',
  };

  it('reads a data view back', () => {
    const again = dataViewFrom(JSON.parse(JSON.stringify(web.object)) as SavedObject);
    expect(again.object).toEqual(web.object);
    expect(Object.keys(again.fields).sort()).toEqual(Object.keys(web.fields).sort());
  });

  it('shows durations with their unit', () => {
    const { object } = dataView('t-*', { fields: defineFields({ '@timestamp': date(), took: long() }), formats: { took: 'microseconds' } });
    expect(parsed(object, 'fieldFormatMap')).toEqual({
      took: { id: 'duration', params: { inputFormat: 'microseconds', outputFormat: 'asMilliseconds', outputPrecision: 2, showSuffix: true } },
    });
    expect(dataViewFrom(object).formats).toEqual({ took: 'microseconds' });
  });

  it('reads a data view of the product, without the formats that it does not know', () => {
    const listed = [
      { name: '@timestamp', esTypes: ['date'] },
      { name: 'price', esTypes: ['some_plugin_type'] },
      { name: 'size', esTypes: ['long'] },
      { name: 'wait', esTypes: ['long'] },
      { name: 'odd', esTypes: ['constructor'] },
    ];
    const formats = { price: { id: 'bytes' }, size: { id: 'bytes' }, wait: { id: 'duration', params: { inputFormat: 'hours', outputFormat: 'asDays' } }, odd: { id: 'constructor' } };
    const foreign: SavedObject = { ...web.object, attributes: { ...web.object.attributes, fields: JSON.stringify(listed), fieldFormatMap: JSON.stringify(formats) } };
    const view = dataViewFrom(foreign);
    expect(Object.keys(view.fields)).toEqual(['@timestamp', 'size', 'wait']);
    expect(view.formats).toEqual({ size: 'bytes', wait: { id: 'duration', inputFormat: 'hours', outputFormat: 'asDays' } });
    const broken = { ...foreign, attributes: { ...foreign.attributes, fields: '[' } };
    expect(() => dataViewFrom(broken)).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_SPEC_INVALID' }));
  });

  it('makes what the builders make', () => {
    expect(visualizationFrom(JSON.parse(JSON.stringify(spec)) as VisualizationSpec, [web])).toEqual(requests.object);
    const big = visualizationFrom({ id: 'm', title: 'M', kind: 'metric', pattern: 'apache-*', metric: { kind: 'avg', field: 'http.response.bytes' } }, [web]);
    expect(big).toEqual(metric('m', 'M', web, { y: avg('http.response.bytes') }).object);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['another pattern', { pattern: 'nginx-*' }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['another kind', { kind: 'sunburst' }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['no axis', { bucket: undefined }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['a metric of nothing', { metric: { kind: 'avg' } }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['another metric', { metric: { kind: 'constructor', field: 'url.path' } }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['a field that is not there', { split: { kind: 'terms', field: 'nothing' } }, 'SAVED_OBJECT_FIELD_UNKNOWN'],
    ['terms over text', { split: { kind: 'terms', field: 'message' } }, 'SAVED_OBJECT_FIELD_TYPE'],
    ['a wild size', { split: { kind: 'terms', field: 'url.path', size: 1e9 } }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['a filter that is no query', { filter: { match_all: {} } }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['bounds that are a text', { kind: 'gauge', split: undefined, bounds: 'abc' }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['ranges that are none', { bucket: { kind: 'range', field: 'http.response.bytes', ranges: 'abc' } }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['a range of texts', { bucket: { kind: 'range', field: 'http.response.bytes', ranges: [{ from: '1' }] } }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['filters that are no texts', { bucket: { kind: 'filters', filters: { a: { match_all: {} } } } }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['percentiles on a gauge', { kind: 'gauge', split: undefined, metric: { kind: 'percentiles', field: 'http.response.bytes' } }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['averages on a pie', { kind: 'pie', metric: { kind: 'avg', field: 'http.response.bytes' } }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['no title', { title: ' ' }, 'SAVED_OBJECT_SPEC_INVALID'],
    ['an id that is none', { id: '../x' }, 'SAVED_OBJECT_ID_INVALID'],
  ])('refuses %s', (_name, change, code) => {
    expect(() => visualizationFrom({ ...spec, ...change } as VisualizationSpec, [web])).toThrowError(expect.objectContaining({ code }));
  });

  it.each([[null], ['x'], [undefined]])('refuses %j', (value) => {
    expect(() => visualizationFrom(value as unknown as VisualizationSpec, [web])).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_SPEC_INVALID' }));
  });
});
