import type { Query } from '../savedObject.ts';
import type { BucketOptions, FiltersBucket, SignificantTermsBucket, TermsBucket, TermsOrder } from './buckets.ts';
import type { FieldMetric } from './metrics.ts';
import type { PlainMetric } from './pipelines.ts';

/** The options as a bucket keeps them. */
export function keptOfBucket(options: BucketOptions): Pick<TermsBucket, 'label' | 'json'> {
  return { label: options.label, ...(options.json === undefined ? {} : { json: options.json }) };
}

/** What terms can be ordered by (`termsAggFilter` in src/plugins/data/common/search/aggs/buckets/terms.ts), and shown percentiles. */
export type OrderMetric = PlainMetric | FieldMetric<'percentiles'>;

/** Options of {@link terms}. */
export interface TermsOptions<Order extends TermsOrder<OrderMetric> = TermsOrder<OrderMetric>> extends BucketOptions {
  /** How many values at most. @default 5 */
  readonly size?: number;
  /** @default 'desc' */
  readonly order?: 'asc' | 'desc';
  /**
   * By the first metric that can order, by the value itself, or by a metric: one that the visualization shows, or another
   * that is only asked for the order. @default 'metric'
   */
  readonly orderBy?: Order;
  /** By percentiles: by which of them. @default the first */
  readonly orderPercent?: number;
  /** Show the rest as one bucket; a text is its name. @default false */
  readonly other?: string | boolean;
  /** Show documents without a value as a bucket; a text is its name. @default false */
  readonly missing?: string | boolean;
  /** Only values that match the regular expression. */
  readonly include?: string;
  /** No values that match the regular expression. */
  readonly exclude?: string;
}

/** By the values of a field. */
export function terms<const Name extends string, const Order extends TermsOrder<OrderMetric> = 'metric'>(field: Name, options: TermsOptions<Order> = {}): TermsBucket<Name, NoInfer<Order>> {
  const { orderPercent, other, missing, include, exclude } = options;
  return {
    kind: 'terms',
    field,
    size: options.size ?? 5,
    order: options.order ?? 'desc',
    // Left out only where the type parameter has its default.
    orderBy: options.orderBy ?? ('metric' as Order),
    ...(orderPercent === undefined ? {} : { orderPercent }),
    ...(other === undefined ? {} : { other }),
    ...(missing === undefined ? {} : { missing }),
    ...(include === undefined ? {} : { include }),
    ...(exclude === undefined ? {} : { exclude }),
    ...keptOfBucket(options),
  };
}

/** Options of {@link significantTerms}. */
export interface SignificantTermsOptions extends BucketOptions {
  /** How many values at most. @default 5 */
  readonly size?: number;
  /** Only values that match the regular expression. */
  readonly include?: string;
  /** No values that match the regular expression. */
  readonly exclude?: string;
}

/** By the values that are more frequent among the found documents than among all. */
export function significantTerms<const Name extends string>(field: Name, options: SignificantTermsOptions = {}): SignificantTermsBucket<Name> {
  const { include, exclude } = options;
  return {
    kind: 'significantTerms',
    field,
    size: options.size ?? 5,
    ...(include === undefined ? {} : { include }),
    ...(exclude === undefined ? {} : { exclude }),
    ...keptOfBucket(options),
  };
}

/** By named queries: `filters({ ok: 'http.response.status_code < 400' })`. A text is DQL. */
export function filters(queries: Readonly<Record<string, string | Query>>, options: Pick<BucketOptions, 'json'> = {}): FiltersBucket {
  return {
    kind: 'filters',
    filters: Object.entries(queries).map(([label, query]) => ({
      label,
      query: typeof query === 'string' ? { query, language: 'kuery' } : { ...query },
    })),
    ...(options.json === undefined ? {} : { json: options.json }),
  };
}
