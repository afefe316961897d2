import { PodscopeError } from '@podscope/core';
import { withFunctionsOf } from './custom/vegaFunctions.ts';
import { type Target, targetFacts } from './products/targets.ts';
import type { StoredObject } from './read/storedObject.ts';
import type { SavedObject } from './savedObject.ts';

/**
 * The export file of a bundle, or of what {@link convertSavedObjects} made: one object a line, then the export's details.
 * Vega's calls of the product's functions get the names that the target has; what was read or exported may be written without
 * a target, as it is. The same objects give the same bytes. None give an empty text, as the product never writes details that
 * count nothing.
 *
 * @throws PodscopeError `SAVED_OBJECT_TARGET_UNKNOWN`; `SAVED_OBJECT_SPEC_INVALID` for attributes that JSON has no form for, such as
 * an object within itself.
 */
export function toNdjson(set: { readonly objects: readonly StoredObject[] }, options?: { readonly target?: Target }): string;
export function toNdjson(set: { readonly objects: readonly (SavedObject | StoredObject)[] }, options: { readonly target: Target }): string;
export function toNdjson({ objects }: { readonly objects: readonly (SavedObject | StoredObject)[] }, { target }: { readonly target?: Target } = {}): string {
  const isWrittenAsItIs = target === undefined && objects.every((object) => 'rest' in object);
  if (!isWrittenAsItIs) targetFacts(target);
  if (objects.length === 0) return '';
  const details = { exportedCount: objects.length, missingRefCount: 0, missingReferences: [] };
  const shared: Shared = { references: undefined, referencesText: '', versions: undefined, versionsText: '' };
  const lines = objects.map((object) => textOf(target === undefined ? object : withFunctionsOf(target, object), shared));
  lines.push(JSON.stringify(details), '');
  return lines.join('\n');
}

function textOf(object: SavedObject | StoredObject, shared: Shared): string {
  try {
    return 'rest' in object ? JSON.stringify(storedLine(object)) : isBuilt(object) ? builtLine(object, shared) : JSON.stringify(object);
  } catch (cause) {
    const [why = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new PodscopeError('SAVED_OBJECT_SPEC_INVALID', `${object.type} "${object.id}" cannot be written as JSON: ${why.replace(/\.$/u, '')}.`, { hint: 'Attributes are plain JSON: no object within itself, no BigInt.', cause });
  }
}

function storedLine({ rest, ...line }: StoredObject): object {
  return { ...line, ...rest };
}

/** What the object before had, and its text. */
interface Shared {
  references: SavedObject['references'] | undefined;
  referencesText: string;
  versions: SavedObject['migrationVersion'] | undefined;
  versionsText: string;
}

/** Frozen, and with no other members than these. */
function isBuilt(object: SavedObject): boolean {
  return Object.isFrozen(object) && Array.isArray(object.references) && typeof object.migrationVersion === 'object' && Object.keys(object).length === MEMBERS;
}

/** `type`, `id`, `attributes`, `references`, `migrationVersion`. */
const MEMBERS = 5;

/**
 * The line of what a builder made, which has these members and no others. Thousands of visualizations of one data view share
 * their references and versions, frozen, which JSON.stringify takes several times as long for: each is written once in a row.
 */
function builtLine({ type, id, attributes, references, migrationVersion }: SavedObject, shared: Shared): string {
  if (references !== shared.references) {
    shared.references = references;
    shared.referencesText = JSON.stringify(references.slice());
  }
  if (migrationVersion !== shared.versions) {
    shared.versions = migrationVersion;
    shared.versionsText = JSON.stringify(migrationVersion);
  }
  return `{"type":${JSON.stringify(type)},"id":${JSON.stringify(id)},"attributes":${JSON.stringify(attributes)},"references":${shared.referencesText},"migrationVersion":${shared.versionsText}}`;
}
