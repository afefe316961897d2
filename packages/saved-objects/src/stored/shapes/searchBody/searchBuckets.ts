import type { NoMembers, Scalar } from '../dataValue.ts';
import type { QueryClause } from '../query/queryDsl.ts';
import type { GeoBox, GeoPlace } from '../query/queryDslGeo.ts';
import type { QueryScript } from '../query/queryDslJoined.ts';
import type { TimefilterBound } from '../query/queryDslLeaves.ts';
import type { SortDirection } from './searchBody.ts';

/** By name: the direction of the metric, or of `_count` and `_key`, that orders the buckets. */
export interface BucketOrder {
  readonly [metric: string]: SortDirection;
}

/**
 * An interval that is as long as fits the dashboard's time range, in a Vega specification: `true`, or the wanted number
 * of buckets.
 */
export interface AutoInterval {
  readonly '%autointerval%': boolean | number;
}

/** What most bucket aggregations have. */
interface FieldBuckets {
  readonly field?: string;
  readonly script?: QueryScript;
  readonly missing?: Scalar;
  readonly format?: string;
  readonly value_type?: string;
}

/** Which terms count. */
export type TermsSelection = string | readonly Scalar[] | TermsPartition;

/** A part of all terms, or (Elasticsearch 2) a pattern with flags. */
export interface TermsPartition {
  readonly partition?: number;
  readonly num_partitions?: number;
  readonly pattern?: string;
  readonly flags?: string;
}

/** How the terms are collected. */
interface TermsCollection {
  readonly size?: number;
  readonly shard_size?: number;
  readonly min_doc_count?: number;
  readonly shard_min_doc_count?: number;
  readonly show_term_doc_count_error?: boolean;
  readonly collect_mode?: 'depth_first' | 'breadth_first';
  readonly execution_hint?: 'map' | 'global_ordinals' | 'global_ordinals_hash' | 'global_ordinals_low_cardinality';
  readonly order?: BucketOrder | readonly BucketOrder[];
}

/** A bucket for each value. */
export interface TermsAggregation extends FieldBuckets, TermsCollection {
  readonly include?: TermsSelection;
  readonly exclude?: TermsSelection;
}

/** A bucket for each combination of values. */
export interface MultiTermsAggregation extends TermsCollection {
  readonly terms: readonly MultiTermsSource[];
}

/** A field of a combination. */
export interface MultiTermsSource {
  readonly field?: string;
  readonly script?: QueryScript;
  readonly missing?: Scalar;
  readonly format?: string;
  readonly value_type?: string;
}

/** A bucket for each rare value. */
export interface RareTermsAggregation extends FieldBuckets {
  readonly max_doc_count?: number;
  readonly precision?: number;
  readonly include?: TermsSelection;
  readonly exclude?: TermsSelection;
}

/** How unusual a term is. */
interface Significance {
  readonly background_filter?: QueryClause;
  readonly chi_square?: SignificanceOptions;
  readonly gnd?: SignificanceOptions;
  readonly jlh?: SignificanceOptions;
  readonly mutual_information?: SignificanceOptions;
  readonly percentage?: SignificanceOptions;
  readonly script_heuristic?: SignificanceScript;
}

/** Options of a measure of significance. */
export interface SignificanceOptions {
  readonly background_is_superset?: boolean;
  readonly include_negatives?: boolean;
}

/** A measure of significance of one's own. */
export interface SignificanceScript {
  readonly script: QueryScript;
}

/** A bucket for each unusual value. */
export interface SignificantTermsAggregation extends FieldBuckets, Significance {
  readonly size?: number;
  readonly shard_size?: number;
  readonly min_doc_count?: number;
  readonly shard_min_doc_count?: number;
  readonly execution_hint?: 'map' | 'global_ordinals' | 'global_ordinals_hash';
  readonly include?: TermsSelection;
  readonly exclude?: TermsSelection;
}

/** A bucket for each unusual word. */
export interface SignificantTextAggregation extends Significance {
  readonly field: string;
  readonly size?: number;
  readonly shard_size?: number;
  readonly min_doc_count?: number;
  readonly shard_min_doc_count?: number;
  readonly filter_duplicate_text?: boolean;
  readonly source_fields?: readonly string[];
  readonly include?: TermsSelection;
  readonly exclude?: TermsSelection;
}

/** An end of a histogram. */
export type HistogramBound = number | string | TimefilterBound;

/** The ends of a histogram. */
export interface HistogramBounds {
  readonly min?: HistogramBound;
  readonly max?: HistogramBound;
}

/** A bucket for each interval of time. */
export interface DateHistogramAggregation extends FieldBuckets {
  readonly interval?: string | number | AutoInterval;
  readonly calendar_interval?: string | AutoInterval;
  readonly fixed_interval?: string | AutoInterval;
  readonly time_zone?: string;
  readonly offset?: string | number;
  readonly keyed?: boolean;
  readonly min_doc_count?: number;
  readonly order?: BucketOrder | readonly BucketOrder[];
  readonly extended_bounds?: HistogramBounds;
  readonly hard_bounds?: HistogramBounds;
}

