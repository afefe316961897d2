import { date, defineFields, keyword } from '@podscope/core';
import { bundle, dataView, defineVisualization, line, count, dateHistogram, vegaPreview, vegaSearch } from '@podscope/saved-objects';
import { describe, expect, it } from 'vitest';
import { isVega, type SavedObject, vegaRequestsFor, vegaViewOf } from '../index.ts';

const logs = dataView('logs-*', { fields: defineFields({ '@timestamp': date(), host: keyword() }) });
const now = Date.parse('2026-11-23T12:00:00.000Z');
const timeRange = { from: 'now-1h', to: 'now' };
const [from, to] = ['2026-11-23T11:00:00.000Z', '2026-11-23T12:00:00.000Z'];
const within = { range: { '@timestamp': { gte: from, lte: to, format: 'strict_date_optional_time' } } };

function saved(spec: unknown, source: object = { query: { query: '', language: 'kuery' }, filter: [] }): SavedObject {
  return {
    type: 'visualization', id: 'v', references: [],
    attributes: { title: 'V', visState: JSON.stringify({ title: 'V', type: 'vega', aggs: [], params: { spec: typeof spec === 'string' ? spec : JSON.stringify(spec) } }), kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) } },
  };
}
const asking = (url: object, more: object = {}) => saved({ $schema: 'https://vega.github.io/schema/vega/v5.json', data: [{ name: 'd', url, ...more }] });
const asked = (object: SavedObject, options: object = {}) => vegaRequestsFor(object, [logs.object], { timeRange, now, ...options });
const bodyOf = (body: object) => asked(asking({ index: 'logs-*', body }))[0]?.body;

describe('the searches of a picture', () => {
  it('are within the page’s time range, query and filters, and those of the visualization', () => {
    const object = saved({ data: [{ name: 'd', url: vegaSearch(logs) }] }, { query: { query: 'host: a', language: 'kuery' }, filter: [] });
    const [request] = asked(object, { filters: [{ field: 'host', value: 'b', negate: true }, { field: 'elsewhere', value: 1 }], query: { query: 'host:c', language: 'lucene' } });
    expect(request).toEqual({
      name: 'd',
      index: 'logs-*',
      body: {
        size: 0,
        query: {
          bool: {
            must: [{ query_string: { query: 'host:c', analyze_wildcard: true, time_zone: 'UTC' } }, within],
            filter: [{ bool: { should: [{ match: { host: 'a' } }], minimum_should_match: 1 } }],
            should: [],
            must_not: [{ match_phrase: { host: 'b' } }],
          },
        },
      },
    });
  });

  it('are narrowed by the filters that are stored with the visualization', () => {
    const stored = { meta: { negate: true, disabled: false }, query: { match_phrase: { host: 'x' } } };
    const object = saved({ data: [{ name: 'd', url: vegaSearch(logs) }] }, { query: { query: '', language: 'kuery' }, filter: [stored] });
    expect(asked(object, { dashboardFilters: [{ meta: {}, query: { match_phrase: { host: 'y' } } }] })[0]?.body).toMatchObject({
      query: { bool: { filter: [{ match_all: {} }, { match_phrase: { host: 'y' } }], must_not: [{ match_phrase: { host: 'x' } }] } },
    });
  });

  it('keep the words of a query of their own, each clause in its place', () => {
    const [request] = asked(saved({ data: [{ name: 'd', url: vegaSearch(logs, { filter: 'host:x' }) }] }), { filters: [{ field: 'host', value: 'b' }] });
    expect(request?.body['query']).toEqual({ bool: { must: [within], filter: [{ match_all: {} }, { match_phrase: { host: 'b' } }, { query_string: { query: 'host:x' } }], must_not: [] } });
  });

  it('ask regardless of the page where it says so', () => {
    expect(asked(saved({ data: [{ name: 'd', url: vegaSearch(logs, { regardless: true, size: 3 }) }] }), { filters: [{ field: 'host', value: 'b' }] })[0]?.body).toEqual({ size: 3 });
  });

  it.each([
    [{ '%timefilter%': 'min' }, Date.parse(from)],
    [{ '%timefilter%': 'max', shift: -1, unit: 'h' }, Date.parse(to) - 3_600_000],
    [{ '%timefilter%': 'max', shift: 1 }, Date.parse(to) + 86_400_000],
    [{ '%timefilter%': true }, { gte: from, lte: to, format: 'strict_date_optional_time' }],
  ])('put in the time for %j', (word, time) => {
    expect(bodyOf({ aggs: { a: { date_range: { ranges: [{ from: word }] } } } })).toEqual({ aggs: { a: { date_range: { ranges: [{ from: time }] } } } });
  });

  it.each([
    [{ '%autointerval%': true }, { calendar_interval: '1m' }],
    [{ '%autointerval%': 10 }, { fixed_interval: '5m' }],
    [{ '%autointerval%': 1000 }, { fixed_interval: '1s' }],
    [{ '%autointerval%': 7_200_000 }, { fixed_interval: '100ms' }],
    ['1h', { calendar_interval: '1h' }],
    ['90s', { fixed_interval: '90s' }],
  ])('put in the interval for %j', (interval, named) => {
    expect(bodyOf({ aggs: { a: { date_histogram: { field: 't', interval } } } })).toEqual({ aggs: { a: { date_histogram: { field: 't', ...named } } } });
    expect(bodyOf({ aggs: { a: { date_histogram: { fixed_interval: { '%autointerval%': 10 } } } } })).toEqual({ aggs: { a: { date_histogram: { fixed_interval: '5m' } } } });
    // Another aggregation's interval is a number of its own.
    expect(bodyOf({ aggs: { a: { histogram: { interval: 5 } } } })).toEqual({ aggs: { a: { histogram: { interval: 5 } } } });
  });

  it.each([
    ['a query beside the context', { index: 'a', '%context%': true, body: { query: {} } }],
    ['an interval that is none', { index: 'a', body: { aggs: { a: { date_histogram: { interval: { '%autointerval%': 'x' } } } } } }],
    ['a time that is none', { index: 'a', body: { aggs: { a: { range: { from: { '%timefilter%': 'middle' } } } } } }],
    ['a body that is none', { index: 'a', body: 'x' }],
  ])('refuse %s', (_name, url) => {
    expect(() => asked(asking(url))).toThrowError(expect.objectContaining({ code: 'RENDERER_OBJECT_BROKEN', message: expect.stringContaining('Data set d of visualization "v"') }));
  });

  it('are read with comments and bare names, as the product reads them', () => {
    expect(asked(saved('{\n  // one\n  data: {\n    name: d\n    url: { index: "logs-*", body: { size: 3 } } # two\n  }\n}'))).toEqual([{ name: 'd', index: 'logs-*', body: { size: 3 } }]);
  });

  it('say what is no specification', () => {
    expect(() => asked(saved('{ data: ['))).toThrowError(expect.objectContaining({ code: 'RENDERER_OBJECT_BROKEN', message: expect.stringContaining('"v"') }));
    expect(() => asked(saved('[]'))).toThrowError(expect.objectContaining({ code: 'RENDERER_OBJECT_BROKEN' }));
  });
});

