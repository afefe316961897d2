import { z } from 'zod';
import type { Access, KubernetesObject, ObjectRef, Selection } from '../api/types.ts';
import { refText, unfit } from './refs.ts';

/** What runs pods by a template that a fault can change. */
export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet';

const KINDS: Readonly<Record<string, WorkloadKind>> = { deployment: 'Deployment', statefulset: 'StatefulSet', daemonset: 'DaemonSet' };
const RESOURCES: Readonly<Record<WorkloadKind, string>> = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' };

/** Names of objects that a DNS label or several of them make. */
const NAME = '[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?';

/** The name of an object. */
export const objectName = () => z.string().max(253).regex(new RegExp(`^${NAME}$`), 'a name of lower case letters, digits, - and .');
/** The namespace parameter of a fault. */
export const namespaceParam = () => z.string().max(63).regex(/^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/, 'the name of a namespace').describe('The namespace.');
/** The parameter that names a workload, of some kinds. */
export const workloadParam = (kinds: readonly WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet']) =>
  z
    .string()
    .max(270)
    .regex(new RegExp(`^(?:(?:${kinds.map((kind) => kind.toLowerCase()).join('|')})/)?${NAME}$`), `${kinds.map((kind) => `${kind.toLowerCase()}/<name>`).join(', ')}, or the name of a Deployment`)
    .describe(`What runs the pods: ${kinds.map((kind) => `${kind.toLowerCase()}/<name>`).join(', ')}; a name alone is a Deployment's.`);
/** The parameter that names one container of several. */
export const containerParam = () => z.string().max(63).optional().describe('The container. Without it the only one, or the first of several.');

/** Parameters that name a workload. */
export interface WorkloadParams {
  readonly namespace: string;
  readonly workload: string;
}

/** The workload that parameters name. */
export function workloadRef({ namespace, workload }: WorkloadParams): ObjectRef & { readonly kind: WorkloadKind; readonly namespace: string } {
  const [kind, name] = workload.includes('/') ? workload.split('/', 2) : ['deployment', workload];
  return { apiVersion: 'apps/v1', kind: KINDS[kind as string] as WorkloadKind, namespace, name: name as string };
}

/** A workload's object, as far as faults look at it. */
export interface Workload extends KubernetesObject {
  readonly spec: {
    readonly replicas?: number;
    readonly paused?: boolean;
    readonly selector: LabelSelector;
    readonly template: { readonly metadata?: { readonly annotations?: Readonly<Record<string, string>>; readonly labels?: Readonly<Record<string, string>> }; readonly spec: PodSpec };
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number; readonly maxUnavailable?: number | string } };
    readonly strategy?: { readonly type?: string; readonly rollingUpdate?: { readonly maxSurge?: number | string } };
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
    readonly currentRevision?: string;
    readonly updateRevision?: string;
    readonly desiredNumberScheduled?: number;
    readonly currentNumberScheduled?: number;
    readonly updatedNumberScheduled?: number;
    readonly numberReady?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string; readonly message?: string }[];
  };
}

/** Which labels choose. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

/** A container of a pod's template. */
export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly [key: string]: unknown;
}

/** The pods of a template. */
export interface PodSpec {
  readonly containers: readonly Container[];
  readonly [key: string]: unknown;
}

