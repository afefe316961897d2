import { boolQuery } from '../query.ts';
import type { ObjectRequestOptions } from '../requests.ts';
import type { IndexPattern, SavedObject } from '../savedObjects.ts';
import { patternByTitle } from '../savedObjects.ts';
import { type ResolvedRange, resolveRange } from '../time.ts';
import { vegaSources, vegaSpecOf } from './spec.ts';

type Members = Record<string, unknown>;

/** The name of a data source's search. */
export function vegaName(source: { readonly name: string }): string {
  return `vega:${source.name}`;
}

/**
 * The searches that a Vega specification names, with the page's query, filters and time put where it asks for them.
 * After src/plugins/vis_type_vega/public/data_model/opensearch_query_parser.ts.
 */
export function vegaSearches(object: SavedObject, objects: readonly SavedObject[], options: ObjectRequestOptions): readonly { readonly name: string; readonly index: string; readonly body: Readonly<Record<string, unknown>> }[] {
  const range = resolveRange(options.timeRange, options.now);
  return vegaSources(vegaSpecOf(object)).map((source) => {
    const { url } = source;
    const index = String(url['index']);
    const body = structuredClone(url['body'] ?? {}) as Members;
    const context = contextOf(patternByTitle(objects, index) ?? nothingKnown(index), options);
    const timeField = url['%timefield%'];
    const wanted = Boolean(url['%context%']);
    if (wanted || timeField !== undefined) {
      if (body['query'] === undefined) body['query'] = withTime(wanted ? context : NOTHING, timeField, range);
    } else if (body['query'] !== undefined) inject(body['query'], context, range);
    inject(body['aggs'] ?? body['aggregations'], undefined, range);
    return { name: vegaName(source), index, body };
  });
}

interface Context {
  readonly must: readonly unknown[];
  readonly filter: readonly unknown[];
  readonly should: readonly unknown[];
  readonly must_not: readonly unknown[];
}

const NOTHING: Context = { must: [], filter: [], should: [], must_not: [] };

/** Without an index pattern names with `*` fit nothing, as in the product. */
function nothingKnown(pattern: string): IndexPattern {
  return { id: pattern, pattern, timeField: undefined, fields: new Map(), formats: {} };
}

function contextOf(pattern: IndexPattern, options: ObjectRequestOptions): Context {
  const asked = typeof options.query === 'string' ? { query: options.query, language: 'kuery' } : options.query;
  const queries = [asked ?? options.dashboardQuery ?? { query: '', language: 'kuery' }];
  return boolQuery(pattern, { queries, filters: options.filters ?? [], stored: options.dashboardFilters ?? [], range: undefined, timeZone: options.timeZone ?? 'UTC' }).bool;
}

function withTime(context: Context, field: unknown, range: ResolvedRange): unknown {
  if (typeof field !== 'string') return { bool: context };
  return { bool: { ...context, must: [...context.must, { range: { [field]: boundsOf(range) } }] } };
}

function boundsOf({ from, to }: ResolvedRange, shift = 0): Members {
  return { gte: new Date(from + shift).toISOString(), lte: new Date(to + shift).toISOString(), format: 'strict_date_optional_time' };
}

const CLAUSES: Readonly<Record<string, keyof Context>> = {
  '%dashboard_context-must_clause%': 'must',
  '%dashboard_context-filter_clause%': 'filter',
  '%dashboard_context-must_not_clause%': 'must_not',
};

function inject(value: unknown, context: Context | undefined, range: ResolvedRange): void {
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const clause = context && typeof value[at] === 'string' ? CLAUSES[value[at] as string] : undefined;
      if (clause === undefined || !context) inject(value[at], context, range);
      else {
        value.splice(at, 1, ...context[clause]);
        at += context[clause].length - 1;
      }
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const members = value as Members;
  for (const [name, member] of Object.entries(members)) {
    if (typeof member !== 'object' || member === null) continue;
    const asked = member as Members;
    const size = asked['%autointerval%'];
    if (/^(?:fixed_|calendar_)?interval$/.test(name) && size !== undefined) {
      members[name] = roundedInterval((range.to - range.from) / (size === true ? 50 : Number(size)));
    } else if (asked['%timefilter%'] === 'min' || asked['%timefilter%'] === 'max') {
      members[name] = (asked['%timefilter%'] === 'min' ? range.from : range.to) + shiftOf(asked);
    } else if (asked['%timefilter%'] === true) {
      const { '%timefilter%': _asked, shift: _shift, unit: _unit, ...rest } = asked;
      members[name] = { ...rest, ...boundsOf(range, shiftOf(asked)) };
    } else inject(asked, context, range);
  }
}

const UNITS: Readonly<Record<string, number>> = { week: 6048e5, w: 6048e5, day: 864e5, d: 864e5, hour: 36e5, h: 36e5, minute: 6e4, m: 6e4, second: 1e3, s: 1e3 };

function shiftOf(asked: Members): number {
  return Number(asked['shift'] ?? 0) * (UNITS[String(asked['unit'] ?? 'd').replace(/s$/, '')] ?? UNITS['d'] ?? 0);
}

/** The product's own rounding for Vega, which is another than that of charts. */
const ROUNDED: readonly (readonly [number, string])[] = [
  [500, '100ms'], [5e3, '1s'], [7.5e3, '5s'], [15e3, '10s'], [45e3, '30s'], [180e3, '1m'], [450e3, '5m'], [1200e3, '10m'], [2700e3, '30m'],
  [7200e3, '1h'], [21_600e3, '3h'], [86_400e3, '12h'], [604_800e3, '24h'], [1_814_400e3, '1w'], [3_628_800e3, '30d'],
];

function roundedInterval(ms: number): string {
  return ROUNDED.find(([most]) => ms <= most)?.[1] ?? '1y';
}
