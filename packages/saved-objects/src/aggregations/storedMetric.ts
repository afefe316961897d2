import type { MetricAggregation } from '../products/aggregations.ts';
import type { DataView } from '../dataView.ts';
import { specInvalid } from '../specInvalid.ts';
import type { StoredAggregation } from './storedAggregations.ts';
import { checkField } from './fieldCheck.ts';
import type { FieldMetric, Metric, ParentPipelineMetric, SiblingMetric, TopHitsMetric } from './metrics.ts';
import { bucketParams, storedBucketType } from './storedBucket.ts';

const STORED: Readonly<Record<Metric['kind'], MetricAggregation>> = {
  count: 'count',
  avg: 'avg',
  sum: 'sum',
  min: 'min',
  max: 'max',
  median: 'median',
  stdDev: 'std_dev',
  uniqueCount: 'cardinality',
  percentiles: 'percentiles',
  percentileRanks: 'percentile_ranks',
  topHits: 'top_hits',
  derivative: 'derivative',
  cumulativeSum: 'cumulative_sum',
  movingAverage: 'moving_avg',
  serialDifference: 'serial_diff',
  averageBucket: 'avg_bucket',
  sumBucket: 'sum_bucket',
  minBucket: 'min_bucket',
  maxBucket: 'max_bucket',
};

/** What the product calls a metric. */
export function storedMetricType(kind: Metric['kind']): MetricAggregation {
  return STORED[kind];
}

/** The metrics of a visualization, and the ids that they have there. */
export type Shown = readonly { readonly id: string; readonly metric: Metric }[];

/** The id under which the visualization shows a metric. */
export function shownId(shown: Shown, wanted: Metric): string | undefined {
  const text = JSON.stringify(wanted);
  return shown.find(({ metric }) => metric === wanted || JSON.stringify(metric) === text)?.id;
}

/** The parameters of a metric as the product stores them. */
export function metricParams(view: DataView, id: string, metric: Metric, shown: Shown): Record<string, unknown> {
  const kept = { ...(metric.json === undefined ? {} : { json: JSON.stringify(metric.json) }), ...(metric.label === undefined ? {} : { customLabel: metric.label }) };
  switch (metric.kind) {
    case 'count':
      return kept;
    case 'topHits':
      return { ...topHitsParams(view, metric), ...kept };
    case 'derivative':
    case 'cumulativeSum':
    case 'movingAverage':
    case 'serialDifference':
      return { ...parentParams(view, id, metric, shown), ...kept };
    case 'averageBucket':
    case 'sumBucket':
    case 'minBucket':
    case 'maxBucket':
      return { ...siblingParams(view, id, metric), ...kept };
    default:
      checkField(view, metric.kind, metric.field);
      return { field: metric.field, ...numberParams(metric), ...kept };
  }
}

function numberParams(metric: FieldMetric): Record<string, unknown> {
  if (metric.kind === 'percentiles') {
    const percents = metric.percents ?? [];
    if (percents.length === 0 || percents.some((percent) => !(percent >= 0 && percent <= 100))) {
      throw specInvalid(`Percentiles of "${metric.field}" are ${JSON.stringify(percents)}.`, 'Pass numbers from 0 to 100.');
    }
    return { percents: [...percents] };
  }
  return metric.kind === 'percentileRanks' ? { values: [...ranksOf(metric)] } : {};
}

/** The values whose ranks are asked for. */
export function ranksOf({ field, values = [] }: FieldMetric): readonly number[] {
  if (values.length === 0 || !values.every(Number.isFinite)) throw specInvalid(`Percentile ranks of "${field}" are those of ${JSON.stringify(values)}.`, 'Pass numbers.');
  return values;
}

/** Over how many buckets a moving average goes. */
export function windowOf({ window = 5 }: Pick<ParentPipelineMetric, 'window'>): number {
  if (!Number.isInteger(window) || window < 1) throw specInvalid(`A moving average has a window of ${window}.`, 'Use a whole number above 0.');
  return window;
}

function topHitsParams(view: DataView, metric: TopHitsMetric): Record<string, unknown> {
  checkField(view, 'topHits', metric.field);
  if (metric.together !== 'concat') checkField(view, 'avg', metric.field);
  const sortField = metric.orderBy ?? view.timeField;
  if (sortField === undefined) throw specInvalid(`The last "${metric.field}" of "${view.pattern}" has no order: the view has no time field.`, 'Say by which field with `orderBy`.');
  checkField(view, 'topHitsOrder', sortField);
  if (!Number.isInteger(metric.size) || metric.size < 1 || metric.size > 100) throw specInvalid(`The last ${metric.size} of "${metric.field}" cannot be asked for.`, 'Use a whole number from 1 to 100.');
  return { field: metric.field, aggregate: metric.together, size: metric.size, sortField, sortOrder: metric.order };
}

const PLAIN: readonly Metric['kind'][] = ['count', 'avg', 'sum', 'min', 'max', 'uniqueCount'];
const PARENTS: readonly Metric['kind'][] = ['derivative', 'cumulativeSum', 'movingAverage', 'serialDifference'];
const SIBLINGS: readonly Metric['kind'][] = ['averageBucket', 'sumBucket', 'minBucket', 'maxBucket'];

/** True for a metric that runs along a histogram. */
export function isParentPipeline(metric: Metric): metric is ParentPipelineMetric {
  return PARENTS.includes(metric.kind);
}

/** True for a metric that terms can be ordered by without being shown, and that siblings can be made of. */
export function isPlain(metric: Metric): boolean {
  return PLAIN.includes(metric.kind);
}

function parentParams(view: DataView, id: string, metric: ParentPipelineMetric, shown: Shown): Record<string, unknown> {
  checkInner(metric, [...PLAIN, ...PARENTS, ...SIBLINGS]);
  const inner = shownId(shown, metric.of);
  const of = inner === undefined ? { metricAgg: 'custom', customMetric: nestedMetric(view, `${id}-metric`, metric.of) } : { metricAgg: inner };
  if (metric.kind !== 'movingAverage') return of;
  return { ...of, window: windowOf(metric), script: 'MovingFunctions.unweightedAvg(values)' };
}

function siblingParams(view: DataView, id: string, metric: SiblingMetric): Record<string, unknown> {
  checkInner(metric, PLAIN);
  const customMetric = nestedMetric(view, `${id}-metric`, metric.of);
  const bucketId = `${id}-bucket`;
  // What the bucket is ordered by has to be its own: it doesn't see the visualization's metrics.
  const own = { ...metric.over, ...(metric.over.kind === 'terms' && metric.over.orderBy === 'metric' ? { orderBy: metric.of } : {}) };
  return { customBucket: { id: bucketId, enabled: true, type: storedBucketType(own.kind), params: bucketParams(view, bucketId, own, []) }, customMetric };
}

function checkInner(metric: ParentPipelineMetric | SiblingMetric, allowed: readonly Metric['kind'][]): void {
  if (allowed.includes(metric.of.kind)) return;
  throw specInvalid(`${metric.kind} cannot be made of ${metric.of.kind}.`, `Use one of ${allowed.join(', ')}.`);
}

/** A metric inside another aggregation. */
export function nestedMetric(view: DataView, id: string, metric: Metric): Omit<StoredAggregation, 'schema'> {
  return { id, enabled: true, type: STORED[metric.kind], params: metricParams(view, id, metric, []) };
}
