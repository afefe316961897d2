import type { QueryClause } from '../query/queryDsl.ts';
import type { GeoBox } from '../query/queryDslGeo.ts';
import type { QueryScript } from '../query/queryDslJoined.ts';
import type { SearchSort, SourceFilter } from '../searchBody/searchBody.ts';
import type { BucketOrder, BucketRange, SignificanceOptions, TermsSelection } from '../searchBody/searchBuckets.ts';
import type { HdrOptions, TDigestOptions } from '../searchBody/searchMetrics.ts';
import type { MovingAverageSettings } from '../searchBody/searchPipelines.ts';

/** Text where there is nothing in it, or no JSON. */
export type JsonInputOf<Input> = Input | string | null;

/** A number, or the text of one. */
export type Numeric = number | string;

/** "JSON input" of any aggregation: what OpenSearch takes of all and the editor does not offer. */
export interface JsonInput {
  readonly field?: string;
  /** Stands for documents without a value. */
  readonly missing?: string | number | boolean;
  readonly script?: QueryScript;
  /** Before 6, of the script. */
  readonly lang?: string;
  readonly value_type?: string;
  readonly valueType?: string;
  readonly format?: string;
  readonly keyed?: boolean;
  readonly size?: Numeric;
}

/** "JSON input" of a metric. */
export interface MetricJsonInput extends JsonInput {
  /** Of `cardinality`. */
  readonly precision_threshold?: Numeric;
  readonly rehash?: boolean;
  /** Of percentiles and their ranks. */
  readonly percents?: readonly Numeric[];
  readonly values?: readonly Numeric[];
  readonly compression?: Numeric;
  readonly tdigest?: TDigestOptions;
  readonly hdr?: HdrOptions;
  /** Of the standard deviation. */
  readonly sigma?: Numeric;
  /** Of `top_hits`. */
  readonly from?: Numeric;
  readonly sort?: SearchSort;
  readonly _source?: SourceFilter;
  /** Of `geo_bounds`. */
  readonly wrap_longitude?: boolean;
}

/** "JSON input" of a pipeline aggregation. */
export interface PipelineJsonInput extends JsonInput {
  readonly buckets_path?: string;
  readonly gap_policy?: 'skip' | 'insert_zeros' | 'keep_values';
  /** Of `derivative`. */
  readonly unit?: string;
  /** Of `serial_diff`. */
  readonly lag?: Numeric;
  /** Of a moving average. */
  readonly window?: Numeric;
  readonly shift?: Numeric;
  readonly model?: 'simple' | 'linear' | 'ewma' | 'holt' | 'holt_winters';
  readonly predict?: Numeric;
  readonly minimize?: boolean;
  readonly settings?: MovingAverageSettings;
}

/** "JSON input" of a bucket aggregation. */
export interface BucketJsonInput extends JsonInput {
  readonly shard_size?: Numeric;
  readonly min_doc_count?: Numeric;
  readonly shard_min_doc_count?: Numeric;
  readonly show_term_doc_count_error?: boolean;
  readonly collect_mode?: 'breadth_first' | 'depth_first';
  readonly execution_hint?: 'map' | 'global_ordinals' | 'global_ordinals_hash' | 'global_ordinals_low_cardinality' | 'ordinals';
  readonly include?: TermsSelection;
  readonly exclude?: TermsSelection;
  readonly order?: BucketOrder | readonly BucketOrder[];
  /** Of histograms. */
  readonly interval?: Numeric;
  readonly fixed_interval?: string;
  readonly calendar_interval?: string;
  readonly offset?: Numeric;
  readonly time_zone?: string;
  readonly extended_bounds?: BoundsInput;
  readonly hard_bounds?: BoundsInput;
  /** Of `filters`. */
  readonly other_bucket?: boolean;
  readonly other_bucket_key?: string;
  /** Of ranges. */
  readonly ranges?: readonly BucketRange[];
  /** Of grids. */
  readonly precision?: Numeric;
  readonly bounds?: GeoBox;
  /** Of significant terms: how significance is measured, and against what. */
  readonly jlh?: SignificanceOptions;
  readonly gnd?: SignificanceOptions;
  readonly chi_square?: SignificanceOptions;
  readonly mutual_information?: SignificanceOptions;
  readonly percentage?: SignificanceOptions;
  readonly background_filter?: QueryClause;
}

/** From where to where a histogram goes. */
export interface BoundsInput {
  readonly min?: Numeric | null;
  readonly max?: Numeric | null;
}
