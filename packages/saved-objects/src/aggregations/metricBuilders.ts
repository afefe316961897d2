import type { CountMetric, FieldMetric, FieldMetricKind, HitsTogether, MetricOptions, TopHitsMetric } from './metrics.ts';

/** The options as a metric keeps them. */
export function kept(options: MetricOptions): Pick<CountMetric, 'label' | 'json'> {
  return { label: options.label, ...(options.json === undefined ? {} : { json: options.json }) };
}

/** Counts documents. */
export function count(options: MetricOptions = {}): CountMetric {
  return { kind: 'count', ...kept(options) };
}

function fieldMetric<const Kind extends FieldMetricKind>(kind: Kind) {
  return <const Name extends string>(field: Name, options: MetricOptions = {}): FieldMetric<Kind, Name> => ({ kind, field, ...kept(options) });
}

/** The average of a number. */
export const avg = fieldMetric('avg');
/** The sum of a number. */
export const sum = fieldMetric('sum');
/** The smallest number or earliest date. */
export const min = fieldMetric('min');
/** The largest number or latest date. */
export const max = fieldMetric('max');
/** The value that half of a number's or date's values are below. */
export const median = fieldMetric('median');
/** The average, and what is one standard deviation below and above it. */
export const stdDev = fieldMetric('stdDev');
/** How many different values there are, approximately above 3,000. */
export const uniqueCount = fieldMetric('uniqueCount');

/** Percentiles of a number, one value each. */
export function percentiles<const Name extends string>(
  field: Name,
  options: MetricOptions & { /** @default [50, 95, 99] */ readonly percents?: readonly number[] } = {},
): FieldMetric<'percentiles', Name> {
  return { kind: 'percentiles', field, ...kept(options), percents: [...(options.percents ?? [50, 95, 99])] };
}

/** How many percent of a number's values are at most each of the given ones. */
export function percentileRanks<const Name extends string>(field: Name, values: readonly number[], options: MetricOptions = {}): FieldMetric<'percentileRanks', Name> {
  return { kind: 'percentileRanks', field, ...kept(options), values: [...values] };
}

/** Options of {@link topHits}. */
export interface TopHitsOptions<OrderName extends string = string, Together extends HitsTogether = HitsTogether> extends MetricOptions {
  /** Of how many documents. @default 1 */
  readonly size?: number;
  /** How several values become one; other than `concat` only for numbers. @default 'concat' */
  readonly together?: Together;
  /** The field that says which documents are the first. @default the view's time field */
  readonly orderBy?: OrderName;
  /** `desc` is the last of them. @default 'desc' */
  readonly order?: 'asc' | 'desc';
}

/** The value of a field in the last (or first) documents. Texts only in tables and as big numbers. */
export function topHits<const Name extends string, const OrderName extends string = never, const Together extends HitsTogether = 'concat'>(
  field: Name,
  options: TopHitsOptions<OrderName, Together> = {},
): TopHitsMetric<Name, NoInfer<OrderName>, NoInfer<Together>> {
  return {
    kind: 'topHits',
    field,
    ...kept(options),
    // Left out only where the type parameter has its default.
    together: options.together ?? ('concat' as Together),
    size: options.size ?? 1,
    orderBy: options.orderBy,
    order: options.order ?? 'desc',
  };
}
