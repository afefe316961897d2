import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rebuildSearches, toNdjson } from './search.ts';

const patterns = new Set(['apache-*', 'redis-*']);
const rebuild = (body: unknown, index: unknown = 'apache-*') => rebuildSearches({ searches: [{ index, body }] }, patterns)[0];

function codeOf(doing: () => unknown): string {
  try {
    doing();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'accepted';
}

const dashboard = {
  size: 0,
  stored_fields: ['*'],
  script_fields: {},
  docvalue_fields: [{ field: '@timestamp', format: 'date_time' }],
  _source: { excludes: [] },
  track_total_hits: true,
  query: {
    bool: {
      must: [{ query_string: { query: 'status:404 AND url.path:/gone*', analyze_wildcard: true, time_zone: 'Europe/Berlin' } }],
      filter: [
        { match_all: {} },
        { match_phrase: { 'url.path': '/gone' } },
        { match_phrase: { 'url.path': { query: '/gone' } } },
        { range: { '@timestamp': { gte: 'now-15m', lte: 'now', format: 'strict_date_optional_time' } } },
        { terms: { 'http.response.status_code': [404, 500] } },
        { exists: { field: 'url.path' } },
      ],
      should: [],
      must_not: { term: { 'user_agent.original.keyword': { value: 'x' } } },
      minimum_should_match: 0,
    },
  },
  aggs: {
    2: {
      date_histogram: { field: '@timestamp', fixed_interval: '30s', time_zone: 'UTC', min_doc_count: 1 },
      aggs: {
        3: {
          terms: { field: 'http.response.status_code', order: { _count: 'desc' }, size: 5 },
          aggs: { 1: { percentiles: { field: 'event.duration_us', percents: [50, 95] } }, d: { derivative: { buckets_path: '1.50' } } },
        },
      },
    },
  },
};

describe('rebuildSearches', () => {
  it('builds what a dashboard sends, without what is only the default', () => {
    const { stored_fields: _fields, script_fields: _scripts, ...kept } = dashboard;
    expect(rebuild(dashboard)).toEqual({ index: 'apache-*', body: { ...kept, timeout: '10s' } });
  });

  it('makes its own copy', () => {
    const query = { match_all: {} };
    const built = rebuild({ query });
    expect(built?.body['query']).toEqual(query);
    expect(built?.body['query']).not.toBe(query);
  });

  it('puts its own timeout in place of the asked one', () => {
    expect(rebuild({ timeout: '1h', terminate_after: 5 })?.body).toEqual({ timeout: '10s' });
  });

  it('asks for empty buckets only between near bounds', () => {
    const histogramOf = (parameters: object) =>
      rebuild({ aggs: { a: { date_histogram: { field: 't', ...parameters } } } })?.body['aggs'] as { a: { date_histogram: { min_doc_count: number } } };
    const least = (parameters: object) => histogramOf(parameters).a.date_histogram.min_doc_count;
    const hour = { min: 0, max: 3_600_000 };
    expect(least({ fixed_interval: '1s', min_doc_count: 0 })).toBe(1);
    expect(least({ fixed_interval: '1s' })).toBe(1);
    expect(least({ fixed_interval: '1s', min_doc_count: 0, extended_bounds: { min: 0, max: 1e15 } })).toBe(1);
    expect(histogramOf({ fixed_interval: '1s', extended_bounds: { min: 0, max: 1e15 } }).a.date_histogram).not.toHaveProperty('extended_bounds');
    expect(least({ fixed_interval: '1s', min_doc_count: 0, hard_bounds: hour })).toBe(0);
    expect(least({ fixed_interval: '500ms', min_doc_count: 0, hard_bounds: hour })).toBe(1);
    expect(least({ fixed_interval: '1s', min_doc_count: 0, hard_bounds: { min: 0, max: 'now' } })).toBe(1);
    expect(least({ fixed_interval: '1s', min_doc_count: 0, hard_bounds: { min: 9, max: 1 } })).toBe(1);
    expect(least({ min_doc_count: 0, hard_bounds: hour })).toBe(1);
    expect(least({ calendar_interval: '1d', min_doc_count: 0, hard_bounds: { min: '2026-01-01', max: '2026-02-01' } })).toBe(0);
    expect(least({ fixed_interval: '1s', min_doc_count: 7, hard_bounds: hour })).toBe(7);
    expect(rebuild({ aggs: { b: { histogram: { field: 'n', interval: 1 } } } })?.body['aggs']).toEqual({
      b: { histogram: { field: 'n', interval: 1, min_doc_count: 1 } },
    });
  });

  it('writes two lines a search', () => {
    expect(toNdjson(rebuildSearches({ searches: [{ index: 'redis-*', body: { size: 0 } }] }, patterns))).toBe(
      '{"index":"redis-*","ignore_unavailable":true}\n{"size":0,"timeout":"10s"}\n',
    );
  });
});

describe('the index', () => {
  it.each(['*', '_all', 'apache-*,.kibana', '.kibana', 'apache-1', '-apache-*', 'apache-*/_search', '', null, ['apache-*'], 'APACHE-*', '__proto__'])(
    'refuses %j',
    (index) => {
      expect(codeOf(() => rebuild({}, index))).toBe('CONSOLE_INDEX_REFUSED');
    },
  );

  it.each(['*', '.kibana*', 'a,b', '-a'])('refuses %j even when it is installed', (title) => {
    expect(codeOf(() => rebuildSearches({ searches: [{ index: title, body: {} }] }, new Set([title])))).toBe('CONSOLE_INDEX_REFUSED');
  });
});

const script = { source: 'System.exit(0)', lang: 'painless' };
const hostile: readonly (readonly [string, unknown])[] = [
  ['a script field', { script_fields: { a: { script } } }],
  ['a script query', { query: { script: { script } } }],
  ['a script score', { query: { function_score: { query: { match_all: {} }, script_score: { script } } } }],
  ['a script in terms', { aggs: { a: { terms: { script } } } }],
  ['a script beside a field', { aggs: { a: { avg: { field: 'x', script } } } }],
  ['a scripted metric', { aggs: { a: { scripted_metric: { map_script: script } } } }],
  ['a bucket script', { aggs: { a: { bucket_script: { buckets_path: 'x', script } } } }],
  ['a moving function', { aggs: { a: { moving_fn: { buckets_path: 'x', script: 'x', window: 1 } } } }],
  ['a script in sort', { sort: [{ _script: { type: 'number', script } }] }],
  ['a script in top hits', { aggs: { a: { top_hits: { script_fields: { a: { script } } } } } }],
  ['a terms lookup', { query: { terms: { user: { index: '.kibana', id: '1', path: 'x' } } } }],
  ['a lookup in a list', { query: { terms: { user: [{ index: '.kibana' }] } } }],
  ['two fields in terms', { query: { terms: { a: [1], b: [2] } } }],
  ['an index in the body', { index: '.kibana', query: { match_all: {} } }],
  ['a shape from another index', { query: { geo_shape: { a: { indexed_shape: { index: 'x', id: '1' } } } } }],
  ['more like this', { query: { more_like_this: { like: [{ _index: '.kibana', _id: '1' }] } } }],
  ['percolation', { query: { percolate: { field: 'q', index: 'x', id: '1' } } }],
  ['a wrapper', { query: { wrapper: { query: 'e30=' } } }],
  ['a template', { query: { template: {} } }],
  ['runtime fields', { runtime_mappings: {} }],
  ['derived fields', { derived: {} }],
  ['a point in time', { pit: { id: 'x' } }],
  ['a search pipeline', { search_pipeline: { request_processors: [] } }],
  ['suggestions', { suggest: {} }],
  ['collapse', { collapse: { field: 'x' } }],
  ['rescoring', { rescore: {} }],
  ['a profile', { profile: true }],
  ['a slice', { slice: { id: 0, max: 2 } }],
  ['two queries', { query: { match_all: {}, term: { a: 1 } } }],
  ['no query', { query: {} }],
  ['a list for a query', { query: [] }],
  ['null for a query', { query: null }],
  ['too many hits', { size: 501 }],
  ['negative hits', { size: -1 }],
  ['half a hit', { size: 1.5 }],
  ['hits as text', { size: '10' }],
  ['hits too deep', { size: 500, from: 9_501 }],
  ['too many buckets', { aggs: { a: { terms: { field: 'a', size: 501 } } } }],
  ['too many nested buckets', { aggs: { a: { terms: { field: 'a', size: 500 }, aggs: { b: { terms: { field: 'b', size: 500 }, aggs: { c: { avg: { field: 'd' } } } } } } } }],
  ['an interval of a millisecond', { aggs: { a: { date_histogram: { field: 'a', fixed_interval: '1ms' } } } }],
  ['a composite', { aggs: { a: { composite: { sources: [] } } } }],
  ['all documents', { aggs: { a: { global: {} } } }],
  ['two kinds', { aggs: { a: { avg: { field: 'a' }, max: { field: 'a' } } } }],
  ['no kind', { aggs: { a: { aggs: { b: { avg: { field: 'a' } } } } } }],
  ['aggregations twice', { aggs: {}, aggregations: {} }],
  ['nested aggregations twice', { aggs: { a: { terms: { field: 'a' }, aggs: {}, aggregations: {} } } }],
  ['many top hits', { aggs: { a: { top_hits: { size: 11 } } } }],
  ['a long query text', { query: { query_string: { query: 'a'.repeat(2_001) } } }],
  ['a long term', { query: { term: { a: 'a'.repeat(2_049) } } }],
  ['many terms', { query: { terms: { a: Array.from({ length: 1_001 }, (_, index) => index) } } }],
  ['many clauses', { query: { bool: { must: Array.from({ length: 201 }, () => ({ match_all: {} })) } } }],
  ['a member with a strange name', { 'a\u001b[31m': 1 }],
  ['a field with a strange name', { query: { term: { 'a b"': 1 } } }],
  ['a number as a field', { aggs: { a: { avg: { field: 1 } } } }],
];

describe('hostile searches', () => {
  it.each(hostile)('refuses %s', (_, body) => {
    expect(codeOf(() => rebuild(body))).toBe('CONSOLE_SEARCH_REFUSED');
  });

  it.each([
    '{"__proto__":{"size":1}}',
    '{"query":{"__proto__":{"match_all":{}}}}',
    '{"query":{"constructor":{}}}',
    '{"query":{"toString":{}}}',
    '{"query":{"term":{"__proto__":"x"}}}',
    '{"query":{"term":{"a.__proto__.b":"x"}}}',
    '{"query":{"terms":{"__proto__":["x"]}}}',
    '{"aggs":{"__proto__":{"avg":{"field":"a"}}}}',
    '{"aggs":{"a":{"__proto__":{}}}}',
    '{"aggs":{"a":{"terms":{"field":"a","order":{"__proto__":"asc"}}}}}',
    '{"aggs":{"a":{"filters":{"filters":{"__proto__":{"match_all":{}}}}}}}',
    '{"sort":[{"__proto__":"asc"}]}',
    '{"constructor":1}',
  ])('refuses %s, and nothing is polluted', (json) => {
    expect(codeOf(() => rebuild(JSON.parse(json)))).toBe('CONSOLE_SEARCH_REFUSED');
    expect(Object.prototype).not.toHaveProperty('size');
  });

  it('refuses 5,000 levels without falling over', () => {
    const bools = JSON.parse(`${'{"bool":{"must":'.repeat(5_000)}{}${'}}'.repeat(5_000)}`) as unknown;
    expect(codeOf(() => rebuild({ query: bools }))).toBe('CONSOLE_SEARCH_REFUSED');
    const aggs = JSON.parse(`${'{"a":{"filter":{"match_all":{}},"aggs":'.repeat(5_000)}{}${'}}'.repeat(5_000)}`) as unknown;
    expect(codeOf(() => rebuild({ aggs }))).toBe('CONSOLE_SEARCH_REFUSED');
    const lists = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) as unknown;
    expect(codeOf(() => rebuild({ sort: lists }))).toBe('CONSOLE_SEARCH_REFUSED');
  });

  it('refuses more parts than a dashboard has', () => {
    const aggs = Object.fromEntries(
      Array.from({ length: 50 }, (_, outer) => [
        outer,
        { filters: { filters: Array.from({ length: 50 }, () => ({ bool: { filter: [{ match_all: {} }] } })) } },
      ]),
    );
    expect(codeOf(() => rebuild({ aggs }))).toBe('CONSOLE_SEARCH_REFUSED');
  });

  it.each([null, [], 'x', {}, { searches: [] }, { searches: {} }, { searches: [null] }, { searches: [{ index: 'apache-*' }] }, { searches: [{ index: 'apache-*', body: {}, preference: 'x' }] }, { searches: [], other: 1 }, { searches: Array.from({ length: 51 }, () => ({ index: 'apache-*', body: {} })) }])(
    'refuses the request %#',
    (request) => {
      expect(codeOf(() => rebuildSearches(request, patterns))).toBe('CONSOLE_SEARCH_REFUSED');
    },
  );

  it('never repeats what it refused with control characters', () => {
    expect(() => rebuild({ query: { '\u001b]8;;http://x\u0007': {} } })).toThrowError(/^[\x20-\x7e]*$/u);
  });
});

