import type { JsonObject, JsonValue } from '../model.ts';

/** The value without the part that a path names. */
export function without(value: JsonValue, [step, ...rest]: readonly (string | number)[]): JsonValue {
  if (step === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    return rest.length === 0 ? items.filter((_, position) => position !== Number(step)) : items.map((item, position) => (position === Number(step) ? without(item, rest) : item));
  }
  const entries = Object.entries(value as JsonObject) as [string, JsonValue][];
  return Object.fromEntries(entries.flatMap(([key, item]) => (key !== step ? [[key, item]] : rest.length === 0 ? [] : [[key, without(item, rest)]])));
}
