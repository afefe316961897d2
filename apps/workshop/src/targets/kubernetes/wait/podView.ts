import type { KubernetesObject, ObjectRef } from '@podscope/fault-injectors/kubernetes';

/** What a container is doing, or did. */
export interface ContainerView {
  readonly name: string;
  readonly init: boolean;
  readonly ready: boolean;
  readonly restarts: number;
  readonly waiting?: { readonly reason: string; readonly message: string };
  /** How it ended, now or the last time. */
  readonly ended?: { readonly exitCode: number; readonly reason: string; readonly message: string };
  readonly running: boolean;
}

/** The part of a pod that says why it isn't ready: thousands of these may be held. */
export interface PodView {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** The workload whose pod it is, as `<kind> <name>`. */
  readonly owner: string;
  readonly phase: string;
  readonly ready: boolean;
  /** Why it failed as a whole, such as `Evicted`. */
  readonly reason: string;
  readonly message: string;
  /** What the scheduler says while it has no node. */
  readonly unscheduled?: { readonly reason: string; readonly message: string };
  /** Empty for a pod that is ready. */
  readonly containers: readonly ContainerView[];
}

interface ContainerStatus {
  readonly name: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string }; readonly running?: object; readonly terminated?: Terminated };
  readonly lastState?: { readonly terminated?: Terminated };
}

interface Terminated {
  readonly exitCode: number;
  readonly reason?: string;
  readonly message?: string;
}

interface Pod extends KubernetesObject {
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string; readonly message?: string }[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

function containerView({ name, ready = false, restartCount = 0, state = {}, lastState = {} }: ContainerStatus, init: boolean): ContainerView {
  const { waiting, running, terminated } = state;
  const ended = terminated ?? lastState.terminated;
  return {
    name,
    init,
    ready,
    restarts: restartCount,
    running: running !== undefined,
    ...(waiting === undefined ? {} : { waiting: { reason: waiting.reason ?? '', message: waiting.message ?? '' } }),
    ...(ended === undefined ? {} : { ended: { exitCode: ended.exitCode, reason: ended.reason ?? '', message: ended.message ?? '' } }),
  };
}

/** The replica sets of a Deployment are named after it and the hash of their template, which their pods carry as a label. */
function ownerOf({ metadata: { name, labels = {}, ownerReferences = [] } }: KubernetesObject): string {
  const owner = ownerReferences.find(({ controller }) => controller === true);
  if (owner === undefined) return `Pod ${name}`;
  const hash = labels['pod-template-hash'];
  if (owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`)) return `Deployment ${owner.name.slice(0, -hash.length - 1)}`;
  return `${owner.kind} ${owner.name}`;
}

/** What is kept of a pod. */
export function podView(object: KubernetesObject): PodView {
  const { metadata, status = {} } = object as Pod;
  const condition = (wanted: string) => status.conditions?.find(({ type }) => type === wanted);
  const ready = condition('Ready')?.status === 'True';
  const scheduled = condition('PodScheduled');
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid ?? '',
    owner: ownerOf(object),
    phase: status.phase ?? 'Pending',
    ready,
    reason: status.reason ?? '',
    message: status.message ?? '',
    ...(scheduled?.status === 'False' ? { unscheduled: { reason: scheduled.reason ?? '', message: scheduled.message ?? '' } } : {}),
    containers: ready ? [] : [...(status.initContainerStatuses ?? []).map((each) => containerView(each, true)), ...(status.containerStatuses ?? []).map((each) => containerView(each, false))],
  };
}

/** Whether a pod is of a workload. A replica set on its own is no Deployment's. */
export function isPodOf(pod: PodView, { kind, namespace, name }: ObjectRef): boolean {
  return pod.namespace === namespace && pod.owner === `${kind} ${name}`;
}
