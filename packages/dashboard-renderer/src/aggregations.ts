import { PodscopeError } from '@podscope/core';
import { intervalFor } from './interval.ts';
import { type QueryClause, queryOfFilter } from './query.ts';
import type { IndexPattern, Query, StoredAggregation, VisState } from './savedObjects.ts';
import type { ResolvedRange } from './time.ts';

const METRICS: ReadonlySet<string> = new Set(['count', 'avg', 'sum', 'min', 'max', 'cardinality', 'percentiles']);

/** True for aggregations that give numbers, false for those that make buckets. */
export function isMetric(aggregation: StoredAggregation): boolean {
  return METRICS.has(aggregation.type);
}

/** The key of documents without the field, as the product asks for it. */
export const MISSING = '__missing__';

/** What the request depends on beside the visualization. */
export interface RequestSetting {
  readonly pattern: IndexPattern;
  readonly range: ResolvedRange;
  readonly timeZone: string;
}

type Aggregations = Record<string, Record<string, unknown>>;

/**
 * The `aggs` that the product sends for a visualization: buckets nested in their order, metrics in the innermost one;
 * `count` needs none. A pie asks for its metrics on every ring.
 *
 * @throws PodscopeError `RENDERER_UNSUPPORTED` for an aggregation that isn't drawn here.
 */
export function requestAggregations(state: VisState, setting: RequestSetting): Aggregations {
  // A radius of dots is read by no chart that is drawn here; the product asks for it only where it draws dots.
  const wanted = state.aggs.filter(({ schema, type }) => !(schema === 'radius' && type === 'count'));
  const buckets = wanted.filter((each) => !isMetric(each));
  const metrics = wanted.filter((each) => isMetric(each) && each.type !== 'count');
  const everywhere = state.type === 'pie' || state.params['showMetricsAtAllLevels'] === true || state.params['showPartialRows'] === true;
  const top: Aggregations = {};
  let level = top;
  for (const [index, each] of buckets.entries()) {
    const clause = bucketClause(each, wanted, setting);
    level[each.id] = clause;
    if (index === buckets.length - 1 && metrics.length === 0) break;
    const inner = (clause['aggs'] ??= {}) as Aggregations;
    if (everywhere && index < buckets.length - 1) for (const metric of metrics) inner[metric.id] = metricClause(metric);
    level = inner;
  }
  for (const metric of metrics) level[metric.id] = metricClause(metric);
  return top;
}

function metricClause({ type, params }: StoredAggregation): Record<string, unknown> {
  const field = params['field'];
  return type === 'percentiles' ? { percentiles: { field, percents: params['percents'], keyed: false } } : { [type]: { field } };
}

function bucketClause(each: StoredAggregation, all: readonly StoredAggregation[], setting: RequestSetting): Record<string, unknown> {
  const { params } = each;
  const field = params['field'];
  switch (each.type) {
    case 'date_histogram': {
      const interval = intervalFor(String(params['interval'] ?? 'auto'), setting.range);
      return {
        date_histogram: {
          field,
          [interval.calendar ? 'calendar_interval' : 'fixed_interval']: interval.text,
          time_zone: setting.timeZone,
          min_doc_count: Number(params['min_doc_count'] ?? 1),
        },
      };
    }
    case 'terms':
      return termsClause(each, all, setting.pattern);
    case 'filters':
      return { filters: { filters: namedFilters(each, setting.pattern) } };
    case 'histogram':
      return { histogram: { field, interval: Number(params['interval']), min_doc_count: params['min_doc_count'] === true ? 0 : 1 } };
    case 'range':
      return { range: { field, ranges: params['ranges'], keyed: true } };
    default:
      throw new PodscopeError('RENDERER_UNSUPPORTED', `The aggregation "${each.type}" is not drawn here.`, {
        hint: 'Use count, avg, sum, min, max, cardinality, percentiles, and date_histogram, terms, filters, histogram or range.',
      });
  }
}

function termsClause(each: StoredAggregation, all: readonly StoredAggregation[], pattern: IndexPattern): Record<string, unknown> {
  const { params } = each;
  const direction = params['order'] ?? 'desc';
  const orderBy = String(params['orderBy'] ?? '_key');
  const by = all.find(({ id }) => id === orderBy.split('.')[0]);
  const name = String(params['field']);
  const listed = pattern.fields.get(name);
  const source = listed?.scripted === true ? { script: { source: listed.script, lang: listed.lang } } : { field: name };
  const terms = {
    ...source,
    order: { [orderBy === '_key' ? '_key' : by?.type === 'count' ? '_count' : orderBy]: direction },
    ...(params['missingBucket'] === true && listed?.type === 'string' ? { missing: MISSING } : {}),
    ...(listed?.scripted === true && listed.type === 'number' ? { value_type: 'float' } : {}),
    size: params['size'],
  };
  const ordered = by && by.type !== 'count' ? { aggs: { [by.id]: metricClause(by) } } : {};
  return { terms, ...ordered };
}

/** The entries of a filters bucket under the names that the response gives back. */
export function filterEntries(each: StoredAggregation): readonly { readonly name: string; readonly query: Query }[] {
  const stored = (each.params['filters'] ?? []) as readonly { readonly input: Query; readonly label?: string }[];
  return stored.map(({ input, label }) => ({ name: label !== undefined && label !== '' ? label : input.query || '*', query: input }));
}

function namedFilters(each: StoredAggregation, pattern: IndexPattern): Record<string, QueryClause> {
  return Object.fromEntries(filterEntries(each).map(({ name, query }) => [name, queryOfFilter(query, pattern) as unknown as QueryClause]));
}
