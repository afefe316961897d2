import { date, defineFields, keyword, long, text } from '@podscope/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { avg, bundle, checkSavedObjects, controls, count, dashboard, dataView, dateHistogram, defineVisualization, line, listControl, phraseFilter, readSavedObjects, row, type SavedObject, search, terms, toNdjson, vegaSearch, verticalBar } from '../index.ts';

const fields = defineFields({ '@timestamp': date(), started: date(), pod: keyword(), message: text({ fields: { keyword: keyword() } }), bytes: long() });
const logs = dataView('logs-*', { fields });
const metrics = dataView('metrics-*', { fields: defineFields({ '@timestamp': date(), cpu: long(), host: keyword() }) });

const bars = defineVisualization({
  id: 'bars',
  description: 'One bar for each name.',
  fields: { name: 'keyword', value: { type: 'number', optional: true } },
  options: {
    top: { type: 'number', whole: true, least: 1, most: 100, default: 10 },
    order: { type: 'choice', choices: ['asc', 'desc'], default: 'desc' },
    labels: { type: 'boolean', default: true },
    unit: { type: 'text', default: '' },
    hidden: { type: 'texts', default: [] },
  },
  toVega: ({ view, fields: { name, value }, options }) => ({
    data: [{
      name: 'names',
      url: vegaSearch(view, { aggs: { names: { terms: { field: name, size: options.top }, ...(value === undefined ? {} : { aggs: { value: { avg: { field: value } } } }) } } }),
      format: { property: 'aggregations.names.buckets' },
    }],
    marks: [
      { type: 'rect', from: { data: 'names' }, encode: { update: { width: { value: 5 } } } },
      { type: 'text', from: { data: 'names' }, encode: { update: { text: { field: 'key' } } } },
    ],
    signals: [{ name: 'clicked', on: [{ events: '@bar:click', update: `opensearchDashboardsAddFilter({match_phrase: {'${name}': datum.key}}, '${view.pattern}')` }] }],
  }),
  sample: () => ({ names: { aggregations: { names: { buckets: [{ key: 'a', doc_count: 3 }] } } } }),
});

const overTime = defineVisualization({
  id: 'over-time',
  fields: { time: 'date', split: 'keyword', value: 'number' },
  options: { what: { type: 'choice', choices: ['count', 'average'] } },
  toVisState: ({ id, title, view, fields: { time, split, value }, options }) =>
    line(id, title, view, { x: dateHistogram(time), y: options.what === 'count' ? count() : avg(value), split: terms(split, { size: 3 }) }),
});

const both = defineVisualization({
  id: 'both',
  fields: { time: 'date' },
  views: { measured: { time: 'date', value: 'number' } },
  toVega: ({ view, views: { measured } }) => ({
    data: [
      { name: 'logs', url: vegaSearch(view) },
      { name: 'metrics', url: vegaSearch(measured.view, { filter: `${measured.fields.value}:*` }) },
    ],
  }),
});

