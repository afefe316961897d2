import { describe, expect, it } from 'vitest';
import { requestFor, type SavedObject } from '../index.ts';

const fields = [
  { name: '@timestamp', type: 'date' },
  { name: 'status', type: 'number' },
  { name: 'url.path', type: 'string' },
  { name: 'url.query', type: 'string' },
];
const pattern: SavedObject = { type: 'index-pattern', id: 'p', attributes: { title: 'web-*', timeFieldName: '@timestamp', fields: JSON.stringify(fields) }, references: [] };
const search: SavedObject = { type: 'search', id: 's', attributes: { title: 'S', columns: [] }, references: [{ name: 'index', type: 'index-pattern', id: 'p' }] };

interface Bool {
  readonly bool: { readonly must: readonly unknown[]; readonly filter: readonly unknown[]; readonly must_not: readonly unknown[] };
}

function asked(options: Omit<Parameters<typeof requestFor>[2], 'timeRange'>): Bool['bool'] {
  const request = requestFor(search, [pattern, search], { timeRange: { from: '2026-01-01T00:00:00Z', to: '2026-01-01T01:00:00Z' }, ...options });
  return (request?.body['query'] as Bool).bool;
}

const any = (...should: readonly unknown[]): unknown => ({ bool: { should, minimum_should_match: 1 } });
const range = { range: { '@timestamp': { gte: '2026-01-01T00:00:00.000Z', lte: '2026-01-01T01:00:00.000Z', format: 'strict_date_optional_time' } } };

describe('DQL', () => {
  it.each<[string, unknown]>([
    ['', { match_all: {} }],
    ['status: 404', any({ match: { status: 404 } })],
    ['status>=400', any({ range: { status: { gte: 400 } } })],
    ['url.path: "/a b"', any({ match_phrase: { 'url.path': '/a b' } })],
    ['url.path: not found', any({ match: { 'url.path': 'not found' } })],
    ['url.path: /x\\:y', any({ match: { 'url.path': '/x:y' } })],
    ['url.path: /promo/*', any({ query_string: { fields: ['url.path'], query: '\\/promo\\/*' } })],
    ['url.path: *', any({ exists: { field: 'url.path' } })],
    ['url.*: x', any({ match: { 'url.path': 'x' } }, { match: { 'url.query': 'x' } })],
    ['nothing*: 1', { match_none: {} }],
    ['*.path: 1', any({ match: { 'url.path': 1 } })],
    ['u*l.q*y: 1', any({ match: { 'url.query': 1 } })],
    ['url.path*path: 1', { match_none: {} }],
    [`${'*u*r*l'.repeat(40)}*x: 1`, { match_none: {} }],
    ['@timestamp: "2026-01-01"', any({ range: { '@timestamp': { gte: '2026-01-01', lte: '2026-01-01', time_zone: 'UTC' } } })],
    ['hello', { multi_match: { type: 'best_fields', query: 'hello', lenient: true } }],
    ['"hello you"', { multi_match: { type: 'phrase', query: 'hello you', lenient: true } }],
    ['status: true', any({ match: { status: true } })],
    ['not status: 1', { bool: { must_not: any({ match: { status: 1 } }) } }],
    ['status: (1 or 2)', any(any({ match: { status: 1 } }), any({ match: { status: 2 } }))],
    ['status < 1 AND (status: 2 or orders)', {
      bool: { filter: [any({ range: { status: { lt: 1 } } }), any(any({ match: { status: 2 } }), { multi_match: { type: 'best_fields', query: 'orders', lenient: true } })] },
    }],
  ])('%s', (query, clause) => {
    expect(asked({ query })).toEqual({ must: [], filter: [clause, range], should: [], must_not: [] });
  });

  it.each(['(status: 1', 'status:', 'status: 1)', 'a and', '{', ':x', '('.repeat(5000), 'not '.repeat(5000), `a: (${'not '.repeat(20_000)}b)`, `a: ${'('.repeat(5000)}`])('refuses %.20s', (query) => {
    expect(() => asked({ query })).toThrowError(expect.objectContaining({ code: 'RENDERER_QUERY_INVALID' }));
  });
});

describe('what narrows a search', () => {
  it('sends Lucene as it is', () => {
    expect(asked({ query: { query: 'status:[400 TO 499]', language: 'lucene' } }).must).toEqual([{ query_string: { query: 'status:[400 TO 499]', analyze_wildcard: true, time_zone: 'UTC' } }]);
  });

  it('joins the query bar’s query with the dashboard’s, each once', () => {
    const query = { query: 'status: 1', language: 'kuery' };
    expect(asked({ query, dashboardQuery: query }).filter).toEqual([any({ match: { status: 1 } }), range]);
  });

  it('applies filters, and leaves out those on fields that the pattern does not have', () => {
    const { filter, must_not } = asked({
      filters: [
        { field: 'status', value: 404 },
        { field: 'redis.instance', value: 'x' },
        { field: 'url.path', value: '/', negate: true },
        { field: '@timestamp', gte: 5, lt: 9 },
        { query: 'status >= 500', language: 'kuery', label: '5xx' },
      ],
    });
    expect(filter).toEqual([
      { match_all: {} },
      { match_phrase: { status: 404 } },
      { range: { '@timestamp': { gte: 5, lt: 9, format: 'epoch_millis' } } },
      { bool: { must: [], filter: [any({ range: { status: { gte: 500 } } })], should: [], must_not: [] } },
      range,
    ]);
    expect(must_not).toEqual([{ match_phrase: { 'url.path': '/' } }]);
  });
});
