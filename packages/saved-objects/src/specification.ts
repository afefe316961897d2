import { PodscopeError } from '@podscope/core';
import { type Bucket, dateHistogram, filters, histogram, range, terms } from './buckets.ts';
import type { DataView } from './dataView.ts';
import type { FieldMetricKind, Metric } from './metrics.ts';
import type { Query, SavedObject } from './savedObject.ts';
import { looseGauge, looseMetric, loosePie, looseTable } from './single.ts';
import type { VisualizationKind } from './visualization.ts';
import { xy } from './xy.ts';

/** A metric as JSON. */
export interface MetricSpec {
  readonly kind: 'count' | FieldMetricKind;
  /** For every kind but `count`. */
  readonly field?: string;
  readonly label?: string;
  /** For `percentiles`. */
  readonly percents?: readonly number[];
}

/** A bucket as JSON. */
export interface BucketSpec {
  readonly kind: Bucket['kind'];
  /** For every kind but `filters`. */
  readonly field?: string;
  readonly label?: string;
  /** For `dateHistogram` a text such as `30s` or `auto`; for `histogram` a number. */
  readonly interval?: string | number;
  /** For `terms`. */
  readonly size?: number;
  /** For `filters`: label → DQL. */
  readonly filters?: Readonly<Record<string, string>>;
  /** For `range`. */
  readonly ranges?: readonly { readonly from?: number; readonly to?: number }[];
}

/** A visualization as JSON, such as a form sends it. */
export interface VisualizationSpec {
  readonly id: string;
  readonly title: string;
  readonly kind: Exclude<VisualizationKind, 'markdown'>;
  /** The pattern of one of the data views. */
  readonly pattern: string;
  readonly metric: MetricSpec | readonly MetricSpec[];
  /** The axis, the slices or the table's rows. */
  readonly bucket?: BucketSpec;
  /** Series; for a pie a second ring; for a table a second column. */
  readonly split?: BucketSpec;
  readonly filter?: string | Query;
  /** For `gauge`: where colours change. @default [0, 50, 75, 100] */
  readonly bounds?: readonly number[];
}

/**
 * Makes a visualization's saved object from JSON, with the checks that the builders' types make.
 *
 * @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID`, `SAVED_OBJECT_FIELD_UNKNOWN`, `SAVED_OBJECT_FIELD_TYPE`,
 * `SAVED_OBJECT_ID_INVALID`
 */
export function visualizationFrom(spec: VisualizationSpec, views: readonly DataView[]): SavedObject {
  if (typeof spec !== 'object' || spec === null) throw invalid('The visualization is no object.', 'Pass an object with id, title, kind, pattern and metric.');
  const view = views.find((each) => each.pattern === spec.pattern);
  if (!view) {
    throw invalid(`There is no data view "${String(spec.pattern)}".`, `Use one of ${views.map((each) => each.pattern).join(', ')}.`);
  }
  if (typeof spec.title !== 'string' || spec.title.trim() === '') throw invalid('The visualization has no title.', 'Give it a title.');
  const metricSpecs: readonly MetricSpec[] = Array.isArray(spec.metric) ? spec.metric : [spec.metric as MetricSpec];
  const y = metricSpecs.map(metricFrom);
  const bucket = spec.bucket ? bucketFrom(spec.bucket) : undefined;
  const split = spec.split ? bucketFrom(spec.split) : undefined;
  const common = spec.filter === undefined ? {} : { filter: filterFrom(spec.filter) };
  const buckets = [bucket, split].filter((each) => each !== undefined);
  const { id, title } = spec;
  switch (spec.kind) {
    case 'line':
    case 'area':
    case 'verticalBar':
    case 'horizontalBar':
      if (!bucket) throw invalid(`A ${spec.kind} has no bucket for its axis.`, 'Choose a bucket, such as a date histogram.');
      return xy(spec.kind, id, title, view, { ...common, x: bucket, y, ...(split ? { split } : {}) }).object;
    case 'pie':
      if (!bucket) throw invalid('A pie has no bucket for its slices.', 'Choose a bucket, such as terms.');
      if (y.length !== 1) throw invalid(`A pie has ${y.length} metrics.`, 'Choose one metric.');
      return loosePie(id, title, view, { ...common, y, buckets }).object;
    case 'table':
      return looseTable(id, title, view, { ...common, y, buckets }).object;
    case 'metric':
      if (buckets.length > 1) throw invalid('A metric has two buckets.', 'Choose a bucket or a split.');
      return looseMetric(id, title, view, { ...common, y, buckets }).object;
    case 'gauge':
      if (buckets.length > 1) throw invalid('A gauge has two buckets.', 'Choose a bucket or a split.');
      return looseGauge(id, title, view, { ...common, y, buckets, bounds: numbersFrom(spec.bounds ?? [0, 50, 75, 100]) }).object;
    default:
      throw invalid(`There is no visualization kind "${String(spec.kind)}".`, 'Use line, area, verticalBar, horizontalBar, pie, metric, gauge or table.');
  }
}

