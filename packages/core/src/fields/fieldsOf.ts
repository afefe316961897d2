import { alias, other } from './builders.ts';
import { defineFields } from './defineFields.ts';
import type { AnyField, Field, Fields, Parameters } from './field.ts';
import { type FieldType, isFieldType } from './fieldTypes.ts';
import { invalidMapping, isRecord, type JsonRecord } from './jsonValue.ts';
import { isFlat } from './mappingOf.ts';

/** Something in a mapping that a reader of its catalogue should know. */
export interface MappingNote {
  readonly kind:
    /** The mapping writes `a.b` where others write an object with a field; it means the same. */
    | 'dotted-name'
    | 'multi-fields'
    | 'alias'
    /** An alias whose field isn't there. */
    | 'alias-broken'
    /** A type that the catalogue doesn't know, carried by `other()`. */
    | 'unknown-type'
    /** A multi-field with multi-fields or fields of its own, carried as a parameter. */
    | 'nested-multi-field'
    /** An object that keeps dotted names, carried whole as a parameter; in a mapping that does so, a field below a field, carried in `root`. */
    | 'flat-object'
    /** New fields get their mapping from this rule, so the catalogue can't list them. */
    | 'dynamic-template'
    /** A field that is computed by the server when it is searched. */
    | 'computed-field';
  /** The field's (or rule's) name. */
  readonly name: string;
  /** A detail: the alias's path, the type, the names of the multi-fields. */
  readonly detail: string;
}

/** A mapping as a catalogue. */
export interface MappingCatalogue {
  readonly fields: Fields;
  /** All of the mapping but the properties that are in `fields`; pass it to `mappingOf` as `root` to get the mapping back. */
  readonly root: JsonRecord;
  readonly notes: readonly MappingNote[];
}

/** More than any server allows by far (20 by default). */
const DEEPEST = 200;
/** The parameters without which the types' builders are not to be called. */
const NEEDED: Readonly<Record<string, readonly [name: string, kind: 'string' | 'number' | 'object']>> = {
  alias: ['path', 'string'],
  scaled_float: ['scaling_factor', 'number'],
  token_count: ['analyzer', 'string'],
  join: ['relations', 'object'],
};

/**
 * The catalogue of any live mapping. Nothing is dropped: types that the catalogue doesn't know become `other()`,
 * parameters stay as they are, and `notes` says what is special. `mappingOf(fields, { root })` gives the mapping back,
 * in the form in which the server shows it.
 *
 * @param mapping `mappings` of one index, as `GET <index>/_mapping` answers it.
 * @throws PodscopeError `MAPPING_INVALID` when it is no mapping, `FIELDS_INVALID` when two of its names exclude each other.
 */
export function fieldsOf(mapping: unknown): MappingCatalogue {
  if (!isRecord(mapping)) throw invalidMapping('', 'it is no object');
  if (Object.values(mapping).some((each) => isRecord(each) && isRecord(each['mappings']))) throw invalidMapping('', 'it is the answer for whole indices');
  if (isRecord(mapping['mappings'])) throw invalidMapping('', 'it is the body of an index or template, which has the mapping under `mappings`');
  const { properties = {}, ...rest } = withoutType(mapping);
  const { catalogued, carried } = isFlat(rest) && isRecord(properties) ? apart(properties) : { catalogued: properties, carried: {} };
  const root = Object.keys(carried).length === 0 ? rest : { ...rest, properties: carried };
  const reader = new Reader();
  reader.properties(catalogued, '', 0, isFlat(rest));
  reader.root(root);
  return { fields: defineFields(reader.fields()), root, notes: reader.notes() };
}

/** Elasticsearch 7 shows the mapping below `_doc` where it is asked to (`include_type_name`), and older templates have it so. */
function withoutType(mapping: JsonRecord): JsonRecord {
  const inner = mapping['_doc'];
  return Object.keys(mapping).length === 1 && isRecord(inner) ? inner : mapping;
}

/** Where dotted names are kept, `time.max` may stand beside a number `time`, which no document of objects can hold. */
function apart(properties: JsonRecord): { readonly catalogued: JsonRecord; readonly carried: JsonRecord } {
  const isBelowValue = (name: string): boolean =>
    name.split('.').some((_, at, parts) => {
      const above = parts.slice(0, at).join('.');
      const property = at > 0 && Object.hasOwn(properties, above) ? properties[above] : undefined;
      return isRecord(property) && property['type'] !== undefined && !isContainerType(String(property['type']));
    });
  const entries = Object.entries(properties);
  const half = (carried: boolean): JsonRecord => Object.fromEntries(entries.filter(([name]) => isBelowValue(name) === carried));
  return { catalogued: half(false), carried: half(true) };
}

/** Types below which the catalogue may have fields; what it doesn't know is taken for one. */
function isContainerType(type: string): boolean {
  return type === 'object' || type === 'nested' || !isFieldType(type);
}

class Reader {
  readonly #fields = new Map<string, AnyField>();
  readonly #notes: MappingNote[] = [];
  #carried: ReadonlySet<string> = new Set();

