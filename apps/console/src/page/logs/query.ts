import type { SearchRequest } from '../../api/http.ts';
import { type Clause, type Filter, filterClauses } from '../state/filters.ts';
import type { TimeRange } from '../state/timeRange.ts';

/** What the Logs page asks for. */
export interface LogQuery {
  readonly pattern: string;
  /** Lucene's query syntax; empty for everything. */
  readonly text: string;
  readonly filters: readonly Filter[];
  readonly range: TimeRange;
}

/** Documents that one search brings to the page. */
export const PAGE_SIZE = 500;

/** The bool query of a log query. */
export function logClause({ text, filters, range }: Omit<LogQuery, 'pattern'>): Clause {
  const { filter, mustNot } = filterClauses(filters);
  const words = text.trim();
  return {
    bool: {
      filter: [
        { range: { '@timestamp': { gte: range.from, lte: range.to } } },
        ...(words === '' ? [] : [{ query_string: { query: words, lenient: true } }]),
        ...filter,
      ],
      must_not: mustNot,
    },
  };
}

/** The newest documents and their histogram in steps of `stepMs`, which are whole seconds. */
export function logSearch(query: LogQuery, stepMs: number): SearchRequest {
  return {
    index: query.pattern,
    body: {
      size: PAGE_SIZE,
      track_total_hits: true,
      sort: [{ '@timestamp': { order: 'desc' } }],
      query: logClause(query),
      aggs: { time: { date_histogram: { field: '@timestamp', fixed_interval: `${stepMs / 1_000}s`, min_doc_count: 1 } } },
    },
  };
}

/** The most frequent values of a field among what the query finds. */
export function topValuesSearch(query: LogQuery, field: string): SearchRequest {
  return {
    index: query.pattern,
    body: { size: 0, query: logClause(query), aggs: { values: { terms: { field, size: 10 } } } },
  };
}

/** Around a point in time: per pattern what came before, what came after, and bars over the whole window. */
export function aroundSearches(patterns: readonly string[], at: number, spanMs: number, stepMs: number): readonly SearchRequest[] {
  const start = new Date(at - spanMs).toISOString();
  const end = new Date(at + spanMs).toISOString();
  const middle = new Date(at).toISOString();
  const between = (gte: string, below: Clause): Clause => ({ bool: { filter: [{ range: { '@timestamp': { gte, ...below } } }] } });
  return patterns.flatMap((index) => [
    {
      index,
      body: {
        size: 20,
        sort: [{ '@timestamp': { order: 'desc' } }],
        query: between(start, { lt: middle }),
      },
    },
    {
      index,
      body: {
        size: 20,
        sort: [{ '@timestamp': { order: 'asc' } }],
        query: between(middle, { lte: end }),
      },
    },
    {
      index,
      body: {
        size: 0,
        track_total_hits: true,
        query: between(start, { lte: end }),
        aggs: { time: { date_histogram: { field: '@timestamp', fixed_interval: `${stepMs / 1_000}s`, min_doc_count: 1 } } },
      },
    },
  ]);
}
