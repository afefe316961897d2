import type { StoredObject } from '../read/storedObject.ts';

function partsOf(version: string): readonly number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0);
}

/** Whether one version of a product is before another. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [partsOf(version), partsOf(than)];
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** The latest of some versions. */
export function newest(versions: readonly string[]): string | undefined {
  return versions.reduce<string | undefined>((latest, version) => (latest === undefined || isOlder(latest, version) ? version : latest), undefined);
}

/**
 * How old the shape of an object is, as it says itself: Kibana since 8.8 in `typeMigrationVersion`, all others in
 * `migrationVersion`. Undefined where it does not say.
 */
export function shapeVersion({ type, migrationVersion, rest }: Pick<StoredObject, 'type' | 'migrationVersion' | 'rest'>): string | undefined {
  const own = rest['typeMigrationVersion'];
  return typeof own === 'string' && own !== '' ? own : migrationVersion?.[type];
}

/** The object with another version of its shape, where all products read it. */
export function withShapeVersion(object: StoredObject, version: string | undefined): StoredObject {
  const { typeMigrationVersion: _, ...rest } = object.rest;
  const { [object.type]: __, ...others } = object.migrationVersion ?? {};
  return { ...object, rest, migrationVersion: { ...others, ...(version === undefined ? {} : { [object.type]: version }) } };
}
