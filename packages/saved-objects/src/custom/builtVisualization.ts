import type { SearchedOptions, Visualization } from '../kinds/visualization.ts';
import type { JsonObject } from '../read/storedObject.ts';
import { type Definition, type Query, savedObject, type SavedObjectReference } from '../savedObject.ts';
import { searchSourceOf } from '../searchSource.ts';
import { specInvalid } from '../specInvalid.ts';

interface StoredSource {
  readonly query: Query;
  readonly filter: readonly { readonly meta: JsonObject }[];
}

/**
 * What a kind's builder made, as the visualization of whoever uses the kind: all that the builder stored stays, and the query and
 * filters of the use narrow it further.
 *
 * @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID` when both have a query, in different languages.
 */
export function usedVisualization(id: string, title: string, made: Visualization, use: SearchedOptions, uses: readonly Definition[]): Visualization {
  const { attributes, references } = made.object;
  const own = JSON.parse((attributes['kibanaSavedObjectMeta'] as { readonly searchSourceJSON: string }).searchSourceJSON) as StoredSource;
  const added = searchSourceOf({ query: use.filter, filters: use.filters });
  const { query, filter } = JSON.parse(added.kibanaSavedObjectMeta.searchSourceJSON) as StoredSource;
  const renamed = added.references.map((reference, index): SavedObjectReference => ({ ...reference, name: nameOf(own.filter.length + index) }));
  const source = {
    ...own,
    query: bothQueries(own.query, query, id),
    filter: [...own.filter, ...filter.map((each, index) => ({ ...each, meta: { ...each.meta, indexRefName: nameOf(own.filter.length + index) } }))],
  };
  const state = JSON.parse(String(attributes['visState'])) as JsonObject;
  const all = {
    ...attributes,
    title,
    visState: JSON.stringify({ ...state, title }),
    description: use.description ?? attributes['description'],
    kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) },
  };
  return Object.freeze({ id, title, kind: 'custom', object: savedObject('visualization', id, all, [...references, ...renamed]), uses: [...made.uses, ...added.uses, ...uses] });
}

/** The name of a filter's reference, as {@link searchSourceOf} gives it. */
function nameOf(index: number): string {
  return `kibanaSavedObjectMeta.searchSourceJSON.filter[${index}].meta.index`;
}

function bothQueries(own: Query, used: Query, id: string): Query {
  if (used.query.trim() === '') return own;
  if (own.query.trim() === '') return used;
  if (own.language !== used.language) throw specInvalid(`"${id}" has a filter in ${used.language}, and its kind one in ${own.language}.`, 'A visualization has one query: write the filter in the language of the kind’s.');
  return { query: `(${own.query}) ${own.language === 'lucene' ? 'AND' : 'and'} (${used.query})`, language: own.language };
}
