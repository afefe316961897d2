import type { KubernetesTarget } from '../../definition/targets.ts';
import { titleOf } from '../api/refs.ts';
import type { KubernetesApi, KubernetesObject, ObjectRef } from '../api/types.ts';

/** Kinds that run something: they are asked for their own label beside their namespace's. */
const WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob', 'Pod']);
const ALLOWED = 'allowed';

/** Pod, ReplicaSet, Deployment, and one more that an operator may have put above. */
const LONGEST_CHAIN = 4;

/**
 * Which of these objects, or their namespaces, don't carry the opt-in label. A pod, and what else has a controller, may carry it or have a
 * controller that does. Objects of the cluster (a node) must carry it themselves. What isn't there yet is its namespace's to allow.
 */
export async function findUnwilling({ api, optInLabel }: KubernetesTarget, objects: readonly ObjectRef[]): Promise<readonly string[]> {
  const isWilling = ({ metadata }: KubernetesObject) => metadata.labels?.[optInLabel] === ALLOWED;
  const unwilling: string[] = [];
  const namespaces = [...new Set(objects.flatMap(({ namespace }) => namespace ?? []))];
  for (const name of namespaces) {
    const namespace = await api.read({ apiVersion: 'v1', kind: 'Namespace', name });
    if (!namespace || !isWilling(namespace)) unwilling.push(`Namespace ${name}`);
  }
  const asked = await Promise.all(
    objects
      .filter(({ kind, namespace }) => namespace === undefined || WORKLOADS.has(kind))
      .map(async (ref) => {
        const object = await api.read(ref);
        return object === undefined || (await isWillingOrOwned(api, object, isWilling)) ? [] : [titleOf(ref)];
      }),
  );
  return [...unwilling, ...asked.flat()];
}

async function isWillingOrOwned(api: KubernetesApi, object: KubernetesObject, isWilling: (object: KubernetesObject) => boolean, links = LONGEST_CHAIN): Promise<boolean> {
  if (isWilling(object)) return true;
  const { ownerReferences = [], namespace } = object.metadata;
  const controller = ownerReferences.find((each) => each.controller === true);
  if (!controller || links === 0) return false;
  const { apiVersion, kind, name } = controller;
  const owner = await api.read({ apiVersion, kind, name, namespace });
  return owner !== undefined && (await isWillingOrOwned(api, owner, isWilling, links - 1));
}
