import type { KubernetesApi } from '../../kubernetes/api/types.ts';

/** How long a connection may take, milliseconds. */
const TIMEOUT_MS = 5_000;

/**
 * Whether the API server gets a connection to a port of a pod, over the network and not by the pod's kubelet. What it answers in place of the
 * pod is a Status; an answer of the program, or one that is no HTTP, is an answer. Undefined where this user may not ask.
 */
export async function reaches(api: KubernetesApi, pod: { readonly namespace: string; readonly name: string }, port: number, signal: AbortSignal): Promise<boolean | undefined> {
  const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}:${port}/proxy/`;
  try {
    const { status, body } = await api.request({ path, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
    const { kind, message = '' } = (typeof body === 'object' && body !== null ? body : {}) as { readonly kind?: string; readonly message?: string };
    if (kind !== 'Status') return true;
    if (status === 403 || status === 404) return undefined;
    return /malformed HTTP|EOF|connection reset/i.test(message);
  } catch {
    signal.throwIfAborted();
    return false;
  }
}
