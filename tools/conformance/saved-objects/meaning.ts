import { isDeepStrictEqual } from 'node:util';
import Hjson from 'hjson';
import type { StoredObject } from '../../../packages/saved-objects/src/index.ts';

/** A member that equality leaves out, because a server writes it anew. */
export interface Ignored {
  readonly member: string;
  /** Where the product does so. */
  readonly source: string;
}

/** The closed list. Everything else of an object counts, in whatever order its members stand. */
export const IGNORED: readonly Ignored[] = [
  { member: 'updated_at', source: 'OpenSearch Dashboards 2.8: src/core/server/saved_objects/service/lib/repository.ts, bulkCreate: set at every write' },
  { member: 'created_at', source: 'Kibana 8.7: src/core/packages/saved-objects/api-server-internal, bulk_create: set at every write' },
  { member: 'version', source: 'OpenSearch Dashboards 2.8: src/core/server/saved_objects/serialization/serializer.ts: made of _seq_no and _primary_term' },
  { member: 'namespaces', source: 'OpenSearch Dashboards 2.8: src/core/server/saved_objects/serialization/serializer.ts: where it was imported to' },
  { member: 'originId', source: 'OpenSearch Dashboards 2.8: src/core/server/saved_objects/import/create_saved_objects.ts: set when an import gives a new id' },
  { member: 'workspaces', source: 'OpenSearch Dashboards 2.14: src/core/server/saved_objects/service/lib/repository.ts: where it was imported to' },
  { member: 'managed', source: 'Kibana 8.7: src/core/packages/saved-objects/import-export-server-internal: set by the import' },
  { member: 'coreMigrationVersion', source: 'Kibana 7.17: src/core/server/saved_objects/migrations/core/document_migrator.ts: the server’s own version' },
  { member: 'sort', source: 'OpenSearch Dashboards 2.8: src/core/server/saved_objects/service/lib/repository.ts: of the search that found it' },
  { member: 'score', source: 'OpenSearch Dashboards 2.8: src/core/server/saved_objects/service/lib/repository.ts: of the search that found it' },
];

/** Whether two objects mean the same. JSON inside of texts is compared as JSON, wherever it stands; a Vega specification as HJSON. */
export function meansTheSame(a: StoredObject, b: StoredObject): boolean {
  return isDeepStrictEqual(meaningOf(a), meaningOf(b));
}

function meaningOf({ type, id, attributes, references, migrationVersion, rest }: StoredObject): unknown {
  const ignored = new Set(IGNORED.map(({ member }) => member));
  const kept = Object.fromEntries(Object.entries(rest).filter(([name]) => !ignored.has(name)));
  const inOrder = [...references].map(({ name, type: kind, id: to }) => ({ name, type: kind, id: to })).sort((x, y) => (x.name < y.name ? -1 : x.name > y.name ? 1 : x.id < y.id ? -1 : 1));
  return { type, id, attributes: withSpecification(opened(attributes)), references: inOrder, migrationVersion: migrationVersion ?? {}, rest: kept };
}

/** Texts that hold JSON, opened, at any depth. */
function opened(value: unknown): unknown {
  if (typeof value === 'string') return openedText(value);
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, opened(member)]])));
}

function openedText(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return opened(JSON.parse(text));
  } catch {
    return text;
  }
}

function withSpecification(attributes: unknown): unknown {
  const { visState } = attributes as { readonly visState?: { readonly type?: unknown; readonly params?: { readonly spec?: unknown } } };
  const spec = visState?.params?.spec;
  if (visState?.type !== 'vega' || typeof spec !== 'string') return attributes;
  try {
    return { ...(attributes as object), visState: { ...visState, params: { ...visState.params, spec: opened(Hjson.parse(spec)) } } };
  } catch {
    return attributes;
  }
}
