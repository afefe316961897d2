import { isPodscopeError } from '@podscope/core';
import type { Access, KubernetesApi, KubernetesObject } from '@podscope/fault-injectors/kubernetes';
import { APPLYSET } from '../apply/applySet.ts';
import type { TargetNamespaces } from '../options.ts';
import { type PodSpec, requestsOf } from './pods.ts';
import { quantity } from '../quantity.ts';
import { accessesFor, type ResourceName, type RightsObject } from './rights.ts';

/** A node, and what is taken of it by others than this target. */
export interface ObservedNode {
  readonly name: string;
  readonly ready: boolean;
  /** True where ordinary pods aren't placed: cordoned, or with a taint that repels. */
  readonly tainted: boolean;
  readonly architecture: string;
  readonly allocatable: { readonly cpu: number; readonly memory: number; readonly pods: number };
  readonly taken: { readonly cpu: number; readonly memory: number; readonly pods: number };
}

/** A namespace that is there. */
export interface ObservedNamespace {
  readonly name: string;
  /** It was made by `up`. */
  readonly ours: boolean;
  /** It is being deleted; these hold it. */
  readonly ending: boolean;
  readonly finalizers: readonly string[];
  /** The level of pod security that is enforced. */
  readonly level: string | undefined;
}

/** What the preflight judges: read from the cluster, all of it before anything is changed. */
export interface ObservedCluster {
  readonly version: { readonly gitVersion: string; readonly major: number; readonly minor: number };
  /** Kinds of the manifests that the server doesn't have: `autoscaling/v2 HorizontalPodAutoscaler`. */
  readonly unknownKinds: readonly string[];
  readonly missing: readonly Access[];
  /** Undefined where they may not be listed; `missing` says so, too. */
  readonly nodes: readonly ObservedNode[] | undefined;
  readonly namespaces: readonly ObservedNamespace[];
  readonly storageClasses: readonly { readonly name: string; readonly isDefault: boolean }[] | undefined;
}

const REPELS = new Set(['NoSchedule', 'NoExecute']);

/**
 * Reads what the preflight judges.
 *
 * @param applySet The label's value of what this target has made before.
 * @throws PodscopeError what the API throws, but for what it forbids: that is told as missing.
 */
export async function observeCluster(api: KubernetesApi, { objects, namespaces, applySet }: { readonly objects: readonly RightsObject[]; readonly namespaces: TargetNamespaces; readonly applySet: string }): Promise<ObservedCluster> {
  // First of all, and alone: an unreachable server or an expired token is told once.
  const version = await api.version();
  const resources = await resourcesOf(api, objects);
  const resourceOf = (object: RightsObject): ResourceName | undefined => resources.get(`${object.apiVersion} ${object.kind}`);
  const names = new Set(Object.values(namespaces));
  const [missing, nodes, pods, classes, found] = await Promise.all([
    api.missing(accessesFor(objects, resourceOf)),
    allowed(api.list({ apiVersion: 'v1', kind: 'Node' })),
    allowed(api.list({ apiVersion: 'v1', kind: 'Pod', fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed' }, podFacts)),
    allowed(api.list({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' })),
    Promise.all([...names].map((name) => allowed(api.read({ apiVersion: 'v1', kind: 'Namespace', name })))),
  ]);
  const others = (pods ?? []).filter(({ namespace, partOf }) => !(names.has(namespace) && partOf === 'podscope'));
  return {
    version,
    unknownKinds: [...resources].filter(([, resource]) => resource === undefined).map(([kind]) => kind),
    missing,
    nodes: nodes?.map((node) => nodeOf(node, others)),
    namespaces: found.flatMap((namespace) => (namespace === undefined ? [] : [namespaceOf(namespace, applySet)])),
    storageClasses: classes?.map(({ metadata }) => ({ name: metadata.name, isDefault: metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true' })),
  };
}

async function resourcesOf(api: KubernetesApi, objects: readonly RightsObject[]): Promise<ReadonlyMap<string, ResourceName | undefined>> {
  const kinds = new Map(objects.map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, { apiVersion, kind }]));
  return new Map(await Promise.all([...kinds].map(async ([key, kind]) => [key, await api.resourceOf(kind)] as const)));
}

async function allowed<Result>(asked: Promise<Result>): Promise<Result | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isPodscopeError(error, 'KUBE_FORBIDDEN')) return undefined;
    throw error;
  }
}

interface PodFacts {
  readonly namespace: string;
  readonly partOf: string | undefined;
  readonly node: string | undefined;
  readonly cpu: number;
  readonly memory: number;
}

function podFacts({ metadata, spec }: KubernetesObject): PodFacts {
  const pod = spec as PodSpec & { readonly nodeName?: string };
  return { namespace: metadata.namespace ?? '', partOf: metadata.labels?.['app.kubernetes.io/part-of'], node: pod.nodeName, ...requestsOf(pod) };
}

function nodeOf({ metadata, spec, status }: KubernetesObject, pods: readonly PodFacts[]): ObservedNode {
  const { unschedulable = false, taints = [] } = (spec ?? {}) as { readonly unschedulable?: boolean; readonly taints?: readonly { readonly effect: string }[] };
  const { allocatable = {}, conditions = [], nodeInfo } = (status ?? {}) as { readonly allocatable?: Readonly<Record<string, string>>; readonly conditions?: readonly { readonly type: string; readonly status: string }[]; readonly nodeInfo?: { readonly architecture?: string } };
  const here = pods.filter(({ node }) => node === metadata.name);
  return {
    name: metadata.name,
    ready: conditions.some(({ type, status: holds }) => type === 'Ready' && holds === 'True'),
    tainted: unschedulable || taints.some(({ effect }) => REPELS.has(effect)),
    architecture: nodeInfo?.architecture || metadata.labels?.['kubernetes.io/arch'] || 'unknown',
    allocatable: { cpu: quantity(allocatable['cpu'] ?? '0'), memory: quantity(allocatable['memory'] ?? '0'), pods: quantity(allocatable['pods'] ?? '0') },
    taken: { cpu: here.reduce((sum, { cpu }) => sum + cpu, 0), memory: here.reduce((sum, { memory }) => sum + memory, 0), pods: here.length },
  };
}

function namespaceOf({ metadata, spec }: KubernetesObject, applySet: string): ObservedNamespace {
  const { finalizers = [] } = (spec ?? {}) as { readonly finalizers?: readonly string[] };
  return {
    name: metadata.name,
    ours: metadata.labels?.[APPLYSET.partOf] === applySet,
    ending: metadata.deletionTimestamp !== undefined,
    finalizers: [...(metadata.finalizers ?? []), ...finalizers],
    level: metadata.labels?.['pod-security.kubernetes.io/enforce'],
  };
}
