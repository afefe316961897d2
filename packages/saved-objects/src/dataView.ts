import { AGGREGATABLE_TYPES, DATE_TYPES, type DateType, type FieldName, type FieldNameOfType, type Fields, type FieldType, findField, nestedAbove, NUMERIC_TYPES, PodscopeError } from '@podscope/core';
import { type FieldFormat, storedFormat } from './fieldFormats.ts';
import { type Definition, savedObject } from './savedObject.ts';
import { fieldsOfScripted, type ScriptedField, type ScriptedFields, type WithScripted } from './scriptedFields.ts';

/** An index pattern together with the catalogue of its fields. */
export interface DataView<F extends Fields = Fields> extends Definition {
  readonly id: string;
  /** Which indices are searched, such as `apache-*`. */
  readonly pattern: string;
  /** Undefined where a dashboard's time range has no meaning. */
  readonly timeField: string | undefined;
  /** The catalogue, and the scripted fields as what they count as. */
  readonly fields: F;
  readonly formats: Readonly<Record<string, FieldFormat>>;
  readonly scripted: ScriptedFields;
  readonly sourceFilters: readonly string[];
}

/** Options of {@link dataView}. */
export interface DataViewOptions<F extends Fields, S extends ScriptedFields = Readonly<Record<never, ScriptedField>>> {
  /** The catalogue; visualizations of this view may name only these fields and the scripted ones. */
  readonly fields: F;
  /** @default the pattern */
  readonly id?: string;
  /** The field that a dashboard's time range is about; `null` for none. @default '@timestamp' */
  readonly timeField?: FieldNameOfType<F, DateType> | null;
  /** How values are shown, by field. */
  readonly formats?: { readonly [Name in FieldName<WithScripted<F, S>>]?: FieldFormat };
  /** Fields whose values scripts make, by name. */
  readonly scripted?: S;
  /** Fields that are not fetched with documents; `*` stands for any part of a name. */
  readonly sourceFilters?: readonly string[];
}

/**
 * Defines a data view (an `index-pattern` saved object) whose field list is the catalogue.
 *
 * @throws PodscopeError `SAVED_OBJECT_FIELD_UNKNOWN` for a time field or a format of a field that isn't there,
 * `SAVED_OBJECT_FIELD_TYPE` for a time field that is no date, `SAVED_OBJECT_SPEC_INVALID` for a scripted field that is
 * none, `SAVED_OBJECT_ID_INVALID`.
 */
export function dataView<const F extends Fields, const S extends ScriptedFields = Readonly<Record<never, ScriptedField>>>(pattern: string, options: DataViewOptions<F, S>): DataView<WithScripted<F, S>> {
  const scripted: ScriptedFields = options.scripted ?? {};
  const own = fieldsOfScripted(pattern, options.fields, scripted);
  const fields: Fields = Object.keys(own).length === 0 ? options.fields : { ...options.fields, ...own };
  const timeField: string | undefined = options.timeField === null ? undefined : (options.timeField ?? '@timestamp');
  const formats: Record<string, FieldFormat> = {};
  for (const [name, format] of Object.entries(options.formats ?? {})) {
    typeOfField({ pattern, fields }, name);
    formats[name] = format as FieldFormat;
  }
  if (timeField !== undefined && !isOneOf(DATE_TYPES, typeOfField({ pattern, fields: options.fields }, timeField))) {
    throw new PodscopeError('SAVED_OBJECT_FIELD_TYPE', `The time field "${timeField}" of "${pattern}" is no date.`, {
      hint: 'Pass the name of a date field as `timeField`, or null where there is none.',
    });
  }
  const id = options.id ?? pattern;
  const { sourceFilters = [] } = options;
  const attributes = {
    title: pattern,
    ...(timeField === undefined ? {} : { timeFieldName: timeField }),
    fields: JSON.stringify(listOf(options.fields, scripted)),
    ...(Object.keys(formats).length === 0 ? {} : { fieldFormatMap: JSON.stringify(Object.fromEntries(Object.entries(formats).map(([name, format]) => [name, storedFormat(format)]))) }),
    ...(sourceFilters.length === 0 ? {} : { sourceFilters: JSON.stringify(sourceFilters.map((value) => ({ value }))) }),
  };
  return Object.freeze({
    id,
    pattern,
    timeField,
    fields: fields as WithScripted<F, S>,
    formats,
    scripted,
    sourceFilters: [...sourceFilters],
    object: savedObject('index-pattern', id, attributes, []),
    uses: [],
  });
}

