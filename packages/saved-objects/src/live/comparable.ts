import { convertSavedObjects } from '../convert/convertSavedObjects.ts';
import { diffSavedObjects, type ObjectDiff } from '../diff/diffSavedObjects.ts';
import { migrateSavedObject } from '../migrate/migrate.ts';
import { type Target, targetFacts } from '../products/targets.ts';
import type { StoredObject } from '../read/storedObject.ts';

/** What differs between what was made and what a product has of it; what the product's own migrations change is no difference. */
export function diffWithStored(made: readonly StoredObject[], stored: readonly StoredObject[], target: Target): readonly ObjectDiff[] {
  const { core } = targetFacts(target);
  const diffs = diffSavedObjects(comparable(made, core), comparable(stored, core));
  // Kibana since 7.11 adds parameters of its own at each migration.
  return core === undefined ? diffs : diffs.filter(({ change, differences }) => change !== 'changed' || differences.some(({ before }) => before !== undefined));
}

/** A server migrates what it imports: all in the oldest form that all read, and what only its product changes by its name. */
function comparable(objects: readonly StoredObject[], core: string | undefined): readonly StoredObject[] {
  const plain = ({ migrationVersion: _, ...object }: StoredObject): StoredObject => ({ ...object, rest: {} });
  if (core === undefined) return objects.map((object) => plain(migrateSavedObject(object)));
  const { objects: lowered, refused } = convertSavedObjects(objects, { to: 'kibana@7.10' });
  const named = refused.map(({ object: { type, id } }): StoredObject => {
    const title = objects.find((each) => each.type === type && each.id === id)?.attributes['title'];
    return { type, id, attributes: title === undefined ? {} : { title }, references: [], rest: {} };
  });
  return [...lowered.map(plain), ...named];
}
