import { isPodscopeError } from '@podscope/core';
import type { KubernetesApi, ObjectRef } from '../api/types.ts';

/** Deletes the object with this uid, and no other that has its name by now. False when it wasn't there any more. */
export async function removeExactly(api: KubernetesApi, ref: ObjectRef, uid: string, options: { readonly gracePeriodSeconds?: number } = {}): Promise<boolean> {
  try {
    return await api.remove(ref, { uid, propagation: 'Background', ...options });
  } catch (error) {
    if (isPodscopeError(error, 'KUBE_CONFLICT')) return false;
    throw error;
  }
}
