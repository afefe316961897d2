import { PodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject } from './types.ts';

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly protocol?: string;
}

interface Service extends KubernetesObject {
  readonly spec: { readonly selector?: Readonly<Record<string, string>>; readonly ports?: readonly ServicePort[] };
}

/** What is kept of a pod of a Service. */
interface Candidate {
  readonly name: string;
  readonly ready: boolean;
  readonly ports: readonly { readonly name?: string; readonly containerPort: number; readonly protocol?: string }[];
}

/** A pod that failed is not chosen again for so long, while there is another one. */
const AVOID_MS = 10_000;

function candidateOf({ metadata, ...rest }: KubernetesObject): Candidate {
  const { spec, status } = rest as unknown as {
    readonly spec: { readonly containers: readonly { readonly ports?: Candidate['ports'] }[]; readonly initContainers?: readonly { readonly restartPolicy?: string; readonly ports?: Candidate['ports'] }[] };
    readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  };
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return {
    name: metadata.name,
    ready: metadata.deletionTimestamp === undefined && (status?.conditions ?? []).some(({ type, status: holds }) => type === 'Ready' && holds === 'True'),
    ports: [...spec.containers, ...sidecars].flatMap(({ ports }) => ports ?? []),
  };
}

/**
 * Finds a ready pod of a Service, and the number of its port, as `kubectl port-forward service/…` does: by the Service's selector, the
 * target port by its name in the pod. The same pod as long as it is ready.
 */
export function resolveService(api: KubernetesApi, { namespace, name }: { readonly namespace: string; readonly name: string }, port: number | string): { next(): Promise<{ readonly namespace: string; readonly name: string; readonly port: number }>; failed(pod: string): void } {
  const title = `Service ${namespace}/${name}`;
  const avoided = new Map<string, number>();
  let chosen: string | undefined;

  async function portsAndSelector(): Promise<{ readonly target: number | string; readonly selector: string }> {
    const service = (await api.read({ apiVersion: 'v1', kind: 'Service', namespace, name })) as Service | undefined;
    if (service === undefined) throw new PodscopeError('KUBE_NOT_FOUND', `${title}: it is not there.`, { hint: 'Check its name and namespace, and that you are in the right context.' });
    const { ports = [], selector = {} } = service.spec;
    const found = ports.find((each) => each.port === port || (each.name !== undefined && each.name === port));
    if (found === undefined) throw new PodscopeError('KUBE_FORWARD_FAILED', `${title} has no port ${port}.`, { hint: `It has: ${ports.map((each) => `${each.port}${each.name === undefined ? '' : ` (${each.name})`}`).join(', ') || 'none'}.` });
    if (found.protocol === 'UDP' || found.protocol === 'SCTP') throw new PodscopeError('KUBE_FORWARD_FAILED', `Port ${port} of ${title} is ${found.protocol}, and only TCP can be forwarded.`);
    if (Object.keys(selector).length === 0) throw new PodscopeError('KUBE_FORWARD_FAILED', `${title} selects no pods.`, { hint: 'Forward to a pod instead.' });
    return { target: found.targetPort ?? found.port, selector: Object.entries(selector).map(([key, value]) => `${key}=${value}`).join(',') };
  }

  const numberOf = (pod: Candidate, target: number | string): number | undefined => (typeof target === 'number' ? target : pod.ports.find((each) => each.name === target)?.containerPort);

  return {
    async next() {
      const { target, selector } = await portsAndSelector();
      const pods = await api.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector: selector }, candidateOf);
      const ready = pods.filter((pod) => pod.ready && numberOf(pod, target) !== undefined);
      const now = performance.now();
      const good = ready.filter((pod) => (avoided.get(pod.name) ?? 0) < now);
      const pod = good.find((each) => each.name === chosen) ?? good[0] ?? ready[0];
      if (pod === undefined) {
        throw new PodscopeError('KUBE_FORWARD_FAILED', `${title} has no ready pod${pods.some(({ ready: is }) => is) ? ` with a port named ${target}` : ''} (${pods.length} in all).`, { hint: `kubectl get pods -n ${namespace} -l ${selector} shows why.` });
      }
      chosen = pod.name;
      return { namespace, name: pod.name, port: numberOf(pod, target) ?? 0 };
    },
    failed(pod) {
      avoided.set(pod, performance.now() + AVOID_MS);
      if (chosen === pod) chosen = undefined;
    },
  };
}
