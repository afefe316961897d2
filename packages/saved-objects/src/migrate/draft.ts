import { whyNotCarried } from '../read/carried.ts';
import { isJsonObject, type StoredObject, type StoredReference } from '../read/storedObject.ts';

/** JSON that a migration changes in place: its own copy, nobody else's. */
export interface Draft {
  [member: string]: unknown;
}

/** A saved object while it is migrated, with what it holds as text taken apart. */
export interface ObjectDraft {
  readonly type: string;
  readonly attributes: Draft;
  readonly references: StoredReference[];
  /** `visState`; undefined where there is none, or one that is no JSON object: that stays as it is. */
  readonly state: Draft | undefined;
  readonly searchSource: Draft | undefined;
  panels: unknown[] | undefined;
  fields: unknown[] | undefined;
}

/** One step of a type's history. */
export interface Migration {
  /** The version that brought it; it runs on objects that are older. */
  readonly version: string;
  /** Changes the draft in place, and leaves alone what has not the shape that the step is about. */
  readonly apply: (draft: ObjectDraft) => void;
}

const META = 'kibanaSavedObjectMeta';

/** Takes an object apart. */
export function draftOf({ type, attributes, references }: StoredObject): ObjectDraft {
  const copy = structuredClone(attributes) as Draft;
  const meta = copy[META];
  return {
    type,
    attributes: copy,
    references: [...references],
    state: objectIn(copy['visState']),
    searchSource: isDraft(meta) ? objectIn(meta['searchSourceJSON']) : undefined,
    panels: type === 'dashboard' ? listIn(copy['panelsJSON']) : undefined,
    fields: type === 'index-pattern' ? listIn(copy['fields']) : undefined,
  };
}

/** Puts the parts back as text, where they changed: the text of what no migration touched stays as it was, to the byte. */
export function attributesOf({ attributes, state, searchSource, panels, fields }: ObjectDraft): Draft {
  const meta = attributes[META];
  put(attributes, 'visState', state);
  if (isDraft(meta)) put(meta, 'searchSourceJSON', searchSource);
  put(attributes, 'panelsJSON', panels);
  put(attributes, 'fields', fields);
  return attributes;
}

function put(holder: Draft, member: string, value: unknown): void {
  if (value === undefined) return;
  const text = JSON.stringify(value);
  const before = holder[member];
  if (typeof before === 'string' && JSON.stringify(JSON.parse(before)) === text) return;
  holder[member] = text;
}

/** True for an object that a migration may change. */
export function isDraft(value: unknown): value is Draft {
  return isJsonObject(value);
}

/** The objects of a list; none of what is no list. */
export function draftsIn(value: unknown): readonly Draft[] {
  return Array.isArray(value) ? value.filter(isDraft) : [];
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return whyNotCarried(value) === undefined ? value : undefined;
  } catch {
    // Products leave such text as it is; checkSavedObjects says what is wrong with it.
    return undefined;
  }
}

function objectIn(text: unknown): Draft | undefined {
  const value = parsed(text);
  return isDraft(value) ? value : undefined;
}

function listIn(text: unknown): unknown[] | undefined {
  const value = parsed(text);
  return Array.isArray(value) ? value : undefined;
}
