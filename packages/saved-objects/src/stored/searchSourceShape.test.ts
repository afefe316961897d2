import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../read/storedObject.ts';
import { decodeAttributes } from './innerJson.ts';
import { shapeProblems } from './shapeProblems.ts';
import type { StoredFilter } from './shapes/filter.ts';
import type { QueryClause } from './shapes/query/queryDsl.ts';
import type { SearchSource } from './shapes/searchSource.ts';

const filters: readonly StoredFilter[] = [
  { meta: { type: 'phrase', key: 'pod', params: { query: 'guestbook' }, negate: false, disabled: false, alias: null, indexRefName: 'kibanaSavedObjectMeta.searchSourceJSON.filter[0].meta.index' }, query: { match_phrase: { pod: 'guestbook' } }, $state: { store: 'appState' } },
  { meta: { type: 'phrase', key: 'pod', value: 'guestbook', params: { query: 'guestbook', type: 'phrase' } }, query: { match: { pod: { query: 'guestbook', type: 'phrase' } } } },
  { meta: { type: 'phrases', key: 'status', value: '500, 503', params: [500, '503'] }, query: { bool: { should: [{ match_phrase: { status: 500 } }, { match_phrase: { status: '503' } }], minimum_should_match: 1 } } },
  { meta: { type: 'range', key: 'bytes', params: { gte: 10, lt: null }, formattedValue: '10 to Infinity' }, range: { bytes: { gte: 10, lt: null } } },
  { meta: { type: 'exists', key: 'pod', value: 'exists' }, exists: { field: 'pod' }, $state: { store: 'globalState' } },
  { meta: { type: 'match_all', key: 'match_all', value: {} }, match_all: {} },
  { meta: { type: 'custom', key: 'bool', alias: 'Errors', value: { must_not: [{ term: { level: 'info' } }] } }, bool: { must_not: [{ term: { level: 'info' } }] } },
  { meta: { type: 'custom', key: 'query', value: { wildcard: { pod: 'guest*' } } }, query: { wildcard: { pod: { value: 'guest*', case_insensitive: true } } } },
  { meta: { type: 'range', key: 'age', field: 'age', params: { gte: 1 } }, script: { script: { source: 'params.gte', lang: 'painless', params: { gte: 1 } } } },
  { meta: { type: 'geo_bounding_box', key: 'place', params: { top_left: { lat: 50, lon: 10 }, bottom_right: { lat: 40, lon: 20 } } }, geo_bounding_box: { ignore_unmapped: true, place: { top_left: { lat: 50, lon: 10 }, bottom_right: { lat: 40, lon: 20 } } } },
  { meta: { type: 'geo_polygon', key: 'place', params: { points: [{ lat: 50, lon: 10 }] } }, geo_polygon: { place: { points: [{ lat: 50, lon: 10 }] } } },
  { meta: { type: 'combined', relation: 'OR', params: [{ meta: { type: 'exists' }, query: { exists: { field: 'pod' } } }] } },
];

const queries: readonly QueryClause[] = [
  { multi_match: { query: 'error', fields: ['message^2', 'log'], type: 'phrase' } },
  { query_string: { query: 'status:500', analyze_wildcard: true, default_field: '*' } },
  { terms: { pod: ['a', 'b'], boost: 2 } },
  { terms: { pod: { index: 'pods', id: '1', path: 'names' } } },
  { nested: { path: 'spans', query: { term: { 'spans.name': { value: 'GET' } } }, score_mode: 'avg' } },
  { has_child: { type: 'answer', query: { match_all: {} } } },
  { function_score: { query: { match_all: { boost: 2 } }, functions: [{ filter: { prefix: { pod: 'g' } }, weight: 3 }, { gauss: { at: { origin: 'now', scale: '1d' } } }], boost_mode: 'replace' } },
  { geo_distance: { distance: '10km', place: [10, 50] } },
  { geo_shape: { area: { shape: { type: 'polygon', coordinates: [[[0, 0], [0, 1], [1, 1], [0, 0]]] }, relation: 'within' } } },
  { span_near: { clauses: [{ span_term: { message: 'time' } }, { span_term: { message: { value: 'out' } } }], slop: 1, in_order: true } },
  { dis_max: { queries: [{ ids: { values: ['1'] } }, { fuzzy: { pod: { value: 'gust', fuzziness: 'AUTO' } } }] } },
  { regexp: { pod: { value: 'g.*', flags: 'ALL' } } },
];

