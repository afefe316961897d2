import type { JsonObject, StoredObject } from '../read/storedObject.ts';
import { DASHBOARD_MIGRATIONS } from './dashboard.ts';
import { attributesOf, draftOf, type Migration } from './draft.ts';
import { INDEX_PATTERN_MIGRATIONS } from './indexPattern.ts';
import { SEARCH_MIGRATIONS } from './search.ts';
import { isOlder, newest, shapeVersion, withShapeVersion } from './version.ts';
import { VISUALIZATION_MIGRATIONS } from './visualization.ts';

const MIGRATIONS: Readonly<Record<string, readonly Migration[]>> = {
  visualization: VISUALIZATION_MIGRATIONS,
  dashboard: DASHBOARD_MIGRATIONS,
  search: SEARCH_MIGRATIONS,
  'index-pattern': INDEX_PATTERN_MIGRATIONS,
};

/**
 * Brings an object of any age to the form of OpenSearch Dashboards 1 to 3 and Kibana 7.10, by the same steps that a server
 * takes when it imports one: ids become references, panels get their places on the grid of 48 columns, queries say their
 * language. An object that is newer than that, or of a type without such a history, stays as it is. Inner JSON that cannot
 * be read stays as it is, too.
 */
export function migrateSavedObject(object: StoredObject): StoredObject {
  const migrations = Object.hasOwn(MIGRATIONS, object.type) ? (MIGRATIONS[object.type] ?? []) : [];
  const ceiling = newest(migrations.map(({ version }) => version));
  if (ceiling === undefined) return object;
  // Servers take an object that says no version for the oldest there is.
  const from = shapeVersion(object) ?? '0.0.0';
  if (!isOlder(from, ceiling)) return object;
  const draft = draftOf(object);
  for (const { version, apply } of migrations) if (isOlder(from, version)) apply(draft);
  return withShapeVersion({ ...object, attributes: attributesOf(draft) as JsonObject, references: draft.references }, ceiling);
}
