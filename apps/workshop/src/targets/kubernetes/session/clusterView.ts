import type { ClusterEvent, ClusterState, DeploymentState, NodeState, PodState } from '@podscope/console/api';
import type { KubernetesObject } from '@podscope/fault-injectors/kubernetes';
import type { NodeFacts, PodFacts, WorkloadFacts } from './clusterFacts.ts';
import { roomOn } from './room.ts';

/** What is known of a cluster at a moment. */
export interface ClusterFacts {
  readonly nodes: readonly NodeFacts[];
  /** Of all namespaces: they take room, too. */
  readonly pods: readonly PodFacts[];
  readonly workloads: readonly WorkloadFacts[];
}

/** What is known of Redis beside what the cluster says: the label alone doesn't know of a failover. */
export interface RedisFacts {
  readonly roles: ReadonlyMap<string, 'primary' | 'replica'>;
  /** Loopback ports that lead to a pod. */
  readonly ports: ReadonlyMap<string, number>;
}

const WEB = 'frontend';
const REDIS = /^redis-(primary|replica)$/;

/** The state of a cluster in the terms that console, commands and checkers share with the embedded one. */
export function clusterView({ nodes, pods, workloads }: ClusterFacts, { namespaces, redis }: { readonly namespaces: readonly string[]; readonly redis: RedisFacts }): Pick<ClusterState, 'nodes' | 'deployments' | 'pods'> {
  const web = workloads.find(({ name, namespace }) => name === WEB && namespaces.includes(namespace));
  const shown = pods.flatMap((pod): readonly PodState[] => {
    const workload = pod.terminating || !namespaces.includes(pod.namespace) ? undefined : workloads.find((each) => isOf(pod, each));
    return workload === undefined ? [] : [podState(pod, workload.name, redis)];
  });
  return {
    nodes: nodes.map((node): NodeState => {
      const all = pods.filter(({ node: on }) => on === node.name);
      const allocated = shown.filter(({ node: on }) => on === node.name).length;
      // Room for web pods beside everything that is there, so that the sum over the nodes, less the other pods shown, says how many of them fit.
      return { name: node.name, capacity: allocated + (web === undefined ? Math.max(0, node.pods - all.length) : roomOn(node, all, web)), allocated };
    }),
    deployments: workloads
      .filter(({ namespace }) => namespaces.includes(namespace))
      .map(({ namespace, name, desired, available }): DeploymentState => ({ namespace, name, desired, available, unavailable: Math.max(0, desired - available) })),
    pods: shown,
  };
}

/** Whether a pod is a workload's: a Deployment's pods belong to a replica set whose name begins with its own, and have the labels that it selects. */
export function isOf({ namespace, labels, owner }: PodFacts, workload: WorkloadFacts): boolean {
  if (namespace !== workload.namespace || owner === null) return false;
  if (workload.kind === 'StatefulSet' ? owner !== workload.name : !owner.startsWith(`${workload.name}-`)) return false;
  return Object.entries(workload.selector).every(([key, value]) => labels[key] === value);
}

function podState(pod: PodFacts, deployment: string, { roles, ports }: RedisFacts): PodState {
  const { namespace, name, container, containerId, node, phase, reason, restarts, createdAt } = pod;
  const labelled = REDIS.exec(deployment)?.[1] as 'primary' | 'replica' | undefined;
  const role = labelled === undefined ? undefined : (roles.get(name) ?? labelled);
  return { namespace, name, deployment, container, containerId, node, phase, reason: reason ?? (phase === 'Running' && !pod.ready ? 'NotReady' : null), restarts, createdAt, port: ports.get(name) ?? null, ...(role === undefined ? {} : { role }) };
}

/** An event of the cluster, of either API. */
export function eventView(object: KubernetesObject): ClusterEvent {
  const event = object as KubernetesObject & {
    readonly type?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly eventTime?: string | null;
    readonly lastTimestamp?: string | null;
    readonly series?: { readonly lastObservedTime?: string };
    readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
  };
  return {
    at: event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '',
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? '',
    namespace: event.involvedObject?.namespace ?? event.metadata.namespace ?? '',
    kind: event.involvedObject?.kind ?? '',
    name: event.involvedObject?.name ?? '',
    message: event.message ?? '',
  };
}
