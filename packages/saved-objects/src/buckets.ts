import type { AggregatableType, DateType, FieldNameOfType, Fields, NumericType } from '@podscope/core';
import type { Query } from './savedObject.ts';

/** Options that every bucket takes. */
export interface BucketOptions {
  /** What axes and columns call it. */
  readonly label?: string;
}

/** Documents by time. */
export interface DateHistogramBucket<Name extends string = string> {
  readonly kind: 'dateHistogram';
  readonly field: Name;
  /** `auto`, or a number and a unit: `30s`, `5m`, `1h`, `1d`, `1w`, `1M`. */
  readonly interval: string;
  readonly label: string | undefined;
}

/** Documents by the most frequent values. */
export interface TermsBucket<Name extends string = string> {
  readonly kind: 'terms';
  readonly field: Name;
  readonly size: number;
  readonly order: 'asc' | 'desc';
  readonly orderBy: 'metric' | 'key';
  readonly label: string | undefined;
}

/** Documents by named queries. */
export interface FiltersBucket {
  readonly kind: 'filters';
  readonly filters: readonly { readonly label: string; readonly query: Query }[];
}

/** Documents by equal steps of a number. */
export interface HistogramBucket<Name extends string = string> {
  readonly kind: 'histogram';
  readonly field: Name;
  readonly interval: number;
  readonly label: string | undefined;
}

/** Documents by given ranges of a number; `from` is inside a range, `to` is not. */
export interface RangeBucket<Name extends string = string> {
  readonly kind: 'range';
  readonly field: Name;
  readonly ranges: readonly { readonly from?: number; readonly to?: number }[];
  readonly label: string | undefined;
}

/** Any bucket of any catalogue. */
export type Bucket = DateHistogramBucket | TermsBucket | FiltersBucket | HistogramBucket | RangeBucket;

/** The buckets that a catalogue allows. */
export type BucketOf<F extends Fields> =
  | DateHistogramBucket<FieldNameOfType<F, DateType>>
  | TermsBucket<FieldNameOfType<F, AggregatableType>>
  | FiltersBucket
  | HistogramBucket<FieldNameOfType<F, NumericType>>
  | RangeBucket<FieldNameOfType<F, NumericType>>;

/** By time, on a date field. With `auto` the interval follows the dashboard's time range. */
export function dateHistogram<const Name extends string>(
  field: Name,
  options: BucketOptions & { /** @default 'auto' */ readonly interval?: string } = {},
): DateHistogramBucket<Name> {
  return { kind: 'dateHistogram', field, interval: options.interval ?? 'auto', label: options.label };
}

/** By the values of a field. */
export function terms<const Name extends string>(
  field: Name,
  options: BucketOptions & {
    /** How many values at most. @default 5 */
    readonly size?: number;
    /** @default 'desc' */
    readonly order?: 'asc' | 'desc';
    /** By the first metric, or by the value itself. @default 'metric' */
    readonly orderBy?: 'metric' | 'key';
  } = {},
): TermsBucket<Name> {
  return {
    kind: 'terms',
    field,
    size: options.size ?? 5,
    order: options.order ?? 'desc',
    orderBy: options.orderBy ?? 'metric',
    label: options.label,
  };
}

/** By named queries: `filters({ ok: 'http.response.status_code < 400' })`. A text is DQL. */
export function filters(queries: Readonly<Record<string, string | Query>>): FiltersBucket {
  return {
    kind: 'filters',
    filters: Object.entries(queries).map(([label, query]) => ({
      label,
      query: typeof query === 'string' ? { query, language: 'kuery' } : { ...query },
    })),
  };
}

/** By equal steps of a number. */
export function histogram<const Name extends string>(
  field: Name,
  options: BucketOptions & { /** Width of a step, in the field's unit. */ readonly interval: number },
): HistogramBucket<Name> {
  return { kind: 'histogram', field, interval: options.interval, label: options.label };
}

/** By given ranges of a number. */
export function range<const Name extends string>(
  field: Name,
  ranges: readonly { readonly from?: number; readonly to?: number }[],
  options: BucketOptions = {},
): RangeBucket<Name> {
  return { kind: 'range', field, ranges: ranges.map((each) => ({ ...each })), label: options.label };
}
