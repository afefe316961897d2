import type { JsonObject, JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { namedTemplate, translateDynamicMode, translateMatching } from './dynamic-rules.ts';
import { withoutOldParameters, withoutTypes } from './old-mappings.ts';
import type { Notes } from './translation.ts';
import { isField, translateType } from './type-rules.ts';

/** Parameters of fields that only change how documents are stored: dropped where a server lacks them. */
const DROPPED: Readonly<Record<string, string>> = {
  synthetic_source_keep: 'documents are stored as they came',
  time_series_dimension: 'the server has no time series indices; the field stays as it is',
  time_series_metric: 'the server has no time series indices; the field stays as it is',
};

/** What older servers had in a mapping, and none of today's has. */
const REMOVED: Readonly<Record<string, string>> = {
  _all: 'no server since Elasticsearch 6 has it; copy_to does the same',
  _timestamp: 'no server since Elasticsearch 5 has it; a field of the document says when it was written',
  _ttl: 'no server since Elasticsearch 5 has it; a lifecycle policy deletes whole indices',
  include_in_all: 'no server since Elasticsearch 6 has it; copy_to does the same',
};

/** A mapping as the server takes it. */
export function translateMapping(mapping: JsonObject, path: string, notes: Notes): JsonObject {
  const body = withoutTypes(mapping, path, notes);
  const entries = Object.entries(body).flatMap(([name, value]): readonly (readonly [string, JsonValue | undefined])[] => {
    const at = `${path}.${name}`;
    if (value === undefined) return [];
    if (REMOVED[name] !== undefined) return drop(notes, 'removed-member', at, REMOVED[name]);
    if (name === 'properties' && isObject(value)) return [[name, translateFields(value, at, false, notes)]];
    if (name === 'dynamic_templates' && Array.isArray(value)) return [[name, translateDynamic(value as readonly JsonValue[], at, notes)]];
    if (name === 'dynamic') return [[name, translateDynamicMode(value, at, notes)]];
    if (name === 'subobjects' && notes.lacks('parameter:subobjects')) return translateSubobjects(value, at, notes);
    if (name === 'runtime' && notes.lacks('parameter:runtime')) return translateRuntime(value, at, notes);
    if (name === '_data_stream_timestamp' && notes.lacks('parameter:_data_stream_timestamp')) return drop(notes, 'data-stream-timestamp', at, 'the server keeps it by itself, where it has data streams');
    if (name === '_source' && isObject(value) && value['mode'] !== undefined && notes.lacks('parameter:_source.mode')) return translateSource(value, at, notes);
    return [[name, value]];
  });
  return Object.fromEntries(entries);
}

function translateFields(fields: JsonObject, path: string, inFields: boolean, notes: Notes): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, isObject(field) ? translateField(field, `${path}.${name}`, inFields, notes) : field]));
}

function translateField(field: JsonObject, path: string, inFields: boolean, notes: Notes): JsonObject {
  const typed = isField(field) ? withoutOldParameters(translateType(field, path, inFields, notes), path, notes) : field;
  const entries = Object.entries(typed).flatMap(([name, value]): readonly (readonly [string, JsonValue | undefined])[] => {
    const at = `${path}.${name}`;
    if (REMOVED[name] !== undefined) return drop(notes, 'removed-member', at, REMOVED[name]);
    if (name === 'dynamic' && value !== undefined) return [[name, translateDynamicMode(value, at, notes)]];
    if (name === 'ignore_malformed' && typed['type'] === 'boolean' && notes.lacks('parameter:boolean.ignore_malformed')) return drop(notes, 'without-ignore_malformed', at, 'a document whose value is no truth is refused');
    if (DROPPED[name] !== undefined && notes.lacks(`parameter:${name}`)) return drop(notes, `without-${name}`, at, DROPPED[name]);
    if (name === 'subobjects' && notes.lacks('parameter:subobjects')) return translateSubobjects(value, at, notes);
    if (name === 'properties' && isObject(value)) return [[name, translateFields(value, at, false, notes)]];
    if (name === 'fields' && isObject(value)) return [[name, translateFields(value, at, true, notes)]];
    return [[name, value]];
  });
  return Object.fromEntries(entries);
}

function translateDynamic(templates: readonly JsonValue[], path: string, notes: Notes): JsonValue {
  return templates.flatMap((entry, position): readonly JsonValue[] => {
    const found = namedTemplate(entry);
    if (found === undefined) return [entry];
    const [name, template] = found;
    const at = `${path}.${position}.${name}`;
    const { mapping } = template;
    if (template['runtime'] !== undefined && notes.lacks('parameter:runtime')) notes.refuse(`${at}.runtime`, 'the server makes no fields at search time out of new members');
    return translateMatching(name, isObject(mapping) ? { ...template, mapping: translateField(mapping, `${at}.mapping`, false, notes) } : template, at, notes);
  });
}

function translateSubobjects(value: JsonValue | undefined, path: string, notes: Notes): readonly [] {
  notes.apply('without-subobjects', path, value === false ? 'names with dots become objects; a name that is both a field and the beginning of another is refused' : 'the server does so by itself');
  return [];
}

/** Runtime fields are OpenSearch's derived fields, where they have a script. */
function translateRuntime(value: JsonValue, path: string, notes: Notes): readonly (readonly [string, JsonValue])[] {
  const fields = Object.entries(isObject(value) ? value : {});
  const scripted = fields.every(([, field]) => isObject(field) && isObject(field['script']));
  if (notes.lacks('parameter:derived') || !scripted) {
    notes.refuse(path, notes.lacks('parameter:derived') ? 'the server has no fields that are computed at search time' : 'a runtime field without a script has no counterpart');
    return [];
  }
  notes.apply('runtime-to-derived', path, 'derived fields are what OpenSearch calls them');
  return [['derived', Object.fromEntries(fields)]];
}

function translateSource(value: JsonObject, path: string, notes: Notes): readonly (readonly [string, JsonValue])[] {
  const { mode, ...rest } = value;
  if (mode === 'disabled') {
    notes.apply('source-mode', path, 'mode: disabled is enabled: false');
    return [['_source', { ...rest, enabled: false }]];
  }
  notes.apply('source-mode', path, mode === 'synthetic' ? 'documents are stored as they came, which takes more room' : 'the server does so by itself');
  return Object.keys(rest).length === 0 ? [] : [['_source', rest]];
}

function drop(notes: Notes, rule: string, path: string, why: string): readonly [] {
  notes.apply(rule, path, why);
  return [];
}