/** A number of buckets over time. */
export interface AutoDateHistogramAggregation extends FieldBuckets {
  readonly buckets?: number;
  readonly minimum_interval?: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';
  readonly time_zone?: string;
}

/** A bucket for each interval. */
export interface HistogramAggregation extends FieldBuckets {
  readonly interval?: number | AutoInterval;
  readonly offset?: number;
  readonly keyed?: boolean;
  readonly min_doc_count?: number;
  readonly order?: BucketOrder | readonly BucketOrder[];
  readonly extended_bounds?: HistogramBounds;
  readonly hard_bounds?: HistogramBounds;
}

/** A number of buckets of fitting widths. */
export interface VariableWidthHistogramAggregation extends FieldBuckets {
  readonly buckets?: number;
  readonly shard_size?: number;
  readonly initial_buffer?: number;
}

/** A range of numbers. */
export interface NumberRange {
  readonly key?: string;
  readonly from?: number | string;
  readonly to?: number | string;
}

/** A bucket for each range. */
export interface RangeAggregation extends FieldBuckets {
  readonly ranges: readonly NumberRange[];
  readonly keyed?: boolean;
}

/** A range of times, or of addresses. */
export interface BucketRange {
  readonly key?: string;
  readonly from?: HistogramBound;
  readonly to?: HistogramBound;
  readonly mask?: string;
}

/** A bucket for each range of time. */
export interface DateRangeAggregation extends FieldBuckets {
  readonly ranges: readonly BucketRange[];
  readonly keyed?: boolean;
  readonly time_zone?: string;
}

/** A bucket for each range of addresses. */
export interface IpRangeAggregation extends FieldBuckets {
  readonly ranges: readonly BucketRange[];
  readonly keyed?: boolean;
}

/** A bucket for each distance from a place. */
export interface GeoDistanceAggregation {
  readonly field: string;
  readonly origin: GeoPlace;
  readonly ranges: readonly NumberRange[];
  readonly unit?: string;
  readonly distance_type?: 'arc' | 'plane';
  readonly keyed?: boolean;
}

/** A bucket for each cell of the map. */
export interface GeoGridAggregation {
  readonly field: string;
  readonly precision?: number | string;
  readonly size?: number;
  readonly shard_size?: number;
  readonly bounds?: GeoBox;
}

/** A bucket for each query: by name, or in order. */
export interface BucketFilters {
  readonly filters: FiltersByName | readonly QueryClause[];
  readonly other_bucket?: boolean;
  readonly other_bucket_key?: string;
  readonly keyed?: boolean;
}

/** By name: the queries of buckets. */
export interface FiltersByName {
  readonly [bucket: string]: QueryClause;
}

/** A bucket for each pair of queries. */
export interface AdjacencyMatrixAggregation {
  readonly filters: FiltersByName;
  readonly separator?: string;
}

/** Documents without a value. */
export interface MissingAggregation {
  readonly field: string;
  readonly missing?: Scalar;
}

/** All documents, whatever the query. */
export type GlobalAggregation = NoMembers;

/** Nested documents, or those around them. */
export interface NestedAggregation {
  readonly path?: string;
}

/** Children or parents. */
export interface ChildrenAggregation {
  readonly type: string;
}

/** A sample of the best documents. */
export interface SamplerAggregation {
  readonly shard_size?: number;
  readonly field?: string;
  readonly script?: QueryScript;
  readonly max_docs_per_value?: number;
  readonly execution_hint?: 'map' | 'global_ordinals' | 'bytes_hash';
}

/** All combinations of buckets, page by page. */
export interface CompositeAggregation {
  readonly sources: readonly CompositeSources[];
  readonly size?: number;
  readonly after?: CompositeKey;
}

/** By name: the sources of a composite aggregation's keys. */
export interface CompositeSources {
  readonly [name: string]: CompositeSource;
}

/** Where a part of the key comes from: one of the four. */
export interface CompositeSource {
  readonly terms?: CompositeField;
  readonly histogram?: CompositeField;
  readonly date_histogram?: CompositeField;
  readonly geotile_grid?: CompositeField;
}

/** A field of a composite key. */
export interface CompositeField {
  readonly field?: string;
  readonly script?: QueryScript;
  readonly order?: SortDirection;
  readonly missing_bucket?: boolean;
  readonly missing_order?: 'first' | 'last' | 'default';
  readonly interval?: number | string | AutoInterval;
  readonly calendar_interval?: string | AutoInterval;
  readonly fixed_interval?: string | AutoInterval;
  readonly format?: string;
  readonly offset?: string | number;
  readonly time_zone?: string;
  readonly precision?: number;
  readonly bounds?: GeoBox;
}

/** By name: the parts of the key after which a page begins. */
export interface CompositeKey {
  readonly [name: string]: Scalar;
}
