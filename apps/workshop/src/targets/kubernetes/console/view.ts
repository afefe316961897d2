import type { ClusterEvent, ClusterState, DeploymentState, NodeState, PodPhase, PodState } from '@podscope/console/api';
import type { KubernetesApi, KubernetesObject } from '@podscope/fault-injectors/kubernetes';
import type { TargetNamespaces } from '../options.ts';
import { quantity } from '../preflight/quantity.ts';

/** What the console is told of a cluster: nodes, and what is in the target's namespaces. */
export type ClusterView = Pick<ClusterState, 'nodes' | 'deployments' | 'pods' | 'events'>;

const MOST_EVENTS = 200;

/** Reads what the console shows. @throws PodscopeError what the API throws */
export async function readView(api: KubernetesApi, namespaces: TargetNamespaces): Promise<ClusterView> {
  const names = Object.values(namespaces);
  const inAll = async <Item>(apiVersion: string, kind: string, project: (object: KubernetesObject) => Item): Promise<readonly Item[]> => (await Promise.all(names.map((namespace) => api.list({ apiVersion, kind, namespace }, project)))).flat();
  const [nodes, taken, workloads, pods, events] = await Promise.all([
    api.list({ apiVersion: 'v1', kind: 'Node' }, ({ metadata, status }) => ({ name: metadata.name, capacity: quantity((status as { readonly allocatable?: { readonly pods?: string } } | undefined)?.allocatable?.pods ?? '0') })),
    api.list({ apiVersion: 'v1', kind: 'Pod', fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed' }, ({ spec }) => (spec as { readonly nodeName?: string }).nodeName),
    Promise.all([inAll('apps/v1', 'Deployment', deploymentOf), inAll('apps/v1', 'StatefulSet', deploymentOf), inAll('apps/v1', 'DaemonSet', daemonSetOf)]),
    inAll('v1', 'Pod', podOf),
    inAll('v1', 'Event', eventOf),
  ]);
  return {
    nodes: nodes.map(({ name, capacity }): NodeState => ({ name, capacity, allocated: taken.filter((node) => node === name).length })),
    deployments: workloads.flat(),
    pods,
    events: events.toSorted((a, b) => (a.at < b.at ? -1 : 1)).slice(-MOST_EVENTS),
  };
}

function workload({ metadata: { namespace = '', name } }: KubernetesObject, desired: number, available: number): DeploymentState {
  return { namespace, name, desired, available, unavailable: Math.max(0, desired - available) };
}

function deploymentOf(object: KubernetesObject): DeploymentState {
  const { replicas = 1 } = object['spec'] as { readonly replicas?: number };
  const { availableReplicas = 0 } = (object['status'] ?? {}) as { readonly availableReplicas?: number };
  return workload(object, replicas, availableReplicas);
}

function daemonSetOf(object: KubernetesObject): DeploymentState {
  const { desiredNumberScheduled = 0, numberAvailable = 0 } = (object['status'] ?? {}) as { readonly desiredNumberScheduled?: number; readonly numberAvailable?: number };
  return workload(object, desiredNumberScheduled, numberAvailable);
}

interface PodStatus {
  readonly phase?: PodPhase;
  readonly reason?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
  readonly containerStatuses?: readonly { readonly name: string; readonly containerID?: string; readonly restartCount: number; readonly state?: { readonly waiting?: { readonly reason?: string } } }[];
}

const ROLES: Readonly<Record<string, 'primary' | 'replica'>> = { 'redis-primary': 'primary', 'redis-replica': 'replica' };

function podOf({ metadata, spec, status }: KubernetesObject): PodState {
  const { nodeName = null, containers } = spec as { readonly nodeName?: string; readonly containers: readonly { readonly name: string }[] };
  const { phase = 'Pending', reason, conditions = [], containerStatuses = [] } = (status ?? {}) as PodStatus;
  const waiting = containerStatuses.find(({ state }) => state?.waiting?.reason !== undefined)?.state?.waiting?.reason;
  const unscheduled = conditions.find(({ type, status: holds }) => type === 'PodScheduled' && holds === 'False')?.reason;
  const app = metadata.labels?.['app'] ?? metadata.labels?.['app.kubernetes.io/instance'] ?? metadata.labels?.['app.kubernetes.io/name'] ?? '';
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    deployment: app,
    container: containers[0]?.name ?? '',
    containerId: (containerStatuses[0]?.containerID ?? '').replace(/^\w+:\/\//u, ''),
    node: nodeName,
    phase,
    reason: reason ?? waiting ?? unscheduled ?? null,
    restarts: containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
    createdAt: metadata.creationTimestamp ?? '',
    port: null,
    ...(ROLES[app] === undefined ? {} : { role: ROLES[app] }),
  };
}

function eventOf(object: KubernetesObject): ClusterEvent {
  const { type = 'Normal', reason = '', message = '', involvedObject, lastTimestamp, eventTime } = object as unknown as { readonly type?: 'Normal' | 'Warning'; readonly reason?: string; readonly message?: string; readonly involvedObject?: { readonly kind?: string; readonly name?: string }; readonly lastTimestamp?: string; readonly eventTime?: string };
  return { at: lastTimestamp ?? eventTime ?? object.metadata.creationTimestamp ?? '', type, reason, namespace: object.metadata.namespace ?? '', kind: involvedObject?.kind ?? '', name: involvedObject?.name ?? '', message };
}
