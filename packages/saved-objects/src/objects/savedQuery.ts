import type { Filter } from '../filters/filter.ts';
import { type Definition, type Query, queryOf, savedObject } from '../savedObject.ts';

/** A query to choose in the query bar, with filters and a time range. */
export interface SavedQuery extends Definition {
  readonly id: string;
  readonly title: string;
  readonly kind: 'query';
}

/** Options of {@link savedQuery}. */
export interface SavedQueryOptions {
  readonly description?: string;
  readonly filters?: readonly Filter[];
  /** Date math. @default that of the page */
  readonly time?: { readonly from: string; readonly to: string };
  /** Seconds between refreshes; only with a time. @default 0 */
  readonly refresh?: number;
}

/**
 * Defines a query to choose in the query bar (`SavedQueryAttributes` in src/plugins/data/public/query/saved_query/types.ts). A
 * text is DQL. Its filters name their data views by id, as the product stores them: no reference tells an import of them.
 */
export function savedQuery(id: string, title: string, query: string | Query, options: SavedQueryOptions = {}): SavedQuery {
  const { description = '', filters, time, refresh = 0 } = options;
  const attributes = {
    title,
    description,
    query: queryOf(query),
    ...(filters === undefined ? {} : { filters: filters.map(({ stored, view }) => ({ ...stored, meta: { ...stored.meta, index: view.id } })) }),
    ...(time === undefined ? {} : { timefilter: { from: time.from, to: time.to, refreshInterval: { pause: refresh === 0, value: refresh * 1000 } } }),
  };
  return Object.freeze({ id, title, kind: 'query', object: savedObject('query', id, attributes, []), uses: (filters ?? []).map(({ view }) => view) });
}
