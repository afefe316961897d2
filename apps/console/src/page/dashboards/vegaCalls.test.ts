import { expect, it } from 'vitest';
import { clickedFilters } from './vegaCalls.ts';

it.each([
  [{ match_phrase: { 'kubernetes.pod.name': 'a' } }, { field: 'kubernetes.pod.name', value: 'a' }],
  [{ match_phrase: { a: { query: 'b' } } }, { field: 'a', value: 'b' }],
  [{ term: { status: { value: 404 } } }, { field: 'status', value: 404 }],
  [{ match: { ok: false } }, { field: 'ok', value: false }],
  [{ query_string: { query: 'a:b' } }, { query: 'a:b', language: 'lucene', label: 'a:b' }],
])('a query %j becomes a pill', (query, filter) => {
  expect(clickedFilters('AddFilter', [query, 'apache-*'])).toEqual({ filters: [filter], out: false });
});

it.each([[{ script: { script: 'x' } }], [{ match_phrase: { a: { query: {} } } }], [{ match_phrase: {} }], ['text'], [null], [{}], [{ query_string: {} }]])('a query %j narrows nothing', (query) => {
  expect(clickedFilters('AddFilter', [query]).filters).toEqual([]);
});

it('a span of time becomes the range, whichever end comes first', () => {
  expect(clickedFilters('SetTimeFilter', [2_000, '1970-01-01T00:00:01.000Z']).filters).toEqual([{ field: '@timestamp', gte: 1_000, lt: 2_000 }]);
  expect(clickedFilters('SetTimeFilter', ['now-15m', 'now']).filters).toEqual([]);
  expect(clickedFilters('RemoveAllFilters', []).filters).toEqual([]);
});
