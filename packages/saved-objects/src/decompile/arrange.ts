import type { StoredObject } from '../read/storedObject.ts';
import { Names } from './names.ts';

/** One object, the constant that it becomes, and the file that it goes to. */
export interface Arranged {
  readonly object: StoredObject;
  readonly constant: string;
  /** Without its extension. */
  readonly file: string;
  /** Its place among the objects that were given. */
  readonly index: number;
}

/** Files that others import from come first; a file refers to earlier files and, within itself, to earlier constants. */
const VIEWS = 'data-views';
const SHARED = 'shared';
const OTHERS = 'others';
const ORDER = ['index-pattern', 'search', 'visualization', 'lens', 'map'];

const keyOf = ({ type, id }: { readonly type: string; readonly id: string }): string => `${type}:${id}`;

/**
 * Says where each object goes: a file for each dashboard with what only it shows, one for what several dashboards show, one
 * for the data views, one for what is on no dashboard.
 */
export function arrange(objects: readonly StoredObject[]): readonly Arranged[] {
  const constants = new Names();
  const files = new Names();
  for (const name of [VIEWS, SHARED, OTHERS, 'index']) files.file(name, name);
  const byKey = new Map(objects.map((object) => [keyOf(object), object]));
  const owners = new Map<StoredObject, Set<StoredObject>>();
  const own = (object: StoredObject, dashboard: StoredObject, seen: Set<StoredObject>): void => {
    if (seen.has(object)) return;
    seen.add(object);
    owners.set(object, (owners.get(object) ?? new Set()).add(dashboard));
    for (const reference of object.references) {
      const found = byKey.get(keyOf(reference));
      if (found !== undefined && found.type !== 'dashboard') own(found, dashboard, seen);
    }
  };
  const fileOf = new Map<StoredObject, string>();
  for (const dashboard of objects) {
    if (dashboard.type !== 'dashboard') continue;
    own(dashboard, dashboard, new Set());
    fileOf.set(dashboard, files.file(titleOf(dashboard), 'dashboard'));
  }
  const placed = objects.map((object, index): Arranged => {
    const [first, ...more] = [...(owners.get(object) ?? [])];
    const file = object.type === 'index-pattern' ? VIEWS : (fileOf.get(object) ?? (first === undefined ? OTHERS : more.length > 0 ? SHARED : (fileOf.get(first) ?? OTHERS)));
    return { object, constant: constants.constant(titleOf(object), object.type), file, index };
  });
  const rank = ({ file, object }: Arranged): number => {
    const at = ORDER.indexOf(object.type);
    return (file === VIEWS ? 0 : file === SHARED ? 1_000 : 2_000) + (at === -1 ? (object.type === 'dashboard' ? 20 : 10) : at);
  };
  return placed.sort((a, b) => rank(a) - rank(b) || a.index - b.index);
}

function titleOf({ type, id, attributes }: StoredObject): string {
  const title = attributes['title'];
  if (typeof title !== 'string' || title.trim() === '') return id;
  return type === 'index-pattern' ? `${title} view` : title;
}
