import type { BucketAggregation, MetricAggregation } from './aggregation.ts';
import type { Numeric, PipelineJsonInput } from './jsonInput.ts';
import type { CommonAggParams, InnerSlot, Placed } from './placed.ts';

/** Parameters of a pipeline over the visualization's own buckets (src/plugins/data/common/search/aggs/metrics/lib/parent_pipeline_agg_helper.ts). */
export interface ParentPipelineAggParams extends CommonAggParams<PipelineJsonInput> {
  /** The id of another metric of the visualization, or `custom` for {@link customMetric}. */
  readonly metricAgg?: string | null;
  readonly customMetric?: MetricAggregation<InnerSlot> | null;
  /** What the editor made of it for the request. */
  readonly buckets_path?: string | null;
}

/** Parameters of a pipeline over buckets of its own (src/plugins/data/common/search/aggs/metrics/lib/sibling_pipeline_agg_helper.ts). */
export interface SiblingPipelineAggParams extends CommonAggParams<PipelineJsonInput> {
  readonly customBucket?: BucketAggregation<InnerSlot> | null;
  readonly customMetric?: MetricAggregation<InnerSlot> | null;
}

/** The change from bucket to bucket. */
export interface DerivativeAgg<Slot> extends Placed<Slot> {
  readonly type: 'derivative';
  readonly params?: DerivativeAggParams;
}

/** Parameters of a derivative. */
export interface DerivativeAggParams extends ParentPipelineAggParams {
  /** For each second, each minute: by hand, or by Lens. */
  readonly unit?: string;
}

/** The sum up to each bucket. */
export interface CumulativeSumAgg<Slot> extends Placed<Slot> {
  readonly type: 'cumulative_sum';
  readonly params?: ParentPipelineAggParams;
}

/** An average over a window of buckets: `moving_fn` of OpenSearch under its old name. */
export interface MovingAvgAgg<Slot> extends Placed<Slot> {
  readonly type: 'moving_avg';
  readonly params?: MovingAvgAggParams;
}

/** Parameters of a moving average (src/plugins/data/common/search/aggs/metrics/moving_avg.ts). */
export interface MovingAvgAggParams extends ParentPipelineAggParams {
  readonly window?: Numeric;
  readonly script?: string;
}

/** The difference to an earlier bucket. */
export interface SerialDiffAgg<Slot> extends Placed<Slot> {
  readonly type: 'serial_diff';
  readonly params?: SerialDiffAggParams;
}

/** Parameters of a serial difference. */
export interface SerialDiffAggParams extends ParentPipelineAggParams {
  /** How many buckets earlier. */
  readonly lag?: Numeric;
}

/** The average of a metric over buckets. */
export interface AvgBucketAgg<Slot> extends Placed<Slot> {
  readonly type: 'avg_bucket';
  readonly params?: SiblingPipelineAggParams;
}

/** The sum of a metric over buckets. */
export interface SumBucketAgg<Slot> extends Placed<Slot> {
  readonly type: 'sum_bucket';
  readonly params?: SiblingPipelineAggParams;
}

/** The least metric of all buckets. */
export interface MinBucketAgg<Slot> extends Placed<Slot> {
  readonly type: 'min_bucket';
  readonly params?: SiblingPipelineAggParams;
}

/** The greatest metric of all buckets. */
export interface MaxBucketAgg<Slot> extends Placed<Slot> {
  readonly type: 'max_bucket';
  readonly params?: SiblingPipelineAggParams;
}
