import type { JsonObject, JsonValue } from '../model.ts';
import { isObject, textual } from './json.ts';

/**
 * Index settings in the one form that servers store: flat, with the `index.` prefix, values as text. So
 * `{ number_of_shards: 1 }`, `{ index: { number_of_shards: '1' } }` and `{ 'index.number_of_shards': 1 }` are equal.
 */
export function normaliseSettings(settings: JsonObject): JsonObject {
  const flat = new Map<string, JsonValue>();
  flatten(settings, '', flat);
  return Object.fromEntries(flat);
}

function flatten(node: JsonObject, prefix: string, into: Map<string, JsonValue>): void {
  for (const [key, value] of Object.entries(node)) {
    if (value === undefined) continue;
    const path = `${prefix}${key}`;
    if (isObject(value)) flatten(value, `${path}.`, into);
    else into.set(path.startsWith('index.') ? path : `index.${path}`, textual(value));
  }
}

/** Cluster settings, flat and as text. */
export function normaliseClusterSettings(settings: JsonObject, prefix = ''): Readonly<Record<string, JsonValue>> {
  const flat = new Map<string, JsonValue>();
  for (const [key, value] of Object.entries(settings)) {
    if (value === undefined) continue;
    if (isObject(value)) for (const [path, inner] of Object.entries(normaliseClusterSettings(value, `${prefix}${key}.`))) flat.set(path, inner);
    else flat.set(`${prefix}${key}`, textual(value));
  }
  return Object.fromEntries(flat);
}