function metricFrom(spec: MetricSpec): Metric {
  const label = textFrom(spec?.label);
  switch (spec?.kind) {
    case 'count':
      return { kind: 'count', label };
    case 'percentiles':
      return { kind: 'percentiles', field: fieldFrom(spec), label, percents: numbersFrom(spec.percents ?? [50, 95, 99]) };
    case 'avg':
    case 'sum':
    case 'min':
    case 'max':
    case 'uniqueCount':
      return { kind: spec.kind, field: fieldFrom(spec), label };
    default:
      throw invalid(`There is no metric "${String(spec?.kind)}".`, 'Use count, avg, sum, min, max, uniqueCount or percentiles.');
  }
}

function bucketFrom(spec: BucketSpec): Bucket {
  const text = textFrom(spec.label);
  const label = text === undefined ? {} : { label: text };
  switch (spec.kind) {
    case 'dateHistogram':
      return dateHistogram(fieldFrom(spec), { ...label, interval: String(spec.interval ?? 'auto') });
    case 'terms':
      return terms(fieldFrom(spec), { ...label, ...(spec.size === undefined ? {} : { size: spec.size }) });
    case 'filters':
      return filters(queriesFrom(spec.filters ?? {}));
    case 'histogram':
      return histogram(fieldFrom(spec), { ...label, interval: Number(spec.interval) });
    case 'range':
      return range(fieldFrom(spec), rangesFrom(spec.ranges ?? []), label);
    default:
      throw invalid(`There is no bucket "${String((spec as BucketSpec).kind)}".`, 'Use dateHistogram, terms, filters, histogram or range.');
  }
}

function fieldFrom(spec: { readonly kind: string; readonly field?: string }): string {
  if (typeof spec.field === 'string' && spec.field !== '') return spec.field;
  throw invalid(`${spec.kind} names no field.`, 'Choose a field.');
}

function textFrom(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(`${JSON.stringify(value)} is no label.`, 'Pass a text.');
}

function numbersFrom(values: readonly unknown[]): readonly number[] {
  if (Array.isArray(values) && values.every((value) => typeof value === 'number')) return values;
  throw invalid(`${JSON.stringify(values)} are no numbers.`, 'Pass a list of numbers.');
}

function queriesFrom(queries: unknown): Readonly<Record<string, string>> {
  const entries = typeof queries === 'object' && queries !== null ? Object.entries(queries) : [];
  if (entries.length > 0 && entries.every(([, query]) => typeof query === 'string')) return Object.fromEntries(entries) as Record<string, string>;
  throw invalid('The filters are no queries by name.', 'Pass an object of texts in DQL.');
}

function rangesFrom(ranges: unknown): NonNullable<BucketSpec['ranges']> {
  const bound = (value: unknown): boolean => value === undefined || (typeof value === 'number' && Number.isFinite(value));
  const fits = (each: unknown): boolean => typeof each === 'object' && each !== null && bound((each as { from?: unknown }).from) && bound((each as { to?: unknown }).to);
  if (Array.isArray(ranges) && ranges.every(fits)) return (ranges as NonNullable<BucketSpec['ranges']>).map(({ from, to }) => ({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }));
  throw invalid(`${JSON.stringify(ranges)} are no ranges.`, 'Pass a list of objects with from, to, or both, as numbers.');
}

function filterFrom(value: string | Query): string | Query {
  if (typeof value === 'string') return value;
  if (typeof value?.query === 'string' && (value.language === 'kuery' || value.language === 'lucene')) return value;
  throw invalid('The filter is no query.', 'Pass a text in DQL, or a query and its language, kuery or lucene.');
}

function invalid(message: string, hint: string): PodscopeError {
  return new PodscopeError('SAVED_OBJECT_SPEC_INVALID', message, { hint });
}
