import { aggregationFacts, type AggregationName } from '../products/aggregations.ts';
import { AGGREGATION_SLOTS, type AggregationSlot } from '../products/kinds.ts';
import type { DataView } from '../dataView.ts';
import { specInvalid } from '../specInvalid.ts';
import type { Bucket } from './buckets.ts';
import { checkField } from './fieldCheck.ts';
import type { Metric } from './metrics.ts';
import { bucketParams, storedBucketType } from './storedBucket.ts';
import { isParentPipeline, metricParams, storedMetricType } from './storedMetric.ts';

/** One entry of a visualization's `aggs`, as the product stores it. */
export interface StoredAggregation {
  readonly id: string;
  readonly enabled: true;
  readonly type: string;
  readonly schema: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A bucket and the slot of the visualization that it fills. */
export interface PlacedBucket {
  readonly schema: 'segment' | 'group' | 'bucket' | 'split';
  readonly bucket: Bucket;
}

/** What a visualization is made of. */
export interface Placed {
  /** The product's name of the kind. */
  readonly type: string;
  readonly id: string;
  readonly metrics: readonly Metric[];
  /** What sizes the points. */
  readonly radius?: Metric | undefined;
  /** From the outermost inwards. */
  readonly buckets: readonly PlacedBucket[];
}

/**
 * The `aggs` of a visualization: metrics first, then the buckets from the outermost inwards. The checks are the same
 * that the types make, for specifications that come as JSON.
 *
 * @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID`, `SAVED_OBJECT_FIELD_UNKNOWN`, `SAVED_OBJECT_FIELD_TYPE`
 */
export function storedAggregations(view: DataView, placed: Placed): readonly StoredAggregation[] {
  const { metrics, radius, buckets } = placed;
  if (metrics.length === 0) throw specInvalid(`A visualization of "${view.pattern}" has no metric.`, 'Pass at least one metric, such as count().');
  checkSlots(placed);
  const shown = metrics.map((metric, index) => ({ id: String(index + 1), metric }));
  const stored: StoredAggregation[] = [];
  const addMetric = (schema: 'metric' | 'radius', metric: Metric): void => {
    checkDrawable(view, placed, metric);
    const id = String(stored.length + 1);
    stored.push({ id, enabled: true, type: storedMetricType(metric.kind), schema, params: metricParams(view, id, metric, shown) });
  };
  for (const metric of metrics) addMetric('metric', metric);
  if (radius !== undefined) addMetric('radius', radius);
  for (const { schema, bucket } of buckets) {
    const id = String(stored.length + 1);
    stored.push({ id, enabled: true, type: storedBucketType(bucket.kind), schema, params: bucketParams(view, id, bucket, shown) });
  }
  return stored;
}

function checkSlots({ type, id, metrics, radius, buckets }: Placed): void {
  for (const slot of AGGREGATION_SLOTS[type] ?? []) {
    const names = slot.schema === 'metric' ? metrics.map(({ kind }) => kind) : slot.schema === 'radius' ? (radius ? [radius.kind] : []) : buckets.filter(({ schema }) => schema === slot.schema).map(({ bucket }) => bucket.kind);
    if (names.length < slot.min) throw specInvalid(`The ${type} "${id}" has nothing as ${slot.schema}.`, 'It needs one.');
    if (names.length > slot.max) throw specInvalid(`The ${type} "${id}" has ${names.length} as ${slot.schema}.`, `It draws ${slot.max}.`);
    for (const name of names) checkAllowed(type, id, slot, name);
  }
  const steps = buckets.at(-1)?.bucket.kind;
  const piped = metrics.find(isParentPipeline);
  if (piped && steps !== 'dateHistogram' && steps !== 'histogram') {
    throw specInvalid(`The ${type} "${id}" shows ${piped.kind} without a histogram as its innermost bucket.`, 'Use dateHistogram or histogram for the last bucket: the metric goes along it.');
  }
}

/** Kinds whose last values may be texts (`allowStrings` of their `aggSettings`). */
const SHOW_TEXTS: readonly string[] = ['metric', 'table'];

function checkDrawable(view: DataView, { type }: Placed, metric: Metric): void {
  if (metric.kind === 'topHits' && !SHOW_TEXTS.includes(type)) checkField(view, 'avg', metric.field);
}

function checkAllowed(type: string, id: string, slot: AggregationSlot, kind: Metric['kind'] | Bucket['kind']): void {
  const name = slot.group === 'metrics' ? storedMetricType(kind as Metric['kind']) : storedBucketType(kind as Bucket['kind']);
  if (isAllowed(slot, name)) return;
  throw specInvalid(`The ${type} "${id}" cannot show ${kind} as ${slot.schema}.`, slot.only ? `It takes ${slot.only.join(', ')}.` : 'Use another aggregation, or another kind of visualization.');
}

/** The product's editor offers no others for the kind, and draws others wrongly or not at all. */
function isAllowed(slot: AggregationSlot, name: AggregationName): boolean {
  const known = name as NonNullable<AggregationSlot['only']>[number];
  return aggregationFacts(name)?.group === slot.group && slot.only?.includes(known) !== false && slot.not?.includes(known) !== true;
}
