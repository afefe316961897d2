import { PodscopeError } from '@podscope/core';
import { readSavedObjects } from '../read/readSavedObjects.ts';
import type { StoredObject } from '../read/storedObject.ts';
import { askDashboards, type DashboardsConnection } from './connection.ts';
import { requireTenant } from './tenant.ts';
import { requireWorkspace } from './workspace.ts';

/** What is exported: all of some types, or some objects. */
export type ExportSelection = { readonly types: readonly string[] } | { readonly objects: readonly { readonly type: string; readonly id: string }[] };

/** Options of {@link exportSavedObjects}. */
export interface ExportOptions {
  /** Also everything that they refer to, and so on. @default true */
  readonly withReferences?: boolean;
}

/**
 * Exports saved objects of a live product.
 *
 * @throws PodscopeError `SAVED_OBJECT_REFERENCE_MISSING` when something that they refer to is not there,
 * `SAVED_OBJECT_TENANT_UNKNOWN`, `SAVED_OBJECT_WORKSPACE_UNKNOWN`, `SAVED_OBJECT_SERVER_UNREACHABLE`, `SAVED_OBJECT_SERVER_REFUSED`
 */
export async function exportSavedObjects(connection: DashboardsConnection, selection: ExportSelection, { withReferences = true }: ExportOptions = {}): Promise<readonly StoredObject[]> {
  await requireTenant(connection);
  await requireWorkspace(connection);
  const what = 'types' in selection ? { type: selection.types } : { objects: selection.objects.map(({ type, id }) => ({ type, id })) };
  const { text } = await askDashboards(connection, 'POST', '/api/saved_objects/_export', { ...what, includeReferencesDeep: withReferences });
  const { objects, problems } = readSavedObjects(text, { file: 'the export' });
  const [problem] = problems;
  if (problem !== undefined) {
    throw new PodscopeError('SAVED_OBJECT_SERVER_REFUSED', `POST /api/saved_objects/_export answered with what is no export, in line ${problem.place.line}: ${problem.what}.`, { hint: 'Check the address; a proxy may have answered.' });
  }
  const missing = missingIn(text);
  if (missing.length > 0) {
    throw new PodscopeError('SAVED_OBJECT_REFERENCE_MISSING', `The product has no ${missing[0]}, which exported objects refer to${missing.length > 1 ? ` (and ${missing.length - 1} more)` : ''}.`, {
      hint: 'Mend the objects that refer to it, or export without references.',
      details: missing,
    });
  }
  return objects.map(({ object }) => object);
}

/** The last line counts, and names what was looked for in vain. */
function missingIn(text: string): readonly string[] {
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  const { missingReferences } = (last.startsWith('{') ? JSON.parse(last) : {}) as { readonly missingReferences?: readonly { readonly type: string; readonly id: string }[] };
  return (missingReferences ?? []).map(({ type, id }) => `${type} "${id}"`);
}
