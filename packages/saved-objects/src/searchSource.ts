import type { Filter } from './filters/filter.ts';
import type { JsonObject } from './read/storedObject.ts';
import { type Definition, type Query, queryOf, type SavedObjectReference, SEARCH_SOURCE_INDEX } from './savedObject.ts';

/** What an object searches. */
export interface SearchSourceParts {
  /** Undefined where the index pattern is named elsewhere, or nothing is searched. */
  readonly view?: (Definition & { readonly id: string }) | undefined;
  readonly query?: string | Query | undefined;
  readonly filters?: readonly Filter[] | undefined;
}

/** An object's search source, with what it refers to. */
export interface SearchSourceOf {
  readonly kibanaSavedObjectMeta: { readonly searchSourceJSON: string };
  readonly references: readonly SavedObjectReference[];
  readonly uses: readonly Definition[];
}

/**
 * A search source as the product stores it: index patterns as references, named as `extractReferences` names them
 * (src/plugins/data/common/search/search_source/extract_references.ts).
 */
export function searchSourceOf({ view, query, filters = [] }: SearchSourceParts, first: JsonObject = {}): SearchSourceOf {
  const named = filters.map((filter, index) => ({ filter, name: `kibanaSavedObjectMeta.searchSourceJSON.filter[${index}].meta.index` }));
  const source = {
    ...first,
    query: queryOf(query),
    filter: named.map(({ filter, name }) => ({ ...filter.stored, meta: { ...filter.stored.meta, indexRefName: name } })),
    ...(view ? { indexRefName: SEARCH_SOURCE_INDEX } : {}),
  };
  return {
    kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) },
    references: [
      ...(view ? [{ name: SEARCH_SOURCE_INDEX, type: 'index-pattern' as const, id: view.id }] : []),
      ...named.map(({ filter, name }) => ({ name, type: 'index-pattern' as const, id: filter.view.id })),
    ],
    uses: [...(view ? [view] : []), ...filters.map((filter) => filter.view)],
  };
}
