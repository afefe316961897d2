import type { JsonObject, JsonValue } from '../model.ts';

/** True for a JSON object, not for a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object without the members that are undefined. `fromEntries` keeps a member named `__proto__` a plain member. */
export function compact(entries: Iterable<readonly [string, JsonValue | undefined]>): JsonObject {
  return Object.fromEntries([...entries].filter(([, value]) => value !== undefined));
}

/** The value, or undefined when it is an object or a list without members. */
export function unlessEmpty<T extends JsonValue>(value: T | undefined): T | undefined {
  if (value === undefined || typeof value !== 'object' || value === null) return value;
  return Object.keys(value).length === 0 ? undefined : value;
}

/** Numbers and booleans as text, at every depth: servers take `256` and `"256"` alike in settings and mappings. */
export function textual(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => textual(item));
  if (isObject(value)) {
    return compact(Object.entries(value).map(([key, item]) => [key, item === undefined ? undefined : textual(item)]));
  }
  return value === null ? null : String(value);
}
