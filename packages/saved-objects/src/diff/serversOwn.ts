import { isJsonObject, type Json, type StoredObject } from '../read/storedObject.ts';

/** Something that a server writes by itself, or anew at every import: no difference between two objects. */
export interface ServersOwn {
  /** A member of the object, or one of each field in an index pattern's list. */
  readonly member: string;
  readonly of: 'object' | 'field of an index pattern';
  /** Where the product does it. */
  readonly source: string;
}

const SERIALIZATION = 'OpenSearch Dashboards 2: src/core/server/saved_objects/serialization/serializer.ts';

/** The closed list of what {@link diffSavedObjects} leaves out. */
export const SERVERS_OWN: readonly ServersOwn[] = [
  { member: 'updated_at', of: 'object', source: 'OpenSearch Dashboards 2: src/core/server/saved_objects/service/lib/repository.ts (bulkCreate sets it at every write)' },
  { member: 'created_at', of: 'object', source: 'Kibana 8: src/core/packages/saved-objects/api-server-internal (bulk_create sets it)' },
  { member: 'version', of: 'object', source: `${SERIALIZATION} (encoded from _seq_no and _primary_term)` },
  { member: 'namespaces', of: 'object', source: `${SERIALIZATION} (where it was imported to)` },
  { member: 'originId', of: 'object', source: 'OpenSearch Dashboards 2: src/core/server/saved_objects/import/create_saved_objects.ts (set when an import gives a new id)' },
  { member: 'workspaces', of: 'object', source: 'OpenSearch Dashboards 2: src/core/server/saved_objects/service/lib/repository.ts (where it was imported to)' },
  { member: 'managed', of: 'object', source: 'Kibana 8: src/core/packages/saved-objects/import-export-server-internal (set by the import)' },
  { member: 'coreMigrationVersion', of: 'object', source: 'Kibana 7.17: src/core/server/saved_objects/migrations/core/document_migrator.ts (set to the server’s version)' },
  { member: 'sort', of: 'object', source: 'OpenSearch Dashboards 2: src/core/server/saved_objects/service/lib/repository.ts (of the search that found it)' },
  { member: 'score', of: 'object', source: 'OpenSearch Dashboards 2: src/core/server/saved_objects/service/lib/repository.ts (of the search that found it)' },
  { member: 'count', of: 'field of an index pattern', source: 'OpenSearch Dashboards 2: src/plugins/data/common/index_patterns/fields (counted up whenever Discover shows the field)' },
];

const membersOf = (of: ServersOwn['of']): ReadonlySet<string> => new Set(SERVERS_OWN.filter((each) => each.of === of).map(({ member }) => member));
const OF_OBJECT = membersOf('object');
const OF_FIELD = membersOf('field of an index pattern');

/** The object, with its inner JSON taken apart, without what a server writes by itself. */
export function withoutServersOwn(object: StoredObject): StoredObject {
  const rest = without(object.rest, OF_OBJECT);
  const fields = object.attributes['fields'];
  if (object.type !== 'index-pattern' || !Array.isArray(fields)) return { ...object, rest };
  return { ...object, rest, attributes: { ...object.attributes, fields: fields.map((field: Json) => (isJsonObject(field) ? without(field, OF_FIELD) : field)) } };
}

function without<T extends { readonly [member: string]: Json | undefined }>(object: T, members: ReadonlySet<string>): { readonly [member: string]: Json | undefined } {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !members.has(name)));
}