describe('what Vega draws', () => {
  it('has the answers in the place of the searches, and nothing is left that would be fetched', () => {
    const object = asking({ index: 'a' }, { format: { property: 'hits.hits' } });
    const { language, spec } = vegaViewOf(object, new Map([['d', { hits: { total: 0, hits: [] } }]]), { theme: 'dark' });
    expect(language).toBe('vega');
    expect(spec['data']).toEqual([{ name: 'd', format: { property: 'hits.hits' }, values: { hits: { total: 0, hits: [] } } }]);
    expect(vegaViewOf(saved({ $schema: 'https://vega.github.io/schema/vega-lite/v5.json' }), new Map(), { theme: 'light' }).language).toBe('vega-lite');
  });

  it('looks as the preview of the kind does', () => {
    const kind = defineVisualization({ id: 'k', fields: {}, toVega: () => ({ data: [{ name: 'd', url: { index: 'a' } }], config: { axis: { gridColor: 'red' } } }) });
    const { object } = kind('v', 'V', logs, { fields: {} });
    const { spec: stored } = (JSON.parse(String(object.attributes['visState'])) as { params: { spec: string } }).params;
    for (const theme of ['light', 'dark'] as const) {
      const drawn = vegaViewOf(object, new Map([['d', { took: 1 } as object]]), { theme }).spec;
      expect({ ...drawn, width: 640, height: 320 }).toEqual(vegaPreview(JSON.parse(stored) as never, { d: { took: 1 } }, { theme }));
    }
  });

  it('is told from other visualizations', () => {
    expect(isVega(asking({}))).toBe(true);
    expect(isVega({ ...asking({}), attributes: { visState: '{' } })).toBe(false);
    expect(bundle(line('l', 'L', logs, { x: dateHistogram('@timestamp'), y: count() })).objects.map(isVega)).toEqual([false, false]);
  });
});
