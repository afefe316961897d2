/** Documents with a value in a field. */
export interface ValueFilter {
  readonly field: string;
  readonly value: string | number | boolean;
  readonly negate: boolean;
}

/** Documents with a field's value from `gte` up to, but not with, `lt`. */
export interface RangeFilter {
  readonly field: string;
  readonly gte?: number | string;
  readonly lt?: number | string;
  readonly negate: boolean;
}

/** Documents that a query finds, under the name that a panel gives it. */
export interface QueryFilter {
  readonly query: string;
  readonly language: string;
  readonly label: string;
  readonly negate: boolean;
}

/** One pill of the filter bar: what documents must have, or, negated, must not have. */
export type Filter = ValueFilter | RangeFilter | QueryFilter;

/** What OpenSearch gets for a filter. */
export type Clause = Readonly<Record<string, unknown>>;

const MAX_FILTERS = 24;

/** Filters from the address; anything that is none is dropped. */
export function parseFilters(text: string | undefined): readonly Filter[] {
  if (!text) return [];
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return (list as unknown[]).slice(0, MAX_FILTERS).flatMap((item) => filterFrom(item) ?? []);
}

/** Filters for the address; undefined for none. */
export function formatFilters(filters: readonly Filter[]): string | undefined {
  if (filters.length === 0) return undefined;
  return JSON.stringify(filters.map(({ negate, ...rest }) => (negate ? { ...rest, negate } : rest)));
}

/** Adds a filter; one on the same thing is replaced. */
export function addFilter(filters: readonly Filter[], added: Filter): readonly Filter[] {
  return [...removeFilter(filters, added), added].slice(-MAX_FILTERS);
}

/** Without the filter on this thing. */
export function removeFilter(filters: readonly Filter[], removed: Filter): readonly Filter[] {
  return filters.filter((filter) => filterKey(filter) !== filterKey(removed));
}

/** The other way round: in becomes out. */
export function toggleFilter(filters: readonly Filter[], toggled: Filter): readonly Filter[] {
  return filters.map((filter) => (filterKey(filter) === filterKey(toggled) ? { ...filter, negate: !filter.negate } : filter));
}

/** The filters that a pattern with these fields can take; queries name fields of their own and always count. */
export function applicableFilters(filters: readonly Filter[], fields: readonly { readonly name: string }[] | undefined): readonly Filter[] {
  if (!fields || fields.length === 0) return filters;
  return filters.filter((filter) => 'query' in filter || fields.some((field) => field.name === filter.field));
}

/** What a filter is about, in or out: equal for filters that would contradict or double each other. */
export function filterKey(filter: Filter): string {
  if ('query' in filter) return JSON.stringify(['query', filter.query]);
  if ('value' in filter) return JSON.stringify(['value', filter.field, String(filter.value)]);
  return JSON.stringify(['range', filter.field, filter.gte ?? null, filter.lt ?? null]);
}

/** What a pill says. */
export function filterText(filter: Filter): string {
  if ('query' in filter) return filter.label || filter.query;
  if ('value' in filter) return `${filter.field}: ${String(filter.value)}`;
  const low = filter.gte === undefined ? '' : `${filter.gte} ≤ `;
  const high = filter.lt === undefined ? '' : ` < ${filter.lt}`;
  return `${low}${filter.field}${high}`;
}

/** The clauses of a bool query. */
export function filterClauses(filters: readonly Filter[]): { readonly filter: Clause[]; readonly mustNot: Clause[] } {
  return {
    filter: filters.filter((filter) => !filter.negate).map(clauseOf),
    mustNot: filters.filter((filter) => filter.negate).map(clauseOf),
  };
}

function clauseOf(filter: Filter): Clause {
  if ('query' in filter) return { query_string: { query: filter.language === 'lucene' ? filter.query : luceneOf(filter.query) } };
  if ('value' in filter) return { term: { [filter.field]: { value: filter.value } } };
  const { gte, lt } = filter;
  return { range: { [filter.field]: { ...(gte === undefined ? {} : { gte }), ...(lt === undefined ? {} : { lt }) } } };
}

/** Lucene's words for a DQL text of comparisons, `and`, `or` and `not`; what stands in quotes stays. */
export function luceneOf(dql: string): string {
  return dql
    .split(/("(?:\\.|[^"\\])*")/)
    .map((part) =>
      part.startsWith('"')
        ? part
        : part
            .replace(/\b(and|or|not)\b/gi, (word) => word.toUpperCase())
            .replace(/\s*(>=|<=|>|<)\s*/g, ':$1')
            .replace(/\s*:\s*/g, ':'),
    )
    .join('');
}

function filterFrom(item: unknown): Filter | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { field, value, gte, lt, query, language, label, negate: out } = item as Readonly<Record<string, unknown>>;
  const negate = out === true;
  if (typeof query === 'string') {
    return { query, language: language === 'lucene' ? 'lucene' : 'kuery', label: typeof label === 'string' ? label : query, negate };
  }
  if (typeof field !== 'string' || field === '') return undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return { field, value, negate };
  const low = bound(gte);
  const high = bound(lt);
  if (low === undefined && high === undefined) return undefined;
  return { field, ...(low === undefined ? {} : { gte: low }), ...(high === undefined ? {} : { lt: high }), negate };
}

function bound(value: unknown): number | string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}
