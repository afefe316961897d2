import { createHash } from 'node:crypto';
import type { JsonValue } from '../model.ts';
import { isObject } from '../normalise/json.ts';

/** A short text that is equal for equal values, whatever the order of an object's members. */
export function fingerprint(value: JsonValue): string {
  return createHash('sha256').update(JSON.stringify(value, sorted)).digest('base64url').slice(0, 22);
}

function sorted(_key: string, value: JsonValue): JsonValue {
  return isObject(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value;
}
