import { asText } from './asText.ts';
import { isJsonObject, type Json, type JsonObject } from './storedObject.ts';

/** In which form a file held an object. */
export type StoredForm =
  /** `{ type, id, attributes, references }`: a line of an export, or a file of its own. */
  | 'export'
  /** `{ objects: [...] }`: what Beats keep and Kibana's old dashboard API answers. */
  | 'objects'
  /** `{ _id, _type, _source }`: exports before 7.0. */
  | 'legacy'
  /** A document of the index `.kibana`: `{ _id: "<type>:<id>", _source: { type, <type>: {...} } }`, or its source in a file of that name. */
  | 'index'
  /** `{ dashboard: { id, value }, visualizations: [{ id, value }] … }`: what GrimoireLab's kidash writes. */
  | 'kidash'
  /** Nothing but the attributes; the type is told by their names, the id by the file's name. */
  | 'attributes';

/** An object as its file had it, with its members told apart. */
export interface RawObject {
  readonly form: StoredForm;
  readonly type: string;
  readonly id: string;
  readonly attributes: JsonObject;
  readonly references: Json | undefined;
  readonly migrationVersion: Json | undefined;
  readonly rest: JsonObject;
}

/** What a JSON value turned out to be. */
export type Recognised = { readonly objects: readonly RawObject[]; readonly wrong: readonly string[] };

const NOTHING: Recognised = { objects: [], wrong: [] };

/** By which attribute an object shows its type when nothing else does; in this order. */
const TOLD_BY: readonly { readonly attribute: string; readonly type: string }[] = [
  { attribute: 'visState', type: 'visualization' },
  { attribute: 'panelsJSON', type: 'dashboard' },
  { attribute: 'layerListJSON', type: 'map' },
  { attribute: 'timelion_sheet', type: 'timelion-sheet' },
  { attribute: 'columns', type: 'search' },
  { attribute: 'timeFieldName', type: 'index-pattern' },
  { attribute: 'fieldFormatMap', type: 'index-pattern' },
  { attribute: 'buildNum', type: 'config' },
];

/**
 * The saved objects in a parsed file or line. A wrapper is looked into once or twice, never without end.
 *
 * @param fallbackId The id of an object that has none, such as the file's name.
 */
export function recognise(value: unknown, fallbackId: string | undefined): Recognised {
  return recogniseWithin(value, fallbackId, 3);
}

function recogniseWithin(value: unknown, fallbackId: string | undefined, depth: number): Recognised {
  if (Array.isArray(value)) return depth === 0 ? wrong('lists within lists') : together(value.map((each) => recogniseWithin(each, undefined, depth - 1)));
  if (!isJsonObject(value)) return wrong(`${value === null ? 'null' : `a ${typeof value}`}, not an object`);
  if (isExportDetails(value)) return NOTHING;
  if (Array.isArray(value['objects'])) return together(value['objects'].map((each) => inObjects(each)));
  const hits = isJsonObject(value['hits']) ? value['hits']['hits'] : undefined;
  if (Array.isArray(hits)) return together(hits.map((each) => recogniseWithin(each, undefined, 0)));
  const archived = isJsonObject(value['value']) && value['type'] === 'doc' ? value['value'] : undefined;
  if (archived !== undefined) return indexDocument(archived['id'], archived['type'], archived['source']);
  if (isJsonObject(value['_source'])) return withSource(value, value['_source']);
  if (isJsonObject(value['attributes'])) return exported(value, value['attributes'], 'export', fallbackId);
  if (typeof value['type'] === 'string' && isJsonObject(value[value['type']])) return fallbackId === undefined ? wrong(`a ${value['type']} without an id`) : indexDocument(fallbackId, undefined, value);
  const listed = listedByType(value);
  if (listed !== undefined) return listed;
  return attributesOnly(value, fallbackId);
}

function together(all: readonly Recognised[]): Recognised {
  return { objects: all.flatMap(({ objects }) => objects), wrong: all.flatMap((each) => each.wrong) };
}

function wrong(what: string): Recognised {
  return { objects: [], wrong: [what] };
}

function isExportDetails(value: JsonObject): boolean {
  return typeof value['exportedCount'] === 'number' && value['type'] === undefined;
}

