import { asStored } from '../asStored.ts';
import { isJsonObject, type Json, type JsonObject, type StoredObject, type StoredReference } from '../read/storedObject.ts';
import type { SavedObject } from '../savedObject.ts';
import { decodeAttributes } from '../stored/innerJson.ts';
import { withoutServersOwn } from './serversOwn.ts';

/** Where two objects of one type and id differ. */
export interface ObjectDifference {
  /** Inside the object, with inner JSON taken apart: `attributes.visState.params.isDonut`. */
  readonly path: string;
  /** Undefined where there was nothing. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** What became of one object. */
export interface ObjectDiff {
  readonly type: string;
  readonly id: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly differences: readonly ObjectDifference[];
}

/**
 * Compares two sets of saved objects by what they mean: inner JSON is compared as JSON, references by their names whatever
 * their order, and what servers rewrite is left out. Bring both to one target first (`convertSavedObjects`), so that a
 * server's migrations are no differences.
 *
 * @returns one entry for each object that is not the same in both, in the order of the first set, then of the second.
 */
export function diffSavedObjects(first: readonly (SavedObject | StoredObject)[], second: readonly (SavedObject | StoredObject)[]): readonly ObjectDiff[] {
  const [before, after] = [first.map(asStored), second.map(asStored)];
  const key = ({ type, id }: StoredObject): string => `${type}:${id}`;
  const later = new Map(after.map((object) => [key(object), object]));
  const earlier = new Set(before.map(key));
  return [
    ...before.flatMap((object): readonly ObjectDiff[] => {
      const { type, id } = object;
      const other = later.get(key(object));
      if (other === undefined) return [{ type, id, change: 'removed', differences: [] }];
      const differences = compare(meaningOf(object), meaningOf(other), '');
      return differences.length === 0 ? [] : [{ type, id, change: 'changed', differences }];
    }),
    ...after.filter((object) => !earlier.has(key(object))).map(({ type, id }): ObjectDiff => ({ type, id, change: 'added', differences: [] })),
  ];
}

function meaningOf(object: StoredObject): JsonObject {
  const { attributes, references, migrationVersion, rest } = withoutServersOwn({ ...object, attributes: decodeAttributes(object.type, object.attributes) });
  return { attributes, references: byName(references), migrationVersion, ...rest };
}

/** Where several have one name, all of them: the first is followed. */
function byName(references: readonly StoredReference[]): JsonObject {
  const found = new Map<string, string>();
  for (const { name, type, id } of references) found.set(name, [...(found.has(name) ? [found.get(name)] : []), `${type}:${id}`].join(', '));
  return Object.fromEntries(found);
}

function compare(before: Json | undefined, after: Json | undefined, path: string): readonly ObjectDifference[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => compare(before[at] as Json, after[at] as Json, `${path}[${at}]`)).flat();
  }
  if (isJsonObject(before) && isJsonObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => compare(member(before, name), member(after, name), path === '' ? name : `${path}.${name}`));
  }
  return Object.is(before, after) ? [] : [{ path, before, after }];
}

function member(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Differences for people, one object after another. */
export function formatObjectDiffs(diffs: readonly ObjectDiff[]): string {
  const sign = { added: '+', removed: '-', changed: '~' } as const;
  const lines = diffs.flatMap(({ type, id, change, differences }) => [
    `${sign[change]} ${type} ${id}`,
    ...differences.map(({ path, before, after }) => `    ${path}: ${shown(before)} → ${shown(after)}`),
  ]);
  const count = (change: ObjectDiff['change']): number => diffs.filter((each) => each.change === change).length;
  return `${[...lines, diffs.length === 0 ? 'No differences.' : `${count('added')} added, ${count('changed')} changed, ${count('removed')} removed.`].join('\n')}\n`;
}

const LONGEST = 80;

function shown(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
