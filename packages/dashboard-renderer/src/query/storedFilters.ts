import type { StoredFilter } from '../savedObjects.ts';

type Clause = Readonly<Record<string, unknown>>;

/**
 * The query of a filter as it is stored, without what only the page reads. After `buildQueryFromFilters` of
 * src/plugins/data/common/opensearch_query/opensearch_query/from_filters.ts.
 */
export function storedClause(filter: StoredFilter): Clause {
  const { meta: _meta, $state: _state, query, ...clause } = phraseInstead(filter) as StoredFilter & { readonly $state?: unknown };
  return query ?? clause;
}

/** `match` with a type is no query any more: opensearch_query/migrate_filter.ts. */
function phraseInstead(filter: StoredFilter): StoredFilter {
  const match = filter.query?.['match'];
  if (typeof match !== 'object' || match === null) return filter;
  const [[field, parameters] = ['', undefined]] = Object.entries(match as Readonly<Record<string, unknown>>);
  if (typeof parameters !== 'object' || parameters === null || (parameters as { readonly type?: string }).type !== 'phrase') return filter;
  const { type: _type, ...rest } = parameters as Readonly<Record<string, unknown>>;
  return { ...filter, query: { match_phrase: { [field]: rest } } };
}
