import type { DataValue, Scalar } from '../dataValue.ts';
import type { QueryClause } from '../query/queryDsl.ts';
import type { QueryScript } from '../query/queryDslJoined.ts';
import type { HighlightRequest, ScriptFields, SearchField, SearchSort, SourceFilter } from './searchBody.ts';

/** A number out of a field. */
export interface FieldMetric {
  readonly field?: string;
  readonly script?: QueryScript;
  readonly missing?: Scalar;
  readonly format?: string;
  readonly value_type?: string;
  readonly compression?: number;
}

/** How many different values. */
export interface CardinalityMetric extends FieldMetric {
  readonly precision_threshold?: number;
  readonly rehash?: boolean;
  readonly execution_hint?: string;
}

/** Statistics with deviations. */
export interface ExtendedStatsMetric extends FieldMetric {
  readonly sigma?: number;
}

/** How percentiles are estimated. */
interface PercentileMethod {
  readonly keyed?: boolean;
  readonly tdigest?: TDigestOptions;
  readonly hdr?: HdrOptions;
}

/** Options of the t-digest. */
export interface TDigestOptions {
  readonly compression?: number;
}

/** Options of the HDR histogram. */
export interface HdrOptions {
  readonly number_of_significant_value_digits?: number;
}

/** Values at percentages. */
export interface PercentilesMetric extends FieldMetric, PercentileMethod {
  readonly percents?: readonly number[];
}

/** Percentages at values. */
export interface PercentileRanksMetric extends FieldMetric, PercentileMethod {
  readonly values?: readonly number[];
}

/** A rate over time. */
export interface RateMetric extends FieldMetric {
  readonly unit?: string;
  readonly mode?: 'sum' | 'value_count';
}

/** Statistics of texts. */
export interface StringStatsMetric extends FieldMetric {
  readonly show_distribution?: boolean;
}

/** The box around places. */
export interface GeoBoundsMetric {
  readonly field: string;
  readonly wrap_longitude?: boolean;
}

/** A line through places. */
export interface GeoLineMetric {
  readonly point: GeoLineField;
  readonly sort?: GeoLineField;
  readonly include_sort?: boolean;
  readonly sort_order?: 'ASC' | 'DESC' | 'asc' | 'desc';
  readonly size?: number;
}

/** A field of a line. */
export interface GeoLineField {
  readonly field: string;
}

/** How fields relate. */
export interface MatrixStatsMetric {
  readonly fields: readonly string[];
  readonly missing?: MissingByField;
  readonly mode?: 'avg' | 'min' | 'max' | 'sum' | 'median';
}

/** By name: what stands for a missing value of each field. */
export interface MissingByField {
  readonly [field: string]: number;
}

/** A metric of one's own. */
export interface ScriptedMetric {
  readonly init_script?: QueryScript;
  readonly map_script?: QueryScript;
  readonly combine_script?: QueryScript;
  readonly reduce_script?: QueryScript;
  readonly params?: ScriptedMetricParams;
}

/** By name: the parameters of a scripted metric. */
export interface ScriptedMetricParams {
  readonly [parameter: string]: DataValue;
}

/** The best documents. */
export interface TopHitsMetric {
  readonly size?: number;
  readonly from?: number;
  readonly sort?: SearchSort;
  readonly _source?: SourceFilter;
  readonly docvalue_fields?: readonly (string | SearchField)[];
  readonly stored_fields?: string | readonly string[];
  readonly fields?: readonly (string | SearchField)[];
  readonly script_fields?: ScriptFields;
  readonly highlight?: HighlightRequest;
  readonly explain?: boolean;
  readonly version?: boolean;
  readonly seq_no_primary_term?: boolean;
  readonly track_scores?: boolean;
}

/** Values of the best documents. */
export interface TopMetricsMetric {
  readonly metrics: TopMetricsField | readonly TopMetricsField[];
  readonly sort?: SearchSort;
  readonly size?: number;
}

/** A field of the best documents. */
export interface TopMetricsField {
  readonly field: string;
}

/** An average in which values have weights. */
export interface WeightedAvgMetric {
  readonly value: FieldMetric;
  readonly weight: FieldMetric;
  readonly format?: string;
  readonly value_type?: string;
}

/** Whether two groups differ. */
export interface TTestMetric {
  readonly a: TTestGroup;
  readonly b: TTestGroup;
  readonly type?: 'paired' | 'homoscedastic' | 'heteroscedastic';
}

/** A group of a t-test. */
export interface TTestGroup extends FieldMetric {
  readonly filter?: QueryClause;
}
