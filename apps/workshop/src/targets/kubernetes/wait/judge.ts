import type { KubernetesObject } from '@podscope/fault-injectors/kubernetes';

/** How far an object is. */
export interface Judgement {
  /** `done`: it is as it was asked for. `failed`: it won't be, whatever is waited. */
  readonly state: 'done' | 'waiting' | 'failed';
  /** Pods, or 1 for what has none. */
  readonly asked: number;
  readonly ready: number;
  /** In one line, without the object's name. */
  readonly message: string;
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

interface Body {
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>> & { readonly conditions?: readonly Condition[] };
}

/** The numbers of a status, or 0: the server leaves zeros out. */
const count = (part: Readonly<Record<string, unknown>> | undefined, field: string, otherwise = 0): number => (typeof part?.[field] === 'number' ? part[field] : otherwise);

export function conditionOf(object: KubernetesObject, type: string): Condition | undefined {
  return (object as Body).status?.conditions?.find((condition) => condition.type === type);
}

const isObserved = (object: KubernetesObject): boolean => count((object as Body).status, 'observedGeneration') >= (object.metadata.generation ?? 0);

/** As `kubectl rollout status` says it: `k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go`. */
function deployment(object: KubernetesObject): Judgement {
  const { spec, status } = object as Body;
  const [asked, updated, all, available] = [count(spec, 'replicas', 1), count(status, 'updatedReplicas'), count(status, 'replicas'), count(status, 'availableReplicas')];
  const ready = Math.min(available, updated);
  const waiting = (message: string): Judgement => ({ state: 'waiting', asked, ready, message });
  if (!isObserved(object)) return { state: 'waiting', asked, ready: 0, message: 'its controller has not seen it yet' };
  const progressing = conditionOf(object, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') return { state: 'failed', asked, ready, message: `it made no progress for ${count(spec, 'progressDeadlineSeconds', 600)} s (progressDeadlineSeconds)` };
  if (updated < asked) return waiting(`${updated} of ${asked} pods are of the new template`);
  if (all > updated) return waiting(`${all - updated} pods of the old template are there still`);
  if (available < updated) return waiting(`${available} of ${updated} pods are available`);
  return { state: 'done', asked, ready, message: `${ready} of ${asked} pods are available` };
}

function statefulSet(object: KubernetesObject): Judgement {
  const { spec, status } = object as Body;
  const strategy = spec?.['updateStrategy'] as { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } } | undefined;
  const [asked, ready, updated] = [count(spec, 'replicas', 1), count(status, 'readyReplicas'), count(status, 'updatedReplicas')];
  if (!isObserved(object) || count(status, 'observedGeneration') === 0) return { state: 'waiting', asked, ready: 0, message: 'its controller has not seen it yet' };
  if (ready < asked) return { state: 'waiting', asked, ready, message: `${ready} of ${asked} pods are ready` };
  // With OnDelete the pods are replaced by whoever deletes them.
  const toUpdate = strategy?.type === 'OnDelete' ? 0 : asked - (strategy?.rollingUpdate?.partition ?? 0);
  if (status?.['updateRevision'] !== status?.['currentRevision'] && updated < toUpdate) return { state: 'waiting', asked, ready, message: `${updated} of ${toUpdate} pods are of the new template` };
  return { state: 'done', asked, ready, message: `${ready} of ${asked} pods are ready` };
}

function daemonSet(object: KubernetesObject): Judgement {
  const { spec, status } = object as Body;
  const [asked, updated, available] = [count(status, 'desiredNumberScheduled'), count(status, 'updatedNumberScheduled'), count(status, 'numberAvailable')];
  if (!isObserved(object)) return { state: 'waiting', asked, ready: 0, message: 'its controller has not seen it yet' };
  const onDelete = (spec?.['updateStrategy'] as { readonly type?: string } | undefined)?.type === 'OnDelete';
  if (!onDelete && updated < asked) return { state: 'waiting', asked, ready: Math.min(available, updated), message: `${updated} of ${asked} nodes have the new pod` };
  return { state: available < asked ? 'waiting' : 'done', asked, ready: available, message: `it is available on ${available} of ${asked} nodes` };
}

function replicaSet(object: KubernetesObject): Judgement {
  const { spec, status } = object as Body;
  const [asked, ready] = [count(spec, 'replicas', 1), count(status, 'readyReplicas')];
  return { state: isObserved(object) && ready >= asked ? 'done' : 'waiting', asked, ready, message: `${ready} of ${asked} pods are ready` };
}

function job(object: KubernetesObject): Judgement {
  const { spec, status } = object as Body;
  const [asked, ready] = [count(spec, 'completions', 1), count(status, 'succeeded')];
  const failed = conditionOf(object, 'Failed');
  if (failed?.status === 'True') return { state: 'failed', asked, ready, message: `it failed: ${failed.message ?? failed.reason ?? 'without a reason'}` };
  if (conditionOf(object, 'Complete')?.status === 'True') return { state: 'done', asked, ready, message: 'it is complete' };
  if (spec?.['suspend'] === true) return { state: 'done', asked, ready, message: 'it is suspended' };
  return { state: 'waiting', asked, ready, message: `${ready} of ${asked} pods have succeeded` };
}

function pod(object: KubernetesObject): Judgement {
  const phase = (object as Body).status?.['phase'];
  if (phase === 'Succeeded') return { state: 'done', asked: 1, ready: 1, message: 'it has ended well' };
  if (phase === 'Failed') return { state: 'failed', asked: 1, ready: 0, message: `it has failed: ${String((object as Body).status?.['reason'] ?? 'see its containers')}` };
  const ready = conditionOf(object, 'Ready')?.status === 'True' ? 1 : 0;
  return { state: ready === 1 ? 'done' : 'waiting', asked: 1, ready, message: ready === 1 ? 'it is ready' : `it is ${String(phase ?? 'Pending')}` };
}

function single(done: boolean, message: string): Judgement {
  return { state: done ? 'done' : 'waiting', asked: 1, ready: done ? 1 : 0, message };
}

function claim(object: KubernetesObject): Judgement {
  const phase = String((object as Body).status?.['phase'] ?? 'Pending');
  if (phase === 'Lost') return { state: 'failed', asked: 1, ready: 0, message: 'its volume is gone' };
  return single(phase === 'Bound', phase === 'Bound' ? 'it is bound' : 'it has no volume yet');
}

function service(object: KubernetesObject): Judgement {
  const { spec, status } = object as Body;
  if (spec?.['type'] !== 'LoadBalancer') return single(true, 'it is there');
  const { ingress = [] } = (status?.['loadBalancer'] ?? {}) as { readonly ingress?: readonly unknown[] };
  return single(ingress.length > 0, ingress.length > 0 ? 'it has an address' : 'its load balancer has no address yet');
}

const JUDGES: Readonly<Record<string, (object: KubernetesObject) => Judgement>> = {
  Deployment: deployment,
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
  ReplicaSet: replicaSet,
  Job: job,
  Pod: pod,
  PersistentVolumeClaim: claim,
  Service: service,
  CustomResourceDefinition: (object) => single(conditionOf(object, 'Established')?.status === 'True', 'Established'),
  Namespace: (object) => single((object as Body).status?.['phase'] === 'Active', `it is ${String((object as Body).status?.['phase'] ?? 'new')}`),
};

/** Whether objects of a kind, as they are written, come up some time after they are made. */
export function comesUp({ kind, spec }: { readonly kind: string; readonly spec?: unknown }): boolean {
  return kind in JUDGES && (kind !== 'Service' || (spec as { readonly type?: string } | undefined)?.type === 'LoadBalancer');
}

/** How far an object is; what has nothing to come up is done when it is there. */
export function judge(object: KubernetesObject): Judgement {
  return JUDGES[object.kind]?.(object) ?? single(true, 'it is there');
}

/** What makes pods. */
export const POD_OWNERS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job']);
