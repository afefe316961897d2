import type { FieldName, Fields } from '@podscope/core';
import { type DataView, typeOfField } from './dataView.ts';
import type { Filter } from './filters/filter.ts';
import { type Definition, type Query, savedObject } from './savedObject.ts';
import { searchSourceOf } from './searchSource.ts';

/** A saved search: documents in columns. */
export interface Search extends Definition {
  readonly id: string;
  readonly title: string;
  readonly kind: 'search';
}

/** A column to sort by, and which way. */
export type SortBy<F extends Fields> = readonly [field: FieldName<F>, direction: 'asc' | 'desc'];

/** Options of {@link search}. */
export interface SearchOptions<F extends Fields> {
  /** The fields to show, from left to right. @default the whole document */
  readonly columns?: readonly FieldName<F>[];
  /** Only documents that match; a text is DQL. */
  readonly filter?: string | Query;
  /** Filters of its own filter bar. */
  readonly filters?: readonly Filter[];
  /** One column or several. @default the view's time field, newest first */
  readonly sort?: SortBy<F> | readonly SortBy<F>[];
  readonly description?: string;
}

/**
 * Defines a saved search.
 *
 * @throws PodscopeError `SAVED_OBJECT_FIELD_UNKNOWN` for a column that isn't in the catalogue.
 */
export function search<F extends Fields>(id: string, title: string, view: DataView<F>, options: SearchOptions<F> = {}): Search {
  const columns: readonly string[] = options.columns ?? [];
  const sort = sortOf(view, options.sort);
  for (const name of [...columns, ...sort.map(([field]) => field)]) typeOfField(view, name);
  const { kibanaSavedObjectMeta, references, uses } = searchSourceOf({ view, query: options.filter, filters: options.filters }, { highlightAll: true, version: true });
  const attributes = {
    title,
    description: options.description ?? '',
    hits: 0,
    columns: [...columns],
    sort: sort.map((each) => [...each]),
    version: 1,
    kibanaSavedObjectMeta,
  };
  return Object.freeze({ id, title, kind: 'search', object: savedObject('search', id, attributes, references), uses });
}

type Pair = readonly [field: string, direction: 'asc' | 'desc'];

function sortOf(view: DataView, sort: Pair | readonly Pair[] | undefined): readonly Pair[] {
  if (sort === undefined) return view.timeField === undefined ? [] : [[view.timeField, 'desc']];
  return isPair(sort) ? [sort] : sort;
}

function isPair(sort: Pair | readonly Pair[]): sort is Pair {
  return typeof sort[0] === 'string';
}
