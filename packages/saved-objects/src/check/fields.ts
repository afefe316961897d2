import { type Fields, findField } from '@podscope/core';
import { fieldProblems } from '../fieldProblems.ts';
import { isJsonObject, type Json, type JsonObject, type StoredObject, type StoredReference } from '../read/storedObject.ts';
import { SEARCH_SOURCE_INDEX } from '../savedObject.ts';
import type { Said } from './finding.ts';
import { objectsIn, type Parts, partsOf } from './parts.ts';
import { filterFields, type NamedField, timeSeriesFields } from './timeSeries.ts';

/** What is known of fields: by an index pattern's id or title. */
export type KnownFields = Readonly<Record<string, Fields>>;

/** An index pattern, with what it is called in {@link KnownFields}. */
interface Pattern {
  readonly name: string;
  readonly fields: Fields;
  /** Fields that no mapping has: the pattern makes them itself. */
  readonly made: readonly string[];
}

/** Fields that are not there, or of a type that cannot be used so. */
export function fieldFindings(parts: Parts, all: KnownFields, byKey: ReadonlyMap<string, StoredObject>): readonly Said[] {
  if (Object.keys(all).length === 0) return [];
  const { object } = parts;
  const known = (reference: StoredReference | undefined): Pattern | undefined => (reference === undefined ? undefined : patternOf(reference.id, byKey.get(`index-pattern:${reference.id}`), all));
  const pattern = known(indexOf(object, byKey));
  const used = pattern === undefined ? [] : fieldProblems(object, { pattern: pattern.name, fields: pattern.fields }).filter(({ field }) => !pattern.made.includes(field));
  return [
    ...used.map(({ code, field, usedBy, why }): Said => ({
      rule: code === 'SAVED_OBJECT_FIELD_UNKNOWN' ? 'unknown-field' : 'field-type',
      path: `attributes.${object.type === 'search' ? usedBy : 'visState'}`,
      what: why.replace(/\.$/u, ''),
      fix: `Use another field in the place of "${field}", or map it so.`,
    })),
    ...namedFields(parts, known, (title) => patternByTitle(title, byKey, all)).flatMap(({ path, field, of }) => unknownFinding(path, field, of)),
    ...timeFieldFindings(object, all),
  ];
}

function unknownFinding(path: string, field: string, of: Pattern | undefined): readonly Said[] {
  if (of === undefined || of.made.includes(field)) return [];
  const [problem] = fieldProblems({ type: 'search', attributes: { columns: [field] } }, { pattern: of.name, fields: of.fields });
  return problem === undefined ? [] : [{ rule: 'unknown-field', path, what: problem.why.replace(/\.$/u, ''), fix: `Use another field in the place of "${field}", or map it.` }];
}

type Named = NamedField & { readonly of: Pattern | undefined };

/** Fields that filters, controls and TSVB name, with the pattern of each. */
function namedFields({ object, inner, searchSource }: Parts, known: (reference: StoredReference | undefined) => Pattern | undefined, byTitle: (title: string) => Pattern | undefined): readonly Named[] {
  const called = (name: Json | undefined): Pattern | undefined => known(object.references.find((each) => each.name === name && each.type === 'index-pattern'));
  const source = 'attributes.kibanaSavedObjectMeta.searchSourceJSON.filter';
  const filters = objectsIn(searchSource?.['filter']);
  const ofFilters = filterFields(searchSource?.['filter'], source).map((each): Named => ({ ...each, of: called(metaOf(filters[Number(/\[(\d+)\]/u.exec(each.path)?.[1])])['indexRefName']) }));
  const state = inner['visState'];
  const params = isJsonObject(state) && isJsonObject(state['params']) ? state['params'] : {};
  const ofControls = objectsIn(params['controls']).flatMap((control, at): readonly Named[] => {
    const field = control['fieldName'];
    return typeof field === 'string' && field !== '' ? [{ path: `attributes.visState.params.controls[${at}].fieldName`, field, of: called(control['indexPatternRefName']) }] : [];
  });
  if (!isJsonObject(state) || state['type'] !== 'metrics') return [...ofFilters, ...ofControls];
  const { index_pattern: title, index_pattern_ref_name: name } = params;
  const of = typeof title === 'string' ? byTitle(title) : called(name);
  return [...ofFilters, ...timeSeriesFields(params, 'attributes.visState.params').map((each): Named => ({ ...each, of }))];
}

function metaOf(filter: JsonObject | undefined): JsonObject {
  return isJsonObject(filter?.['meta']) ? filter['meta'] : {};
}

/** The index pattern of an object, or of the saved search that it starts from. */
function indexOf({ references }: StoredObject, byKey: ReadonlyMap<string, StoredObject>): StoredReference | undefined {
  const own = references.find(({ name }) => name === SEARCH_SOURCE_INDEX);
  if (own !== undefined) return own;
  const search = references.find(({ name, type }) => name === 'search_0' && type === 'search');
  return search === undefined ? undefined : byKey.get(`search:${search.id}`)?.references.find(({ name }) => name === SEARCH_SOURCE_INDEX);
}

function patternOf(id: string, object: StoredObject | undefined, all: KnownFields): Pattern | undefined {
  const title = object?.attributes['title'];
  const name = [id, title].find((each): each is string => typeof each === 'string' && Object.hasOwn(all, each));
  const fields = name === undefined ? undefined : all[name];
  return name === undefined || fields === undefined ? undefined : { name, fields, made: object === undefined ? [] : madeBy(object) };
}

function patternByTitle(title: string, byKey: ReadonlyMap<string, StoredObject>, all: KnownFields): Pattern | undefined {
  const object = [...byKey.values()].find(({ type, attributes }) => type === 'index-pattern' && attributes['title'] === title);
  return patternOf(object?.id ?? title, object, all);
}

/** Scripted fields, and those of Kibana's runtime. */
function madeBy(object: StoredObject): readonly string[] {
  const { inner } = partsOf(object);
  const runtime = inner['runtimeFieldMap'];
  return [...objectsIn(inner['fields']).filter(({ scripted }) => scripted === true).map(({ name }) => String(name)), ...(isJsonObject(runtime) ? Object.keys(runtime) : [])];
}

function timeFieldFindings(object: StoredObject, all: KnownFields): readonly Said[] {
  const name = object.attributes['timeFieldName'];
  const pattern = object.type === 'index-pattern' && typeof name === 'string' && name !== '' ? patternOf(object.id, object, all) : undefined;
  if (pattern === undefined || typeof name !== 'string') return [];
  const type = findField(pattern.fields, name)?.type;
  const path = 'attributes.timeFieldName';
  if (type === undefined) return pattern.made.includes(name) ? [] : [{ rule: 'unknown-field', path, what: `"${pattern.name}" has no field "${name}"`, fix: 'Name a date field of the indices.' }];
  return type === 'date' || type === 'date_nanos' ? [] : [{ rule: 'field-type', path, what: `the time field "${name}" of "${pattern.name}" is of type ${type}`, fix: 'Name a date field of the indices.' }];
}
