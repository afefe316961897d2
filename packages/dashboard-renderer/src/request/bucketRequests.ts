import { PodscopeError } from '@podscope/core';
import { type RequestSetting, sourceOf } from './aggregationTypes.ts';
import { dateInterval, numericInterval } from '../time/interval.ts';
import { isSiblingPipeline, jsonInput, metricClause, nestedOf } from './metricRequests.ts';
import { type QueryClause, queryOfFilter } from '../query/query.ts';
import type { IndexPattern, Query, StoredAggregation } from '../savedObjects.ts';

/** The key of documents without the field, as the product asks for it. */
export const MISSING = '__missing__';

type Clause = Record<string, unknown>;

/**
 * What the product asks for an aggregation that makes buckets; each case is written after the file of the same name in
 * src/plugins/data/common/search/aggs/buckets.
 *
 * @throws PodscopeError `RENDERER_UNSUPPORTED` for one that no product has.
 */
export function bucketClause(aggregation: StoredAggregation, setting: RequestSetting): Clause {
  const { params, type } = aggregation;
  const field = params['field'];
  const extra = jsonInput(params['json']);
  const source = sourceOf(field, setting.pattern);
  switch (type) {
    case 'date_histogram':
      return { date_histogram: { ...source, ...dateHistogram(aggregation, setting), ...extra } };
    case 'terms':
      return termsClause(aggregation, setting, extra);
    case 'significant_terms':
      return { significant_terms: { field, size: params['size'] ?? '', ...patterns(aggregation, setting.pattern), ...extra } };
    case 'filters':
      return { filters: { filters: namedFilters(aggregation, setting) } };
    case 'filter':
      return { filter: { geo_bounding_box: params['geo_bounding_box'] } };
    case 'histogram':
      return { histogram: { ...source, ...histogram(aggregation, setting), ...extra } };
    case 'range':
      return { range: { ...source, ranges: params['ranges'], keyed: true, ...extra } };
    case 'date_range':
      return { date_range: { ...source, ranges: params['ranges'] ?? [{ from: 'now-1w/w', to: 'now' }], time_zone: params['time_zone'] ?? setting.timeZone, ...extra } };
    case 'ip_range':
      return { ip_range: { ...source, ranges: ipRanges(params), ...extra } };
    case 'geohash_grid':
      return { geohash_grid: { field, precision: params['precision'] ?? 2, ...extra } };
    case 'geotile_grid':
      return { geotile_grid: { field, precision: params['precision'] ?? 0, ...extra } };
    default:
      throw new PodscopeError('RENDERER_UNSUPPORTED', `The aggregation "${type}" is not drawn here.`, { hint: 'Use one that OpenSearch Dashboards has.' });
  }
}

function dateHistogram({ params }: StoredAggregation, { pattern, range, timeZone }: RequestSetting): Clause {
  const interval = dateInterval(params, range, pattern.timeField);
  const { min, max } = (params['extended_bounds'] ?? {}) as { readonly min?: unknown; readonly max?: unknown };
  const bounded = (min !== undefined && min !== null) || (max !== undefined && max !== null);
  return {
    [interval.calendar ? 'calendar_interval' : 'fixed_interval']: interval.text,
    time_zone: params['time_zone'] ?? timeZone,
    ...(params['format'] === undefined ? {} : { format: params['format'] }),
    min_doc_count: Number(params['min_doc_count'] ?? 1),
    ...(bounded ? { extended_bounds: { min: moment(min), max: moment(max) } } : {}),
  };
}

function moment(value: unknown): number | null {
  const time = typeof value === 'number' ? value : Date.parse(String(value));
  return Number.isFinite(time) ? time : null;
}

function histogram({ id, params }: StoredAggregation, { pattern, bounds }: RequestSetting): Clause {
  const { min, max } = (params['extended_bounds'] ?? {}) as { readonly min?: unknown; readonly max?: unknown };
  const given = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
  return {
    interval: numericInterval(params, bounds.get(id), pattern.fields.get(String(params['field']))?.esTypes ?? []),
    min_doc_count: params['min_doc_count'] === true ? 0 : 1,
    ...(params['has_extended_bounds'] === true && given(min) && given(max) ? { extended_bounds: { min, max } } : {}),
  };
}

