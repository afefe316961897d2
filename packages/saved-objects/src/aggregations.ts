import { AGGREGATABLE_TYPES, DATE_TYPES, type FieldType, findField, nestedAbove, NUMERIC_TYPES, PodscopeError } from '@podscope/core';
import type { Bucket } from './buckets.ts';
import { type DataView, typeOfField, unknownField } from './dataView.ts';
import type { Metric } from './metrics.ts';

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
  readonly schema: 'segment' | 'group' | 'bucket';
  readonly bucket: Bucket;
}

const ALLOWED: Readonly<Record<string, readonly FieldType[]>> = {
  avg: NUMERIC_TYPES,
  sum: NUMERIC_TYPES,
  percentiles: NUMERIC_TYPES,
  min: [...NUMERIC_TYPES, ...DATE_TYPES],
  max: [...NUMERIC_TYPES, ...DATE_TYPES],
  uniqueCount: AGGREGATABLE_TYPES,
  dateHistogram: DATE_TYPES,
  terms: AGGREGATABLE_TYPES,
  histogram: NUMERIC_TYPES,
  range: NUMERIC_TYPES,
};

const STORED_METRIC = {
  count: 'count',
  avg: 'avg',
  sum: 'sum',
  min: 'min',
  max: 'max',
  uniqueCount: 'cardinality',
  percentiles: 'percentiles',
} as const;

/**
 * The `aggs` of a visualization: metrics first, then the buckets from the outermost inwards. The checks are the same
 * that the types make, for specifications that come as JSON.
 */
export function storedAggregations(
  view: DataView,
  metrics: readonly Metric[],
  buckets: readonly PlacedBucket[],
): readonly StoredAggregation[] {
  const first = metrics[0];
  if (!first) {
    throw new PodscopeError('SAVED_OBJECT_SPEC_INVALID', `A visualization of "${view.pattern}" has no metric.`, {
      hint: 'Pass at least one metric, such as count().',
    });
  }
  return [
    ...metrics.map((metric, index): StoredAggregation => ({
      id: String(index + 1),
      enabled: true,
      type: STORED_METRIC[metric.kind],
      schema: 'metric',
      params: metricParams(view, metric),
    })),
    ...buckets.map(({ schema, bucket }, index): StoredAggregation => ({
      id: String(metrics.length + index + 1),
      enabled: true,
      type: bucket.kind === 'dateHistogram' ? 'date_histogram' : bucket.kind,
      schema,
      params: bucketParams(view, bucket, first),
    })),
  ];
}

function metricParams(view: DataView, metric: Metric): Record<string, unknown> {
  const label = metric.label === undefined ? {} : { customLabel: metric.label };
  if (metric.kind === 'count') return label;
  checkField(view, metric.kind, metric.field);
  if (metric.kind !== 'percentiles') return { field: metric.field, ...label };
  const percents = metric.percents ?? [];
  if (percents.length === 0 || percents.some((percent) => !(percent >= 0 && percent <= 100))) {
    throw invalid(`Percentiles of "${metric.field}" are ${JSON.stringify(percents)}.`, 'Pass numbers from 0 to 100.');
  }
  return { field: metric.field, percents: [...percents], ...label };
}

