import type { Bucket } from '../aggregations/buckets.ts';
import type { PlacedBucket } from '../aggregations/storedAggregations.ts';

/** A value or several, as a list. */
export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** Buckets in one slot of a visualization. */
export function placed(buckets: readonly Bucket[], schema: PlacedBucket['schema']): readonly PlacedBucket[] {
  return buckets.map((bucket) => ({ schema, bucket }));
}

/** The whole once for each bucket, below each other or side by side. */
export type Charts<B> = { readonly rows: B } | { readonly columns: B };

/** What splits the whole, and the parameter that says how. */
export function chartsOf(charts: Charts<Bucket> | undefined): { readonly buckets: readonly PlacedBucket[]; readonly params: { readonly row?: boolean } } {
  if (charts === undefined) return { buckets: [], params: {} };
  return 'rows' in charts ? { buckets: placed([charts.rows], 'split'), params: { row: true } } : { buckets: placed([charts.columns], 'split'), params: { row: false } };
}
