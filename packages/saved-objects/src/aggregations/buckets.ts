import type { Fields } from '@podscope/core';
import type { JsonObject } from '../read/storedObject.ts';
import type { Query } from '../savedObject.ts';
import type { FieldFor } from './fieldTypes.ts';
import type { Metric, PlainMetricOf } from './metrics.ts';

/** Options that every bucket takes. */
export interface BucketOptions {
  /** What axes and columns call it. */
  readonly label?: string;
  /** What is added to the aggregation of the request: the editor's "JSON input". */
  readonly json?: JsonObject;
}

interface BucketBase {
  readonly label: string | undefined;
  readonly json?: JsonObject;
}

/** Where an axis begins and ends at least. */
export interface ExtendedBounds {
  readonly min: number;
  readonly max: number;
}

/** Documents by time. */
export interface DateHistogramBucket<Name extends string = string> extends BucketBase {
  readonly kind: 'dateHistogram';
  readonly field: Name;
  /** `auto`, a unit (`h`), or a number and a unit: `30s`, `5m`, `1h`, `1d`, `1w`, `1M`. */
  readonly interval: string;
  readonly dropPartials?: boolean;
  readonly scaleMetricValues?: boolean;
  readonly minDocCount?: number;
  /** Milliseconds since 1970, or a date as text. */
  readonly extendedBounds?: { readonly min: number | string; readonly max: number | string };
}

/** What terms are ordered by: the first metric that orders, the value itself, or a metric of the visualization or of its own. */
export type TermsOrder<By = Metric> = 'metric' | 'key' | By;

/** Documents by the most frequent values. */
export interface TermsBucket<Name extends string = string, Order = TermsOrder> extends BucketBase {
  readonly kind: 'terms';
  readonly field: Name;
  readonly size: number;
  readonly order: 'asc' | 'desc';
  readonly orderBy: Order;
  readonly orderPercent?: number;
  readonly other?: string | boolean;
  readonly missing?: string | boolean;
  readonly include?: string;
  readonly exclude?: string;
}

/** Documents by the values that are more frequent among them than elsewhere. */
export interface SignificantTermsBucket<Name extends string = string> extends BucketBase {
  readonly kind: 'significantTerms';
  readonly field: Name;
  readonly size: number;
  readonly include?: string;
  readonly exclude?: string;
}

/** Documents by named queries. */
export interface FiltersBucket {
  readonly kind: 'filters';
  readonly filters: readonly { readonly label: string; readonly query: Query }[];
  readonly json?: JsonObject;
}

/** Documents by equal steps of a number. */
export interface HistogramBucket<Name extends string = string> extends BucketBase {
  readonly kind: 'histogram';
  readonly field: Name;
  readonly interval: number | 'auto';
  readonly showEmpty?: boolean;
  readonly extendedBounds?: ExtendedBounds;
  readonly maxBars?: number;
}

/** Documents by given ranges of a number; `from` is inside a range, `to` is not. */
export interface RangeBucket<Name extends string = string> extends BucketBase {
  readonly kind: 'range';
  readonly field: Name;
  readonly ranges: readonly { readonly from?: number; readonly to?: number }[];
}

/** Documents by given ranges of time, in date math such as `now-1w/w`. */
export interface DateRangeBucket<Name extends string = string> extends BucketBase {
  readonly kind: 'dateRange';
  readonly field: Name;
  readonly ranges: readonly { readonly from?: string; readonly to?: string }[];
}

/** Ranges of addresses: from one to another, or the networks of masks such as `10.0.0.0/8`. */
export type IpRanges = readonly { readonly from?: string; readonly to?: string }[] | readonly { readonly mask: string }[];

/** Documents by ranges of addresses. */
export interface IpRangeBucket<Name extends string = string> extends BucketBase {
  readonly kind: 'ipRange';
  readonly field: Name;
  readonly ranges: IpRanges;
}

/** Documents by cells of a map. */
export interface GeohashGridBucket<Name extends string = string> extends BucketBase {
  readonly kind: 'geohashGrid';
  readonly field: Name;
  readonly precision: number;
  /** Whether the precision follows the map's zoom. */
  readonly autoPrecision: boolean;
  readonly onlyVisible: boolean;
  readonly atCentroid: boolean;
}

/** Documents by tiles of a map. */
export interface GeotileGridBucket<Name extends string = string> extends BucketBase {
  readonly kind: 'geotileGrid';
  readonly field: Name;
  readonly precision: number;
  readonly atCentroid: boolean;
}

/** Any bucket of any catalogue. */
export type Bucket =
  | DateHistogramBucket
  | TermsBucket
  | SignificantTermsBucket
  | FiltersBucket
  | HistogramBucket
  | RangeBucket
  | DateRangeBucket
  | IpRangeBucket
  | GeohashGridBucket
  | GeotileGridBucket;

/** Terms, as a catalogue allows them. */
export type TermsBucketOf<F extends Fields> = TermsBucket<FieldFor<F, 'terms'>, TermsOrder<PlainMetricOf<F> | OrderPercentilesOf<F>>>;

/** Percentiles to order by: those that the visualization shows. */
type OrderPercentilesOf<F extends Fields> = { readonly kind: 'percentiles'; readonly field: FieldFor<F, 'percentiles'> };

/** The buckets with equal steps, along which pipelines run. */
export type StepsBucketOf<F extends Fields> = DateHistogramBucket<FieldFor<F, 'dateHistogram'>> | HistogramBucket<FieldFor<F, 'histogram'>>;

/** The buckets that a catalogue allows on axes, for series, slices and rows. */
export type BucketOf<F extends Fields> =
  | StepsBucketOf<F>
  | TermsBucketOf<F>
  | SignificantTermsBucket<FieldFor<F, 'significantTerms'>>
  | FiltersBucket
  | RangeBucket<FieldFor<F, 'range'>>
  | DateRangeBucket<FieldFor<F, 'dateRange'>>
  | IpRangeBucket<FieldFor<F, 'ipRange'>>;

/** The buckets that a catalogue allows in tables, and for siblings. */
export type AnyBucketOf<F extends Fields> = BucketOf<F> | GeohashGridBucket<FieldFor<F, 'geohashGrid'>> | GeotileGridBucket<FieldFor<F, 'geotileGrid'>>;
