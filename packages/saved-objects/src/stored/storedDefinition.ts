import type { Definition } from '../savedObject.ts';
import type { Json, JsonObject, StoredObject, StoredReference } from '../read/storedObject.ts';
import { encodeAttributes } from './innerJson.ts';

/** By type: how old the shape of an object's attributes is. */
export interface MigrationVersions {
  readonly [type: string]: string;
}

/** A saved object as a product stores it, to refer to from others. */
export interface StoredDefinition {
  readonly object: StoredObject;
  readonly uses: readonly (Definition | StoredDefinition)[];
}

/** A reference to another definition, or to an object that is not defined here. */
export type StoredLink = { readonly name: string; readonly to: Definition | StoredDefinition } | StoredReference;

/** Members of an object that no import reads (bulkCreate in src/core/server/saved_objects/service/lib/repository.ts picks its own). */
export interface StoredRest {
  /** Kibana 8.8 and later: the version of the shape, in place of `migrationVersion`. */
  readonly typeMigrationVersion?: string;
  /** Where the object stood on a dashboard of 4.x and 5.x: tools that took dashboards apart left it here. */
  readonly col?: number;
  readonly row?: number;
  readonly size_x?: number;
  readonly size_y?: number;
  readonly panelIndex?: number | string;
}

/** What a stored object has beside its attributes. */
export interface StoredOptions {
  readonly references?: readonly StoredLink[];
  /** @default the newest that OpenSearch Dashboards 1 to 3 and Kibana 7.10 know */
  readonly migrationVersion?: MigrationVersions;
  readonly rest?: StoredRest;
}

/** The shapes that {@link migrateSavedObject} brings objects to; other types have no history there. */
const NEWEST_SHAPES: MigrationVersions = { 'index-pattern': '7.6.0', search: '7.9.3', visualization: '7.10.0', dashboard: '7.9.3' };

/** The versions of an object that says none. */
export function newestShape(type: string): MigrationVersions {
  const version = Object.hasOwn(NEWEST_SHAPES, type) ? NEWEST_SHAPES[type] : undefined;
  return version === undefined ? {} : { [type]: version };
}

/** The members of {@link StoredRest}; another can only be passed on. */
export const REST_MEMBERS: readonly string[] = ['typeMigrationVersion', 'col', 'row', 'size_x', 'size_y', 'panelIndex'] satisfies readonly (keyof StoredRest)[];

/** Makes the object: inner JSON becomes text, links become references. */
export function storedDefinition(type: string, id: string, attributes: object, { references = [], migrationVersion = newestShape(type), rest = {} }: StoredOptions = {}): StoredDefinition {
  const stored = references.map((link): StoredReference => ('to' in link ? { name: link.name, type: link.to.object.type, id: link.to.object.id } : { name: link.name, type: link.type, id: link.id }));
  const object: StoredObject = {
    type,
    id,
    attributes: encodeAttributes(type, attributes as JsonObject),
    references: stored,
    ...(Object.keys(migrationVersion).length === 0 ? {} : { migrationVersion: { ...migrationVersion } }),
    rest: { ...rest },
  };
  return Object.freeze({ object, uses: references.flatMap((link) => ('to' in link ? [link.to] : [])) });
}

/**
 * Passes JSON on where a type of this library has no place for it: what a plugin stored, or what somebody wrote by hand.
 * Nothing of it is checked.
 */
export function raw<T>(value: Json): NonNullable<T> {
  // Without `exactOptionalPropertyTypes` an optional member's type has undefined in it, which no index signature takes.
  return value as NonNullable<T>;
}
