import { PodscopeError } from '@podscope/core';
import { type KubernetesApi, type ObjectToWrite, refOf } from '@podscope/fault-injectors/kubernetes';
import { untilGone } from '../../kubernetes/remove/gone.ts';
import { leftLines } from '../../kubernetes/remove/remove.ts';
import { leftOf } from '../../kubernetes/remove/stuck.ts';
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
 * Puts the relay on the cluster, or makes it what it should be, and waits until it is ready. It stays: a second caller finds it, and needs
 * no more than to read it.
 *
 * @throws PodscopeError KUBE_NOT_READY with the reasons, KUBE_FORBIDDEN, AWS_TUNNEL_FAILED where the namespace is somebody else's
 */
export async function ensureRelay(api: KubernetesApi, options: TunnelOptions, { signal, onProgress = () => undefined, timeoutMs }: EnsureOptions = {}): Promise<void> {
  const objects = tunnelObjects(options);
  await refuseStranger(api);
  if (await isReady(api, objects)) return;
  for (const object of objects) {
    signal?.throwIfAborted();
    await api.apply(object, { force: true });
  }
  await waitForWorkloads(api, objects, { signal, onProgress: waitingLine(onProgress), ...(timeoutMs === undefined ? {} : { timeoutMs }) });
}

/** What became of the relay. */
export interface RelayRemoval {
  /** False when it was not there. */
  readonly wasThere: boolean;
  /** Why its namespace is still there, one a line. */
  readonly left: readonly string[];
}

/** Takes the relay away, on a cluster that stays, and waits until its namespace is gone. @throws PodscopeError AWS_TUNNEL_FAILED, KUBE_FORBIDDEN */
export async function removeRelay(api: KubernetesApi, { signal, timeoutMs = 5 * 60_000 }: Pick<EnsureOptions, 'signal' | 'timeoutMs'> = {}): Promise<RelayRemoval> {
  await refuseStranger(api);
  const namespace = { ref: { apiVersion: 'v1', kind: 'Namespace', name: TUNNEL_NAMESPACE } };
  if (!(await api.remove(namespace.ref, { propagation: 'Foreground' }))) return { wasThere: false, left: [] };
  await untilGone(api, [namespace], { signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]), onGone: () => undefined });
  signal?.throwIfAborted();
  return { wasThere: true, left: leftLines(await leftOf(api, [namespace])) };
}

/** Whether all of it is there as it should be, with a pod that is ready. */
async function isReady(api: KubernetesApi, objects: readonly ObjectToWrite[]): Promise<boolean> {
  const found = await Promise.all(objects.map((object) => api.read(refOf(object))));
  return objects.every((object, index) => {
    const there = found[index];
    if (there === undefined || there.metadata.deletionTimestamp !== undefined) return false;
    if (object.kind === 'Deployment') return (there['status'] as { readonly availableReplicas?: number } | undefined)?.availableReplicas !== undefined && isWithin(object['spec'], there['spec']);
    return isWithin({ labels: object.metadata['labels'], spec: object['spec'] }, { labels: there.metadata.labels, spec: there['spec'] });
  });
}

/** Whether everything of one value is in another one, which has the server's defaults beside it. */
function isWithin(wanted: unknown, found: unknown): boolean {
  if (Array.isArray(wanted)) return Array.isArray(found) && wanted.length === found.length && wanted.every((each, index) => isWithin(each, found[index]));
  if (typeof wanted === 'object' && wanted !== null) return typeof found === 'object' && found !== null && Object.entries(wanted).every(([key, value]) => value === undefined || isWithin(value, (found as Readonly<Record<string, unknown>>)[key]));
  return wanted === found || wanted === undefined;
}

async function refuseStranger(api: KubernetesApi): Promise<void> {
  const namespace = await api.read({ apiVersion: 'v1', kind: 'Namespace', name: TUNNEL_NAMESPACE });
  if (namespace === undefined || namespace.metadata.labels?.['app.kubernetes.io/part-of'] === 'podscope') return;
  throw new PodscopeError('AWS_TUNNEL_FAILED', `The namespace ${TUNNEL_NAMESPACE} is there, and not of Podscope.`, { hint: 'Remove or rename it: the relay to the domain has to be alone in there.' });
}
