import { isPodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject } from '@podscope/fault-injectors/kubernetes';
import { APPLYSET, type ApplySetId, keyOf, NOTES, refOf } from '../apply/applySet.ts';
import { listMembers, observeApplySet, servedKind } from '../apply/observe.ts';
import type { ObservedRemoval } from './plan.ts';

/** Which kinds are looked through when a set's book is gone: those of Kubernetes itself that an apply may make. */
const USUAL_KINDS = [
  ...['ServiceAccount', 'Secret', 'ConfigMap', 'PersistentVolumeClaim', 'ResourceQuota', 'LimitRange', 'Service', 'Pod'],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind) => `${kind}.apps`),
  ...['Job', 'CronJob'].map((kind) => `${kind}.batch`),
  ...['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'].map((kind) => `${kind}.rbac.authorization.k8s.io`),
  ...['NetworkPolicy', 'Ingress'].map((kind) => `${kind}.networking.k8s.io`),
  'PodDisruptionBudget.policy',
  'HorizontalPodAutoscaler.autoscaling',
  'PriorityClass.scheduling.k8s.io',
  'CustomResourceDefinition.apiextensions.k8s.io',
];

/**
 * Reads all that there is of a set: its members, and the claims of its StatefulSets. Where somebody deleted the book, members of the
 * usual kinds are found by their label.
 *
 * @throws PodscopeError KUBE_NOT_OURS, and what the API throws.
 */
export async function observeRemoval(api: KubernetesApi, id: ApplySetId): Promise<ObservedRemoval> {
  const observed = await observeApplySet(api, id);
  const namespaces = Object.keys(observed.namespaces);
  const [strays, claims] = await Promise.all([
    observed.book === undefined ? straysOf(api, observed.label, namespaces) : [],
    withoutRights(listMembers(api, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespaced: true }, `${NOTES.claimOf}=${observed.label}`, namespaces)),
  ]);
  const live = Object.fromEntries([...Object.entries(observed.live), ...strays.map((object) => [keyOf(refOf(object)), object] as const)]);
  return { ...observed, live, claims };
}

async function straysOf(api: KubernetesApi, label: string, namespaces: readonly string[]): Promise<readonly KubernetesObject[]> {
  const lists = USUAL_KINDS.map(async (groupKind) => {
    const kind = await servedKind(api, groupKind);
    return kind === undefined ? [] : withoutRights(listStrays(api, kind, `${APPLYSET.partOf}=${label}`, namespaces));
  });
  return (await Promise.all(lists)).flat();
}

/** In any namespace, since no book says in which. */
async function listStrays(api: KubernetesApi, kind: Parameters<typeof listMembers>[1], labelSelector: string, namespaces: readonly string[]): Promise<readonly KubernetesObject[]> {
  try {
    return await api.list({ apiVersion: kind.apiVersion, kind: kind.kind, labelSelector });
  } catch (error) {
    if (isPodscopeError(error, 'KUBE_FORBIDDEN')) return listMembers(api, kind, labelSelector, namespaces);
    throw error;
  }
}

/** What a user may not see, the user can't have made. */
async function withoutRights(list: Promise<readonly KubernetesObject[]>): Promise<readonly KubernetesObject[]> {
  try {
    return await list;
  } catch (error) {
    if (isPodscopeError(error, 'KUBE_FORBIDDEN')) return [];
    throw error;
  }
}