describe('a kind of one’s own', () => {
  const made = bars('pods', 'Pods', logs, { fields: { name: 'pod' }, filter: 'bytes > 1', description: 'd' });
  const state = JSON.parse(String(made.object.attributes['visState'])) as { type: string; params: { spec: string } };
  const spec = JSON.parse(state.params.spec) as { marks: readonly object[]; data: readonly { url: object }[] };

  it('is stored as Vega that asks for the roles’ fields within the page’s time range and filters', () => {
    expect(state.type).toBe('vega');
    expect(spec).toMatchObject({ $schema: 'https://vega.github.io/schema/vega/v5.json', autosize: { type: 'fit', contains: 'padding' } });
    expect(spec.data[0]?.url).toEqual({ index: 'logs-*', '%context%': true, '%timefield%': '@timestamp', body: { size: 0, aggs: { names: { terms: { field: 'pod', size: 10 } } } } });
    expect(spec.marks.map((mark) => ('style' in mark ? mark.style : undefined))).toEqual([undefined, 'guide-label']);
    expect(made.object.references).toEqual([]);
    expect(String((made.object.attributes['kibanaSavedObjectMeta'] as { searchSourceJSON: string }).searchSourceJSON)).toContain('bytes > 1');
  });

  it('stands on dashboards, comes into bundles with its data views, and passes the check', () => {
    const two = both('two', 'Two', logs, { fields: { time: '@timestamp' }, views: { measured: { view: metrics, fields: { time: '@timestamp', value: 'cpu' } } } });
    const all = bundle(dashboard('page', 'Page', [row(made, two)]));
    expect(all.objects.map(({ type, id }) => `${type} ${id}`)).toEqual(['index-pattern logs-*', 'index-pattern metrics-*', 'visualization pods', 'visualization two', 'dashboard page']);
    const objects = readSavedObjects(toNdjson(all, { target: 'opensearch-dashboards@2' })).objects;
    for (const target of ['opensearch-dashboards@1', 'opensearch-dashboards@3', 'kibana@7.10', 'kibana@8'] as const) expect(checkSavedObjects(objects, { target })).toEqual([]);
  });

  it('calls the functions of the target', () => {
    expect(toNdjson(bundle(made), { target: 'opensearch-dashboards@2' })).toContain('opensearchDashboardsAddFilter(');
    const kibana = toNdjson(bundle(made), { target: 'kibana@7.10' });
    expect(kibana).toContain('kibanaAddFilter(');
    expect(kibana).not.toContain('opensearchDashboardsAddFilter(');
  });

  it('may be a built-in kind, made by the builders', () => {
    const mine = overTime('mine', 'Mine', logs, { fields: { time: 'started', split: 'message.keyword', value: 'bytes' }, options: { what: 'average' }, filter: 'pod: a' });
    const by = line('mine', 'Mine', logs, { x: dateHistogram('started'), y: avg('bytes'), split: terms('message.keyword', { size: 3 }), filter: 'pod: a' });
    expect(mine.object).toEqual(by.object);
  });

  it('names the clauses of the page beside a filter of its own', () => {
    expect(vegaSearch(metrics, { filter: 'cpu:*', aggs: {} })).toEqual({
      index: 'metrics-*',
      body: {
        size: 0,
        aggs: {},
        query: {
          bool: {
            must: ['%dashboard_context-must_clause%', { range: { '@timestamp': { '%timefilter%': true } } }],
            filter: ['%dashboard_context-filter_clause%', { query_string: { query: 'cpu:*' } }],
            must_not: ['%dashboard_context-must_not_clause%'],
          },
        },
      },
    });
  });
});

