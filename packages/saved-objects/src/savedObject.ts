import { PodscopeError } from '@podscope/core';

/** The types of saved objects that this library makes. */
export type SavedObjectType = 'config' | 'index-pattern' | 'query' | 'search' | 'url' | 'visualization' | 'dashboard';

/** A named pointer from one saved object to another. */
export interface SavedObjectReference {
  readonly name: string;
  readonly type: SavedObjectType;
  readonly id: string;
}

/** One saved object, as one line of an export carries it. */
export interface SavedObject {
  readonly type: SavedObjectType;
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly references: readonly SavedObjectReference[];
  /** Says how old the attributes' shape is; empty for a type that has never changed. Without it an import runs every migration since 6.x. */
  readonly migrationVersion: Readonly<Record<string, string>>;
}

/** Something defined with this library: its saved object and the definitions that it points at. */
export interface Definition {
  readonly object: SavedObject;
  readonly uses: readonly Definition[];
}

/** A query in a query bar's language. `kuery` is what OpenSearch Dashboards stores for DQL. */
export interface Query {
  readonly query: string;
  readonly language: 'kuery' | 'lucene';
}

/** The newest attribute shapes that OpenSearch Dashboards 1 to 3 know; a newer one fails the whole import. Thousands of objects share them. */
const USUAL_VERSIONS: Readonly<Record<SavedObjectType, SavedObject['migrationVersion']>> = {
  config: Object.freeze({ config: '7.9.0' }),
  'index-pattern': Object.freeze({ 'index-pattern': '7.6.0' }),
  query: Object.freeze({}),
  search: Object.freeze({ search: '7.9.3' }),
  url: Object.freeze({}),
  visualization: Object.freeze({ visualization: '7.10.0' }),
  dashboard: Object.freeze({ dashboard: '7.9.3' }),
};

/** The reference's name that every search source uses for its index pattern. */
export const SEARCH_SOURCE_INDEX = 'kibanaSavedObjectMeta.searchSourceJSON.index';

export function savedObject(
  type: SavedObjectType,
  id: string,
  attributes: Readonly<Record<string, unknown>>,
  references: readonly SavedObjectReference[],
  version?: string,
): SavedObject {
  checkId(id, type);
  return deepFreeze({ type, id, attributes, references, migrationVersion: version === undefined ? USUAL_VERSIONS[type] : { [type]: version } });
}

/** The query of a `filter` option: a text is DQL. */
export function queryOf(filter: string | Query | undefined): Query {
  return typeof filter === 'object' ? { query: filter.query, language: filter.language } : { query: filter ?? '', language: 'kuery' };
}

const ID = /^[A-Za-z0-9][A-Za-z0-9.*-]{0,199}$/;

/** Ids carry no `_`: servers with several data sources split ids there. */
export function checkId(id: string, type: SavedObjectType): void {
  if (typeof id === 'string' && ID.test(id)) return;
  throw new PodscopeError('SAVED_OBJECT_ID_INVALID', `${JSON.stringify(id)} cannot be the id of a ${type}.`, {
    hint: 'Use letters, digits, ".", "-" and "*", beginning with a letter or a digit; no "_".',
  });
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    // Plain objects and arrays only, so that nothing inherited is met; without a list of values, as thousands go through here.
    for (const member in value) {
      const part = value[member];
      if (typeof part === 'object') deepFreeze(part);
    }
  }
  return value;
}
