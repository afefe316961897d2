import type { NumberText, TsvbFilter } from './scalars.ts';

/** Of documents (components/aggs/agg_select of vis_type_timeseries). */
export type TsvbMetricAggregation =
  | 'avg'
  | 'cardinality'
  | 'count'
  | 'filter_ratio'
  | 'max'
  | 'min'
  | 'percentile'
  | 'percentile_rank'
  | 'positive_rate'
  | 'static'
  | 'std_deviation'
  | 'sum'
  | 'sum_of_squares'
  | 'top_hit'
  | 'value_count'
  | 'variance';

/** Of another metric's values, bucket by bucket. */
export type TsvbParentPipeline = 'calculation' | 'cumulative_sum' | 'derivative' | 'moving_average' | 'positive_only' | 'serial_diff';

/** Of all buckets of another metric. */
export type TsvbSiblingPipeline = 'avg_bucket' | 'max_bucket' | 'min_bucket' | 'std_deviation_bucket' | 'sum_bucket' | 'sum_of_squares_bucket' | 'variance_bucket';

/** What the server calculates of the answer. */
export type TsvbSpecialAggregation = 'math' | 'series_agg';

/** What a metric calculates. */
export type TsvbMetricType = TsvbMetricAggregation | TsvbParentPipeline | TsvbSiblingPipeline | TsvbSpecialAggregation;

/** How series become one (components/aggs/series_agg, components/vis_types/table/config of vis_type_timeseries). */
export type TsvbSeriesFunction = 'sum' | 'max' | 'min' | 'mean' | 'overall_sum' | 'overall_max' | 'overall_min' | 'overall_avg' | 'cumulative_sum';

/**
 * One step of a series' calculation (metricsItems of vis_type_timeseries/common/vis_schema.ts). The editor keeps the parameters
 * of a type that was chosen before, and so do exports.
 */
export interface TsvbMetric extends FilterRatio, MovingAverage, Percentiles, Script, TopHit {
  readonly id?: string;
  readonly type: TsvbMetricType;
  /** A field; for a pipeline the id of another metric, with `[95.0]` behind it for one of its percentiles. */
  readonly field?: string | null;
  /** A name of one's own, which only Kibana's Lens reads (from 7.12). */
  readonly alias?: string | null;
  /** Of `derivative` and `positive_rate`: per which time, such as `1s`; empty is automatic. */
  readonly unit?: string | null;
  /** Of `std_deviation`: how far the bounds are. */
  readonly sigma?: NumberText;
  /** Of `std_deviation`: which of its values. */
  readonly mode?: 'raw' | 'upper' | 'lower' | 'band' | null;
  /** Of `static`; before 7.0 also of `percentile_rank`. */
  readonly value?: NumberText;
  /** Of `series_agg`. */
  readonly function?: TsvbSeriesFunction | null;
  /** Of `serial_diff`: how many buckets back. */
  readonly lag?: NumberText;
}

/** Of `filter_ratio`: documents by documents, or a metric of both. */
interface FilterRatio {
  readonly numerator?: TsvbFilter;
  readonly denominator?: TsvbFilter;
  readonly metric_agg?: TsvbMetricAggregation | null;
}

/** Of `moving_average` (common/model_options of vis_type_timeseries). */
interface MovingAverage {
  readonly model_type?: 'simple' | 'linear' | 'ewma' | 'holt' | 'holt_winters' | null;
  readonly window?: NumberText;
  readonly alpha?: NumberText;
  readonly beta?: NumberText;
  readonly gamma?: NumberText;
  readonly period?: NumberText;
  readonly multiplicative?: boolean | null;
  /** Until 6.x: how many values ahead. */
  readonly predict?: NumberText;
  readonly minimize?: boolean | 0 | 1 | null;
}

/** Of `percentile` and `percentile_rank`. */
interface Percentiles {
  readonly percentiles?: readonly TsvbPercentile[] | null;
  /** Of `percentile_rank`: the values whose rank is asked for. */
  readonly values?: readonly NumberText[] | null;
  /** Of `percentile_rank`: a colour for each value (Kibana from 7.16). */
  readonly colors?: readonly string[];
  /** A histogram with so many digits instead of a digest (Kibana from 7.14). */
  readonly numberOfSignificantValueDigits?: NumberText;
}

/** One percentile: a line, or a band up to another one (components/aggs/percentile_ui of vis_type_timeseries). */
export interface TsvbPercentile {
  readonly id?: string;
  readonly mode?: 'line' | 'band';
  readonly value?: NumberText;
  /** Of a band: up to which percentile. */
  readonly percentile?: NumberText;
  /** Of a band: how opaque, 0 to 1. */
  readonly shade?: NumberText;
  readonly field?: string | null;
  /** Kibana from 7.16. */
  readonly color?: string | null;
}

/** Of `calculation` (Painless, on the search server) and `math` (TinyMath, in the product). */
interface Script {
  readonly script?: string | null;
  readonly variables?: readonly TsvbVariable[] | null;
}

/** A name in a script for another metric. */
export interface TsvbVariable {
  readonly id?: string;
  readonly name?: string | null;
  /** The other metric's id. */
  readonly field?: string | null;
}

/** Of `top_hit`: values of the last documents. */
interface TopHit {
  readonly size?: NumberText;
  /** Numbers come together by a function, text by `concat`, and `noop` is the editor's beginning. */
  readonly agg_with?: 'noop' | 'avg' | 'max' | 'min' | 'sum' | 'concat' | null;
  readonly order?: 'asc' | 'desc' | null;
  readonly order_by?: string | null;
}
