import type { JsonObject, JsonValue } from '../model.ts';
import { compact, isObject } from '../normalise/json.ts';

/** Members that are read first, wherever they stand; the others follow by their letters. */
const FIRST = ['name', 'description', 'index_patterns', 'order', 'priority', 'composed_of', 'data_stream', 'default_state', 'type', 'field', 'settings', 'mappings', 'aliases', 'template', 'properties'];
const LAST = ['on_failure', 'version', '_meta'];

/** The same value with its members in one order, so that equal setups give equal files. Lists stay as they are. */
export function ordered(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(ordered);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => rank(one) - rank(other) || (one < other ? -1 : 1));
  return compact(entries.map(([key, item]) => [key, item === undefined ? undefined : ordered(item)]));
}

/** {@link ordered}, for things by name. */
export function orderedThings<T>(things: Readonly<Record<string, T>>): JsonObject {
  const names = Object.keys(things).sort();
  return compact(names.map((name) => [name, ordered(things[name] as JsonValue)]));
}

function rank(key: string): number {
  const first = FIRST.indexOf(key);
  if (first >= 0) return first;
  const last = LAST.indexOf(key);
  return last >= 0 ? FIRST.length + 1 + last : FIRST.length;
}
