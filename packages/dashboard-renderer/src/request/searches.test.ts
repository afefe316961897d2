import { date, defineFields, keyword } from '@podscope/core';
import { count, dataView, dateHistogram, line, timelion, timeSeries, type Visualization } from '@podscope/saved-objects';
import { expect, it } from 'vitest';
import { type SavedObject, searchesFor } from '../index.ts';

const logs = dataView('logs-*', { fields: defineFields({ '@timestamp': date(), host: keyword() }) });
const options = {
  timeRange: { from: 'now-1h', to: 'now' },
  now: Date.parse('2026-11-23T12:00:00.000Z'),
  dashboardQuery: { query: 'host:a', language: 'kuery' },
  filters: [{ field: 'host', value: 'c' }, { field: 'elsewhere', value: 1 }],
};

function bodyOf(object: unknown): Readonly<Record<string, unknown>> {
  return searchesFor(object as SavedObject, [logs.object as unknown as SavedObject], options)[0]?.body ?? {};
}

/** A visualization with a query and a filter of its own. */
function narrowed({ object }: Visualization): unknown {
  const source = { query: { query: 'host:b', language: 'lucene' }, filter: [{ meta: { negate: true }, query: { match_phrase: { host: 'd' } } }] };
  return { ...object, attributes: { ...object.attributes, kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) } } };
}

it('gives TSVB the page’s query and filters, and those that are stored with it', () => {
  const { query, filters } = bodyOf(narrowed(timeSeries('t', 'T', logs, { series: { metric: count() } })));
  expect(query).toEqual([{ query: 'host:a', language: 'kuery' }, { query: 'host:b', language: 'lucene' }]);
  expect(filters).toEqual([
    { meta: { negate: true }, query: { match_phrase: { host: 'd' } } },
    { meta: { negate: false }, query: { match_phrase: { host: 'c' } } },
  ]);
});

it('gives Timelion the query and the filters that are stored with it, too', () => {
  // It has no index pattern, so that no filter is known to be about nothing.
  const clicked = [{ match_phrase: { host: 'c' } }, { match_phrase: { elsewhere: 1 } }];
  expect(bodyOf(narrowed(timelion('t', 'T', '.es(*)', {})))['extended']).toMatchObject({
    opensearch: { filter: { bool: { must: [{ query_string: { query: 'host:b' } }], filter: [{ bool: { should: [{ match: { host: 'a' } }] } }, ...clicked], must_not: [{ match_phrase: { host: 'd' } }] } } },
  });
});

it('tells metrics apart whose ids begin alike', () => {
  const { object } = line('l', 'L', logs, { x: dateHistogram('@timestamp'), y: count() });
  const aggs = [
    { id: '1', type: 'count', schema: 'metric', params: {} },
    { id: '2', type: 'date_histogram', schema: 'segment', params: { field: '@timestamp', interval: 'auto' } },
    { id: '10', type: 'cardinality', schema: 'metric', params: { field: 'host' } },
    { id: '11', type: 'derivative', schema: 'metric', params: { metricAgg: '10' } },
    { id: '12', type: 'derivative', schema: 'metric', params: { metricAgg: '1' } },
  ];
  const stored = { ...object, attributes: { ...object.attributes, visState: JSON.stringify({ type: 'line', params: {}, aggs }) } };
  expect(bodyOf(stored)['aggs']).toMatchObject({ 2: { aggs: { 11: { derivative: { buckets_path: '10' } }, 12: { derivative: { buckets_path: '_count' } } } } });
});