/** A label selector as a query has it. */
export function selectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const expression = ({ key, operator, values = [] }: { readonly key: string; readonly operator: string; readonly values?: readonly string[] }): string => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  };
  return [...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`), ...matchExpressions.map(expression)].join(',');
}

/** Whether a label selector chooses what has these labels. */
export function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'Exists') return value !== undefined;
      if (operator === 'DoesNotExist') return value === undefined;
      return operator === 'In' ? value !== undefined && values.includes(value) : value === undefined || !values.includes(value);
    })
  );
}

/** The pods that a workload's selector chooses. */
export function podsOf(workload: Workload): Selection {
  return { apiVersion: 'v1', kind: 'Pod', namespace: workload.metadata.namespace, labelSelector: selectorText(workload.spec.selector) };
}

/** How many pods a workload asks for. */
export function wantedPods({ kind, spec, status }: Workload): number {
  return kind === 'DaemonSet' ? (status?.desiredNumberScheduled ?? 0) : (spec.replicas ?? 1);
}

/** How many of a workload's pods are ready. */
export function readyPods({ kind, status }: Workload): number {
  return (kind === 'DaemonSet' ? status?.numberReady : status?.readyReplicas) ?? 0;
}

/** How many pods a controller says there are, and how many of them are of the current template. */
export function podsSaid({ kind, status = {} }: Workload): { readonly there: number; readonly updated: number } {
  const isDaemonSet = kind === 'DaemonSet';
  return { there: (isDaemonSet ? status.currentNumberScheduled : status.replicas) ?? 0, updated: (isDaemonSet ? status.updatedNumberScheduled : status.updatedReplicas) ?? 0 };
}

/**
 * Why a workload is not at rest with all its pods of the current template, or undefined when it is. With its state from `before`, what was
 * not so then isn't asked for: the rollout that is paused or stuck, the pods that a quota keeps out.
 */
export function unsettled(workload: Workload, before?: Workload): string | undefined {
  const { metadata, status = {} } = workload;
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0)) return 'its controller has not seen the last change yet';
  const wanted = wantedPods(workload);
  const now = podsSaid(workload);
  const then = before === undefined ? { there: wanted, updated: wanted } : podsSaid(before);
  if (now.there > Math.max(wanted, then.there) || now.there < Math.min(wanted, then.there)) return `${now.there} pods are there of ${wanted}`;
  return now.updated < Math.min(wanted, then.updated) ? `${now.updated} of ${wanted} pods are of the current template` : undefined;
}

/** @throws PodscopeError FAULT_TARGET_UNFIT where a changed template would not reach any pod */
export function refuseNoRollout(workload: Workload): void {
  const { spec } = workload;
  const name = refText({ apiVersion: workload.apiVersion, kind: workload.kind, namespace: workload.metadata.namespace, name: workload.metadata.name });
  if (wantedPods(workload) === 0) throw unfit(`${name} asks for no pods.`, 'Scale it up first: with no pods there is nothing to break.');
  if (spec.paused === true) throw unfit(`The rollouts of ${name} are paused.`, `A changed template would reach no pod: kubectl rollout resume ${workload.kind.toLowerCase()}/${workload.metadata.name}.`);
  if (spec.updateStrategy?.type === 'OnDelete') throw unfit(`${name} replaces its pods only when somebody deletes them (updateStrategy OnDelete).`, 'A changed template would reach no pod.');
  if ((spec.updateStrategy?.rollingUpdate?.partition ?? 0) > 0) throw unfit(`${name} rolls out to a part of its pods only (partition ${spec.updateStrategy?.rollingUpdate?.partition}).`, 'Set the partition to 0 first.');
}

/** Reading a namespace: whether it is ending, and whether faults may touch it. A Role in it allows that. */
export function namespaceAccess(namespace: string | undefined): Access {
  return { verb: 'get', group: '', resource: 'namespaces', namespace, name: namespace };
}

/** Looking at a workload and its pods once. */
export function lookAccesses({ kind, namespace, name }: ObjectRef): readonly Access[] {
  return [{ verb: 'get', group: 'apps', resource: RESOURCES[kind as WorkloadKind], namespace, name }, { verb: 'list', group: '', resource: 'pods', namespace }, namespaceAccess(namespace)];
}

/** Reading a workload and its pods, and watching them. */
export function readAccesses(ref: ObjectRef): readonly Access[] {
  const resource = RESOURCES[ref.kind as WorkloadKind];
  const { namespace, name } = ref;
  return [
    ...['get', 'list', 'watch'].map((verb) => ({ verb, group: 'apps', resource, namespace, name })),
    ...['list', 'watch'].map((verb) => ({ verb, group: '', resource: 'pods', namespace })),
    namespaceAccess(namespace),
  ];
}

/** Editing a workload beside that. */
export function editAccesses(ref: ObjectRef): readonly Access[] {
  return [...readAccesses(ref), { verb: 'patch', group: 'apps', resource: RESOURCES[ref.kind as WorkloadKind], namespace: ref.namespace, name: ref.name }];
}

/** Selects one object, for a watch. */
export function only({ name, ...kind }: ObjectRef): Selection {
  return { ...kind, fieldSelector: `metadata.name=${name}` };
}