const corpus = process.env['PODSCOPE_CORPUS'];
const golden = corpus === undefined ? undefined : path.join(corpus, 'golden');
const present = golden !== undefined && existsSync(golden);

interface Recorded {
  readonly requests: readonly { readonly path: string; readonly request: { readonly params?: { readonly body?: Readonly<Record<string, unknown>> } } }[];
}

describe(present ? 'requests of a real OpenSearch Dashboards' : 'requests of a real OpenSearch Dashboards (not run: PODSCOPE_CORPUS names no folder with golden)', () => {
  it.runIf(present)('are accepted, unless they have a script, a map, a composite or 10,000 hits', () => {
    let accepted = 0;
    for (const file of readdirSync(golden ?? '', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('requests.json'))) {
      for (const { path: target, request } of (JSON.parse(readFileSync(path.join(golden ?? '', file), 'utf8')) as Recorded).requests) {
        if (!target.includes('search')) continue;
        // The sample data's pattern has a scripted field, which every request asks for.
        const body = { ...(request.params?.body ?? (request as Readonly<Record<string, unknown>>)), script_fields: {} };
        const beyond = /"script":|"geotile_grid":|"composite":|"size":10000/u.test(JSON.stringify(body));
        expect(codeOf(() => rebuild(body)), file).toBe(beyond ? 'CONSOLE_SEARCH_REFUSED' : 'accepted');
        if (!beyond) accepted += 1;
      }
    }
    expect(accepted).toBeGreaterThan(30);
  });
});