function bucketParams(view: DataView, bucket: Bucket, first: Metric): Record<string, unknown> {
  if (bucket.kind === 'filters') {
    if (bucket.filters.length === 0) throw invalid('A filters bucket has no filter.', 'Pass at least one named query.');
    return { filters: bucket.filters.map(({ label, query }) => ({ input: { ...query }, label })) };
  }
  checkField(view, bucket.kind, bucket.field);
  const label = bucket.label === undefined ? {} : { customLabel: bucket.label };
  switch (bucket.kind) {
    case 'dateHistogram':
      if (bucket.interval !== 'auto' && !/^[1-9]\d*(ms|s|m|h|d)$|^1[wMy]$/.test(bucket.interval)) {
        throw invalid(`"${bucket.interval}" is no interval.`, 'Use auto, or such as 30s, 5m, 1h, 1d, 1w, 1M, 1y.');
      }
      return {
        field: bucket.field,
        useNormalizedOpenSearchInterval: true,
        scaleMetricValues: false,
        interval: bucket.interval,
        drop_partials: false,
        min_doc_count: 1,
        extended_bounds: {},
        ...label,
      };
    case 'terms':
      if (!Number.isInteger(bucket.size) || bucket.size < 1 || bucket.size > 10_000) {
        throw invalid(`Terms of "${bucket.field}" have size ${bucket.size}.`, 'Use a whole number from 1 to 10,000.');
      }
      return {
        field: bucket.field,
        orderBy: orderByOf(bucket.orderBy, first),
        order: bucket.order,
        size: bucket.size,
        otherBucket: false,
        otherBucketLabel: 'Other',
        missingBucket: false,
        missingBucketLabel: 'Missing',
        ...label,
      };
    case 'histogram':
      if (!(bucket.interval > 0 && Number.isFinite(bucket.interval))) {
        throw invalid(`The histogram of "${bucket.field}" has interval ${bucket.interval}.`, 'Use a number above 0.');
      }
      return {
        field: bucket.field,
        interval: bucket.interval,
        min_doc_count: false,
        has_extended_bounds: false,
        extended_bounds: { min: '', max: '' },
        ...label,
      };
    case 'range':
      if (bucket.ranges.length === 0) throw invalid(`"${bucket.field}" has no ranges.`, 'Pass at least one range.');
      return { field: bucket.field, ranges: bucket.ranges.map((each) => ({ ...each })), ...label };
  }
}

/** Percentiles have no single value: the product orders by one of them, named `<id>.<percent>`. */
function orderByOf(orderBy: 'metric' | 'key', first: Metric): string {
  if (orderBy === 'key') return '_key';
  return first.kind === 'percentiles' ? `1.${first.percents?.[0]}` : '1';
}

function checkField(view: DataView, kind: string, field: string): void {
  const allowed = allowedTypes(kind);
  if (!allowed) {
    typeOfField(view, field);
    throw invalid(`There is no aggregation "${kind}".`, `Use one of ${Object.keys(ALLOWED).join(', ')}.`);
  }
  const problem = fieldProblem(view, kind, field, allowed);
  if (problem) throw problem;
}

/** The types of fields that an aggregation takes; undefined for one that isn't built here. */
export function allowedTypes(kind: string): readonly FieldType[] | undefined {
  return Object.hasOwn(ALLOWED, kind) ? ALLOWED[kind] : undefined;
}

/** Why an aggregation cannot use a field, or undefined when it can. */
export function fieldProblem(view: Pick<DataView, 'pattern' | 'fields'>, kind: string, field: string, allowed: readonly FieldType[]): PodscopeError<'SAVED_OBJECT_FIELD_UNKNOWN' | 'SAVED_OBJECT_FIELD_TYPE'> | undefined {
  const type = findField(view.fields, field)?.type;
  if (type === undefined) return unknownField(view, field);
  const nested = nestedAbove(view.fields, field);
  if (nested !== undefined) {
    return new PodscopeError('SAVED_OBJECT_FIELD_TYPE', `${kind} cannot use "${field}" of "${view.pattern}": it is below the nested field "${nested}".`, {
      hint: 'A visualization’s aggregations see nothing below nested fields; choose a field outside.',
    });
  }
  if (allowed.includes(type)) return undefined;
  return new PodscopeError('SAVED_OBJECT_FIELD_TYPE', `${kind} cannot use "${field}" of "${view.pattern}": it is of type ${type}.`, {
    hint: `Choose a field of type ${allowed.join(', ')}.${type === 'text' ? ' A text field may have a keyword multi-field.' : ''}`,
  });
}

function invalid(message: string, hint: string): PodscopeError {
  return new PodscopeError('SAVED_OBJECT_SPEC_INVALID', message, { hint });
}
