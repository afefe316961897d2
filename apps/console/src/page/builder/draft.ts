import type { BucketSpec, MetricSpec, VisualizationSpec } from '@podscope/saved-objects';
import type { ViewField } from '../api/savedObjects.ts';

/** A bucket while it is being built; `none` leaves it out. */
export interface BucketDraft {
  readonly kind: 'none' | 'dateHistogram' | 'terms' | 'histogram' | 'filters';
  readonly field: string;
  readonly size: string;
  readonly interval: string;
  /** One a line: `name: query`. */
  readonly filters: string;
}

/** A visualization while it is being built. */
export interface Draft {
  readonly title: string;
  readonly kind: VisualizationSpec['kind'];
  readonly pattern: string;
  readonly metric: MetricSpec['kind'];
  readonly metricField: string;
  readonly bucket: BucketDraft;
  readonly split: BucketDraft;
  readonly filter: string;
}

const NO_BUCKET: BucketDraft = { kind: 'none', field: '', size: '5', interval: 'auto', filters: '' };

/** What the builder starts with: requests over time by status. */
export const FIRST_DRAFT: Draft = {
  title: 'Requests by status',
  kind: 'verticalBar',
  pattern: 'apache-*',
  metric: 'count',
  metricField: '',
  bucket: { ...NO_BUCKET, kind: 'dateHistogram', field: '@timestamp' },
  split: { ...NO_BUCKET, kind: 'terms', field: 'http.response.status_code' },
  filter: '',
};

/** The kinds in the builder's order. */
export const KINDS: readonly (readonly [VisualizationSpec['kind'], string])[] = [
  ['line', 'Line'],
  ['area', 'Area'],
  ['verticalBar', 'Vertical bar'],
  ['horizontalBar', 'Horizontal bar'],
  ['pie', 'Pie'],
  ['metric', 'Metric'],
  ['gauge', 'Gauge'],
  ['table', 'Table'],
];

/** The metrics in the builder's order. */
export const METRICS: readonly (readonly [MetricSpec['kind'], string])[] = [
  ['count', 'Count of documents'],
  ['avg', 'Average'],
  ['sum', 'Sum'],
  ['min', 'Minimum'],
  ['max', 'Maximum'],
  ['uniqueCount', 'Unique count'],
  ['percentiles', 'Percentiles 50, 95, 99'],
];

/** What a kind can show: a pie what adds up, a gauge what has one value. */
const SHOWN: { readonly [Kind in Draft['kind']]?: readonly MetricSpec['kind'][] } = {
  pie: ['count', 'sum', 'uniqueCount'],
  gauge: ['count', 'avg', 'sum', 'min', 'max', 'uniqueCount'],
};

/** The metrics that a kind can show, in the builder's order. */
export function metricsOf(kind: Draft['kind']): typeof METRICS {
  return METRICS.filter(([metric]) => SHOWN[kind]?.includes(metric) ?? true);
}

/** The draft's metric, or the count where its kind cannot show that. */
export function metricOf(draft: Draft): MetricSpec['kind'] {
  return metricsOf(draft.kind).some(([metric]) => metric === draft.metric) ? draft.metric : 'count';
}

const NUMBERS = new Set(['short', 'integer', 'long', 'float', 'double', 'number']);

/** The fields that a metric can take. */
export function metricFields(fields: readonly ViewField[], metric: MetricSpec['kind']): readonly ViewField[] {
  if (metric === 'count') return [];
  return metric === 'uniqueCount' ? countable(fields) : fields.filter((field) => NUMBERS.has(field.type));
}

/** The fields that a bucket can take. */
export function bucketFields(fields: readonly ViewField[], kind: BucketDraft['kind']): readonly ViewField[] {
  switch (kind) {
    case 'dateHistogram':
      return fields.filter((field) => field.type === 'date');
    case 'histogram':
      return fields.filter((field) => NUMBERS.has(field.type));
    case 'terms':
      return countable(fields).filter((field) => field.type !== 'date');
    default:
      return [];
  }
}

function countable(fields: readonly ViewField[]): readonly ViewField[] {
  return fields.filter((field) => field.aggregatable && field.type !== 'text');
}

/** The first choice that fits: the field there is, or the first of the list. */
export function fitting(fields: readonly ViewField[], name: string): string {
  return fields.some((field) => field.name === name) ? name : (fields[0]?.name ?? '');
}

/** What kinds of chart can be split further. */
export function canSplit(kind: Draft['kind']): boolean {
  return kind !== 'metric' && kind !== 'gauge';
}

/** An id for a title. Own visualizations have a prefix, so that they never take an installed one's place. */
export function idOf(title: string): string {
  const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 80);
  return `own-${slug || 'visualization'}`;
}

/** The specification of a draft. */
export function specOf(draft: Draft, fields: readonly ViewField[]): VisualizationSpec {
  const bucket = bucketSpec(draft.bucket, fields);
  const split = canSplit(draft.kind) ? bucketSpec(draft.split, fields) : undefined;
  const metric = metricOf(draft);
  const metricField = fitting(metricFields(fields, metric), draft.metricField);
  const filter = draft.filter.trim();
  return {
    id: idOf(draft.title),
    title: draft.title.trim(),
    kind: draft.kind,
    pattern: draft.pattern,
    metric: metric === 'count' ? { kind: 'count' } : { kind: metric, field: metricField },
    ...(bucket ? { bucket } : {}),
    ...(split ? { split } : {}),
    ...(filter === '' ? {} : { filter }),
  };
}

function bucketSpec(draft: BucketDraft, fields: readonly ViewField[]): BucketSpec | undefined {
  const field = fitting(bucketFields(fields, draft.kind), draft.field);
  switch (draft.kind) {
    case 'none':
      return undefined;
    case 'dateHistogram':
      return { kind: 'dateHistogram', field, interval: draft.interval };
    case 'terms':
      return { kind: 'terms', field, size: Math.min(50, Math.max(1, Math.round(Number(draft.size)) || 5)) };
    case 'histogram':
      return { kind: 'histogram', field, interval: Number(draft.interval) > 0 ? Number(draft.interval) : 10 };
    case 'filters':
      return { kind: 'filters', filters: parseFilterLines(draft.filters) };
  }
}

/** `errors: log.level: error` a line; a line without a name is its own name. */
export function parseFilterLines(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const line of text.split('\n').map((part) => part.trim()).filter(Boolean)) {
    const named = /^([^:="]{1,60}):\s+(.+)$/.exec(line);
    const [name, query] = named?.[1] !== undefined && named[2] !== undefined && /[:<>=]/.test(named[2]) ? [named[1].trim(), named[2]] : [line, line];
    found[name] = query;
  }
  return found;
}