  fields(): Fields {
    // Not assigned one by one, because a field may be called __proto__.
    return Object.fromEntries(this.#fields);
  }

  notes(): readonly MappingNote[] {
    const exists = (path: string): boolean => {
      if (this.#fields.has(path) || this.#carried.has(path)) return true;
      const dot = path.lastIndexOf('.');
      return dot > 0 && Object.hasOwn(this.#fields.get(path.slice(0, dot))?.multi ?? {}, path.slice(dot + 1));
    };
    return this.#notes.map((note) => (note.kind === 'alias' && !exists(note.detail) ? { ...note, kind: 'alias-broken' } : note));
  }

  root(root: JsonRecord): void {
    this.#carried = new Set(isRecord(root['properties']) ? Object.keys(root['properties']) : []);
    for (const name of this.#carried) this.#note('flat-object', name, '');
    const templates = root['dynamic_templates'];
    for (const template of Array.isArray(templates) ? (templates as readonly unknown[]) : []) {
      for (const name of Object.keys(isRecord(template) ? template : {})) this.#note('dynamic-template', name, '');
    }
    for (const section of ['runtime', 'derived']) {
      const computed = root[section];
      for (const [name, each] of Object.entries(isRecord(computed) ? computed : {})) {
        this.#note('computed-field', name, isRecord(each) ? String(each['type'] ?? '') : '');
      }
    }
  }

  properties(properties: unknown, above: string, depth: number, flat: boolean): void {
    if (!isRecord(properties)) throw invalidMapping(above, '`properties` is no object');
    if (depth > DEEPEST) throw invalidMapping(above.slice(0, 60), `it is deeper than ${DEEPEST} objects`);
    for (const [name, property] of Object.entries(properties)) {
      const path = above === '' ? name : `${above}.${name}`;
      if (!isRecord(property)) throw invalidMapping(path, 'the property is no object');
      if (name.includes('.') && !flat) this.#note('dotted-name', path, '');
      this.#property(property, path, depth);
    }
  }

  #property(property: JsonRecord, path: string, depth: number): void {
    const { type = 'object', properties, fields, ...parameters } = property;
    if (typeof type !== 'string') throw invalidMapping(path, '`type` is no text');
    const container = isContainerType(type);
    if (properties !== undefined && container && !isFlat(parameters)) {
      // An object that is only there for its fields needs no entry of its own.
      const implied = type === 'object' && Object.keys(parameters).length === 0 && fields === undefined && isRecord(properties) && Object.keys(properties).length > 0;
      if (!implied) this.#add(path, this.#field(path, type, fields, parameters as Parameters));
      this.properties(properties, path, depth + 1, false);
      return;
    }
    if (properties !== undefined && container) this.#note('flat-object', path, Object.keys(isRecord(properties) ? properties : {}).join(', '));
    this.#add(path, this.#field(path, type, fields, (properties === undefined ? parameters : { ...parameters, properties }) as Parameters));
  }

  #field(path: string, type: string, fields: unknown, parameters: Parameters): AnyField {
    if (fields !== undefined && !isRecord(fields)) throw invalidMapping(path, '`fields` is no object');
    const multi = Object.entries(fields ?? {}).map(([name, sub]) => [name, this.#multi(`${path}.${name}`, sub)] as const);
    if (multi.length > 0) this.#note('multi-fields', path, multi.map(([name]) => name).join(', '));
    const made = this.#made(path, type, parameters);
    return { ...made, multi: Object.fromEntries(multi) };
  }

  #multi(path: string, sub: unknown): Field {
    if (!isRecord(sub)) throw invalidMapping(path, 'the multi-field is no object');
    const { type, ...parameters } = sub;
    if (typeof type !== 'string') throw invalidMapping(path, 'the multi-field has no type');
    if ('fields' in parameters || 'properties' in parameters) this.#note('nested-multi-field', path, type);
    return this.#made(path, type, parameters as Parameters);
  }

  #made(path: string, type: string, parameters: Parameters): Field {
    const needed = Object.hasOwn(NEEDED, type) ? NEEDED[type] : undefined;
    const complete = !needed || typeof parameters[needed[0]] === needed[1];
    if (!isFieldType(type) || !complete) {
      this.#note('unknown-type', path, complete ? type : `${type} without ${needed?.[0] ?? ''}`);
      return other(type, { parameters });
    }
    if (type === 'alias') {
      const { path: target, ...rest } = parameters;
      this.#note('alias', path, String(target));
      return alias(String(target), { parameters: rest });
    }
    return { type: type satisfies FieldType, required: false, multi: {}, many: false, parameters };
  }

  #add(path: string, field: AnyField): void {
    if (this.#fields.has(path)) throw invalidMapping(path, 'the field is there twice, once under a dotted name');
    this.#fields.set(path, field);
  }

  #note(kind: MappingNote['kind'], name: string, detail: string): void {
    this.#notes.push({ kind, name, detail });
  }
}
