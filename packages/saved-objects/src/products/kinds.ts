import type { BucketAggregation, MetricAggregation } from './aggregations.ts';

/** Where an aggregation stands in a visualization. */
export interface AggregationSlot {
  /** The product's word: an aggregation's `schema`. */
  readonly schema: string;
  readonly group: 'metrics' | 'buckets';
  readonly min: number;
  readonly max: number;
  /** Only these; all of the group where it is absent. */
  readonly only?: readonly (MetricAggregation | BucketAggregation)[];
  readonly not?: readonly (MetricAggregation | BucketAggregation)[];
  /** Stands before all other buckets. */
  readonly first?: true;
}

const NO_GRIDS = ['geohash_grid', 'geotile_grid', 'filter'] as const;
const NO_PLACES = ['geo_centroid', 'geo_bounds'] as const;
/** What one number cannot show. */
const NO_SERIES = ['std_dev', 'geo_centroid', 'derivative', 'serial_diff', 'moving_avg', 'cumulative_sum', 'geo_bounds'] as const;
const SIMPLE = ['count', 'avg', 'sum', 'min', 'max', 'cardinality'] as const;

const bucket = (schema: string, max: number): AggregationSlot => ({ schema, group: 'buckets', min: 0, max, not: NO_GRIDS });
const metric = (more: Partial<AggregationSlot> = {}): AggregationSlot => ({ schema: 'metric', group: 'metrics', min: 1, max: Infinity, ...more });
const axes = (dots: AggregationSlot['only']): readonly AggregationSlot[] => [
  metric({ not: NO_PLACES }),
  { schema: 'radius', group: 'metrics', min: 0, max: 1, only: dots ?? [] },
  bucket('segment', 1),
  bucket('group', 3),
  bucket('split', 1),
];
const gauge = [metric({ not: [...NO_SERIES, 'percentiles', 'percentile_ranks'] }), bucket('group', 1)] as const;

/**
 * The visualization kinds of OpenSearch Dashboards that are made of aggregations, and what each takes where: an aggregation
 * beyond that is left out of the picture without a word. From the `schemas` in src/plugins/{vis_type_vislib,vis_type_metric,
 * vis_type_table,vis_type_tagcloud,region_map,tile_map}/public of OpenSearch Dashboards 2.
 */
export const AGGREGATION_SLOTS: Readonly<Record<string, readonly AggregationSlot[]>> = {
  area: axes(SIMPLE),
  line: axes([...SIMPLE, 'top_hits']),
  histogram: axes(SIMPLE),
  horizontal_bar: axes(SIMPLE),
  pie: [metric({ max: 1, only: ['sum', 'count', 'cardinality', 'top_hits'] }), bucket('segment', Infinity), { ...bucket('split', 1), first: true }],
  heatmap: [metric({ max: 1, only: ['count', 'avg', 'median', 'sum', 'min', 'max', 'cardinality', 'std_dev', 'top_hits'] }), bucket('segment', 1), bucket('group', 1), bucket('split', 1)],
  gauge,
  goal: gauge,
  metric: [metric({ not: NO_SERIES }), bucket('group', 1)],
  table: [metric({ not: NO_PLACES }), { schema: 'bucket', group: 'buckets', min: 0, max: Infinity, not: ['filter'] }, { schema: 'split', group: 'buckets', min: 0, max: 1, not: ['filter'] }],
  tagcloud: [
    metric({ max: 1, not: ['std_dev', 'percentiles', 'percentile_ranks', 'derivative', 'geo_bounds', 'geo_centroid'] }),
    { schema: 'segment', group: 'buckets', min: 1, max: 1, only: ['terms', 'significant_terms'] },
  ],
  region_map: [
    metric({ max: 1, only: [...SIMPLE, 'top_hits', 'sum_bucket', 'min_bucket', 'max_bucket', 'avg_bucket'] }),
    { schema: 'segment', group: 'buckets', min: 1, max: 1, only: ['terms'] },
  ],
  tile_map: [metric({ max: 1, only: [...SIMPLE, 'top_hits'] }), { schema: 'segment', group: 'buckets', min: 1, max: 1, only: ['geohash_grid'] }],
};

/** The kinds that are made of something else. */
export const OTHER_KINDS = ['markdown', 'metrics', 'vega', 'timelion', 'input_control_vis'] as const;

/** Whether a product without further plugins can draw it. */
export function isBuiltInKind(kind: string): boolean {
  return Object.hasOwn(AGGREGATION_SLOTS, kind) || OTHER_KINDS.some((each) => each === kind);
}
