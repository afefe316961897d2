import type { TimeSeriesMetric } from '../kinds/timeSeries/metrics.ts';
import type { Bucket } from './buckets.ts';
import { kept } from './metricBuilders.ts';
import type { CountMetric, FieldMetric, MetricOptions, ParentPipelineKind, ParentPipelineMetric, SiblingMetric, SiblingMetricKind } from './metrics.ts';

/** What a sibling pipeline can be made of (`metricAggFilter` in OpenSearch Dashboards' sibling_pipeline_agg_helper.ts). */
export type PlainMetric = CountMetric | FieldMetric<'avg' | 'sum' | 'min' | 'max' | 'uniqueCount'>;
/** What a parent pipeline can be made of (`metricAggFilter` in parent_pipeline_agg_helper.ts). */
export type PipedMetric = PlainMetric | SiblingMetric | ParentPipelineMetric;

function parentPipeline<const Kind extends ParentPipelineKind>(kind: Kind) {
  return <const Of extends PipedMetric | TimeSeriesMetric>(of: Of, options: MetricOptions = {}): ParentPipelineMetric<Kind, Of> => ({ kind, of, ...kept(options) });
}

/** By how much a metric changes from bucket to bucket of a date histogram or histogram. */
export const derivative = parentPipeline('derivative');
/** What a metric comes to, added up from bucket to bucket. */
export const cumulativeSum = parentPipeline('cumulativeSum');
/** By how much a metric differs from that of the bucket before. */
export const serialDifference = parentPipeline('serialDifference');

/** The average of a metric over the last buckets. */
export function movingAverage<const Of extends PipedMetric | TimeSeriesMetric>(
  of: Of,
  options: MetricOptions & { /** Of how many buckets. @default 5 */ readonly window?: number } = {},
): ParentPipelineMetric<'movingAverage', Of> {
  return { kind: 'movingAverage', of, ...kept(options), ...(options.window === undefined ? {} : { window: options.window }) };
}

function sibling<const Kind extends SiblingMetricKind>(kind: Kind) {
  return <const Of extends PlainMetric, const Over extends Bucket>(of: Of, over: Over, options: MetricOptions = {}): SiblingMetric<Kind, Of, Over> => ({ kind, of, over, ...kept(options) });
}

/** The average of a metric over buckets: `averageBucket(sum('bytes'), dateHistogram('@timestamp', { interval: 'h' }))`. */
export const averageBucket = sibling('averageBucket');
/** The sum of a metric over buckets. */
export const sumBucket = sibling('sumBucket');
/** The smallest value of a metric over buckets. */
export const minBucket = sibling('minBucket');
/** The largest value of a metric over buckets. */
export const maxBucket = sibling('maxBucket');
