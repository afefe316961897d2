import type * as buckets from './buckets.ts';
import type * as metrics from './metrics.ts';
import type * as pipelines from './pipelines.ts';
import type { BucketSlot, MetricSlot } from './placed.ts';

/**
 * An aggregation that gives a value.
 *
 * @discriminator type
 */
export type MetricAggregation<Slot = MetricSlot> =
  | metrics.CountAgg<Slot>
  | metrics.AvgAgg<Slot>
  | metrics.SumAgg<Slot>
  | metrics.MinAgg<Slot>
  | metrics.MaxAgg<Slot>
  | metrics.CardinalityAgg<Slot>
  | metrics.StdDevAgg<Slot>
  | metrics.MedianAgg<Slot>
  | metrics.PercentilesAgg<Slot>
  | metrics.PercentileRanksAgg<Slot>
  | metrics.TopHitsAgg<Slot>
  | metrics.GeoBoundsAgg<Slot>
  | metrics.GeoCentroidAgg<Slot>
  | pipelines.DerivativeAgg<Slot>
  | pipelines.CumulativeSumAgg<Slot>
  | pipelines.MovingAvgAgg<Slot>
  | pipelines.SerialDiffAgg<Slot>
  | pipelines.AvgBucketAgg<Slot>
  | pipelines.SumBucketAgg<Slot>
  | pipelines.MinBucketAgg<Slot>
  | pipelines.MaxBucketAgg<Slot>;

/**
 * An aggregation that splits.
 *
 * @discriminator type
 */
export type BucketAggregation<Slot = BucketSlot> =
  | buckets.DateHistogramAgg<Slot>
  | buckets.HistogramAgg<Slot>
  | buckets.RangeAgg<Slot>
  | buckets.DateRangeAgg<Slot>
  | buckets.IpRangeAgg<Slot>
  | buckets.TermsAgg<Slot>
  | buckets.SignificantTermsAgg<Slot>
  | buckets.FiltersAgg<Slot>
  | buckets.FilterAgg<Slot>
  | buckets.GeohashGridAgg<Slot>
  | buckets.GeotileGridAgg<Slot>;

/**
 * An aggregation of a visualization: all of OpenSearch Dashboards 1–3 and of Kibana 7.10–7.17 that their editors offer
 * (src/plugins/data/common/search/aggs/agg_types.ts). Those that Kibana keeps for Lens have no place in a visualization.
 *
 * @discriminator type
 */
export type Aggregation = MetricAggregation | BucketAggregation;

/**
 * What charts with axes hold: metrics, sizes of dots, and buckets along, within and beside.
 *
 * @discriminator type
 */
export type ChartAggregation = MetricAggregation | BucketAggregation<'segment' | 'group' | 'split'>;

/**
 * What heatmaps hold.
 *
 * @discriminator type
 */
export type HeatmapAggregation = MetricAggregation<'metric'> | BucketAggregation<'segment' | 'group' | 'split'>;

/**
 * What pies hold.
 *
 * @discriminator type
 */
export type PieAggregation = MetricAggregation<'metric'> | BucketAggregation<'segment' | 'split'>;

/**
 * What gauges, goals and metrics hold.
 *
 * @discriminator type
 */
export type FigureAggregation = MetricAggregation<'metric'> | BucketAggregation<'group'>;

/**
 * What tables hold.
 *
 * @discriminator type
 */
export type TableAggregation = MetricAggregation<'metric'> | BucketAggregation<'bucket' | 'split'>;

/**
 * What tag clouds and maps hold; a split before 5.
 *
 * @discriminator type
 */
export type PlaceAggregation = MetricAggregation<'metric'> | BucketAggregation<'segment' | 'split'>;
