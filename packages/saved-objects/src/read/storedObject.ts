/** JSON as a saved object holds it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

/** A pointer from one saved object to another, of whatever types. */
export interface StoredReference {
  readonly name: string;
  readonly type: string;
  readonly id: string;
}

/**
 * A saved object of any type and any product, in the form in which exports carry it: inner JSON as text, references in a
 * list. What this library does not know is carried along in `attributes` and `rest`.
 */
export interface StoredObject {
  readonly type: string;
  readonly id: string;
  readonly attributes: JsonObject;
  readonly references: readonly StoredReference[];
  /** How old the attributes' shape is, by type; absent on objects from before 6.5, and since Kibana 8.8. */
  readonly migrationVersion?: Readonly<Record<string, string>>;
  /** Members beside these, such as `updated_at`, `coreMigrationVersion`, `workspaces`. */
  readonly rest: JsonObject;
}

/** True for an object that is no array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
