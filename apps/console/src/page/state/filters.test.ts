import { describe, expect, it } from 'vitest';
import { addFilter, applicableFilters, type Filter, filterClauses, filterText, formatFilters, luceneOf, parseFilters, removeFilter, toggleFilter } from './filters.ts';

const path: Filter = { field: 'url.path', value: '/a', negate: false };
const range: Filter = { field: 'http.response.bytes', gte: 10, lt: 20, negate: true };
const query: Filter = { query: 'log.level: error', language: 'kuery', label: 'errors', negate: false };

describe('filters in the address', () => {
  it('come back as they went in', () => {
    expect(parseFilters(formatFilters([path, range, query]))).toEqual([path, range, query]);
    expect(formatFilters([])).toBeUndefined();
  });

  it.each(['', 'x', '{}', '[1]', '[{"field":""}]', '[{"field":"a","value":{}}]', '[{"field":"a"}]', '[null]'])('drops %j', (text) => {
    expect(parseFilters(text)).toEqual([]);
  });

  it('are at most 24', () => {
    const many = Array.from({ length: 40 }, (_unused, value) => ({ field: 'a', value, negate: false }));
    expect(parseFilters(formatFilters(many))).toHaveLength(24);
  });
});

describe('changing filters', () => {
  it('replaces the opposite', () => {
    expect(addFilter([path], { ...path, negate: true })).toEqual([{ ...path, negate: true }]);
  });

  it('turns round and removes only the one meant', () => {
    expect(toggleFilter([path, range], range)).toEqual([path, { ...range, negate: false }]);
    expect(removeFilter([path, range, query], path)).toEqual([range, query]);
  });
});

it('makes clauses of all kinds', () => {
  expect(filterClauses([path, range, query])).toEqual({
    filter: [{ term: { 'url.path': { value: '/a' } } }, { query_string: { query: 'log.level:error' } }],
    mustNot: [{ range: { 'http.response.bytes': { gte: 10, lt: 20 } } }],
  });
});

it('writes DQL as Lucene', () => {
  expect(luceneOf('status >= 400 and not path: "a and b" or x: y')).toBe('status:>=400 AND NOT path:"a and b" OR x:y');
});

it('says what a filter is about', () => {
  expect([path, range, query].map(filterText)).toEqual(['url.path: /a', '10 ≤ http.response.bytes < 20', 'errors']);
});

it('leaves out filters on fields that a pattern does not have', () => {
  expect(applicableFilters([path, range, query], [{ name: 'url.path' }])).toEqual([path, query]);
  expect(applicableFilters([path], undefined)).toEqual([path]);
});
