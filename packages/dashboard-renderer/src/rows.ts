import { PodscopeError } from '@podscope/core';
import { filterEntries, isMetric, MISSING } from './aggregations.ts';
import { visibleLine } from './escape.ts';
import type { PanelFilter } from './filter.ts';
import { fieldFormatter, formatNumber } from './formats.ts';
import { intervalFor } from './interval.ts';
import type { IndexPattern, StoredAggregation, VisState } from './savedObjects.ts';
import type { ResolvedRange } from './time.ts';

/** The part of a search's response that panels read. */
export interface SearchResponse {
  readonly hits?: { readonly total?: number | { readonly value: number }; readonly hits?: readonly unknown[] };
  readonly aggregations?: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

/** A bucket on the way from the outermost to a row. */
export interface BucketKey {
  readonly aggregation: StoredAggregation;
  readonly value: string | number | boolean;
  readonly label: string;
  readonly filters: readonly PanelFilter[];
  /** The bucket's own numbers by column: counts always, others where the request asks for them at every level. */
  readonly values: ReadonlyMap<string, number | null>;
}

/** One number of each row. */
export interface MetricColumn {
  /** The aggregation's id, for percentiles with the percent: `1.95`. */
  readonly id: string;
  readonly label: string;
  readonly aggregation: StoredAggregation;
}

/** One innermost bucket: where it stands and its numbers by column. */
export interface Row {
  readonly keys: readonly BucketKey[];
  readonly values: ReadonlyMap<string, number | null>;
}

/** What reading a response depends on. */
export interface ReadSetting {
  readonly pattern: IndexPattern | undefined;
  readonly range: ResolvedRange;
  readonly timeZone: string;
}

interface RawBucket {
  readonly key?: string | number;
  readonly key_as_string?: string;
  readonly doc_count: number;
  readonly from?: number;
  readonly to?: number;
  readonly [aggregation: string]: unknown;
}

/** How many documents matched. */
export function totalOf(response: SearchResponse): number {
  const total = response.hits?.total ?? 0;
  return typeof total === 'number' ? total : total.value;
}

/** @throws PodscopeError `RENDERER_SEARCH_FAILED` when the response is an error. */
export function checkResponse(response: SearchResponse, title: string): void {
  if (response.error === undefined) return;
  const error = response.error as { readonly reason?: string; readonly root_cause?: readonly { readonly reason?: string }[] };
  const reason = error.root_cause?.[0]?.reason ?? error.reason ?? 'no reason given';
  throw new PodscopeError('RENDERER_SEARCH_FAILED', `The search of "${title}" failed: ${visibleLine(reason)}`, {
    hint: 'Check that the fields of the visualization are in the index, and its filter.',
  });
}

const LABELS: Readonly<Record<string, string>> = { avg: 'Average', sum: 'Sum of', min: 'Min', max: 'Max', cardinality: 'Unique count of' };

/** The numbers of every row, in the order of the visualization. */
export function metricColumns(state: VisState): readonly MetricColumn[] {
  return state.aggs.filter((each) => isMetric(each) && each.schema !== 'radius').flatMap((aggregation) => {
    const { id, type, params } = aggregation;
    const custom = typeof params['customLabel'] === 'string' && params['customLabel'] !== '' ? visibleLine(params['customLabel']) : undefined;
    const field = visibleLine(String(params['field'] ?? ''));
    if (type === 'count') return [{ id, label: custom ?? 'Count', aggregation }];
    if (type !== 'percentiles') return [{ id, label: custom ?? `${LABELS[type] ?? type} ${field}`, aggregation }];
    const percents = (params['percents'] ?? []) as readonly number[];
    return percents.map((percent) => ({ id: `${id}.${percent}`, label: `${ordinal(percent)} percentile of ${custom ?? field}`, aggregation }));
  });
}

function ordinal(value: number): string {
  const last = value % 10;
  const teen = value % 100 >= 11 && value % 100 <= 13;
  return `${value}${!Number.isInteger(value) || teen ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'}`;
}

/** The buckets of a visualization, from the outermost inwards. */
export function bucketAggregations(state: VisState): readonly StoredAggregation[] {
  return state.aggs.filter((each) => !isMetric(each));
}

/** Every innermost bucket of a response as a row. A visualization without buckets has one row. */
export function rowsOf(state: VisState, response: SearchResponse, setting: ReadSetting): readonly Row[] {
  const buckets = bucketAggregations(state);
  const columns = metricColumns(state);
  const rows: Row[] = [];
  const walk = (depth: number, level: RawBucket, keys: readonly BucketKey[]): void => {
    const aggregation = buckets[depth];
    if (!aggregation) {
      rows.push({ keys, values: new Map(columns.map((column) => [column.id, valueOf(column, level)])) });
      return;
    }
    const found = inStoredOrder(aggregation, bucketsOf(level[aggregation.id]));
    for (const [index, [name, bucket]] of found.entries()) {
      const next = found[index + 1]?.[1];
      const values = new Map(columns.map((column) => [column.id, valueOf(column, bucket)]));
      walk(depth + 1, bucket, [...keys, { aggregation, values, ...keyOf(aggregation, name, bucket, next, setting) }]);
    }
  };
  walk(0, { ...response.aggregations, doc_count: totalOf(response) }, []);
  return rows;
}

function bucketsOf(result: unknown): readonly (readonly [string, RawBucket])[] {
  const buckets = (result as { readonly buckets?: readonly RawBucket[] | Readonly<Record<string, RawBucket>> } | undefined)?.buckets;
  if (buckets === undefined) return [];
  if (Array.isArray(buckets)) return (buckets as readonly RawBucket[]).map((bucket) => [String(bucket.key_as_string ?? bucket.key), bucket]);
  return Object.entries(buckets as Readonly<Record<string, RawBucket>>);
}

/** The server sorts filters by name and ranges by their ends; the product shows both as they are stored. */
function inStoredOrder(aggregation: StoredAggregation, found: readonly (readonly [string, RawBucket])[]): readonly (readonly [string, RawBucket])[] {
  if (aggregation.type === 'filters') {
    const names = filterEntries(aggregation).map(({ name }) => name);
    return found.toSorted(([a], [b]) => names.indexOf(a) - names.indexOf(b));
  }
  if (aggregation.type !== 'range') return found;
  const ranges = (aggregation.params['ranges'] ?? []) as readonly { readonly from?: number | null; readonly to?: number | null }[];
  const place = ({ from, to }: RawBucket): number => ranges.findIndex((range) => (range.from ?? undefined) === from && (range.to ?? undefined) === to);
  return found.toSorted(([, a], [, b]) => place(a) - place(b));
}

function valueOf({ id, aggregation }: MetricColumn, bucket: RawBucket): number | null {
  if (aggregation.type === 'count') return bucket.doc_count;
  const result = bucket[aggregation.id] as { readonly value?: number | null; readonly values?: readonly { readonly key: number; readonly value: number | null }[] } | undefined;
  if (aggregation.type !== 'percentiles') return result?.value ?? null;
  const percent = Number(id.slice(aggregation.id.length + 1));
  return result?.values?.find(({ key }) => key === percent)?.value ?? null;
}

function keyOf(aggregation: StoredAggregation, name: string, bucket: RawBucket, next: RawBucket | undefined, setting: ReadSetting): Pick<BucketKey, 'value' | 'label' | 'filters'> {
  const field = String(aggregation.params['field'] ?? '');
  const key = bucket.key ?? name;
  const format = fieldFormatter(setting.pattern, field, setting.timeZone);
  const numeric = Number(key);
  switch (aggregation.type) {
    case 'date_histogram': {
      const width = intervalFor(String(aggregation.params['interval'] ?? 'auto'), setting.range);
      const end = width.calendar && typeof next?.key === 'number' && width.ms > 864e5 ? next.key : numeric + width.ms;
      return { value: numeric, label: format(numeric), filters: [{ field, gte: numeric, lt: end }] };
    }
    case 'histogram': {
      const end = numeric + Number(aggregation.params['interval']);
      return { value: numeric, label: format(numeric), filters: [{ field, gte: numeric, lt: end }] };
    }
    case 'range': {
      const { from, to } = bucket;
      const label = `${from === undefined ? '−∞' : format(from)} to ${to === undefined ? '+∞' : format(to)}`;
      const bounds = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }) };
      return { value: from ?? Number.NEGATIVE_INFINITY, label, filters: [{ field, ...bounds }] };
    }
    case 'filters': {
      const entry = filterEntries(aggregation).find((each) => each.name === name);
      return { value: name, label: visibleLine(name), filters: entry ? [{ ...entry.query, label: name }] : [] };
    }
    default: {
      if (key === MISSING) return missingKey(aggregation, field);
      const listed = setting.pattern?.fields.get(field);
      if (listed?.type === 'boolean') return { value: name === 'true', label: name, filters: [{ field, value: name === 'true' }] };
      const plain = typeof key === 'number' && setting.pattern?.formats[field] === undefined && listed?.type !== 'date';
      // A code such as 1404 is a name, not an amount: no thousands separator.
      const label = plain ? (Number.isInteger(key) ? String(key) : formatNumber(key)) : format(key);
      return { value: key, label: visibleLine(label), filters: [{ field, value: key }] };
    }
  }
}

/** Documents without the field, where the visualization asks for them. */
function missingKey({ params }: StoredAggregation, field: string): Pick<BucketKey, 'value' | 'label' | 'filters'> {
  const label = visibleLine(String(params['missingBucketLabel'] ?? 'Missing'));
  return { value: MISSING, label, filters: [{ query: `not ${field}: *`, language: 'kuery', label: `${field}: ${label}` }] };
}
