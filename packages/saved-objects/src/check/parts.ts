import { whyNotCarried } from '../read/carried.ts';
import { isTextAttribute } from '../read/innerJson.ts';
import { isJsonObject, type Json, type JsonObject, type StoredObject } from '../read/storedObject.ts';
import type { Said } from './finding.ts';

/** An object with its inner JSON taken apart. */
export interface Parts {
  readonly object: StoredObject;
  /** Inner JSON by attribute, where it can be read. */
  readonly inner: Readonly<Record<string, Json>>;
  /** Undefined where there is none, or one that cannot be read. */
  readonly searchSource: JsonObject | undefined;
  /** What could not be read. */
  readonly said: readonly Said[];
}

/** Takes an object apart, and says what cannot be. */
export function partsOf(object: StoredObject): Parts {
  const said: Said[] = [];
  const inner: Record<string, Json> = {};
  for (const [attribute, text] of Object.entries(object.attributes)) {
    if (!isTextAttribute(object.type, attribute)) continue;
    const value = parse(text, `attributes.${attribute}`, said);
    if (value !== undefined) inner[attribute] = value;
  }
  const meta = object.attributes['kibanaSavedObjectMeta'];
  const source = isJsonObject(meta) ? parse(meta['searchSourceJSON'], 'attributes.kibanaSavedObjectMeta.searchSourceJSON', said) : undefined;
  return { object, inner, searchSource: isJsonObject(source) ? source : undefined, said };
}

function parse(text: Json | undefined, path: string, said: Said[]): Json | undefined {
  if (text === undefined || text === null || text === '') return undefined;
  const fix = 'Export the object again, or correct the text: it must be JSON, as one string.';
  if (typeof text !== 'string') {
    said.push({ rule: 'bad-inner-json', path, what: `${path} is ${Array.isArray(text) ? 'a list' : typeof text}, not text`, fix });
    return undefined;
  }
  try {
    const value = JSON.parse(text) as Json;
    const why = whyNotCarried(value);
    if (why === undefined) return value;
    said.push({ rule: 'bad-inner-json', path, what: `${path} holds ${why}`, fix });
    return undefined;
  } catch (error) {
    said.push({ rule: 'bad-inner-json', path, what: `${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`, fix });
    return undefined;
  }
}

/** The objects of a list; none of what is no list. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
