import type { FieldName, Fields } from '@podscope/core';
import { type DataView, typeOfField } from './dataView.ts';
import { type Definition, type Query, queryOf, savedObject, SEARCH_SOURCE_INDEX } from './savedObject.ts';

/** A saved search: documents in columns. */
export interface Search extends Definition {
  readonly id: string;
  readonly title: string;
  readonly kind: 'search';
}

/** Options of {@link search}. */
export interface SearchOptions<F extends Fields> {
  /** The fields to show, from left to right. @default the whole document */
  readonly columns?: readonly FieldName<F>[];
  /** Only documents that match; a text is DQL. */
  readonly filter?: string | Query;
  /** @default the view's time field, newest first */
  readonly sort?: readonly [field: FieldName<F>, direction: 'asc' | 'desc'];
  readonly description?: string;
}

/**
 * Defines a saved search.
 *
 * @throws PodscopeError `SAVED_OBJECT_FIELD_UNKNOWN` for a column that isn't in the catalogue.
 */
export function search<F extends Fields>(id: string, title: string, view: DataView<F>, options: SearchOptions<F> = {}): Search {
  const columns: readonly string[] = options.columns ?? [];
  const sort: readonly string[] = options.sort ?? [view.timeField, 'desc'];
  for (const name of [...columns, sort[0] as string]) typeOfField(view, name);
  const attributes = {
    title,
    description: options.description ?? '',
    hits: 0,
    columns: [...columns],
    sort: [[...sort]],
    version: 1,
    kibanaSavedObjectMeta: {
      searchSourceJSON: JSON.stringify({
        highlightAll: true,
        version: true,
        query: queryOf(options.filter),
        filter: [],
        indexRefName: SEARCH_SOURCE_INDEX,
      }),
    },
  };
  return Object.freeze({
    id,
    title,
    kind: 'search',
    object: savedObject('search', id, attributes, [{ name: SEARCH_SOURCE_INDEX, type: 'index-pattern', id: view.id }]),
    uses: [view],
  });
}
