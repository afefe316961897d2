import { PodscopeError } from '@podscope/core';
import { asStored } from '../asStored.ts';
import { withFunctionsOf } from '../custom/vegaFunctions.ts';
import type { ObjectDiff } from '../diff/diffSavedObjects.ts';
import { type Target, targetFacts } from '../products/targets.ts';
import type { StoredObject } from '../read/storedObject.ts';
import type { SavedObject } from '../savedObject.ts';
import { diffWithStored } from './comparable.ts';
import type { DashboardsConnection } from './connection.ts';
import { findProduct, type FoundProduct } from './product.ts';
import { readStored } from './stored.ts';
import { requireTenant } from './tenant.ts';
import { requireWorkspace } from './workspace.ts';

/**
 * What differs between objects and what a live product has under their ids: `removed` are those that it doesn't have. Objects
 * that it has besides are not looked at.
 *
 * @throws PodscopeError `SAVED_OBJECT_TENANT_UNKNOWN`, `SAVED_OBJECT_WORKSPACE_UNKNOWN`, `SAVED_OBJECT_TARGET_UNKNOWN`,
 * `SAVED_OBJECT_SERVER_UNREACHABLE`, `SAVED_OBJECT_SERVER_REFUSED`
 */
export async function diffLiveSavedObjects(connection: DashboardsConnection, { objects }: { readonly objects: readonly (SavedObject | StoredObject)[] }, options: { readonly target?: Target } = {}): Promise<readonly ObjectDiff[]> {
  const target = options.target ?? requireTarget(await findProduct(connection));
  targetFacts(target);
  await requireTenant(connection);
  await requireWorkspace(connection);
  // As an import writes them.
  const all = objects.map((object) => withFunctionsOf(target, asStored(object)));
  return diffWithStored(all, await readStored(connection, all), target);
}

/** The target that stands for a product. @throws PodscopeError `SAVED_OBJECT_TARGET_UNKNOWN` */
export function requireTarget({ name, version, target }: FoundProduct): Target {
  if (target !== undefined) return target;
  throw new PodscopeError('SAVED_OBJECT_TARGET_UNKNOWN', `There is no target for ${name} ${version}.`, { hint: 'Name the nearest target; newer products migrate what they import.' });
}
