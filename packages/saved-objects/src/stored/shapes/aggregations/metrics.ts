import type { MetricJsonInput, Numeric } from './jsonInput.ts';
import type { CommonAggParams, Placed } from './placed.ts';

/** Parameters of every metric. */
export interface MetricAggParams extends CommonAggParams<MetricJsonInput> {
  /** Kibana 8: nothing instead of zero where there is no document. */
  readonly emptyAsNull?: boolean;
}

/** Parameters of a metric over one field. */
export interface FieldMetricAggParams extends MetricAggParams {
  readonly field?: string | null;
}

/** The number of documents (src/plugins/data/common/search/aggs/metrics/count.ts; so do the others with their names). */
export interface CountAgg<Slot> extends Placed<Slot> {
  readonly type: 'count';
  readonly params?: MetricAggParams;
}

/** The average of a field. */
export interface AvgAgg<Slot> extends Placed<Slot> {
  readonly type: 'avg';
  readonly params?: FieldMetricAggParams;
}

/** The sum of a field. */
export interface SumAgg<Slot> extends Placed<Slot> {
  readonly type: 'sum';
  readonly params?: FieldMetricAggParams;
}

/** The least value of a field. */
export interface MinAgg<Slot> extends Placed<Slot> {
  readonly type: 'min';
  readonly params?: FieldMetricAggParams;
}

/** The greatest value of a field. */
export interface MaxAgg<Slot> extends Placed<Slot> {
  readonly type: 'max';
  readonly params?: FieldMetricAggParams;
}

/** How many different values a field has. */
export interface CardinalityAgg<Slot> extends Placed<Slot> {
  readonly type: 'cardinality';
  readonly params?: FieldMetricAggParams;
}

/** The standard deviation of a field: average, lower and upper bound. */
export interface StdDevAgg<Slot> extends Placed<Slot> {
  readonly type: 'std_dev';
  readonly params?: FieldMetricAggParams;
}

/** The median of a field. */
export interface MedianAgg<Slot> extends Placed<Slot> {
  readonly type: 'median';
  readonly params?: PercentilesAggParams;
}

/** Percentiles of a field, a value for each. */
export interface PercentilesAgg<Slot> extends Placed<Slot> {
  readonly type: 'percentiles';
  readonly params?: PercentilesAggParams;
}

/** Parameters of percentiles, and of the median, which is the 50th. */
export interface PercentilesAggParams extends FieldMetricAggParams {
  readonly percents?: readonly (Numeric | null)[];
}

/** How large a part of the documents is below given values. */
export interface PercentileRanksAgg<Slot> extends Placed<Slot> {
  readonly type: 'percentile_ranks';
  readonly params?: PercentileRanksAggParams;
}

/** Parameters of percentile ranks. */
export interface PercentileRanksAggParams extends FieldMetricAggParams {
  readonly values?: readonly (Numeric | null)[];
}

/** A field's value in the first documents by an order. */
export interface TopHitsAgg<Slot> extends Placed<Slot> {
  readonly type: 'top_hits';
  readonly params?: TopHitsAggParams;
}

/** Parameters of top hits (src/plugins/data/common/search/aggs/metrics/top_hit.ts). */
export interface TopHitsAggParams extends FieldMetricAggParams {
  /** How the values of several documents become one. */
  readonly aggregate?: 'concat' | 'average' | 'sum' | 'min' | 'max';
  readonly size?: Numeric;
  readonly sortField?: string | null;
  readonly sortOrder?: 'asc' | 'desc';
}

/** The box around all places of a field. */
export interface GeoBoundsAgg<Slot> extends Placed<Slot> {
  readonly type: 'geo_bounds';
  readonly params?: FieldMetricAggParams;
}

/** The middle of all places of a field. */
export interface GeoCentroidAgg<Slot> extends Placed<Slot> {
  readonly type: 'geo_centroid';
  readonly params?: FieldMetricAggParams;
}
