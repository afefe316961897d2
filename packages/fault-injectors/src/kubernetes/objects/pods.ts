import type { KubernetesObject } from '../api/types.ts';

interface State {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: { readonly reason?: string; readonly exitCode?: number; readonly message?: string };
}

/** What a kubelet says of a container. */
export interface ContainerStatus {
  readonly name: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly started?: boolean;
  readonly state?: State;
  readonly lastState?: State;
  /** What it runs with (Kubernetes 1.33 and later). */
  readonly resources?: { readonly limits?: { readonly cpu?: string } };
}

/** Why a kubelet can't pull an image (pkg/kubelet/images/types.go). */
const NO_IMAGE = new Set(['ErrImagePull', 'ImagePullBackOff', 'ErrImageNeverPull', 'InvalidImageName', 'ImageInspectError', 'RegistryUnavailable', 'SignatureValidationFailed']);

/** Why a container has no image, as its kubelet says; undefined where it has one, or nothing is known yet. */
export function imageReason({ state }: ContainerStatus): string | undefined {
  const { reason = '' } = state?.waiting ?? {};
  return NO_IMAGE.has(reason) ? reason : undefined;
}

/** A pod, as far as faults look at it. */
export interface PodSeen {
  readonly name: string;
  readonly uid: string;
  readonly phase: string;
  readonly node: string | undefined;
  readonly ready: boolean;
  readonly deleting: boolean;
  /** Why no node has room, in the scheduler's words; undefined where one has or it was not tried yet. */
  readonly unschedulable: string | undefined;
  /** `ReplicaSet/frontend-5d4f`, or nothing. */
  readonly controller: string | undefined;
}

interface PodObject {
  readonly spec?: { readonly nodeName?: string };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string; readonly message?: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

/** Keeps a few short texts of a pod: thousands of them are held at once. */
export function podSeen(object: KubernetesObject): PodSeen {
  const { metadata } = object;
  const { spec = {}, status = {} } = object as PodObject;
  const condition = (type: string) => status.conditions?.find((each) => each.type === type);
  const scheduled = condition('PodScheduled');
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  return {
    name: metadata.name,
    uid: metadata.uid ?? '',
    phase: status.phase ?? 'Pending',
    node: spec.nodeName,
    ready: condition('Ready')?.status === 'True',
    deleting: metadata.deletionTimestamp !== undefined,
    unschedulable: scheduled?.status === 'False' && scheduled.reason === 'Unschedulable' ? (scheduled.message ?? '') : undefined,
    controller: owner === undefined ? undefined : `${owner.kind}/${owner.name}`,
  };
}

/**
 * Whether a workload's own controller made a pod. Its selector alone does not say: a canary's pods may carry the labels of the main workload too.
 * Of a Deployment the pods belong to its ReplicaSets, which are called after it and a hash that has no dash in it
 * (k8s.io/kubernetes/pkg/controller/deployment/sync.go, `getNewReplicaSet`).
 */
export function isPodOf({ kind, metadata: { name } }: Pick<KubernetesObject, 'kind' | 'metadata'>, { controller = '' }: Pick<PodSeen, 'controller'>): boolean {
  if (kind !== 'Deployment') return controller === `${kind}/${name}`;
  const start = `ReplicaSet/${name}-`;
  return controller.startsWith(start) && !controller.slice(start.length).includes('-');
}

/** Whether a pod is a workload's own and lives: it is neither ending nor done. */
export function isLivingPodOf(workload: Pick<KubernetesObject, 'kind' | 'metadata'>, pod: PodSeen): boolean {
  return isPodOf(workload, pod) && !pod.deleting && pod.phase !== 'Succeeded' && pod.phase !== 'Failed';
}

/** The statuses of a pod's containers, those that start before them too. */
export function containersOf(object: KubernetesObject): readonly ContainerStatus[] {
  const { status = {} } = object as PodObject;
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
}

/** The status of one container: what another of the same pod shows is none of a fault's doing. */
export function containerOf(object: KubernetesObject, name: string): ContainerStatus | undefined {
  return containersOf(object).find((each) => each.name === name);
}
