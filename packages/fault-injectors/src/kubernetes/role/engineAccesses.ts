import { ownerAccesses } from '../../owners/findOwners.ts';
import { accessesOf } from '../api/refs.ts';
import type { Access } from '../api/types.ts';
import { recordRef, registryRef, STORE_NAMESPACE } from '../store/names.ts';

/** Controllers that a pod may have, which are asked for the opt-in label in its place. */
const CONTROLLERS = [
  ['apps/v1', 'ReplicaSet'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'DaemonSet'],
  ['batch/v1', 'Job'],
] as const;

/** What the checks before an injection read, beside what the fault itself does: the label of namespaces and of what controls a pod. */
export function checkAccesses(accesses: readonly Access[]): readonly Access[] {
  const namespaces = [...new Set(accesses.flatMap(({ namespace }) => namespace ?? []))].sort();
  return namespaces.flatMap((namespace) => {
    const touchesPods = accesses.some((each) => each.namespace === namespace && each.group === '' && each.resource === 'pods' && !['get', 'list', 'watch'].includes(each.verb));
    return [
      ...accessesOf({ apiVersion: 'v1', kind: 'Namespace', name: namespace }, ['get']),
      ...(touchesPods ? CONTROLLERS.flatMap(([apiVersion, kind]) => accessesOf({ apiVersion, kind, namespace }, ['get'])) : []),
    ];
  });
}

/** What is listed to find owners. What may not be listed is no error, so none of it has to be allowed. */
export function ownerChecks(accesses: readonly Access[]): readonly Access[] {
  const namespaces = [...new Set(accesses.flatMap(({ namespace }) => namespace ?? []))].sort();
  return namespaces.flatMap((namespace) => ownerAccesses(namespace));
}

/** What the store of a cluster reads and writes in its namespace, which is there already. */
export function storeAccesses(namespace: string = STORE_NAMESPACE): readonly Access[] {
  return [
    ...accessesOf({ apiVersion: 'v1', kind: 'Namespace', name: namespace }, ['get']),
    ...accessesOf({ apiVersion: 'v1', kind: 'Secret', namespace }, ['create', 'get', 'list', 'patch', 'delete']),
    ...accessesOf({ ...registryRef(namespace), name: undefined }, ['create']),
    ...accessesOf(registryRef(namespace), ['get', 'update', 'delete']),
  ];
}

/** What of the store somebody needs who reverts one fault only: its watchdog. */
export function storeAccessesOf(id: string, parts: readonly string[], namespace: string = STORE_NAMESPACE): readonly Access[] {
  const record = recordRef(namespace, id);
  return [
    ...accessesOf(record, ['get', 'patch', 'delete']),
    ...parts.flatMap((name) => accessesOf({ ...record, name }, ['get'])),
    ...accessesOf(registryRef(namespace), ['get', 'update', 'delete']),
  ];
}
