import {
  type AnyField,
  boolean,
  byte,
  constantKeyword,
  date,
  dateNanos,
  defineFields,
  double,
  type Fields,
  flatObject,
  flattened,
  float,
  geoPoint,
  halfFloat,
  integer,
  ip,
  keyword,
  long,
  matchOnlyText,
  PodscopeError,
  short,
  text,
  unsignedLong,
  version,
  wildcard,
} from '@podscope/core';
import { type DataView, dataView } from './dataView.ts';
import { type FieldFormat, formatOf } from './fieldFormats.ts';
import { isJsonObject } from './read/storedObject.ts';
import type { SavedObject } from './savedObject.ts';
import type { ScriptedField } from './scriptedFields.ts';

const BUILDERS: Readonly<Record<string, () => AnyField>> = {
  keyword: () => keyword(),
  text: () => text(),
  date: () => date(),
  boolean: () => boolean(),
  ip: () => ip(),
  short: () => short(),
  integer: () => integer(),
  long: () => long(),
  float: () => float(),
  double: () => double(),
  flat_object: () => flatObject(),
  byte: () => byte(),
  constant_keyword: () => constantKeyword(),
  date_nanos: () => dateNanos(),
  geo_point: () => geoPoint(),
  half_float: () => halfFloat(),
  match_only_text: () => matchOnlyText(),
  unsigned_long: () => unsignedLong(),
  wildcard: () => wildcard(),
  flattened: () => flattened(),
  version: () => version(),
};

interface Listed {
  readonly name: string;
  readonly esTypes?: readonly string[];
  readonly subType?: { readonly multi?: { readonly parent: string } };
  readonly scripted?: boolean;
  readonly type?: string;
  readonly script?: string;
  readonly lang?: string;
}

/**
 * The data view of an `index-pattern` saved object: what {@link dataView} made, read back, for a program that has only
 * the saved objects. Formats of other kinds, and fields whose type a list doesn't fully describe, are left out.
 *
 * @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID` when the object is no index pattern with a field list.
 */
export function dataViewFrom(object: SavedObject): DataView {
  const { title, fields: list, timeFieldName, fieldFormatMap, sourceFilters } = object.attributes;
  if (object.type !== 'index-pattern' || typeof title !== 'string' || typeof list !== 'string') {
    throw new PodscopeError('SAVED_OBJECT_SPEC_INVALID', `${object.type} "${object.id}" is no index pattern with a field list.`, {
      hint: 'Pass the saved object of a data view.',
    });
  }
  const listed = parsed<readonly Listed[]>(object, 'fields', list);
  const fields: Record<string, AnyField> = {};
  for (const { name, esTypes, subType, scripted } of listed) {
    const build = builderOf(esTypes);
    if (!build || subType?.multi || scripted === true) continue;
    const multi = listed.filter((each) => each.subType?.multi?.parent === name);
    fields[name] = {
      ...build(),
      multi: Object.fromEntries(
        multi.flatMap((each) => {
          const sub = builderOf(each.esTypes);
          return sub ? [[each.name.slice(name.length + 1), sub()]] : [];
        }),
      ) as AnyField['multi'],
    };
  }
  const catalogue: Fields = defineFields(fields);
  const scripted = Object.fromEntries(listed.flatMap((each) => scriptedOf(each, fields)));
  const known = new Set([...Object.keys(scripted), ...Object.entries(fields).flatMap(([name, { multi }]) => [name, ...Object.keys(multi).map((sub) => `${name}.${sub}`)])]);
  const stored = typeof fieldFormatMap === 'string' ? formatsFrom(parsed(object, 'fieldFormatMap', fieldFormatMap)) : [];
  const filters = typeof sourceFilters === 'string' ? sourceFiltersFrom(parsed(object, 'sourceFilters', sourceFilters)) : [];
  return dataView<Fields>(title, {
    fields: catalogue,
    id: object.id,
    formats: Object.fromEntries(stored.filter(([name]) => known.has(name))),
    timeField: typeof timeFieldName === 'string' ? (timeFieldName as never) : null,
    scripted,
    sourceFilters: filters,
  });
}

const SCRIPTED: readonly string[] = ['number', 'string', 'date', 'boolean', 'ip'] satisfies readonly ScriptedField['type'][];

function scriptedOf({ name, scripted, type, script, lang }: Listed, fields: Readonly<Record<string, AnyField>>): readonly (readonly [string, ScriptedField])[] {
  if (scripted !== true || typeof script !== 'string' || script.trim() === '' || type === undefined || !SCRIPTED.includes(type) || Object.hasOwn(fields, name)) return [];
  return [[name, { type: type as ScriptedField['type'], script, ...(lang === 'expression' ? { lang } : {}) }]];
}

function sourceFiltersFrom(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.flatMap((each: unknown) => (isJsonObject(each) && typeof each['value'] === 'string' ? [each['value']] : [])) : [];
}

function builderOf(types: readonly string[] | undefined): (() => AnyField) | undefined {
  const type = types?.[0] ?? '';
  return Object.hasOwn(BUILDERS, type) ? BUILDERS[type] : undefined;
}

function parsed<T>(object: SavedObject, where: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new PodscopeError('SAVED_OBJECT_SPEC_INVALID', `${where} of ${object.type} "${object.id}" is no JSON.`, {
      hint: 'Export the object again.',
      cause,
    });
  }
}

function formatsFrom(map: unknown): readonly (readonly [string, FieldFormat])[] {
  if (!isJsonObject(map)) return [];
  return Object.entries(map).flatMap(([name, stored]) => {
    const format = formatOf(stored);
    return format === undefined ? [] : [[name, format] as const];
  });
}