/** The type that a search finds under the name of a field, multi-field or alias; refuses a name that isn't in the catalogue. */
export function typeOfField(view: { readonly pattern: string; readonly fields: Fields }, name: string): FieldType {
  const found = findField(view.fields, name);
  if (found) return found.type;
  throw unknownField(view, name);
}

export function unknownField({ pattern }: { readonly pattern: string }, name: string): PodscopeError<'SAVED_OBJECT_FIELD_UNKNOWN'> {
  return new PodscopeError('SAVED_OBJECT_FIELD_UNKNOWN', `"${pattern}" has no field "${name}".`, {
    hint: 'Name a field of the data view’s catalogue, or add the field to the catalogue.',
  });
}

interface ListedField {
  readonly name: string;
  readonly type: string;
  readonly esTypes?: readonly string[];
  readonly count: 0;
  readonly scripted: boolean;
  readonly script?: string;
  readonly lang?: string;
  readonly searchable: boolean;
  readonly aggregatable: boolean;
  readonly readFromDocValues: boolean;
  readonly subType?: { readonly multi?: { readonly parent: string }; readonly nested?: { readonly path: string } };
}

const META: readonly ListedField[] = [
  meta('_id', 'string', true, true),
  meta('_index', 'string', true, true),
  { name: '_score', type: 'number', count: 0, scripted: false, searchable: false, aggregatable: false, readFromDocValues: false },
  meta('_source', '_source', false, false),
];

function meta(name: string, type: string, searchable: boolean, aggregatable: boolean): ListedField {
  return { name, type, esTypes: [name], count: 0, scripted: false, searchable, aggregatable, readFromDocValues: false };
}

/** The product's own names of types that are neither text nor number nor date. */
const OWN_NAME: readonly FieldType[] = ['boolean', 'ip', 'geo_point', 'geo_shape', 'murmur3', 'histogram', 'object', 'nested'];
const TEXTS: readonly FieldType[] = ['keyword', 'constant_keyword', 'wildcard', 'icu_collation_keyword', 'version', 'text', 'match_only_text', 'annotated_text', 'search_as_you_type'];

function isOneOf(types: readonly FieldType[], type: FieldType): boolean {
  return types.includes(type);
}

function shownType(type: FieldType): string {
  if (isOneOf(NUMERIC_TYPES, type)) return 'number';
  if (isOneOf(DATE_TYPES, type)) return 'date';
  if (isOneOf(TEXTS, type)) return 'string';
  return isOneOf(OWN_NAME, type) ? type : 'unknown';
}

function listOf(fields: Fields, scripted: ScriptedFields): readonly ListedField[] {
  const list: ListedField[] = [...META];
  for (const [name, { type, script, lang = 'painless' }] of Object.entries(scripted)) {
    list.push({ name, type, count: 0, script, lang, scripted: true, searchable: true, aggregatable: true, readFromDocValues: false });
  }
  for (const [name, field] of Object.entries(fields)) {
    // The product lists the fields of an object, not the object.
    if (field.type === 'object' || field.type === 'nested') continue;
    const path = nestedAbove(fields, name);
    const nested = path === undefined ? {} : { nested: { path } };
    list.push({ ...listed(name, findField(fields, name)?.type ?? field.type), ...(path === undefined ? {} : { subType: nested }) });
    for (const [sub, { type }] of Object.entries(field.multi)) {
      list.push({ ...listed(`${name}.${sub}`, type), subType: { ...nested, multi: { parent: name } } });
    }
  }
  return list.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function listed(name: string, type: FieldType): ListedField {
  const aggregatable = isOneOf(AGGREGATABLE_TYPES, type) || type === 'geo_point';
  return {
    name,
    type: shownType(type),
    esTypes: [type],
    count: 0,
    scripted: false,
    searchable: true,
    aggregatable,
    readFromDocValues: aggregatable,
  };
}
