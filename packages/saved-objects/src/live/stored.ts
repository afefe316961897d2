import type { JsonObject, StoredObject, StoredReference } from '../read/storedObject.ts';
import { askDashboards, type DashboardsConnection, jsonOf } from './connection.ts';

/** Objects asked for in one request. */
const AT_ONCE = 1000;

type Key = Pick<StoredObject, 'type' | 'id'>;

interface Got extends Key {
  readonly attributes?: JsonObject;
  readonly references?: readonly StoredReference[];
  readonly migrationVersion?: Readonly<Record<string, string>>;
  readonly typeMigrationVersion?: string;
  readonly error?: unknown;
}

/** Those of the objects that the product has, as it has them. */
export async function readStored(connection: DashboardsConnection, keys: readonly Key[]): Promise<readonly StoredObject[]> {
  const found: StoredObject[] = [];
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const answer = await askDashboards(connection, 'POST', '/api/saved_objects/_bulk_get', keys.slice(at, at + AT_ONCE).map(({ type, id }) => ({ type, id })));
    const { saved_objects: got } = jsonOf<{ readonly saved_objects: readonly Got[] }>(answer, 'POST /api/saved_objects/_bulk_get', 'saved_objects');
    for (const { error, type, id, attributes = {}, references = [], migrationVersion, typeMigrationVersion } of got) {
      if (error === undefined) found.push({ type, id, attributes, references, ...(migrationVersion === undefined ? {} : { migrationVersion }), rest: typeMigrationVersion === undefined ? {} : { typeMigrationVersion } });
    }
  }
  return found;
}