function inObjects(value: unknown): Recognised {
  if (!isJsonObject(value)) return wrong('an entry of "objects" that is not an object');
  if (isJsonObject(value['attributes'])) return exported(value, value['attributes'], 'objects', undefined);
  // What the API puts in the place of an object that isn't there.
  const error = isJsonObject(value['error']) ? `: ${asText(value['error']['message'] ?? value['error']['statusCode'])}` : '';
  return wrong(`${nameOf(value)} in "objects" has no attributes${error}`);
}

function nameOf(value: JsonObject): string {
  return [value['type'] ?? value['_type'], value['id'] ?? value['_id']].filter((each) => typeof each === 'string').join(' ') || 'an entry';
}

function exported(value: JsonObject, attributes: JsonObject, form: StoredForm, fallbackId: string | undefined): Recognised {
  const { type, id = fallbackId, attributes: _, references, migrationVersion, ...rest } = value;
  if (typeof type !== 'string' || type === '') return wrong(`${nameOf(value)} has no type`);
  if (typeof id !== 'string' || id === '') return wrong(`a ${type} has no id`);
  return { objects: [{ form, type, id, attributes, references, migrationVersion, rest }], wrong: [] };
}

function withSource(value: JsonObject, source: JsonObject): Recognised {
  const type = value['_type'];
  if (typeof type !== 'string' || type === 'doc' || type === '_doc') return indexDocument(value['_id'], undefined, source);
  const id = value['_id'];
  if (typeof id !== 'string' || id === '') return wrong(`a ${type} has no _id`);
  return { objects: [{ form: 'legacy', type, id, attributes: source, references: value['_references'], migrationVersion: value['_migrationVersion'], rest: {} }], wrong: [] };
}

/** `_id` is `<type>:<id>`, or `<namespace>:<type>:<id>`. Documents from before 6.0 have the attributes themselves. */
function indexDocument(rawId: Json | undefined, rawType: Json | undefined, source: Json | undefined): Recognised {
  if (typeof rawId !== 'string' || !isJsonObject(source)) return wrong('a document without an id or a source');
  const type = source['type'];
  const attributes = typeof type === 'string' ? source[type] : undefined;
  if (typeof type === 'string' && isJsonObject(attributes)) {
    const { type: _, [type]: __, references, migrationVersion, ...rest } = source;
    const at = rawId.indexOf(`${type}:`);
    const id = at === -1 ? rawId : rawId.slice(at + type.length + 1);
    return { objects: [{ form: 'index', type, id, attributes, references, migrationVersion, rest }], wrong: [] };
  }
  if (typeof rawType === 'string' && rawType !== 'doc') {
    return { objects: [{ form: 'legacy', type: rawType, id: rawId, attributes: source, references: undefined, migrationVersion: undefined, rest: {} }], wrong: [] };
  }
  return wrong(`the document ${rawId} says no type`);
}

/** By the members of a file of kidash. */
const LISTS: Readonly<Record<string, string>> = { dashboard: 'dashboard', visualizations: 'visualization', searches: 'search', index_patterns: 'index-pattern' };

function listedByType(value: JsonObject): Recognised | undefined {
  const lists = Object.entries(LISTS).flatMap(([member, type]) => [value[member]].flat().flatMap((each) => (isJsonObject(each) && isJsonObject(each['value']) ? [{ type, id: each['id'], attributes: each['value'] }] : [])));
  if (lists.length === 0) return undefined;
  return together(
    lists.map(({ type, id, attributes }): Recognised =>
      typeof id === 'string' && id !== '' ? { objects: [{ form: 'kidash', type, id, attributes, references: undefined, migrationVersion: undefined, rest: {} }], wrong: [] } : wrong(`a ${type} without an id`),
    ),
  );
}

function attributesOnly(value: JsonObject, fallbackId: string | undefined): Recognised {
  const type = TOLD_BY.find(({ attribute }) => value[attribute] !== undefined)?.type;
  const named = type !== undefined && (value['title'] !== undefined || type === 'config' || type === 'index-pattern');
  if (!named) {
    const members = Object.keys(value).slice(0, 6).map((each) => JSON.stringify(each)).join(', ');
    return wrong(members === '' ? 'an empty object' : `no saved object: an object with ${members}`);
  }
  if (fallbackId === undefined) return wrong(`a ${type} without an id`);
  return { objects: [{ form: 'attributes', type, id: fallbackId, attributes: value, references: undefined, migrationVersion: undefined, rest: {} }], wrong: [] };
}
