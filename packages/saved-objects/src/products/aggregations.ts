/** A field's type as an index pattern says it. */
export type PatternFieldType = 'number' | 'string' | 'date' | 'ip' | 'boolean' | 'geo_point' | 'histogram';

/** What an aggregation of a visualization needs. */
export interface AggregationFacts {
  readonly group: 'metrics' | 'buckets';
  /** The types of fields that it takes; `any`; or none for one that has no field. */
  readonly fields: readonly PatternFieldType[] | 'any' | 'none';
  /** It works on what another aggregation of the visualization gave, or on one of its own. */
  readonly pipeline?: 'parent' | 'sibling';
}

/**
 * The aggregations of OpenSearch Dashboards and Kibana 7.10, by their names in `visState`. From
 * src/plugins/data/common/search/aggs of OpenSearch Dashboards (`filterFieldTypes` of each field parameter).
 */
export const AGGREGATIONS = {
  count: { group: 'metrics', fields: 'none' },
  avg: { group: 'metrics', fields: ['number', 'histogram'] },
  sum: { group: 'metrics', fields: ['number', 'histogram'] },
  median: { group: 'metrics', fields: ['number', 'date', 'histogram'] },
  min: { group: 'metrics', fields: ['number', 'date'] },
  max: { group: 'metrics', fields: ['number', 'date'] },
  std_dev: { group: 'metrics', fields: ['number'] },
  cardinality: { group: 'metrics', fields: 'any' },
  percentiles: { group: 'metrics', fields: ['number', 'date', 'histogram'] },
  percentile_ranks: { group: 'metrics', fields: ['number', 'histogram'] },
  top_hits: { group: 'metrics', fields: 'any' },
  geo_bounds: { group: 'metrics', fields: ['geo_point'] },
  geo_centroid: { group: 'metrics', fields: ['geo_point'] },
  derivative: { group: 'metrics', fields: 'none', pipeline: 'parent' },
  cumulative_sum: { group: 'metrics', fields: 'none', pipeline: 'parent' },
  moving_avg: { group: 'metrics', fields: 'none', pipeline: 'parent' },
  serial_diff: { group: 'metrics', fields: 'none', pipeline: 'parent' },
  avg_bucket: { group: 'metrics', fields: 'none', pipeline: 'sibling' },
  sum_bucket: { group: 'metrics', fields: 'none', pipeline: 'sibling' },
  min_bucket: { group: 'metrics', fields: 'none', pipeline: 'sibling' },
  max_bucket: { group: 'metrics', fields: 'none', pipeline: 'sibling' },
  date_histogram: { group: 'buckets', fields: ['date'] },
  histogram: { group: 'buckets', fields: ['number'] },
  range: { group: 'buckets', fields: ['number'] },
  date_range: { group: 'buckets', fields: ['date'] },
  ip_range: { group: 'buckets', fields: ['ip'] },
  terms: { group: 'buckets', fields: ['number', 'boolean', 'date', 'ip', 'string'] },
  significant_terms: { group: 'buckets', fields: ['string'] },
  filter: { group: 'buckets', fields: 'none' },
  filters: { group: 'buckets', fields: 'none' },
  geohash_grid: { group: 'buckets', fields: ['geo_point'] },
  geotile_grid: { group: 'buckets', fields: ['geo_point'] },
} as const satisfies Readonly<Record<string, AggregationFacts>>;

/** The name of an aggregation. */
export type AggregationName = keyof typeof AGGREGATIONS;
/** Those that give a value. */
export type MetricAggregation = { [Name in AggregationName]: (typeof AGGREGATIONS)[Name]['group'] extends 'metrics' ? Name : never }[AggregationName];
/** Those that split. */
export type BucketAggregation = Exclude<AggregationName, MetricAggregation>;

/** The facts of an aggregation, if the products have one of that name. */
export function aggregationFacts(name: unknown): AggregationFacts | undefined {
  return typeof name === 'string' && Object.hasOwn(AGGREGATIONS, name) ? AGGREGATIONS[name as AggregationName] : undefined;
}
