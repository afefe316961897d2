import type { Fields } from '@podscope/core';
import type { FieldFor } from '../../aggregations/fieldTypes.ts';
import type { CountMetric, FieldMetric, ParentPipelineKind, ParentPipelineMetric, TopHitsMetric } from '../../aggregations/metrics.ts';
import type { Query } from '../../savedObject.ts';

/** Metrics that only time series have, of one number. */
export interface NumberMetric<Kind extends 'variance' | 'sumOfSquares' | 'valueCount' = 'variance' | 'sumOfSquares' | 'valueCount', Name extends string = string> {
  readonly kind: Kind;
  readonly field: Name;
}

/** By how much a counter grows in a unit of time, restarts left out. */
export interface PositiveRateMetric<Name extends string = string> {
  readonly kind: 'positiveRate';
  readonly field: Name;
  readonly unit: RateUnit;
}

/** A unit of time of a rate; empty: that of the interval. */
export type RateUnit = '' | '1s' | '1m' | '1h' | '1d';

/** A share: a metric of some documents by that of others. */
export interface FilterRatioMetric<Of = TimeSeriesMetric> {
  readonly kind: 'filterRatio';
  readonly numerator: Query;
  readonly denominator: Query;
  readonly of: Of;
}

/** A formula of metrics. */
export interface MathMetric<Of = TimeSeriesMetric> {
  readonly kind: 'math';
  readonly expression: string;
  readonly variables: Readonly<Record<string, Of>>;
}

/** A metric without its values below zero. */
export interface PositiveOnlyMetric<Of = TimeSeriesMetric> {
  readonly kind: 'positiveOnly';
  readonly of: Of;
}

/** A number that stays. */
export interface StaticMetric {
  readonly kind: 'static';
  readonly value: number;
}

/** Any metric of a time series. */
export type TimeSeriesMetric =
  | CountMetric
  | FieldMetric
  | TopHitsMetric
  | ParentPipelineMetric<ParentPipelineKind, TimeSeriesMetric>
  | NumberMetric
  | PositiveRateMetric
  | FilterRatioMetric
  | MathMetric
  | PositiveOnlyMetric
  | StaticMetric;

/** The metrics that a time series reads from fields. */
export type TimeSeriesFieldMetricOf<F extends Fields> =
  | CountMetric
  | FieldMetric<'avg' | 'sum', FieldFor<F, 'avg'>>
  | FieldMetric<'min' | 'max' | 'stdDev', FieldFor<F, 'stdDev'>>
  | FieldMetric<'uniqueCount', FieldFor<F, 'uniqueCount'>>
  | NumberMetric<'variance' | 'sumOfSquares', FieldFor<F, 'stdDev'>>
  | NumberMetric<'valueCount', FieldFor<F, 'uniqueCount'>>
  | PositiveRateMetric<FieldFor<F, 'stdDev'>>;

type ShareOf<F extends Fields> = FilterRatioMetric<CountMetric | FieldMetric<'avg' | 'sum', FieldFor<F, 'avg'>> | FieldMetric<'min' | 'max', FieldFor<F, 'stdDev'>> | FieldMetric<'uniqueCount', FieldFor<F, 'uniqueCount'>>>;
type InnerOf<F extends Fields> = TimeSeriesFieldMetricOf<F> | ShareOf<F> | ParentPipelineMetric<ParentPipelineKind, TimeSeriesFieldMetricOf<F>> | PositiveOnlyMetric<TimeSeriesFieldMetricOf<F> | ParentPipelineMetric<ParentPipelineKind, TimeSeriesFieldMetricOf<F>>>;

/** The metrics that a catalogue allows in a time series. */
export type TimeSeriesMetricOf<F extends Fields> =
  | InnerOf<F>
  | FieldMetric<'percentiles', FieldFor<F, 'percentileRanks'>>
  | FieldMetric<'percentileRanks', FieldFor<F, 'percentileRanks'>>
  | TopHitsMetric<FieldFor<F, 'stdDev'>, FieldFor<F, 'dateHistogram'>>
  | TopHitsMetric<FieldFor<F, 'significantTerms'>, FieldFor<F, 'dateHistogram'>, 'concat'>
  | ParentPipelineMetric<ParentPipelineKind, InnerOf<F>>
  | PositiveOnlyMetric<InnerOf<F>>
  | MathMetric<InnerOf<F>>
  | StaticMetric;

function numberMetric<const Kind extends NumberMetric['kind']>(kind: Kind) {
  return <const Name extends string>(field: Name): NumberMetric<Kind, Name> => ({ kind, field });
}

/** The variance of a number, in a time series. */
export const variance = numberMetric('variance');
/** The sum of the squares of a number, in a time series. */
export const sumOfSquares = numberMetric('sumOfSquares');
/** How many values there are, in a time series. */
export const valueCount = numberMetric('valueCount');

/** By how much a counter grows, in a time series: `positiveRate('redis.commands', '1s')`. */
export function positiveRate<const Name extends string>(field: Name, unit: RateUnit = ''): PositiveRateMetric<Name> {
  return { kind: 'positiveRate', field, unit };
}

/** The share that documents have of others, in a time series: `filterRatio('status >= 500', '*')`. A text is DQL. */
export function filterRatio<const Of extends CountMetric | FieldMetric<'avg' | 'sum' | 'min' | 'max' | 'uniqueCount'> = CountMetric>(numerator: string | Query, denominator: string | Query, of?: Of): FilterRatioMetric<Of> {
  const query = (given: string | Query): Query => (typeof given === 'string' ? { query: given, language: 'kuery' } : { ...given });
  // Left out only where the type parameter has its default.
  return { kind: 'filterRatio', numerator: query(numerator), denominator: query(denominator), of: of ?? ({ kind: 'count', label: undefined } as CountMetric as Of) };
}

/** A formula of metrics, in a time series: `math('params.used / params.all', { used: avg('used'), all: avg('all') })`. */
export function math<const Of extends TimeSeriesMetric>(expression: string, variables: Readonly<Record<string, Of>>): MathMetric<Of> {
  return { kind: 'math', expression, variables: { ...variables } };
}

/** A metric without its values below zero, in a time series. */
export function positiveOnly<const Of extends TimeSeriesMetric>(of: Of): PositiveOnlyMetric<Of> {
  return { kind: 'positiveOnly', of };
}

/** A line at one height, in a time series. */
export function staticValue(value: number): StaticMetric {
  return { kind: 'static', value };
}
