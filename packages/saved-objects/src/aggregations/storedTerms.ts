import type { DataView } from '../dataView.ts';
import { specInvalid } from '../specInvalid.ts';
import type { TermsBucket } from './buckets.ts';
import type { Metric } from './metrics.ts';
import { patterns, sizeOf } from './storedBucket.ts';
import { isPlain, nestedMetric, type Shown, shownId } from './storedMetric.ts';

/** The parameters of terms as the product stores them. */
export function termsParams(view: DataView, id: string, bucket: TermsBucket, shown: Shown): Record<string, unknown> {
  const { other = false, missing = false } = bucket;
  return {
    field: bucket.field,
    ...orderOf(view, id, bucket, shown),
    order: bucket.order,
    size: sizeOf(bucket.field, bucket.size),
    otherBucket: other !== false,
    otherBucketLabel: typeof other === 'string' ? other : 'Other',
    missingBucket: missing !== false,
    missingBucketLabel: typeof missing === 'string' ? missing : 'Missing',
    ...patterns(bucket),
  };
}

/** A metric that is shown orders by its id; one that isn't comes with the terms. */
function orderOf(view: DataView, id: string, bucket: TermsBucket, shown: Shown): Record<string, unknown> {
  if (bucket.orderBy === 'key') return { orderBy: '_key' };
  if (bucket.orderBy === 'metric') {
    // Without a metric that orders, the editor falls back to the value, too (vis_default_editor/…/order_by.tsx).
    const first = shown.find(({ metric }) => isPlain(metric) || metric.kind === 'percentiles');
    return { orderBy: first === undefined ? '_key' : pathOf(first.id, first.metric, bucket.orderPercent) };
  }
  const there = shownId(shown, bucket.orderBy);
  if (there !== undefined && (isPlain(bucket.orderBy) || bucket.orderBy.kind === 'percentiles')) return { orderBy: pathOf(there, bucket.orderBy, bucket.orderPercent) };
  if (!isPlain(bucket.orderBy)) {
    const why = bucket.orderBy.kind === 'percentiles' ? 'percentiles that the visualization does not show' : bucket.orderBy.kind;
    throw specInvalid(`Terms of "${bucket.field}" cannot be ordered by ${why}.`, 'Order by count, avg, sum, min, max, uniqueCount, by percentiles that are shown, or by "key".');
  }
  return { orderBy: 'custom', orderAgg: { ...nestedMetric(view, `${id}-orderAgg`, bucket.orderBy), schema: 'orderAgg' } };
}

/** Percentiles have no single value: the product orders by one of them, named `<id>.<percent>`. */
function pathOf(id: string, metric: Metric, wanted: number | undefined): string {
  if (metric.kind !== 'percentiles') return id;
  const percents = metric.percents ?? [];
  const percent = wanted ?? percents[0];
  if (percent === undefined || !percents.includes(percent)) throw specInvalid(`Terms cannot be ordered by percentile ${String(percent)}: the percentiles are ${percents.join(', ')}.`, 'Name one of them.');
  return `${id}.${percent}`;
}
