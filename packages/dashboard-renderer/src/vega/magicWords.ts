import { PodscopeError } from '@podscope/core';
import type { ResolvedRange } from '../time/time.ts';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

/** The widest bucket for which each interval is taken. */
const INTERVALS: readonly (readonly [number, string])[] = [
  [500, '100ms'], [5 * S, '1s'], [7.5 * S, '5s'], [15 * S, '10s'], [45 * S, '30s'], [3 * M, '1m'], [7.5 * M, '5m'], [20 * M, '10m'], [45 * M, '30m'],
  [2 * H, '1h'], [6 * H, '3h'], [D, '12h'], [7 * D, '24h'], [21 * D, '1w'], [42 * D - 1, '30d'], [Infinity, '1y'],
];
const CALENDAR = ['1m', '1h', '1d', '1w', '1M', '1q', '1y'];
const UNITS: Readonly<Record<string, number>> = { s: S, second: S, m: M, minute: M, h: H, hour: H, d: D, day: D, w: 7 * D, week: 7 * D };
const CLAUSES: Readonly<Record<string, 'must' | 'filter' | 'must_not'>> = {
  '%dashboard_context-must_clause%': 'must',
  '%dashboard_context-filter_clause%': 'filter',
  '%dashboard_context-must_not_clause%': 'must_not',
};

/** What a page puts into a search of Vega. */
export interface PageContext {
  readonly range: ResolvedRange;
  readonly bool: { readonly must: readonly unknown[]; readonly filter: readonly unknown[]; readonly should: readonly unknown[]; readonly must_not: readonly unknown[] };
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A search of a Vega specification as the page sends it: with the page's time range and clauses in the place of the words that
 * stand for them. From OpenSearch Dashboards src/plugins/vis_type_vega/public/data_model/opensearch_query_parser.ts; intervals are
 * named as in Kibana's es_query_parser.ts, because servers deprecate a bare `interval`.
 *
 * @throws PodscopeError `RENDERER_OBJECT_BROKEN`
 */
export function searchOfPage(url: JsonObject, page: PageContext, where: string): { readonly index: string; readonly body: JsonObject } {
  const { index, body: given = {}, '%context%': context, '%timefield%': timeField } = url;
  if (!isObject(given)) throw broken(`${where}: the body of a search is no object`);
  const body: Record<string, unknown> = { ...given };
  if (body['query'] !== undefined) {
    if (context !== undefined || timeField !== undefined) throw broken(`${where}: a query stands beside %context% or %timefield%`);
    body['query'] = replaced(body['query'], page, true, '', where);
  } else {
    const range = typeof timeField === 'string' ? [{ range: { [timeField]: rangeOf({}, page) } }] : [];
    if (context) body['query'] = { bool: { ...page.bool, must: [...page.bool.must, ...range] } };
    else if (range.length > 0) body['query'] = range[0];
  }
  if (body['aggs'] !== undefined) body['aggs'] = replaced(body['aggs'], page, false, '', where);
  return { index: typeof index === 'string' && index !== '' ? index : '_all', body };
}

function replaced(value: unknown, page: PageContext, inQuery: boolean, key: string, where: string): unknown {
  if (Array.isArray(value)) {
    return value.flatMap((item): readonly unknown[] => {
      const clause = inQuery && typeof item === 'string' && Object.hasOwn(CLAUSES, item) ? CLAUSES[item] : undefined;
      return clause === undefined ? [replaced(item, page, inQuery, key, where)] : page.bool[clause];
    });
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, part]): readonly (readonly [string, unknown])[] => {
    if (name === 'interval' && key === 'date_histogram') return [intervalOf(part, page, where)];
    if (/^(?:fixed|calendar)_interval$/.test(name) && isObject(part)) return [[name, intervalOf(part, page, where)[1]]];
    if (isObject(part) && part['%timefilter%'] !== undefined) return [[name, timeOf(part, page, where)]];
    return [[name, replaced(part, page, inQuery, name, where)]];
  }));
}

function intervalOf(asked: unknown, { range }: PageContext, where: string): readonly [string, unknown] {
  let interval = asked;
  if (isObject(asked)) {
    const size = asked['%autointerval%'] === true ? 50 : asked['%autointerval%'];
    if (typeof size !== 'number' || !(size > 0)) throw broken(`${where}: %autointerval% is neither true nor a number`);
    const width = (range.to - range.from) / size;
    interval = INTERVALS.find(([widest]) => width <= widest)?.[1];
  }
  return [CALENDAR.includes(String(interval)) ? 'calendar_interval' : 'fixed_interval', interval];
}

function timeOf(asked: JsonObject, page: PageContext, where: string): unknown {
  switch (asked['%timefilter%']) {
    case 'min':
      return page.range.from + shiftOf(asked);
    case 'max':
      return page.range.to + shiftOf(asked);
    case true:
      return rangeOf(asked, page);
    default:
      throw broken(`${where}: %timefilter% is neither true, "min" nor "max"`);
  }
}

function rangeOf(asked: JsonObject, { range }: PageContext): JsonObject {
  const { '%timefilter%': _, shift: __, unit: ___, ...rest } = asked;
  const by = shiftOf(asked);
  return { ...rest, gte: new Date(range.from + by).toISOString(), lte: new Date(range.to + by).toISOString(), format: 'strict_date_optional_time' };
}

function shiftOf({ shift, unit }: JsonObject): number {
  return typeof shift === 'number' ? shift * (UNITS[String(unit ?? 'd')] ?? D) : 0;
}

function broken(what: string): PodscopeError {
  return new PodscopeError('RENDERER_OBJECT_BROKEN', `${what}.`, { hint: 'Correct the specification; OpenSearch Dashboards shows the same error.' });
}
