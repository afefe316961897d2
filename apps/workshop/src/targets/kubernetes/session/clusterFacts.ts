import type { KubernetesObject } from '@podscope/fault-injectors/kubernetes';
import { quantity } from '../quantity.ts';

/** What is no quantity is 0: it comes from the server, which has checked it. */
const amountOf = (text: string): number => quantity(text) || 0;

/** Thousandths of a core, whole: sums of fractions would be a little beside the truth. */
export const cpuOf = (text: string): number => Math.ceil(amountOf(text) * 1_000 - 1e-9);

/** What a pod asks for: thousandths of a core, and bytes. */
export interface Requests {
  readonly cpu: number;
  readonly memory: number;
}

/** What is kept of a node. */
export interface NodeFacts {
  readonly name: string;
  readonly pods: number;
  readonly allocatable: Requests;
  readonly labels: Readonly<Record<string, string>>;
  /** Cordoned, or not ready. */
  readonly closed: boolean;
  readonly taints: readonly Taint[];
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** What is kept of a pod. */
export interface PodFacts {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The replica set or stateful set that made it. */
  readonly owner: string | null;
  readonly node: string | null;
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  readonly ready: boolean;
  readonly terminating: boolean;
  readonly reason: string | null;
  readonly restarts: number;
  readonly container: string;
  readonly containerId: string;
  readonly createdAt: string;
  readonly requests: Requests;
}

/** What is kept of a Deployment or StatefulSet. */
export interface WorkloadFacts {
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly namespace: string;
  readonly name: string;
  readonly desired: number;
  readonly available: number;
  readonly selector: Readonly<Record<string, string>>;
  /** Of its pod template. */
  readonly requests: Requests;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

interface ContainerSpec {
  readonly name: string;
  readonly restartPolicy?: string;
  readonly resources?: { readonly requests?: Readonly<Record<string, string>>; readonly limits?: Readonly<Record<string, string>> };
}

interface PodSpec {
  readonly nodeName?: string;
  readonly containers: readonly ContainerSpec[];
  readonly initContainers?: readonly ContainerSpec[];
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly Toleration[];
}

interface ContainerStatus {
  readonly name: string;
  readonly containerID?: string;
  readonly restartCount?: number;
  readonly state?: { readonly waiting?: { readonly reason?: string }; readonly terminated?: { readonly reason?: string } };
}

interface PodStatus {
  readonly phase?: PodFacts['phase'];
  readonly reason?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
  readonly containerStatuses?: readonly ContainerStatus[];
}

/** As the scheduler counts: all containers and native sidecars together; a limit stands in for a missing request. */
function requestsOf({ containers, initContainers = [] }: PodSpec): Requests {
  const running = [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')];
  const sum = (read: (container: ContainerSpec) => number): number => running.reduce((total, each) => total + read(each), 0);
  const asked = ({ resources }: ContainerSpec, name: string): string | undefined => resources?.requests?.[name] ?? resources?.limits?.[name];
  return { cpu: sum((each) => cpuOf(asked(each, 'cpu') ?? '0')), memory: sum((each) => amountOf(asked(each, 'memory') ?? '0')) };
}

/** What is kept of a node. */
export function nodeFacts(object: KubernetesObject): NodeFacts {
  const spec = (object['spec'] ?? {}) as { readonly unschedulable?: boolean; readonly taints?: readonly Taint[] };
  const status = (object['status'] ?? {}) as { readonly allocatable?: Readonly<Record<string, string>>; readonly conditions?: PodStatus['conditions'] };
  const { pods = '0', cpu = '0', memory = '0' } = status.allocatable ?? {};
  return {
    name: object.metadata.name,
    pods: amountOf(pods),
    allocatable: { cpu: cpuOf(cpu), memory: amountOf(memory) },
    labels: object.metadata.labels ?? {},
    closed: spec.unschedulable === true || !(status.conditions ?? []).some(({ type, status: holds }) => type === 'Ready' && holds === 'True'),
    taints: spec.taints ?? [],
  };
}

/** What is kept of a pod. */
export function podFacts(object: KubernetesObject): PodFacts {
  const spec = object['spec'] as PodSpec;
  const status = (object['status'] ?? {}) as PodStatus;
  const { metadata } = object;
  const [first] = spec.containers;
  const state = status.containerStatuses?.find(({ name }) => name === first?.name);
  const condition = (type: string) => status.conditions?.find((each) => each.type === type);
  const waiting = state?.state?.waiting?.reason ?? state?.state?.terminated?.reason;
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    labels: metadata.labels ?? {},
    owner: metadata.ownerReferences?.find(({ controller }) => controller === true)?.name ?? null,
    node: spec.nodeName ?? null,
    phase: status.phase ?? 'Pending',
    ready: condition('Ready')?.status === 'True',
    terminating: metadata.deletionTimestamp !== undefined,
    reason: spec.nodeName === undefined ? (condition('PodScheduled')?.reason ?? null) : (waiting ?? status.reason ?? null),
    restarts: state?.restartCount ?? 0,
    container: first?.name ?? '',
    // `containerd://<64 digits>`
    containerId: state?.containerID?.replace(/^[a-z0-9-]+:\/\//, '') ?? '',
    createdAt: metadata.creationTimestamp ?? '',
    requests: requestsOf(spec),
  };
}

/** What is kept of a Deployment or StatefulSet. */
export function workloadFacts(object: KubernetesObject): WorkloadFacts {
  const spec = object['spec'] as { readonly replicas?: number; readonly selector: { readonly matchLabels?: Readonly<Record<string, string>> }; readonly template: { readonly spec: PodSpec } };
  const status = (object['status'] ?? {}) as { readonly availableReplicas?: number };
  const pod = spec.template.spec;
  return {
    kind: object.kind as WorkloadFacts['kind'],
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
    desired: spec.replicas ?? 1,
    available: status.availableReplicas ?? 0,
    selector: spec.selector.matchLabels ?? {},
    requests: requestsOf(pod),
    nodeSelector: pod.nodeSelector ?? {},
    tolerations: pod.tolerations ?? [],
  };
}
