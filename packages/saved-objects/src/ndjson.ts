import { PodscopeError } from '@podscope/core';
import { withFunctionsOf } from './custom/vegaFunctions.ts';
import { type Target, TARGETS } from './products/targets.ts';
import type { StoredObject } from './read/storedObject.ts';
import type { SavedObject } from './savedObject.ts';

/**
 * The export file of a bundle, or of what {@link convertSavedObjects} made: one object a line, then the export's details.
 * Vega's calls of the product's functions get the names that the target has. The same objects give the same bytes. None give
 * an empty text, as the product never writes details that count nothing.
 *
 * @throws PodscopeError `SAVED_OBJECT_TARGET_UNKNOWN`
 */
export function toNdjson({ objects }: { readonly objects: readonly (SavedObject | StoredObject)[] }, options: { readonly target: Target }): string {
  if (!Object.hasOwn(TARGETS, options.target)) {
    throw new PodscopeError('SAVED_OBJECT_TARGET_UNKNOWN', `"${String(options.target)}" is no export target.`, {
      hint: `Use one of ${Object.keys(TARGETS).join(', ')}.`,
    });
  }
  if (objects.length === 0) return '';
  const details = { exportedCount: objects.length, missingRefCount: 0, missingReferences: [] };
  return [...objects.map((object) => lineOf(withFunctionsOf(options.target, object))), details].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function lineOf(object: SavedObject | StoredObject): object {
  if (!('rest' in object)) return object;
  const { rest, ...line } = object;
  return { ...line, ...rest };
}
