import { setTimeout as sleep } from 'node:timers/promises';
import { isPodscopeError } from '@podscope/core';
import { clusterStore, type KubernetesApi, type ObjectRef } from '@podscope/fault-injectors/kubernetes';

/** Its namespace controller needs some seconds. */
const GONE_MS = 60_000;

/**
 * Removes the namespace in which faults of this cluster are kept, where podscope made it and no fault is in it any more.
 *
 * @returns the namespace, and whether it is gone; undefined where there was nothing to remove, or where this user may not.
 */
export async function removeEmptyStore(api: KubernetesApi, signal: AbortSignal): Promise<{ readonly ref: ObjectRef; readonly gone: boolean } | undefined> {
  const store = clusterStore(api);
  const ref: ObjectRef = { apiVersion: 'v1', kind: 'Namespace', name: store.namespace };
  try {
    const found = await api.read(ref);
    if (found?.metadata.labels?.['app.kubernetes.io/managed-by'] !== 'podscope' || (await store.list()).length > 0) return undefined;
    await api.remove(ref, found.metadata.uid === undefined ? {} : { uid: found.metadata.uid });
    for (const deadline = Date.now() + GONE_MS; Date.now() < deadline && !signal.aborted; await sleep(250)) if ((await api.read(ref)) === undefined) return { ref, gone: true };
    return { ref, gone: false };
  } catch (error) {
    // Whoever may not look into it has no faults there, either.
    if (isPodscopeError(error, 'KUBE_FORBIDDEN')) return undefined;
    throw error;
  }
}
