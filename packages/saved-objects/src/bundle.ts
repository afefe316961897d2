import { PodscopeError } from '@podscope/core';
import type { Definition, SavedObject, SavedObjectType } from './savedObject.ts';

/** Saved objects that can be imported together: nothing they point at is missing. */
export interface Bundle {
  /** Settings and data views first, then searches, visualizations and dashboards; each in the order of their first use. */
  readonly objects: readonly SavedObject[];
}

const ORDER: readonly SavedObjectType[] = ['config', 'index-pattern', 'query', 'search', 'url', 'visualization', 'dashboard'];

/**
 * Collects definitions, everything they use, and finished saved objects.
 *
 * @throws PodscopeError `SAVED_OBJECT_ID_TAKEN` when two different objects have one id,
 * `SAVED_OBJECT_REFERENCE_MISSING` when an object points at one that isn't there.
 */
export function bundle(...parts: readonly (Definition | SavedObject)[]): Bundle {
  const found = new Map<string, SavedObject>();
  const visit = (part: Definition | SavedObject): void => {
    if (!('object' in part)) return add(found, part);
    for (const used of part.uses) visit(used);
    add(found, part.object);
  };
  for (const part of parts) visit(part);
  for (const object of found.values()) {
    for (const reference of object.references) {
      if (found.has(`${reference.type}:${reference.id}`)) continue;
      throw new PodscopeError(
        'SAVED_OBJECT_REFERENCE_MISSING',
        `${object.type} "${object.id}" points at ${reference.type} "${reference.id}", which is not in the bundle.`,
        { hint: 'Add that object to the bundle.' },
      );
    }
  }
  const all = [...found.values()];
  return { objects: ORDER.flatMap((type) => all.filter((object) => object.type === type)) };
}

function add(found: Map<string, SavedObject>, object: SavedObject): void {
  const key = `${object.type}:${object.id}`;
  const before = found.get(key);
  if (before === object) return;
  if (before && JSON.stringify(before) !== JSON.stringify(object)) {
    throw new PodscopeError('SAVED_OBJECT_ID_TAKEN', `Two different objects are called ${object.type} "${object.id}".`, {
      hint: 'Give one of them another id.',
    });
  }
  found.set(key, object);
}
