import type { JsonObject, JsonValue } from '../model.ts';
import { compact, isObject, textual, unlessEmpty } from './json.ts';

/**
 * A mapping in one form: without the `_doc` wrapper, dotted names as nested objects, `type: object` left out where it
 * is the default, parameters as text, no empty `properties` or `fields`.
 */
export function normaliseMapping(mapping: JsonObject): JsonObject {
  return normaliseNode(unwrapped(mapping), true);
}

/** A mapping with its names nested and everything else as it was written: what a request takes. */
export function nestedMapping(mapping: JsonObject): JsonObject {
  return normaliseNode(unwrapped(mapping), false);
}

function unwrapped(mapping: JsonObject): JsonObject {
  const inner = mapping['_doc'];
  return Object.keys(mapping).length === 1 && isObject(inner) ? inner : mapping;
}

/** `spell`: values as text and without defaults; otherwise only the names are brought into one form. */
function normaliseNode(node: JsonObject, spell: boolean): JsonObject {
  return compact(
    Object.entries(node).map(([key, value]) => [key, value === undefined ? undefined : normaliseMember(key, value, spell)]),
  );
}

function normaliseMember(key: string, value: JsonValue, spell: boolean): JsonValue | undefined {
  if (key === 'properties' && isObject(value)) return unlessEmpty(normaliseProperties(value, spell));
  if (key === 'fields' && isObject(value)) {
    return unlessEmpty(compact(Object.entries(value).map(([name, sub]) => [name, isObject(sub) ? normaliseNode(sub, spell) : sub])));
  }
  // Some servers add this to the mapping of a data stream's template; it says what `data_stream` says already.
  if (key === '_data_stream_timestamp') return undefined;
  if (!spell) return value;
  if (key === 'type' && value === 'object') return undefined;
  if (key === 'dynamic_templates') return unlessEmpty(textual(value));
  return key === '_meta' ? unlessEmpty(value) : textual(value);
}

function normaliseProperties(properties: JsonObject, spell: boolean): JsonObject {
  const fields = new Map<string, JsonObject>();
  for (const [name, definition] of Object.entries(properties)) {
    if (!isObject(definition)) continue;
    const parts = name.split('.');
    const dotted = parts.length > 1 && parts.every((part) => part !== '');
    const first = dotted ? (parts[0] as string) : name;
    const field = dotted ? { properties: { [parts.slice(1).join('.')]: definition } } : definition;
    const before = fields.get(first);
    fields.set(first, before === undefined ? field : mergeFields(before, field));
  }
  return compact([...fields].map(([name, field]) => [name, normaliseNode(field, spell)]));
}

/** Two parts of one object field: `a.b` and `a.c`, or `a: {properties: …}` and `a.c`. */
function mergeFields(one: JsonObject, other: JsonObject): JsonObject {
  const merged = { ...one, ...other };
  const [mine, theirs] = [one['properties'], other['properties']];
  if (!isObject(mine) || !isObject(theirs)) return merged;
  const properties = new Map(Object.entries(mine));
  for (const [name, field] of Object.entries(theirs)) {
    const before = properties.get(name);
    properties.set(name, isObject(before) && isObject(field) ? mergeFields(before, field) : field);
  }
  return { ...merged, properties: Object.fromEntries(properties) };
}
