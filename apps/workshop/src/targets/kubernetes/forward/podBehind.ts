import { PodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject } from '@podscope/fault-injectors/kubernetes';
import type { ForwardTarget } from './forward.ts';

/** A pod to which a connection can be made, and the port of it that the Service means. */
export interface PodBehind {
  readonly name: string;
  readonly port: number;
}

interface ServiceSpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly port: number; readonly targetPort?: number | string }[];
}

interface PodFacts {
  readonly name: string;
  readonly ready: boolean;
  readonly ports: readonly { readonly name?: string; readonly containerPort: number }[];
}

/**
 * A ready pod behind a port of a Service: the first by name, so that connections stay with one as long as it is there.
 *
 * @returns undefined while none is ready.
 * @throws PodscopeError KUBE_NOT_FOUND where there is no such Service, or it has no such port.
 */
export async function podBehind(api: KubernetesApi, { namespace, service, port }: ForwardTarget): Promise<PodBehind | undefined> {
  const found = await api.read({ apiVersion: 'v1', kind: 'Service', namespace, name: service });
  const { selector, ports = [] } = (found?.['spec'] ?? {}) as ServiceSpec;
  const wanted = ports.find((each) => each.port === port);
  if (selector === undefined || wanted === undefined) {
    throw new PodscopeError('KUBE_NOT_FOUND', `There is no Service ${namespace}/${service} with the port ${port}.`, { hint: 'Run "podscope up --target kubernetes" again, or see whether it was made elsewhere.' });
  }
  const labelSelector = Object.entries(selector).map(([key, value]) => `${key}=${value}`).join(',');
  const pods = await api.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector }, factsOf);
  const [first] = pods.filter(({ ready }) => ready).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (first === undefined) return undefined;
  const { targetPort = port } = wanted;
  const number = typeof targetPort === 'number' ? targetPort : first.ports.find(({ name }) => name === targetPort)?.containerPort;
  if (number === undefined) throw new PodscopeError('KUBE_NOT_FOUND', `The pod ${namespace}/${first.name} has no port ${targetPort}.`, { hint: 'See the Service and the pod: kubectl describe.' });
  return { name: first.name, port: number };
}

function factsOf({ metadata, spec, status }: KubernetesObject): PodFacts {
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  const { containers = [] } = (spec ?? {}) as { readonly containers?: readonly { readonly ports?: PodFacts['ports'] }[] };
  return {
    name: metadata.name,
    ready: metadata.deletionTimestamp === undefined && conditions.some(({ type, status: holds }) => type === 'Ready' && holds === 'True'),
    ports: containers.flatMap((container) => container.ports ?? []),
  };
}
