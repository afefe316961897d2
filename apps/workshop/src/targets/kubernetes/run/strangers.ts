import { isPodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject, ObjectRef } from '@podscope/fault-injectors/kubernetes';
import { APPLYSET, NOTES, refOf } from '../apply/applySet.ts';

/**
 * Kinds that people put into a namespace. ConfigMaps, Secrets and policies are left out: many clusters have a controller that puts some into
 * every namespace.
 */
const KINDS = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'apps/v1', kind: 'DaemonSet' },
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'batch/v1', kind: 'CronJob' },
  { apiVersion: 'v1', kind: 'Pod' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
] as const;

/**
 * Workloads and Services in a namespace that are neither of the set nor made by a controller: somebody else's, who would lose them with the
 * namespace. What this user may not list is not looked at.
 *
 * @param label Of the set's members.
 * @throws what the API throws, but for what it forbids
 */
export async function strangersIn(api: KubernetesApi, namespace: string, label: string): Promise<readonly ObjectRef[]> {
  const isStranger = ({ metadata: { ownerReferences = [], annotations = {}, deletionTimestamp } }: KubernetesObject): boolean => ownerReferences.length === 0 && annotations[NOTES.madeBy] !== label && deletionTimestamp === undefined;
  const lists = KINDS.map(async (kind): Promise<readonly ObjectRef[]> => {
    try {
      const found = await api.list({ ...kind, namespace, labelSelector: `${APPLYSET.partOf}!=${label}` }, (object) => (isStranger(object) ? refOf(object) : undefined));
      return found.filter((ref) => ref !== undefined);
    } catch (error) {
      if (isPodscopeError(error, 'KUBE_FORBIDDEN')) return [];
      throw error;
    }
  });
  return (await Promise.all(lists)).flat();
}
