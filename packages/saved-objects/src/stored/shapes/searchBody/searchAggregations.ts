import type { QueryClause } from '../query/queryDsl.ts';
import type { AdjacencyMatrixAggregation, AutoDateHistogramAggregation, BucketFilters, ChildrenAggregation, CompositeAggregation, DateHistogramAggregation, DateRangeAggregation, GeoDistanceAggregation, GeoGridAggregation, GlobalAggregation, HistogramAggregation, IpRangeAggregation, MissingAggregation, MultiTermsAggregation, NestedAggregation, RangeAggregation, RareTermsAggregation, SamplerAggregation, SignificantTermsAggregation, SignificantTextAggregation, TermsAggregation, VariableWidthHistogramAggregation } from './searchBuckets.ts';
import type { AggregationMeta } from './searchBody.ts';
import type { CardinalityMetric, ExtendedStatsMetric, FieldMetric, GeoBoundsMetric, GeoLineMetric, MatrixStatsMetric, PercentileRanksMetric, PercentilesMetric, RateMetric, ScriptedMetric, StringStatsMetric, TopHitsMetric, TopMetricsMetric, TTestMetric, WeightedAvgMetric } from './searchMetrics.ts';
import type { BucketScriptPipeline, BucketSortPipeline, BucketsPathPipeline, CumulativePipeline, DerivativePipeline, ExtendedStatsBucketPipeline, MovingAveragePipeline, MovingFunctionPipeline, MovingPercentilesPipeline, NormalizePipeline, PercentilesBucketPipeline, SerialDiffPipeline } from './searchPipelines.ts';

/** By name: aggregations, as their author calls them. */
export interface AggregationsByName {
  readonly [name: string]: SearchAggregation;
}

/**
 * One aggregation of a search request of OpenSearch 1–3 and Elasticsearch 7: an object with the name of one kind, and
 * the aggregations inside it.
 */
export interface SearchAggregation {
  readonly aggs?: AggregationsByName;
  readonly aggregations?: AggregationsByName;
  readonly meta?: AggregationMeta;

  readonly adjacency_matrix?: AdjacencyMatrixAggregation;
  readonly auto_date_histogram?: AutoDateHistogramAggregation;
  readonly children?: ChildrenAggregation;
  readonly composite?: CompositeAggregation;
  readonly date_histogram?: DateHistogramAggregation;
  readonly date_range?: DateRangeAggregation;
  readonly diversified_sampler?: SamplerAggregation;
  readonly filter?: QueryClause;
  readonly filters?: BucketFilters;
  readonly geo_distance?: GeoDistanceAggregation;
  readonly geohash_grid?: GeoGridAggregation;
  readonly geohex_grid?: GeoGridAggregation;
  readonly geotile_grid?: GeoGridAggregation;
  readonly global?: GlobalAggregation;
  readonly histogram?: HistogramAggregation;
  readonly ip_range?: IpRangeAggregation;
  readonly missing?: MissingAggregation;
  readonly multi_terms?: MultiTermsAggregation;
  readonly nested?: NestedAggregation;
  readonly parent?: ChildrenAggregation;
  readonly range?: RangeAggregation;
  readonly rare_terms?: RareTermsAggregation;
  readonly reverse_nested?: NestedAggregation;
  readonly sampler?: SamplerAggregation;
  readonly significant_terms?: SignificantTermsAggregation;
  readonly significant_text?: SignificantTextAggregation;
  readonly terms?: TermsAggregation;
  readonly variable_width_histogram?: VariableWidthHistogramAggregation;

  readonly avg?: FieldMetric;
  readonly boxplot?: FieldMetric;
  readonly cardinality?: CardinalityMetric;
  readonly extended_stats?: ExtendedStatsMetric;
  readonly geo_bounds?: GeoBoundsMetric;
  readonly geo_centroid?: FieldMetric;
  readonly geo_line?: GeoLineMetric;
  readonly matrix_stats?: MatrixStatsMetric;
  readonly max?: FieldMetric;
  readonly median_absolute_deviation?: FieldMetric;
  readonly min?: FieldMetric;
  readonly percentile_ranks?: PercentileRanksMetric;
  readonly percentiles?: PercentilesMetric;
  readonly rate?: RateMetric;
  readonly scripted_metric?: ScriptedMetric;
  readonly stats?: FieldMetric;
  readonly string_stats?: StringStatsMetric;
  readonly sum?: FieldMetric;
  readonly t_test?: TTestMetric;
  readonly top_hits?: TopHitsMetric;
  readonly top_metrics?: TopMetricsMetric;
  readonly value_count?: FieldMetric;
  readonly weighted_avg?: WeightedAvgMetric;

  readonly avg_bucket?: BucketsPathPipeline;
  readonly bucket_script?: BucketScriptPipeline;
  readonly bucket_selector?: BucketScriptPipeline;
  readonly bucket_sort?: BucketSortPipeline;
  readonly cumulative_cardinality?: CumulativePipeline;
  readonly cumulative_sum?: CumulativePipeline;
  readonly derivative?: DerivativePipeline;
  readonly extended_stats_bucket?: ExtendedStatsBucketPipeline;
  readonly max_bucket?: BucketsPathPipeline;
  readonly min_bucket?: BucketsPathPipeline;
  readonly moving_avg?: MovingAveragePipeline;
  readonly moving_fn?: MovingFunctionPipeline;
  readonly moving_percentiles?: MovingPercentilesPipeline;
  readonly normalize?: NormalizePipeline;
  readonly percentiles_bucket?: PercentilesBucketPipeline;
  readonly serial_diff?: SerialDiffPipeline;
  readonly stats_bucket?: BucketsPathPipeline;
  readonly sum_bucket?: BucketsPathPipeline;
}
