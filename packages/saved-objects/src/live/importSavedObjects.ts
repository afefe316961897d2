import { PodscopeError } from '@podscope/core';
import { asStored } from '../asStored.ts';
import { checkSavedObjects } from '../check/checkSavedObjects.ts';
import { withFunctionsOf } from '../custom/vegaFunctions.ts';
import { isOlder } from '../migrate/version.ts';
import { toNdjson } from '../ndjson.ts';
import type { Target } from '../products/targets.ts';
import type { StoredObject } from '../read/storedObject.ts';
import type { SavedObject } from '../savedObject.ts';
import { diffWithStored } from './comparable.ts';
import { askDashboards, type DashboardsConnection, jsonOf } from './connection.ts';
import { requireTarget } from './diffLiveSavedObjects.ts';
import { partsOfImport } from './parts.ts';
import { findProduct } from './product.ts';
import { readStored } from './stored.ts';
import { requireTenant } from './tenant.ts';
import { requireWorkspace } from './workspace.ts';

/** Options of {@link importSavedObjects}. */
export interface ImportOptions {
  /** Replace what is there under the same ids. @default false */
  readonly overwrite?: boolean;
  /** What the objects were made for; without it, told by the product's own version. */
  readonly target?: Target;
  /**
   * Id of a data source (OpenSearch Dashboards 2.12 and later) that the objects are to be about. The product then changes their
   * titles and references, so that of what was stored only its being there is checked.
   */
  readonly dataSource?: string;
  /** Look at everything, and write nothing. @default false */
  readonly dryRun?: boolean;
  /** Called after each request. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** What an import came to. */
export interface ImportResult {
  /** Nothing was written with `dryRun`: these would have been. */
  readonly imported: number;
  /** Of these, how many replaced others. */
  readonly overwritten: number;
  readonly product: { readonly name: string; readonly version: string };
}

/**
 * Imports saved objects into a live product, and reads back what it stored. Before anything is sent, the tenant, what would
 * be refused, and what is there already are looked at; more than one import takes is split, what is referred to first.
 *
 * @throws PodscopeError `SAVED_OBJECT_IMPORT_REFUSED` with a line for each object; nothing was written then, unless the
 * message says so. `SAVED_OBJECT_NOT_STORED` when the product says that it went well and has something else.
 * @throws PodscopeError `SAVED_OBJECT_TENANT_UNKNOWN`, `SAVED_OBJECT_WORKSPACE_UNKNOWN`, `SAVED_OBJECT_TARGET_UNKNOWN`, `SAVED_OBJECT_SERVER_UNREACHABLE`,
 * `SAVED_OBJECT_SERVER_REFUSED`
 */
export async function importSavedObjects(connection: DashboardsConnection, { objects }: { readonly objects: readonly (SavedObject | StoredObject)[] }, options: ImportOptions = {}): Promise<ImportResult> {
  const product = await findProduct(connection);
  const target = options.target ?? requireTarget(product);
  await requireTenant(connection);
  await requireWorkspace(connection);
  const all = objects.map((object) => withFunctionsOf(target, asStored(object)));
  const there = await before(connection, all, target, options.overwrite === true);
  const parts = options.dryRun === true ? [] : partsOfImport(all, target);
  const written: Key[] = [];
  let done = 0;
  for (const part of parts) {
    try {
      written.push(...(await send(connection, part, target, { ...options, version: product.version })));
    } catch (error) {
      throw done > 0 && error instanceof PodscopeError ? withWritten(error, done) : error;
    }
    done += part.length;
    options.onProgress?.({ done, total: all.length });
  }
  if (options.dataSource !== undefined && options.dryRun !== true) await requireThere(connection, written, all.filter(({ type }) => type !== 'data-source').length);
  else if (options.dryRun !== true) await requireStored(connection, all, target);
  return { imported: all.length, overwritten: there, product: { name: product.name, version: product.version } };
}

/** Refuses before anything is written. Gives how many objects are there already. */
async function before(connection: DashboardsConnection, objects: readonly StoredObject[], target: Target, overwrite: boolean): Promise<number> {
  const own = new Set(objects.map(({ type, id }) => `${type}:${id}`));
  const referred = objects.flatMap(({ references }) => references).filter(({ type, id }) => !own.has(`${type}:${id}`));
  const existing = await readStored(connection, [...objects, ...new Map(referred.map((each) => [`${each.type}:${each.id}`, each])).values()]);
  // Limits of one import are met by splitting.
  const refused = checkSavedObjects(objects, { target, existing }).filter(({ severity, rule }) => severity === 'refused' && rule !== 'too-large' && rule !== 'too-many-objects');
  if (refused.length > 0) throw refusal(refused.map(({ object, what, fix }) => `${object === undefined ? '' : `${object.type} ${object.id}: `}${what}. ${fix}`));
  const taken = existing.filter(({ type, id }) => own.has(`${type}:${id}`));
  if (!overwrite && taken.length > 0) throw refusal(taken.map(({ type, id }) => `${type} ${id} is there already`), 'Import with `overwrite`, or give them other ids; nothing was written.');
  return taken.length;
}

interface Answer {
  readonly success?: boolean;
  readonly successResults?: readonly { readonly type: string; readonly id: string; readonly destinationId?: string }[];
  readonly errors?: readonly { readonly type: string; readonly id: string; readonly error: { readonly type: string; readonly message?: string; readonly references?: readonly { readonly type: string; readonly id: string }[] } }[];
}

type Key = Pick<StoredObject, 'type' | 'id'>;

/** Gives what was written, by the ids that the product gave. */
async function send(connection: DashboardsConnection, objects: readonly StoredObject[], target: Target, { overwrite, dataSource, version }: ImportOptions & { readonly version: string }): Promise<readonly Key[]> {
  const form = new FormData();
  // The product takes no other ending.
  form.append('file', new Blob([toNdjson({ objects }, { target })], { type: 'application/ndjson' }), 'podscope.ndjson');
  // src/core/server/saved_objects/routes/import.ts: the second of the two is there since 2.14, and refused before.
  const source = dataSource === undefined ? {} : { dataSourceId: dataSource, ...(isOlder(version, '2.14.0') ? {} : { dataSourceEnabled: 'true' }) };
  const query = new URLSearchParams({ ...(overwrite === true ? { overwrite: 'true' } : {}), ...source }).toString();
  const answer = await askDashboards(connection, 'POST', `/api/saved_objects/_import${query === '' ? '' : `?${query}`}`, form);
  const { success, successResults, errors = [] } = jsonOf<Answer>(answer, 'POST /api/saved_objects/_import');
  // `successCount` and `successResults` are filled even where nothing was written: only `success` says.
  // With a data source the ids are others, and only the product knows them.
  if (success === true) return dataSource === undefined ? objects : (successResults ?? []).map(({ type, id, destinationId }) => ({ type, id: destinationId ?? id }));
  throw refusal(
    errors.map(({ type, id, error }) => `${type} ${id}: ${error.type}${error.references === undefined ? '' : ` ${error.references.map((each) => `${each.type} ${each.id}`).join(', ')}`}${error.message === undefined ? '' : `, ${error.message}`}`),
  );
}

/** What went wrong with a later part, and that those before it were written. */
function withWritten(error: PodscopeError, done: number): PodscopeError {
  return new PodscopeError(error.code, `${error.message} ${done} objects of earlier parts were written.`, { details: error.details, cause: error, ...(error.hint === undefined ? {} : { hint: error.hint }) });
}

function refusal(details: readonly string[], hint = 'Correct what is named, then import again.'): PodscopeError {
  const first = details[0] ?? 'the product gives no reason';
  return new PodscopeError('SAVED_OBJECT_IMPORT_REFUSED', `${first.replace(/\.$/u, '')}${details.length > 1 ? ` (and ${details.length - 1} more)` : ''}.`, { hint, details: details.slice(0, 50) });
}

async function requireStored(connection: DashboardsConnection, objects: readonly StoredObject[], target: Target): Promise<void> {
  const stored = await readStored(connection, objects);
  // What a server that is newer than the objects adds of its own is no loss.
  const diffs = diffWithStored(objects, stored, target).filter(({ change, differences }) => change !== 'changed' || differences.some(({ before: had }) => had !== undefined));
  if (diffs.length === 0) return;
  throw new PodscopeError('SAVED_OBJECT_NOT_STORED', `The product says that all went well, but ${diffs[0]?.type} ${diffs[0]?.id} is ${diffs[0]?.change === 'removed' ? 'not there' : 'stored otherwise'}${diffs.length > 1 ? ` (and ${diffs.length - 1} more)` : ''}.`, {
    hint: 'Look whether the user may write to that tenant, and who else writes these objects; then import again.',
    details: diffs.flatMap(({ type, id, differences }) => [`${type} ${id}`, ...differences.map(({ path }) => `  ${path}`)]).slice(0, 50),
  });
}

/** Of what a product changes on purpose: that it is there. */
async function requireThere(connection: DashboardsConnection, written: readonly Key[], expected: number): Promise<void> {
  if (written.length < expected) throw new PodscopeError('SAVED_OBJECT_NOT_STORED', `The product says that all went well, but names ${written.length} of ${expected} objects.`, { hint: 'Look whether the data source is there; then import again.' });
  const there = new Set((await readStored(connection, written)).map(({ type, id }) => `${type}:${id}`));
  const gone = written.filter(({ type, id }) => !there.has(`${type}:${id}`));
  if (gone.length === 0) return;
  throw new PodscopeError('SAVED_OBJECT_NOT_STORED', `The product says that all went well, but ${gone[0]?.type} ${gone[0]?.id} is not there${gone.length > 1 ? ` (and ${gone.length - 1} more)` : ''}.`, {
    hint: 'Look whether the data source is there, and whether the user may write; then import again.',
    details: gone.map(({ type, id }) => `${type} ${id}`).slice(0, 50),
  });
}
