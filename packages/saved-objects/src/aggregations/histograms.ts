import type { BucketOptions, DateHistogramBucket, DateRangeBucket, ExtendedBounds, HistogramBucket, IpRangeBucket, IpRanges, RangeBucket } from './buckets.ts';
import { keptOfBucket } from './termBuckets.ts';

/** Options of {@link dateHistogram}. */
export interface DateHistogramOptions extends BucketOptions {
  /** `auto`, a unit (`h`), or a number and a unit (`30s`). @default 'auto' */
  readonly interval?: string;
  /** Leave out the first and last bucket where the time range cuts them. @default false */
  readonly dropPartials?: boolean;
  /** With an interval that was made larger, show metrics as if it weren't. @default false */
  readonly scaleMetricValues?: boolean;
  /** Buckets with fewer documents are left out. @default 1 */
  readonly minDocCount?: number;
  /** Where the axis begins and ends at least: milliseconds since 1970, or a date as text. */
  readonly extendedBounds?: DateHistogramBucket['extendedBounds'];
}

/** By time, on a date field. With `auto` the interval follows the dashboard's time range. */
export function dateHistogram<const Name extends string>(field: Name, options: DateHistogramOptions = {}): DateHistogramBucket<Name> {
  const { dropPartials, scaleMetricValues, minDocCount, extendedBounds } = options;
  return {
    kind: 'dateHistogram',
    field,
    interval: options.interval ?? 'auto',
    ...(dropPartials === undefined ? {} : { dropPartials }),
    ...(scaleMetricValues === undefined ? {} : { scaleMetricValues }),
    ...(minDocCount === undefined ? {} : { minDocCount }),
    ...(extendedBounds === undefined ? {} : { extendedBounds: { ...extendedBounds } }),
    ...keptOfBucket(options),
  };
}

/** Options of {@link histogram}. */
export interface HistogramOptions extends BucketOptions {
  /** Width of a step, in the field's unit; `auto` follows the values (OpenSearch Dashboards, Kibana from 7.9). */
  readonly interval: number | 'auto';
  /** @default false */
  readonly showEmpty?: boolean;
  /** Where the axis begins and ends at least. */
  readonly extendedBounds?: ExtendedBounds;
  /** With `auto`: how many bars at most. */
  readonly maxBars?: number;
}

/** By equal steps of a number. */
export function histogram<const Name extends string>(field: Name, options: HistogramOptions): HistogramBucket<Name> {
  const { showEmpty, extendedBounds, maxBars } = options;
  return {
    kind: 'histogram',
    field,
    interval: options.interval,
    ...(showEmpty === undefined ? {} : { showEmpty }),
    ...(extendedBounds === undefined ? {} : { extendedBounds: { ...extendedBounds } }),
    ...(maxBars === undefined ? {} : { maxBars }),
    ...keptOfBucket(options),
  };
}

/** By given ranges of a number. */
export function range<const Name extends string>(field: Name, ranges: RangeBucket['ranges'], options: BucketOptions = {}): RangeBucket<Name> {
  return { kind: 'range', field, ranges: ranges.map((each) => ({ ...each })), ...keptOfBucket(options) };
}

/** By given ranges of time: `dateRange('@timestamp', [{ from: 'now-1w/w', to: 'now' }])`. */
export function dateRange<const Name extends string>(field: Name, ranges: DateRangeBucket['ranges'], options: BucketOptions = {}): DateRangeBucket<Name> {
  return { kind: 'dateRange', field, ranges: ranges.map((each) => ({ ...each })), ...keptOfBucket(options) };
}

/** By ranges of addresses: `ipRange('source.ip', [{ mask: '10.0.0.0/8' }])`, or from one address to another. */
export function ipRange<const Name extends string>(field: Name, ranges: IpRanges, options: BucketOptions = {}): IpRangeBucket<Name> {
  return { kind: 'ipRange', field, ranges, ...keptOfBucket(options) };
}