function termsClause(aggregation: StoredAggregation, setting: RequestSetting, extra: object): Clause {
  const { params } = aggregation;
  const listed = setting.pattern.fields.get(String(params['field']));
  const direction = params['order'] ?? 'desc';
  const { name, by } = orderOf(aggregation, setting);
  const terms = {
    ...sourceOf(params['field'], setting.pattern),
    order: { [name]: direction },
    ...(params['missingBucket'] === true && listed?.type === 'string' ? { missing: MISSING } : {}),
    ...(listed?.scripted === true ? { value_type: listed.type === 'number' ? 'float' : listed.type } : {}),
    size: params['size'] ?? 5,
    ...patterns(aggregation, setting.pattern),
    ...extra,
  };
  if (!by) return { terms };
  const inner = metricClause(by, setting, (bucket) => bucketClause(bucket, setting));
  return { terms, aggs: { [by.id]: inner.clause, ...inner.beside } };
}

/** What terms are ordered by: its name in the request, and the metric that has to be asked for it. */
function orderOf(aggregation: StoredAggregation, { all }: RequestSetting): { readonly name: string; readonly by?: StoredAggregation } {
  const orderBy = String(aggregation.params['orderBy'] ?? '_count');
  const own = nestedOf(aggregation, 'orderAgg');
  if (own) return own.type === 'count' ? { name: '_count' } : { name: own.id, by: own };
  if (orderBy.startsWith('_')) return { name: orderBy === '_term' ? '_key' : orderBy };
  const by = all.find(({ id }) => id === orderBy.split('.')[0]);
  if (!by) return { name: orderBy };
  if (by.type === 'count') return { name: '_count' };
  return isSiblingPipeline(by.type) ? { name: orderBy } : { name: orderBy, by };
}

/** `include` and `exclude`: expressions for texts, lists for numbers (migrate_include_exclude_format.ts). */
function patterns({ params }: StoredAggregation, pattern: IndexPattern): Clause {
  const type = pattern.fields.get(String(params['field']))?.type;
  const written: Clause = {};
  for (const name of ['exclude', 'include']) {
    const value = params[name];
    const numbers = Array.isArray(value) ? value.filter((each) => typeof each === 'number' && Number.isFinite(each)) : [];
    if (numbers.length > 0 && type === 'number') written[name] = numbers;
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) written[name] = (value as { readonly pattern?: unknown }).pattern;
    else if (typeof value === 'string' && value !== '' && type === 'string') written[name] = value;
  }
  return written;
}

function ipRanges(params: StoredAggregation['params']): unknown {
  const stored = (params['ranges'] ?? {}) as { readonly fromTo?: readonly Readonly<Record<string, unknown>>[]; readonly mask?: unknown };
  if (params['ipRangeType'] === 'mask') return stored.mask;
  return (stored.fromTo ?? []).map((range) => Object.fromEntries(Object.entries(range).filter(([, value]) => value !== null)));
}

/** The entries of a filters bucket under the names that the response gives back. */
export function filterEntries(aggregation: StoredAggregation): readonly { readonly name: string; readonly query: Query }[] {
  const stored = (aggregation.params['filters'] ?? []) as readonly { readonly input?: Partial<Query> | null; readonly label?: string }[];
  return stored.flatMap(({ input, label }) => {
    if (!input) return [];
    const text = typeof input.query === 'string' ? input.query : '';
    const query = { query: text, language: input.language ?? 'lucene' };
    return [{ name: label !== undefined && label !== '' ? label : text || '*', query }];
  });
}

function namedFilters(aggregation: StoredAggregation, { pattern, timeZone }: RequestSetting): Record<string, QueryClause> {
  return Object.fromEntries(filterEntries(aggregation).map(({ name, query }) => [name, queryOfFilter(query, pattern, timeZone) as unknown as QueryClause]));
}
