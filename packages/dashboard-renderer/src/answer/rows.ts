import { PodscopeError } from '@podscope/core';
import { FILTERED, isMetric } from '../request/aggregations.ts';
import type { ValueBounds } from '../request/aggregationTypes.ts';
import { keyOf, type KeyOfBucket } from './bucketKeys.ts';
import { filterEntries } from '../request/bucketRequests.ts';
import { dropsBucket } from './dateBuckets.ts';
import { visibleLine } from '../escape.ts';
import { type MetricAnswer, metricColumns, valueOf } from './metricValues.ts';
import type { IndexPattern, StoredAggregation, VisState } from '../savedObjects.ts';
import type { ResolvedRange } from '../time/time.ts';

/** The part of a search's response that panels read. */
export interface SearchResponse {
  readonly hits?: { readonly total?: number | { readonly value: number }; readonly hits?: readonly unknown[] };
  readonly aggregations?: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

/** A bucket on the way from the outermost to a row. */
export interface BucketKey extends KeyOfBucket {
  readonly aggregation: StoredAggregation;
  /** The bucket's own numbers by column: counts always, others where the request asks for them at every level. */
  readonly values: ReadonlyMap<string, MetricAnswer>;
  readonly bucket: RawBucket;
}

/** One innermost bucket: where it stands and its numbers by column. */
export interface Row {
  readonly keys: readonly BucketKey[];
  readonly values: ReadonlyMap<string, MetricAnswer>;
  readonly bucket: RawBucket;
}

/** What reading a response depends on. */
export interface ReadSetting {
  readonly pattern: IndexPattern | undefined;
  readonly range: ResolvedRange;
  readonly timeZone: string;
  /** Of numeric histograms, by their id. */
  readonly bounds?: ReadonlyMap<string, ValueBounds>;
}

/** A bucket of a response. */
export interface RawBucket {
  readonly key?: string | number;
  readonly key_as_string?: string;
  readonly doc_count: number;
  readonly from?: number | string;
  readonly to?: number | string;
  readonly [aggregation: string]: unknown;
}

/** How many documents matched. */
export function totalOf(response: SearchResponse): number {
  const total = response.hits?.total ?? 0;
  return typeof total === 'number' ? total : total.value;
}

/** @throws PodscopeError `RENDERER_SEARCH_FAILED` when the response is an error. */
export function checkResponse(response: SearchResponse, title: string): void {
  if (response.error === undefined) return;
  const error = response.error as { readonly reason?: string; readonly root_cause?: readonly { readonly reason?: string }[] };
  const reason = error.root_cause?.[0]?.reason ?? error.reason ?? 'no reason given';
  throw new PodscopeError('RENDERER_SEARCH_FAILED', `The search of "${title}" failed: ${visibleLine(reason)}`, {
    hint: 'Check that the fields of the visualization are in the index, and its filter.',
  });
}

/** The buckets of a visualization, from the outermost inwards. */
export function bucketAggregations(state: VisState): readonly StoredAggregation[] {
  return state.aggs.filter((each) => !isMetric(each));
}

/** Every innermost bucket of a response as a row. A visualization without buckets has one row. */
export function rowsOf(state: VisState, response: SearchResponse, setting: ReadSetting): readonly Row[] {
  const buckets = bucketAggregations(state);
  const columns = metricColumns(state);
  const valuesOf = (bucket: RawBucket): ReadonlyMap<string, MetricAnswer> => new Map(columns.map((column) => [column.id, valueOf(column, bucket)]));
  const rows: Row[] = [];
  const walk = (depth: number, level: RawBucket, keys: readonly BucketKey[]): void => {
    const aggregation = buckets[depth];
    if (!aggregation) {
      rows.push({ keys, values: valuesOf(level), bucket: level });
      return;
    }
    const filtered = level[FILTERED] as RawBucket | undefined;
    const named = inStoredOrder(aggregation, namedBuckets((filtered ?? level)[aggregation.id]));
    const found = named.filter(([, bucket]) => !dropsBucket(aggregation, bucket, setting));
    const beside = found.map(([, bucket]) => bucket);
    for (const [name, bucket] of found) {
      walk(depth + 1, bucket, [...keys, { aggregation, bucket, values: valuesOf(bucket), ...keyOf(aggregation, name, bucket, beside, setting) }]);
    }
  };
  walk(0, { ...response.aggregations, doc_count: totalOf(response) }, []);
  return rows;
}

/** The buckets of a result with their names, whether they came as a list or keyed. */
export function namedBuckets(result: unknown): readonly (readonly [string, RawBucket])[] {
  const buckets = (result as { readonly buckets?: readonly RawBucket[] | Readonly<Record<string, RawBucket>> } | undefined)?.buckets;
  if (buckets === undefined) return [];
  if (Array.isArray(buckets)) return (buckets as readonly RawBucket[]).map((bucket) => [String(bucket.key_as_string ?? bucket.key), bucket]);
  return Object.entries(buckets as Readonly<Record<string, RawBucket>>);
}

/** The server sorts filters by name and ranges by their ends; the product shows both as they are stored. */
function inStoredOrder(aggregation: StoredAggregation, found: readonly (readonly [string, RawBucket])[]): readonly (readonly [string, RawBucket])[] {
  if (aggregation.type === 'filters') {
    const names = filterEntries(aggregation).map(({ name }) => name);
    return found.toSorted(([a], [b]) => names.indexOf(a) - names.indexOf(b));
  }
  if (aggregation.type !== 'range') return found;
  const ranges = (aggregation.params['ranges'] ?? []) as readonly { readonly from?: number | null; readonly to?: number | null }[];
  const place = ({ from, to }: RawBucket): number => ranges.findIndex((range) => (range.from ?? undefined) === from && (range.to ?? undefined) === to);
  return found.toSorted(([, a], [, b]) => place(a) - place(b));
}
