import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject, ObjectRef } from '../api/types.ts';
import { FAULT_MANAGER } from './ownership.ts';
import { refText } from './refs.ts';
import type { PatchOperation } from './touchPatch.ts';

/** Controllers write a busy object's status several times a second; each of these tries needs one moment between two of their writes. */
const TRIES = 50;

/** What a write looked at, and what it is to change there. */
export type PatchOf = (current: KubernetesObject) => readonly PatchOperation[];

/**
 * Reads an object, works out a patch and sends it for exactly the version that was read; anew when somebody wrote in between. An object
 * that is gone, or that was deleted and made anew, is left alone.
 *
 * @returns the object as it is now, or undefined where the one with that uid is gone
 */
export async function guardedPatch(api: KubernetesApi, ref: ObjectRef, uid: string, patchOf: PatchOf, signal?: AbortSignal): Promise<KubernetesObject | undefined> {
  for (let tries = 1; ; tries += 1) {
    signal?.throwIfAborted();
    const current = await api.read(ref);
    if (current?.metadata.uid !== uid) return undefined;
    const operations = patchOf(current);
    if (operations.length === 0) return current;
    // "replace" and not "test": a version that has passed is then a conflict (409), as in client-go's csaupgrade, and not an invalid request.
    const version: PatchOperation = { op: 'replace', path: '/metadata/resourceVersion', value: current.metadata.resourceVersion };
    try {
      return (await api.patch(ref, [...operations, version], { fieldManager: FAULT_MANAGER, signal })).object;
    } catch (error) {
      if (isPodscopeError(error, 'KUBE_NOT_FOUND')) return undefined;
      if (!isPodscopeError(error, 'KUBE_CONFLICT')) throw error;
      if (tries === TRIES) throw new PodscopeError('KUBE_CONFLICT', `${refText(ref)} was changed ${TRIES} times in a row while it was to be patched.`, { hint: 'Something writes it without a pause: find out what, and try again.', cause: error });
    }
  }
}
