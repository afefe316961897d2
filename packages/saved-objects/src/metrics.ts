import type { AggregatableType, DateType, FieldNameOfType, Fields, NumericType } from '@podscope/core';

export type { AggregatableType };

/** Options that every metric takes. */
export interface MetricOptions {
  /** What legends and columns call it. @default such as `Average redis.used_memory` */
  readonly label?: string;
}

/** The number of documents. */
export interface CountMetric {
  readonly kind: 'count';
  readonly label: string | undefined;
}

/** The metrics that read one field. */
export type FieldMetricKind = 'avg' | 'sum' | 'min' | 'max' | 'uniqueCount' | 'percentiles';

/** A number made of one field's values. */
export interface FieldMetric<Kind extends FieldMetricKind = FieldMetricKind, Name extends string = string> {
  readonly kind: Kind;
  readonly field: Name;
  readonly label: string | undefined;
  /** For percentiles: which ones, from 0 to 100. */
  readonly percents?: readonly number[];
}

/** Any metric of any catalogue. */
export type Metric = CountMetric | FieldMetric;

/** The metrics with one value that a catalogue allows; a gauge takes no other. */
export type SingleMetricOf<F extends Fields> =
  | CountMetric
  | FieldMetric<'avg' | 'sum', FieldNameOfType<F, NumericType>>
  | FieldMetric<'min' | 'max', FieldNameOfType<F, NumericType | DateType>>
  | FieldMetric<'uniqueCount', FieldNameOfType<F, AggregatableType>>;

/** The metrics that a catalogue allows. */
export type MetricOf<F extends Fields> = SingleMetricOf<F> | FieldMetric<'percentiles', FieldNameOfType<F, NumericType>>;

/** The metrics that a pie takes: those that add up to a whole. */
export type AdditiveMetricOf<F extends Fields> =
  | CountMetric
  | FieldMetric<'sum', FieldNameOfType<F, NumericType>>
  | FieldMetric<'uniqueCount', FieldNameOfType<F, AggregatableType>>;

/** Counts documents. */
export function count(options: MetricOptions = {}): CountMetric {
  return { kind: 'count', label: options.label };
}

function fieldMetric<const Kind extends FieldMetricKind>(kind: Kind) {
  return <const Name extends string>(field: Name, options: MetricOptions = {}): FieldMetric<Kind, Name> => ({
    kind,
    field,
    label: options.label,
  });
}

/** The average of a number. */
export const avg = fieldMetric('avg');
/** The sum of a number. */
export const sum = fieldMetric('sum');
/** The smallest number or earliest date. */
export const min = fieldMetric('min');
/** The largest number or latest date. */
export const max = fieldMetric('max');
/** How many different values there are, approximately above 3,000. */
export const uniqueCount = fieldMetric('uniqueCount');

/** Percentiles of a number, one value each. */
export function percentiles<const Name extends string>(
  field: Name,
  options: MetricOptions & { /** @default [50, 95, 99] */ readonly percents?: readonly number[] } = {},
): FieldMetric<'percentiles', Name> {
  return { kind: 'percentiles', field, label: options.label, percents: [...(options.percents ?? [50, 95, 99])] };
}

/** What the product calls a metric without a label of its own. */
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
    case 'uniqueCount':
      return `Unique count of ${metric.field}`;
    case 'percentiles':
      return `Percentiles of ${metric.field}`;
  }
}
