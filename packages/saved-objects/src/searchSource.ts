import type { Filter } from './filters/filter.ts';
import type { JsonObject } from './read/storedObject.ts';
import { deepFreeze, type Definition, type Query, queryOf, type SavedObjectReference, SEARCH_SOURCE_INDEX } from './savedObject.ts';

/** What an object searches. */
export interface SearchSourceParts {
  /** Undefined where the index pattern is named elsewhere, or nothing is searched. */
  readonly view?: (Definition & { readonly id: string }) | undefined;
  readonly query?: string | Query | undefined;
  readonly filters?: readonly Filter[] | undefined;
}

const NONE: readonly Filter[] = [];
const NOTHING: JsonObject = {};

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
export function searchSourceOf({ view, query, filters = NONE }: SearchSourceParts, first: JsonObject = NOTHING): SearchSourceOf {
  if (filters.length === 0 && first === NOTHING) return plainSource(view, query);
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

const EVERYTHING = JSON.stringify(queryOf(undefined));
/** By data view: thousands of visualizations of one share what they say about it. */
const plain = new WeakMap<object, PlainSources>();

interface PlainSources {
  readonly references: readonly SavedObjectReference[];
  readonly uses: readonly Definition[];
  /** By query. */
  readonly metas: Map<string, SearchSourceOf['kibanaSavedObjectMeta']>;
}

/** The same without filters, as nearly all are. */
function plainSource(view: SearchSourceParts['view'], query: string | Query | undefined): SearchSourceOf {
  const asked = query === undefined || query === '' ? EVERYTHING : JSON.stringify(queryOf(query));
  if (view === undefined) return { kibanaSavedObjectMeta: { searchSourceJSON: `{"query":${asked},"filter":[]}` }, references: [], uses: [] };
  let known = plain.get(view);
  if (known === undefined) {
    known = { references: deepFreeze([{ name: SEARCH_SOURCE_INDEX, type: 'index-pattern' as const, id: view.id }]), uses: Object.freeze([view]), metas: new Map() };
    plain.set(view, known);
  }
  let meta = known.metas.get(asked);
  if (meta === undefined) {
    meta = Object.freeze({ searchSourceJSON: `{"query":${asked},"filter":[],"indexRefName":"${SEARCH_SOURCE_INDEX}"}` });
    known.metas.set(asked, meta);
  }
  return { kibanaSavedObjectMeta: meta, references: known.references, uses: known.uses };
}
