import { AGGREGATABLE_TYPES, type AnyField, type Field, type Fields, type FieldType, findField } from '@podscope/core';
import { allowedTypes, fieldProblem } from './aggregations/fieldCheck.ts';
import { unknownField } from './dataView.ts';

/** A use of a field that the fields don't allow. */
export interface FieldProblem {
  readonly field: string;
  /** The aggregation, or `column` or `sort` of a saved search. */
  readonly usedBy: string;
  readonly code: 'SAVED_OBJECT_FIELD_UNKNOWN' | 'SAVED_OBJECT_FIELD_TYPE';
  /** One line. */
  readonly why: string;
}

/** The product's names of the aggregations that the builders know by others. */
const BUILT: Readonly<Record<string, string>> = {
  cardinality: 'uniqueCount',
  date_histogram: 'dateHistogram',
  date_range: 'dateRange',
  geohash_grid: 'geohashGrid',
  geotile_grid: 'geotileGrid',
  ip_range: 'ipRange',
  percentile_ranks: 'percentileRanks',
  significant_terms: 'significantTerms',
  std_dev: 'stdDev',
  top_hits: 'topHits',
};
/** Aggregations that no kind of visualization takes by itself. */
const OTHERS: Readonly<Record<string, readonly FieldType[]>> = { geo_bounds: ['geo_point'], geo_centroid: ['geo_point'] };
/** Below such a field every name is one, and is treated as a keyword. */
const CATCH_ALL: readonly FieldType[] = ['flat_object', 'flattened'];

/**
 * What of a stored visualization or saved search the given fields don't allow: aggregations, columns and the order over
 * fields that aren't there, or are of a type that can't be used so. Queries are not looked at; visualizations without
 * aggregations (Vega, TSVB, a text) have no problems that could be seen here.
 *
 * @param fields A catalogue, such as `fieldsOf(mapping).fields` of `@podscope/core`.
 */
export function fieldProblems(object: { readonly type: string; readonly attributes: Readonly<Record<string, unknown>> }, view: { readonly pattern: string; readonly fields: Fields }): readonly FieldProblem[] {
  const uses = object.type === 'search' ? searchUses(object.attributes) : aggregationUses(stateOf(object.attributes['visState'])['aggs']);
  return uses.flatMap(({ field, usedBy, allowed }): readonly FieldProblem[] => {
    if (field.startsWith('_') || isBelowCatchAll(view.fields, field)) return [];
    const found = findField(view.fields, field);
    if (allowed === undefined) return found || isObject(view.fields, field) ? [] : [{ field, usedBy, code: 'SAVED_OBJECT_FIELD_UNKNOWN', why: unknownField(view, field).message }];
    const column = columnProblem(found, usedBy, field, allowed);
    if (column !== 'unknown') return column === undefined ? [] : [{ field, usedBy, code: 'SAVED_OBJECT_FIELD_TYPE', why: column }];
    const problem = fieldProblem(view, usedBy, field, allowed);
    return problem ? [{ field, usedBy, code: problem.code, why: problem.message }] : [];
  });
}

interface Use {
  readonly field: string;
  readonly usedBy: string;
  /** Undefined where any type will do. */
  readonly allowed: readonly FieldType[] | undefined;
}

function searchUses(attributes: Readonly<Record<string, unknown>>): readonly Use[] {
  const columns = Array.isArray(attributes['columns']) ? attributes['columns'].filter((each) => typeof each === 'string') : [];
  const stored: unknown = attributes['sort'];
  // Older products stored one pair, newer ones a list of pairs.
  const pairs = Array.isArray(stored) && typeof stored[0] === 'string' ? [stored] : Array.isArray(stored) ? stored : [];
  return [
    ...columns.map((field): Use => ({ field, usedBy: 'column', allowed: undefined })),
    ...pairs.flatMap((pair: unknown): readonly Use[] => (Array.isArray(pair) && typeof pair[0] === 'string' ? [{ field: pair[0], usedBy: 'sort', allowed: AGGREGATABLE_TYPES }] : [])),
  ];
}

function aggregationUses(aggs: unknown): readonly Use[] {
  if (!Array.isArray(aggs)) return [];
  return aggs.flatMap((each: unknown): readonly Use[] => {
    const { type, params, enabled } = stateOf(each);
    if (typeof type !== 'string' || enabled === false) return [];
    const { field, customMetric, customBucket, orderAgg } = stateOf(params);
    const kind = (Object.hasOwn(BUILT, type) ? BUILT[type] : undefined) ?? type;
    const own: readonly Use[] = typeof field === 'string' && field !== '' ? [{ field, usedBy: kind, allowed: allowedTypes(kind) ?? (Object.hasOwn(OTHERS, type) ? OTHERS[type] : undefined) }] : [];
    // Pipelines, such as a derivative, carry the aggregation that they are made of.
    return [...own, ...aggregationUses([customMetric, customBucket, orderAgg])];
  });
}

/** What the mapping's parameters say of a use, or `unknown` where the type decides. */
function columnProblem(field: AnyField | Field | undefined, usedBy: string, name: string, allowed: readonly FieldType[]): string | 'unknown' | undefined {
  if (field === undefined) return 'unknown';
  if (field.parameters['doc_values'] === false && allowed.includes(field.type)) return `${usedBy} cannot use "${name}": its doc_values are off.`;
  // Slow, but the server does it.
  if (field.type === 'text' && field.parameters['fielddata'] === true && allowed.includes('keyword')) return undefined;
  return 'unknown';
}

function isBelowCatchAll(fields: Fields, name: string): boolean {
  const parts = name.split('.');
  return parts.some((_, depth) => depth > 0 && CATCH_ALL.some((type) => findField(fields, parts.slice(0, depth).join('.'))?.type === type));
}

function isObject(fields: Fields, name: string): boolean {
  return Object.keys(fields).some((each) => each.startsWith(`${name}.`));
}

function stateOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  if (typeof value !== 'string') return {};
  try {
    return stateOf(JSON.parse(value) as unknown);
  } catch {
    // Broken state names no field; whoever draws it says what is broken.
    return {};
  }
}