/** Compiles only if every wrong line is an error of the compiler; each is an error at run time as well. */
describe('what a kind refuses', () => {
  const name = 'pod';
  it.each<[string, string, string, () => unknown]>([
    // @ts-expect-error there is no such field
    ['an unknown field', 'SAVED_OBJECT_FIELD_UNKNOWN', 'bars "x": fields.name is "pood"', () => bars('x', 'X', logs, { fields: { name: 'pood' } })],
    // @ts-expect-error a text has no exact values
    ['a field of another type', 'SAVED_OBJECT_FIELD_TYPE', 'fields.name is "message"', () => bars('x', 'X', logs, { fields: { name: 'message' } })],
    // @ts-expect-error a keyword is no number
    ['an optional field of another type', 'SAVED_OBJECT_FIELD_TYPE', 'fields.value is "pod"', () => bars('x', 'X', logs, { fields: { name, value: 'pod' } })],
    // @ts-expect-error the role is missing
    ['a missing role', 'SAVED_OBJECT_SPEC_INVALID', 'fields.name names no field', () => bars('x', 'X', logs, { fields: {} })],
    // @ts-expect-error there is no such role
    ['an unknown role', 'SAVED_OBJECT_SPEC_INVALID', 'fields.nmae is no role', () => bars('x', 'X', logs, { fields: { name, nmae: 'pod' } })],
    // @ts-expect-error there is no such option
    ['an unknown option', 'SAVED_OBJECT_SPEC_INVALID', 'options.topp is no option', () => bars('x', 'X', logs, { fields: { name }, options: { topp: 3 } })],
    // @ts-expect-error a text is no number
    ['an option of another type', 'SAVED_OBJECT_SPEC_INVALID', 'options.top is "3"', () => bars('x', 'X', logs, { fields: { name }, options: { top: '3' } })],
    // @ts-expect-error there is no such choice
    ['another choice', 'SAVED_OBJECT_SPEC_INVALID', 'options.order is "up"', () => bars('x', 'X', logs, { fields: { name }, options: { order: 'up' } })],
    // @ts-expect-error the option has no default
    ['a missing option', 'SAVED_OBJECT_SPEC_INVALID', 'options.what is missing', () => overTime('x', 'X', logs, { fields: { time: 'started', split: 'pod', value: 'bytes' } })],
    // @ts-expect-error the other data view is missing
    ['a missing data view', 'SAVED_OBJECT_SPEC_INVALID', 'views.measured is missing', () => both('x', 'X', logs, { fields: { time: 'started' } })],
    // @ts-expect-error the other data view has no such field
    ['a field of the wrong data view', 'SAVED_OBJECT_FIELD_UNKNOWN', 'views.measured.fields.value is "bytes"', () => both('x', 'X', logs, { fields: { time: 'started' }, views: { measured: { view: metrics, fields: { time: '@timestamp', value: 'bytes' } } } })],
    // @ts-expect-error a kind has only its own data views
    ['a data view too many', 'SAVED_OBJECT_SPEC_INVALID', 'views.more is no data view', () => bars('x', 'X', logs, { fields: { name }, views: { more: { view: metrics, fields: {} } } })],
    ['a number beyond its bounds', 'SAVED_OBJECT_SPEC_INVALID', 'options.top is 1000', () => bars('x', 'X', logs, { fields: { name }, options: { top: 1000 } })],
    ['an id with an underscore', 'SAVED_OBJECT_ID_INVALID', 'x_y', () => bars('x_y', 'X', logs, { fields: { name } })],
  ])('%s', (_name, code, message, make) => {
    expect(make).toThrowError(expect.objectContaining({ code, message: expect.stringContaining(message), hint: expect.stringMatching(/\w/u) }));
  });

  it('lets a kind use its roles only as what they are', () => {
    defineVisualization({
      id: 'wrong',
      fields: { name: 'keyword' },
      // @ts-expect-error a keyword has no average
      toVisState: ({ id, title, view, fields: { name: role } }) => line(id, title, view, { x: terms(role), y: avg(role) }),
    });
    // @ts-expect-error a definition says what it makes
    expect(() => defineVisualization({ id: 'nothing', fields: {} })).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_SPEC_INVALID' }));
  });
});

it.each([
  ['aggs', { aggs: {}, body: { aggs: {} } }],
  ['size', { size: 1, body: { size: 2 } }],
  ['query', { filter: 'pod:a', body: { query: {} } }],
  ['query', { filter: 'pod:a', regardless: true, body: { query: {} } }],
])('vegaSearch drops no %s that is given twice', (name, options) => {
  expect(() => vegaSearch(logs, options)).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_SPEC_INVALID', message: expect.stringContaining(`has ${name} in its body`) }));
});

