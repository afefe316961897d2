import { isPodscopeError } from '@podscope/core';
import type { KubernetesApi, ObjectRef } from '../api/types.ts';

/**
 * Asks for the eviction of the pod with this uid, and of no other that has its name by now. False when it wasn't there any more.
 *
 * @throws PodscopeError KUBE_DISRUPTION_REFUSED when a PodDisruptionBudget does not let it go
 */
export async function evictExactly(api: KubernetesApi, pod: { readonly namespace: string; readonly name: string; readonly uid: string }): Promise<boolean> {
  return (await unlessReplaced(() => api.evict(pod))) ?? false;
}

/** Deletes the object with this uid, and no other that has its name by now. False when it wasn't there any more. */
export async function removeExactly(api: KubernetesApi, ref: ObjectRef, uid: string, options: { readonly gracePeriodSeconds?: number } = {}): Promise<boolean> {
  return (await unlessReplaced(() => api.remove(ref, { uid, propagation: 'Background', ...options }))) ?? false;
}

/** Undefined where the object that has the name by now has another uid. */
async function unlessReplaced<Value>(write: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await write();
  } catch (error) {
    if (isPodscopeError(error, 'KUBE_CONFLICT')) return undefined;
    throw error;
  }
}
