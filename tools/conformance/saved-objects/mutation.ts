import { isTextAttribute } from '../../../packages/saved-objects/src/read/innerJson.ts';
import type { Json, JsonObject, StoredObject } from '../../../packages/saved-objects/src/index.ts';

/**
 * The object with one leaf of it changed, also inside of its inner JSON: for a test of the comparison itself. `seed` chooses
 * the leaf. Undefined for an object without a leaf.
 */
export function mutated(object: StoredObject, seed: number): StoredObject | undefined {
  const attributes = Object.fromEntries(Object.entries(object.attributes).map(([name, value]) => [name, isTextAttribute(object.type, name) ? parsed(value) : value]));
  const whole: JsonObject = { attributes, references: object.references as unknown as Json };
  const leaves = leavesOf(whole, []);
  const path = leaves[seed % leaves.length];
  if (path === undefined) return undefined;
  const changed = withChanged(whole, path) as { readonly attributes: JsonObject; readonly references: StoredObject['references'] };
  const texts = Object.entries(changed.attributes).map(([name, value]) => [name, isTextAttribute(object.type, name) && typeof value === 'object' && value !== null ? JSON.stringify(value) : value]);
  return { ...object, attributes: Object.fromEntries(texts) as JsonObject, references: changed.references };
}

function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

type Path = readonly string[];

function leavesOf(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]));
}

function withChanged(value: unknown, [name, ...rest]: Path): unknown {
  if (name === undefined) return changedLeaf(value);
  if (Array.isArray(value)) return value.map((each: unknown, index) => (String(index) === name ? withChanged(each, rest) : each));
  return { ...(value as object), [name]: withChanged((value as Readonly<Record<string, unknown>>)[name], rest) };
}

function changedLeaf(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  // In front, so that JSON inside stays no JSON and a text stays a text.
  return typeof value === 'string' ? `changed ${value}` : 'changed';
}
