import type { FieldName, Fields } from '@podscope/core';
import type { FieldFor } from '../aggregations/fieldTypes.ts';
import { checkField } from '../aggregations/fieldCheck.ts';
import { type DataView, typeOfField } from '../dataView.ts';
import type { Json, JsonObject } from '../read/storedObject.ts';
import { type Definition, deepFreeze } from '../savedObject.ts';
import { specInvalid } from '../specInvalid.ts';

/** Options that every filter takes. */
export interface FilterOptions {
  /** Everything but what it says. @default false */
  readonly negate?: boolean;
  /** There, but switched off. @default false */
  readonly disabled?: boolean;
  /** What the filter bar calls it. */
  readonly alias?: string;
}

/** A filter of the filter bar. */
export interface Filter {
  /** The data view whose fields it names. */
  readonly view: Definition & { readonly id: string };
  /** As the product stores it, but for the reference to its data view. */
  readonly stored: { readonly meta: JsonObject; readonly [query: string]: Json };
}

/** A value that a filter can ask for. */
export type FilterValue = string | number | boolean;

function filter(view: DataView, options: FilterOptions, meta: JsonObject, query: JsonObject): Filter {
  const common = { alias: options.alias ?? null, disabled: options.disabled ?? false, negate: options.negate ?? false };
  return Object.freeze({ view, stored: deepFreeze({ $state: { store: 'appState' }, meta: { ...common, ...meta }, ...query }) });
}

/** Documents whose field has a value (`buildPhraseFilter` in src/plugins/data/common/opensearch_query/filters). */
export function phraseFilter<F extends Fields>(view: DataView<F>, field: FieldName<F>, value: FilterValue, options: FilterOptions = {}): Filter {
  typeOfField(view, field);
  return filter(view, options, { type: 'phrase', key: field, params: { query: value } }, { query: { match_phrase: { [field]: value } } });
}

/** Documents whose field has one of the values. */
export function phrasesFilter<F extends Fields>(view: DataView<F>, field: FieldName<F>, values: readonly FilterValue[], options: FilterOptions = {}): Filter {
  typeOfField(view, field);
  if (values.length === 0) throw specInvalid(`The filter of "${field}" has no values.`, 'Pass at least one.');
  const should = values.map((value) => ({ match_phrase: { [field]: value } }));
  return filter(view, options, { type: 'phrases', key: field, value: values.join(', '), params: [...values] }, { query: { bool: { should, minimum_should_match: 1 } } });
}

/** From where to where; dates also as date math. */
export interface FilterBounds {
  readonly gte?: number | string;
  readonly gt?: number | string;
  readonly lte?: number | string;
  readonly lt?: number | string;
}

/** Documents whose number or date is within bounds. */
export function rangeFilter<F extends Fields>(view: DataView<F>, field: FieldFor<F, 'max'>, bounds: FilterBounds, options: FilterOptions = {}): Filter {
  checkField(view, 'max', field);
  const given = Object.fromEntries(Object.entries(bounds).filter(([, bound]) => bound !== undefined)) as JsonObject;
  if (Object.keys(given).length === 0) throw specInvalid(`The filter of "${field}" has no bounds.`, 'Pass gte, gt, lte or lt.');
  if (Object.values(given).some((bound) => typeof bound === 'number' && !Number.isFinite(bound))) throw specInvalid(`The filter of "${field}" has a bound that is no number.`, 'Pass finite numbers, or texts of dates.');
  return filter(view, options, { type: 'range', key: field, params: given }, { range: { [field]: given } });
}

/** Documents that have a field. */
export function existsFilter<F extends Fields>(view: DataView<F>, field: FieldName<F>, options: FilterOptions = {}): Filter {
  typeOfField(view, field);
  return filter(view, options, { type: 'exists', key: field, value: 'exists' }, { exists: { field } });
}

/** Documents that a query in the server's own language finds: `queryFilter(view, { wildcard: { 'url.path': '/a*' } })`. */
export function queryFilter(view: DataView, query: JsonObject, options: FilterOptions = {}): Filter {
  return filter(view, options, { type: 'custom', key: 'query', value: JSON.stringify(query) }, { query });
}
