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
import { type DataView, dataView, type FieldFormat, isFieldFormat } from './dataView.ts';
import type { SavedObject } from './savedObject.ts';

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
}

interface StoredFormat {
  readonly id: string;
  readonly params?: { readonly inputFormat?: string };
}

/**
 * The data view of an `index-pattern` saved object: what {@link dataView} made, read back, for a program that has only
 * the saved objects. Formats of other kinds, and fields whose type a list doesn't fully describe, are left out.
 *
 * @throws PodscopeError `SAVED_OBJECT_SPEC_INVALID` when the object is no index pattern with a field list.
 */
export function dataViewFrom(object: SavedObject): DataView {
  const { title, fields: list, timeFieldName, fieldFormatMap } = object.attributes;
  if (object.type !== 'index-pattern' || typeof title !== 'string' || typeof list !== 'string') {
    throw new PodscopeError('SAVED_OBJECT_SPEC_INVALID', `${object.type} "${object.id}" is no index pattern with a field list.`, {
      hint: 'Pass the saved object of a data view.',
    });
  }
  const listed = parsed<readonly Listed[]>(object, 'fields', list);
  const fields: Record<string, AnyField> = {};
  for (const { name, esTypes, subType } of listed) {
    const build = builderOf(esTypes);
    if (!build || subType?.multi) continue;
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
  const known = new Set(Object.entries(fields).flatMap(([name, { multi }]) => [name, ...Object.keys(multi).map((sub) => `${name}.${sub}`)]));
  const stored = typeof fieldFormatMap === 'string' ? formatsFrom(parsed(object, 'fieldFormatMap', fieldFormatMap)) : [];
  return dataView<Fields>(title, {
    fields: catalogue,
    id: object.id,
    formats: Object.fromEntries(stored.filter(([name]) => known.has(name))),
    ...(typeof timeFieldName === 'string' ? { timeField: timeFieldName as never } : {}),
  });
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

function formatsFrom(map: Readonly<Record<string, StoredFormat>>): readonly (readonly [string, FieldFormat])[] {
  return Object.entries(map).flatMap(([name, { id, params }]) => {
    const format = id === 'duration' ? params?.inputFormat : id;
    return isFieldFormat(format) ? [[name, format] as const] : [];
  });
}