describe('a kind that a builder makes', () => {
  const recent = search('recent', 'Recent', logs, { columns: ['pod'] });
  const chart = defineVisualization({
    id: 'chart',
    fields: { name: 'keyword' },
    toVisState: ({ view, fields: { name } }) =>
      verticalBar('another', 'Another', view, { x: terms(name), y: count(), filter: 'bytes > 1', filters: [phraseFilter(view, name, 'a')], colors: { a: '#112233' }, description: 'own' }),
  });
  const sourceOf = (object: SavedObject) => JSON.parse((object.attributes['kibanaSavedObjectMeta'] as { searchSourceJSON: string }).searchSourceJSON) as { query: object; filter: readonly { meta: { indexRefName: string } }[] };

  it('keeps what the builder stored, and is narrowed by its use', () => {
    const { object, uses } = chart('mine', 'Mine', logs, { fields: { name: 'pod' }, filter: 'bytes < 9', filters: [phraseFilter(metrics, 'host', 'b')] });
    expect(object).toMatchObject({ id: 'mine', attributes: { title: 'Mine', description: 'own', uiStateJSON: JSON.stringify({ vis: { colors: { a: '#112233' } } }) } });
    expect(JSON.parse(String(object.attributes['visState']))).toMatchObject({ title: 'Mine', type: 'histogram' });
    const { query, filter } = sourceOf(object);
    expect(query).toEqual({ query: '(bytes > 1) and (bytes < 9)', language: 'kuery' });
    const pattern = (id: string, name: string) => ({ type: 'index-pattern', id, name: `kibanaSavedObjectMeta.searchSourceJSON.${name}` });
    expect(object.references).toEqual([pattern('logs-*', 'index'), pattern('logs-*', 'filter[0].meta.index'), pattern('metrics-*', 'filter[1].meta.index')]);
    expect(filter.map(({ meta }) => meta.indexRefName)).toEqual(object.references.slice(1).map(({ name }) => name));
    expect(uses).toEqual(expect.arrayContaining([logs, metrics]));
    expect(checkSavedObjects(readSavedObjects(toNdjson(bundle({ object, uses }), { target: 'opensearch-dashboards@2' })).objects, { target: 'opensearch-dashboards@2' })).toEqual([]);
  });

  it('keeps a query that one of the two has, and refuses two in different languages', () => {
    expect(sourceOf(chart('mine', 'Mine', logs, { fields: { name: 'pod' } }).object).query).toEqual({ query: 'bytes > 1', language: 'kuery' });
    expect(() => chart('mine', 'Mine', logs, { fields: { name: 'pod' }, filter: { query: 'bytes:1', language: 'lucene' } })).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_SPEC_INVALID' }));
  });

  it('keeps the saved search, and the data views of controls', () => {
    const searched = defineVisualization({ id: 'searched', fields: {}, toVisState: ({ id, title }) => line(id, title, logs, { x: dateHistogram('@timestamp'), y: count(), savedSearch: recent }) });
    const made = searched('mine', 'Mine', logs, { fields: {} });
    expect(made.object.attributes['savedSearchRefName']).toBe('search_0');
    expect(made.object.references).toEqual([{ name: 'search_0', type: 'search', id: 'recent' }]);
    expect(bundle(made).objects.map(({ id }) => id)).toEqual(['logs-*', 'recent', 'mine']);
    const picked = defineVisualization({ id: 'picked', fields: { name: 'keyword' }, toVisState: ({ id, title, view, fields: { name } }) => controls(id, title, [listControl(view, name)]) });
    expect(picked('mine', 'Mine', logs, { fields: { name: 'pod' } }).object.references).toEqual([{ name: 'control_0_index_pattern', type: 'index-pattern', id: 'logs-*' }]);
  });

  it.each([undefined, null, 'line', { type: 'line' }, { type: 'line', params: null }, { type: 'line', params: {}, aggs: {} }])('refuses %j', (made) => {
    const wrong = defineVisualization({ id: 'wrong', fields: {}, toVisState: () => made as never });
    expect(() => wrong('x', 'X', logs, { fields: {} })).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_SPEC_INVALID', message: 'wrong "x": toVisState returns no state.' }));
  });
});

