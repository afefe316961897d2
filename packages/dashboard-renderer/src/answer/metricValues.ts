import { visibleText } from '../escape.ts';
import { fieldFormatter, type Formatter, formatNumber } from '../draw/formats.ts';
import { customLabel, metricLabel } from './labels.ts';
import { isParentPipeline, isSiblingPipeline, METRICS, nestedOf } from '../request/metricRequests.ts';
import type { RawBucket, ReadSetting } from './rows.ts';
import type { StoredAggregation, VisState } from '../savedObjects.ts';

/** One number of each row. */
export interface MetricColumn {
  /** The aggregation's id, for percentiles with the percent: `1.95`. */
  readonly id: string;
  readonly label: string;
  readonly aggregation: StoredAggregation;
}

/** The numbers of every row, in the order of the visualization. A radius is no column of its own. */
export function metricColumns(state: VisState): readonly MetricColumn[] {
  return state.aggs.filter(({ type, schema }) => METRICS.has(type) && schema !== 'radius').flatMap((aggregation) => columnsOf(aggregation, state.aggs));
}

/** The columns of one metric: several for percentiles and standard deviations. */
export function columnsOf(aggregation: StoredAggregation, all: readonly StoredAggregation[]): readonly MetricColumn[] {
  const { id, type, params } = aggregation;
  const field = visibleText(String(params['field'] ?? ''));
  const named = customLabel(aggregation);
  switch (type) {
    case 'percentiles':
      return ((params['percents'] ?? [1, 5, 25, 50, 75, 95, 99]) as readonly number[]).map((percent) => ({ id: `${id}.${percent}`, label: `${ordinal(percent)} percentile of ${named ?? field}`, aggregation }));
    case 'percentile_ranks':
      return ((params['values'] ?? []) as readonly number[]).map((value) => ({ id: `${id}.${value}`, label: `Percentile rank ${formatNumber(Number(value))} of "${named ?? field}"`, aggregation }));
    case 'std_dev': {
      const label = metricLabel(aggregation, all);
      return ['lower', 'upper'].map((end) => ({ id: `${id}.std_${end}`, label: `${end === 'lower' ? 'Lower' : 'Upper'} ${label}`, aggregation }));
    }
    default:
      return [{ id, label: metricLabel(aggregation, all), aggregation }];
  }
}

function ordinal(value: number): string {
  const last = value % 10;
  const teen = value % 100 >= 11 && value % 100 <= 13;
  return `${value}${!Number.isInteger(value) || teen ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'}`;
}

/** What a metric of a bucket came to: a number, or the text of a top hit. */
export type MetricAnswer = number | string | null;

interface RawMetric {
  readonly value?: number | null;
  readonly values?: readonly { readonly key: number; readonly value: number | null }[];
  readonly std_deviation_bounds?: Readonly<Record<string, number | null>>;
  readonly hits?: { readonly hits?: readonly { readonly _source?: unknown; readonly fields?: Readonly<Record<string, readonly unknown[]>> }[] };
}

/** The value of a column in a bucket. Infinities stand for nothing: JSON has none, but a `min` over nothing was seen to send one. */
export function valueOf({ id, aggregation }: MetricColumn, bucket: RawBucket): MetricAnswer {
  if (aggregation.type === 'count') return bucket.doc_count;
  const result = bucket[aggregation.id] as RawMetric | undefined;
  const part = id.slice(aggregation.id.length + 1);
  switch (aggregation.type) {
    case 'percentiles':
      return finite(result?.values?.find(({ key }) => key === Number(part))?.value);
    case 'percentile_ranks':
      // The server answers in percent, and the product shows a share.
      return share(result?.values?.find(({ key }) => key === Number(part))?.value);
    case 'median':
      return finite(result?.values?.[0]?.value);
    case 'std_dev':
      return finite(result?.std_deviation_bounds?.[part.slice('std_'.length)]);
    case 'top_hits':
      return topHit(aggregation, result);
    default:
      return finite(result?.value);
  }
}

function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function share(value: number | null | undefined): number | null {
  const percent = finite(value);
  return percent === null ? null : percent / 100;
}

function topHit({ params }: StoredAggregation, result: RawMetric | undefined): MetricAnswer {
  const field = String(params['field'] ?? '');
  const values = (result?.hits?.hits ?? []).flatMap((hit): unknown[] => {
    const value = hit.fields?.[field] ?? at(hit._source, field);
    return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  });
  const [only] = values;
  if (values.length === 0) return null;
  if (values.length === 1) return typeof only === 'number' ? only : textOf(only);
  const numbers = values.map(Number);
  const sum = numbers.reduce((total, number) => total + number, 0);
  switch (params['aggregate']) {
    case 'max':
      return Math.max(...numbers);
    case 'min':
      return Math.min(...numbers);
    case 'sum':
      return sum;
    case 'average':
      return sum / numbers.length;
    default:
      return values.map(textOf).join(', ');
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function at(source: unknown, path: string): unknown {
  if (path === '_source' || source === undefined) return source;
  if (Object.hasOwn(source as object, path)) return (source as Record<string, unknown>)[path];
  return path.split('.').reduce<unknown>((current, part) => (typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[part] : undefined), source);
}

/** The formatter of a metric: counts are plain numbers, ranks are shares, the others look like their field. */
export function metricFormatter(aggregation: StoredAggregation, setting: ReadSetting, all: readonly StoredAggregation[] = []): Formatter {
  const { type, params } = aggregation;
  if (isParentPipeline(type) || isSiblingPipeline(type)) {
    const inner = nestedOf(aggregation, 'customMetric') ?? all.find(({ id }) => id === params['metricAgg']);
    return inner ? metricFormatter(inner, setting, all) : fieldFormatter(undefined, undefined, setting.timeZone);
  }
  if (type === 'percentile_ranks') return fieldFormatter({ id: '', pattern: '', timeField: undefined, fields: new Map(), formats: { rank: { id: 'percent' } } }, 'rank', setting.timeZone);
  const plain = type === 'count' || type === 'cardinality';
  const field = params['field'];
  return fieldFormatter(setting.pattern, plain || typeof field !== 'string' ? undefined : field, setting.timeZone);
}
