import type { AggregatableType, Fields } from '@podscope/core';
import type { JsonObject } from '../read/storedObject.ts';
import type { AnyBucketOf, Bucket } from './buckets.ts';
import type { FieldFor } from './fieldTypes.ts';

export type { AggregatableType };

/** Options that every metric takes. */
export interface MetricOptions {
  /** What legends and columns call it. @default such as `Average redis.used_memory` */
  readonly label?: string;
  /** What is added to the aggregation of the request: the editor's "JSON input". */
  readonly json?: JsonObject;
}

interface MetricBase {
  readonly label: string | undefined;
  readonly json?: JsonObject;
}

/** The number of documents. */
export interface CountMetric extends MetricBase {
  readonly kind: 'count';
}

/** The metrics that read one field and give a number or several. */
export type FieldMetricKind = 'avg' | 'sum' | 'min' | 'max' | 'median' | 'stdDev' | 'uniqueCount' | 'percentiles' | 'percentileRanks';

/** Numbers made of one field's values. */
export interface FieldMetric<Kind extends FieldMetricKind = FieldMetricKind, Name extends string = string> extends MetricBase {
  readonly kind: Kind;
  readonly field: Name;
  /** For percentiles: which ones, from 0 to 100. */
  readonly percents?: readonly number[];
  /** For percentile ranks: of which values. */
  readonly values?: readonly number[];
}

/** How several hits become one value. */
export type HitsTogether = 'min' | 'max' | 'sum' | 'average' | 'concat';

/** The value of the first or last documents. */
export interface TopHitsMetric<Name extends string = string, OrderName extends string = string, Together extends HitsTogether = HitsTogether> extends MetricBase {
  readonly kind: 'topHits';
  readonly field: Name;
  readonly together: Together;
  readonly size: number;
  /** Undefined: the view's time field. */
  readonly orderBy: OrderName | undefined;
  readonly order: 'asc' | 'desc';
}

/** The metrics that are made of a metric's values along a histogram. */
export type ParentPipelineKind = 'derivative' | 'cumulativeSum' | 'movingAverage' | 'serialDifference';

/** A metric of a metric's values along a histogram. */
export interface ParentPipelineMetric<Kind extends ParentPipelineKind = ParentPipelineKind, Of = Metric> extends MetricBase {
  readonly kind: Kind;
  readonly of: Of;
  /** For moving averages: of how many buckets. */
  readonly window?: number;
}

/** The metrics that are made of a metric's values over buckets of their own. */
export type SiblingMetricKind = 'averageBucket' | 'sumBucket' | 'minBucket' | 'maxBucket';

/** One number of a metric's values over buckets. */
export interface SiblingMetric<Kind extends SiblingMetricKind = SiblingMetricKind, Of = Metric, Over = Bucket> extends MetricBase {
  readonly kind: Kind;
  readonly of: Of;
  readonly over: Over;
}

/** Any metric of any catalogue. */
export type Metric = CountMetric | FieldMetric | TopHitsMetric | ParentPipelineMetric | SiblingMetric;

/** What pipelines are made of, and what terms are ordered by. */
export type PlainMetricOf<F extends Fields> =
  | CountMetric
  | FieldMetric<'avg' | 'sum', FieldFor<F, 'avg'>>
  | FieldMetric<'min' | 'max', FieldFor<F, 'min'>>
  | FieldMetric<'uniqueCount', FieldFor<F, 'uniqueCount'>>;

/** The value of documents, where numbers are drawn. */
export type TopNumberOf<F extends Fields> = TopHitsMetric<FieldFor<F, 'avg'>, FieldFor<F, 'topHitsOrder'>>;

/** The value of documents, where texts are shown, too. */
export type TopValueOf<F extends Fields> = TopHitsMetric<FieldFor<F, 'topHits'>, FieldFor<F, 'topHitsOrder'>, 'concat'> | TopNumberOf<F>;

/** One number of a metric over buckets, as a catalogue allows it. */
export type SiblingMetricOf<F extends Fields> = SiblingMetric<SiblingMetricKind, PlainMetricOf<F>, AnyBucketOf<F>>;

/** A metric of a metric along a histogram, as a catalogue allows it. */
export type ParentPipelineMetricOf<F extends Fields> = ParentPipelineMetric<
  ParentPipelineKind,
  PlainMetricOf<F> | SiblingMetricOf<F> | ParentPipelineMetric<ParentPipelineKind, PlainMetricOf<F>>
>;

/** The metrics with one value that a catalogue allows; a gauge or a goal takes no other. */
export type SingleMetricOf<F extends Fields> = PlainMetricOf<F> | FieldMetric<'median', FieldFor<F, 'median'>> | TopNumberOf<F> | SiblingMetricOf<F>;

type PercentMetricOf<F extends Fields> = FieldMetric<'percentiles', FieldFor<F, 'percentiles'>> | FieldMetric<'percentileRanks', FieldFor<F, 'percentileRanks'>>;

/** The metrics that a catalogue allows on axes, whatever the buckets are. */
export type PointMetricOf<F extends Fields> = SingleMetricOf<F> | PercentMetricOf<F> | FieldMetric<'stdDev', FieldFor<F, 'stdDev'>>;

/** The metrics that a catalogue allows on axes; those of a metric along a histogram only where there is one. */
export type MetricOf<F extends Fields> = PointMetricOf<F> | ParentPipelineMetricOf<F>;

/** The metrics that big numbers take. */
export type NumberMetricOf<F extends Fields> = SingleMetricOf<F> | PercentMetricOf<F> | TopValueOf<F>;

/** The metrics that columns take. */
export type ColumnMetricOf<F extends Fields> = MetricOf<F> | TopValueOf<F>;

/** The metrics that a pie takes: those that add up to a whole. */
export type AdditiveMetricOf<F extends Fields> =
  | CountMetric
  | FieldMetric<'sum', FieldFor<F, 'sum'>>
  | FieldMetric<'uniqueCount', FieldFor<F, 'uniqueCount'>>
  | TopNumberOf<F>;

/** The metrics that shade a cell. */
export type CellMetricOf<F extends Fields> = PlainMetricOf<F> | FieldMetric<'median', FieldFor<F, 'median'>> | FieldMetric<'stdDev', FieldFor<F, 'stdDev'>> | TopNumberOf<F>;
