import { PodscopeError } from '@podscope/core';
import type { Definition, SavedObject, SavedObjectType } from './savedObject.ts';

/** Saved objects that can be imported together: nothing they point at is missing. */
export interface Bundle {
  /** Data views first, then searches, visualizations and dashboards; each in the order of their first use. */
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
  const found = new Map<SavedObjectType, Map<string, SavedObject>>(ORDER.map((type) => [type, new Map<string, SavedObject>()]));
  const visited = new Set<Definition>();
  const visit = (part: Definition | SavedObject): void => {
    if (!('object' in part)) return add(found, part);
    // A data view is used by every panel: once is enough.
    if (visited.has(part)) return;
    visited.add(part);
    for (const used of part.uses) visit(used);
    add(found, part.object);
  };
  for (const part of parts) visit(part);
  const objects = [...found.values()].flatMap((ofType) => [...ofType.values()]);
  for (const object of objects) {
    for (const reference of object.references) {
      if (found.get(reference.type)?.has(reference.id) === true) continue;
      throw new PodscopeError(
        'SAVED_OBJECT_REFERENCE_MISSING',
        `${object.type} "${object.id}" points at ${reference.type} "${reference.id}", which is not in the bundle.`,
        { hint: 'Add that object to the bundle.' },
      );
    }
  }
  return { objects };
}

/** By type and then id: thousands of objects need no key of both. */
function add(found: ReadonlyMap<SavedObjectType, Map<string, SavedObject>>, object: SavedObject): void {
  const ofType = found.get(object.type);
  const before = ofType?.get(object.id);
  if (before === object) return;
  if (before !== undefined && JSON.stringify(before) !== JSON.stringify(object)) {
    throw new PodscopeError('SAVED_OBJECT_ID_TAKEN', `Two different objects are called ${object.type} "${object.id}".`, {
      hint: 'Give one of them another id.',
    });
  }
  ofType?.set(object.id, object);
}
