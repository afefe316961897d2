import type { Metric, ParentPipelineKind, SiblingMetricKind } from './metrics.ts';

/** What the product calls a metric without a label of its own (`makeLabel` in src/plugins/data/common/search/aggs/metrics). */
export function labelOf(metric: Metric): string {
  if (metric.label !== undefined) return metric.label;
  switch (metric.kind) {
    case 'count':
      return 'Count';
    case 'avg':
      return `Average ${metric.field}`;
    case 'sum':
      return `Sum of ${metric.field}`;
    case 'min':
      return `Min ${metric.field}`;
    case 'max':
      return `Max ${metric.field}`;
    case 'median':
      return `Median ${metric.field}`;
    case 'stdDev':
      return `Standard Deviation of ${metric.field}`;
    case 'uniqueCount':
      return `Unique count of ${metric.field}`;
    case 'percentiles':
      return `Percentiles of ${metric.field}`;
    case 'percentileRanks':
      return `Percentile ranks of ${metric.field}`;
    case 'topHits':
      return `${metric.order === 'desc' ? 'Last' : 'First'}${metric.size === 1 ? '' : ` ${metric.size}`} ${metric.field}`;
    default:
      return nestedLabel(NESTED[metric.kind], labelOf(metric.of));
  }
}

const NESTED: Readonly<Record<ParentPipelineKind | SiblingMetricKind, string>> = {
  derivative: 'derivative',
  cumulativeSum: 'cumulative sum',
  movingAverage: 'moving avg',
  serialDifference: 'serial diff',
  averageBucket: 'overall average',
  sumBucket: 'overall sum',
  minBucket: 'overall min',
  maxBucket: 'overall max',
};

/** A derivative of a derivative is "2. derivative" (metrics/lib/make_nested_label.ts). */
function nestedLabel(name: string, inner: string): string {
  const shown = name.replace(/(^|\s)\w/gu, (letter) => letter.toUpperCase());
  if (inner.includes(`${shown} of `)) return `2. ${name} of ${inner.slice(`${shown} of `.length)}`;
  if (inner.includes(`${name} of `)) return `${Number.parseInt(inner, 10) + 1}${inner.slice(1)}`;
  return `${shown} of ${inner}`;
}