const source: SearchSource = { query: { query: 'status >= 500', language: 'kuery' }, filter: filters, indexRefName: 'kibanaSavedObjectMeta.searchSourceJSON.index', highlightAll: true, version: true, sort: [{ '@timestamp': 'desc' }] };

const attributes = (searchSourceJSON: SearchSource | Json): JsonObject => ({ title: 'Errors', kibanaSavedObjectMeta: { searchSourceJSON: searchSourceJSON as Json } });

describe('search sources', () => {
  it('fit as they are', () => {
    expect(shapeProblems('search', attributes(source))).toEqual([]);
  });

  it.each(filters.map((filter, at) => [`${at}: ${filter.meta?.type}`, filter] as const))('fit with one filter: %s', (_, filter) => {
    expect(shapeProblems('search', attributes({ filter: [filter] }))).toEqual([]);
  });

  it.each(queries.map((query) => [Object.keys(query)[0], query] as const))('fit with one query: %s', (_, query) => {
    expect(shapeProblems('search', attributes({ query: { query, language: 'lucene' } }))).toEqual([]);
    expect(shapeProblems('search', attributes({ query }))).toEqual([]);
    expect(shapeProblems('search', attributes({ filter: [{ meta: { type: 'custom', key: 'query', value: query }, query }] }))).toEqual([]);
  });

  it('fit when the value of a filter is text that holds what stands under its key', () => {
    const bodies: readonly (readonly [string, Json])[] = [['bool', { must: [{ exists: { field: 'a' } }] }], ['range', { a: { gte: 1 } }], ['exists', { field: 'a' }], ['terms', { a: ['b'] }], ['nested', { path: 'a', query: { match_all: {} } }]];
    for (const [key, body] of bodies) {
      const decoded = decodeAttributes('search', { kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify({ filter: [{ meta: { type: 'custom', key, value: JSON.stringify(body) }, [key]: body }] }) } });
      expect(shapeProblems('search', decoded), key).toEqual([]);
    }
  });

  it.each<[string, Json, (string | number)[], string]>([
    ['an unknown member', { filters: [] }, ['filters'], 'is not known'],
    ['an unknown member of a filter', { filter: [{ meta: {}, state: {} }] }, ['filter', 0, 'state'], 'is not known'],
    ['a type of filter that there is not', { filter: [{ meta: { type: 'equals' } }] }, ['filter', 0, 'meta', 'type'], 'must be one of "phrase", "phrases", "range", "range_from_value", "exists", "missing", "match_all", "custom", "query_string", "combined", "script", "geo_bounding_box", "geo_polygon", "spatial_filter", "unknown"'],
    ['a query that there is not', { filter: [{ query: { matches: { a: 'b' } } }] }, ['filter', 0, 'query', 'matches'], 'is not known'],
    ['an unknown member inside a query', { filter: [{ query: { bool: { should: [{ range: { a: { above: 1 } } }] } } }] }, ['filter', 0, 'query', 'bool', 'should', 0, 'range', 'a', 'above'], 'is not known'],
    ['a number that is text', { highlight: { fragment_size: 'all' } }, ['highlight', 'fragment_size'], 'must be number'],
    ['a wrong operator', { query: { query: { multi_match: { query: 'a', operator: 'xor' } } } }, ['query', 'query', 'multi_match', 'operator'], 'must be one of "and", "or", "AND", "OR"'],
  ])('are told from those with %s', (_, json, path, what) => {
    expect(shapeProblems('search', attributes(json))).toEqual([{ path: ['kibanaSavedObjectMeta', 'searchSourceJSON', ...path], what }]);
  });
});