describe('what a definition refuses', () => {
  const withSpec = (made: unknown) => () => defineVisualization({ id: 'own', fields: {}, toVega: () => made as Record<string, never> })('x', 'X', logs, { fields: {} });
  const asking = (url: unknown, more: object = {}) => withSpec({ data: [{ name: 'd', url, ...more }] });
  it.each<[string, string, () => unknown]>([
    ['an address', 'toVega.data[0].url is "https://example.com/a.json"', asking('https://example.com/a.json')],
    ['an address below a mark', 'toVega.marks[0].data.url', withSpec({ marks: [{ data: { name: 'd', url: 'a.csv' } }] })],
    ['a query beside the context', 'has a query beside %context%', asking({ index: 'a', '%context%': true, body: { query: {} } })],
    ['aggregations by their long name', 'has "aggregations"', asking({ index: 'a', body: { aggregations: {} } })],
    ['the product’s own type of search', 'has a %type%', asking({ '%type%': 'opensearch', index: 'a' })],
    ['data without a name', 'without a name', asking({ index: 'a' }, { name: 3 })],
    ['two data sets of a name', 'second data set "d"', withSpec({ data: [{ name: 'd', url: {} }, { name: 'd', url: {} }] })],
    ['another language', 'toVega.$schema is "https://example.com/x.json"', withSpec({ $schema: 'https://example.com/x.json' })],
    ['no object', 'toVega is no object', withSpec('{}')],
    ['an expression that reaches for the page', 'toVega.signals[0].update names "window"', withSpec({ signals: [{ name: 's', update: "window['x']" }] })],
    ['an id', '"Own Kind" is no name', () => defineVisualization({ id: 'Own Kind', fields: {}, toVega: () => ({}) })],
    // @ts-expect-error there is no such kind of role
    ['a role', 'own: fields.a is of the kind "datum"', () => defineVisualization({ id: 'own', fields: { a: 'datum' }, toVega: () => ({}) })],
    ['a default', 'own: options.a has the default 0', () => defineVisualization({ id: 'own', fields: {}, options: { a: { type: 'number', least: 1, default: 0 } }, toVega: () => ({}) })],
  ])('%s', (_name, message, make) => {
    expect(make).toThrowError(expect.objectContaining({ code: 'SAVED_OBJECT_SPEC_INVALID', message: expect.stringContaining(message), hint: expect.stringMatching(/\w/u) }));
  });

  it('stores any JSON as it is, or refuses it with its place', () => {
    const names = fc.constantFrom('data', 'url', 'name', 'values', 'marks', 'signals', 'update', 'config', 'kibana', '$schema', 'body', '%type%', '__proto__', 'a');
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof({ maxDepth: 5 }, fc.jsonValue({ maxDepth: 0 }), fc.array(tie('json'), { maxLength: 3 }), fc.dictionary(names, tie('json'), { maxKeys: 4 })),
    }));
    fc.assert(
      fc.property(json, (made) => {
        let visualization: ReturnType<ReturnType<typeof withSpec>>;
        try {
          visualization = withSpec(made)();
        } catch (error) {
          expect(error).toMatchObject({ code: 'SAVED_OBJECT_SPEC_INVALID', message: expect.stringContaining('own "x": toVega') });
          return;
        }
        const { params } = JSON.parse(String(visualization.object.attributes['visState'])) as { params: { spec: string } };
        const { config: _, marks: __, ...stored } = JSON.parse(params.spec) as Record<string, unknown>;
        const { config: ___, marks: ____, ...given } = JSON.parse(JSON.stringify(made)) as Record<string, unknown>;
        expect(stored).toMatchObject(given);
      }),
    );
  });

  it('takes words of the page in texts and as members', () => {
    expect(withSpec({ signals: [{ name: 's', update: "'window' + datum.self" }] })).not.toThrow();
  });
});

describe('a preview', () => {
  it('is drawn from the sample, or from given answers', async () => {
    const draw = (spec: object) => JSON.stringify(spec);
    expect(JSON.parse(await bars.preview({ draw }))).toMatchObject({ width: 640, data: [{ name: 'names', values: { aggregations: { names: { buckets: [{ key: 'a' }] } } } }] });
    expect(await bars.preview({ draw, rows: { names: { mine: 1 } }, theme: 'dark', width: 99 })).toMatch(/^(?=.*"mine":1)(?=.*"width":99)(?=.*#d4dae5)(?!.*"url")/u);
    await expect(bars.preview()).rejects.toMatchObject({ code: 'SAVED_OBJECT_SPEC_INVALID', hint: expect.stringContaining('draw') });
  });

  it('may be drawn by the kind', async () => {
    const own = defineVisualization({ ...{ id: 'own', fields: { name: 'keyword' }, options: { color: { type: 'text', default: 'red' } } } as const, toVega: () => ({}), preview: ({ fields: { name }, options, rows, theme }) => `<svg>${name} ${options.color} ${theme} ${JSON.stringify(rows)}</svg>` });
    expect(await own.preview({ options: { color: 'blue' }, rows: { a: 1 } })).toBe('<svg>name blue light {"a":1}</svg>');
  });
});
