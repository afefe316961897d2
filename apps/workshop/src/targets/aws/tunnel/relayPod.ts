import { PodscopeError } from '@podscope/core';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { waitingLine } from '../../kubernetes/run/waiting.ts';
import { waitForWorkloads } from '../../kubernetes/wait/waitForWorkloads.ts';
import { TUNNEL_NAMESPACE, type TunnelOptions, tunnelObjects } from './objects.ts';

/** Options of {@link ensureRelay}. */
export interface EnsureOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((line: string) => void) | undefined;
  /** @default 5 minutes */
  readonly timeoutMs?: number | undefined;
}

/**
 * Puts the relay on the cluster, or makes it what it should be, and waits until it is ready. It stays: a second caller finds it.
 *
 * @throws PodscopeError KUBE_NOT_READY with the reasons, KUBE_FORBIDDEN, AWS_TUNNEL_FAILED where the namespace is somebody else's
 */
export async function ensureRelay(api: KubernetesApi, options: TunnelOptions, { signal, onProgress = () => undefined, timeoutMs }: EnsureOptions = {}): Promise<void> {
  const objects = tunnelObjects(options);
  await refuseStranger(api);
  for (const object of objects) {
    signal?.throwIfAborted();
    await api.apply(object, { force: true });
  }
  await waitForWorkloads(api, objects, { signal, onProgress: waitingLine(onProgress), ...(timeoutMs === undefined ? {} : { timeoutMs }) });
}

/** Takes the relay away, on a cluster that stays. False when it was not there. @throws PodscopeError AWS_TUNNEL_FAILED, KUBE_FORBIDDEN */
export async function removeRelay(api: KubernetesApi): Promise<boolean> {
  await refuseStranger(api);
  return api.remove({ apiVersion: 'v1', kind: 'Namespace', name: TUNNEL_NAMESPACE }, { propagation: 'Foreground' });
}

async function refuseStranger(api: KubernetesApi): Promise<void> {
  const namespace = await api.read({ apiVersion: 'v1', kind: 'Namespace', name: TUNNEL_NAMESPACE });
  if (namespace === undefined || namespace.metadata.labels?.['app.kubernetes.io/part-of'] === 'podscope') return;
  throw new PodscopeError('AWS_TUNNEL_FAILED', `The namespace ${TUNNEL_NAMESPACE} is there, and not of Podscope.`, { hint: 'Remove or rename it: the relay to the domain has to be alone in there.' });
}
