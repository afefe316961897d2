import { PodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject, ObjectRef } from '../api/types.ts';

/** The object as people name it: `Deployment guestbook/frontend`. */
export function refText({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** That the target can't take this fault, with what to do. */
export function unfit(message: string, hint: string): PodscopeError<'FAULT_TARGET_UNFIT'> {
  return new PodscopeError('FAULT_TARGET_UNFIT', message, { hint });
}

/** An object that a fault needs. @throws PodscopeError FAULT_TARGET_UNFIT when it is missing or being deleted, it or its namespace. */
export async function readNeeded(api: KubernetesApi, ref: ObjectRef): Promise<KubernetesObject> {
  const object = await api.read(ref);
  if (object === undefined) throw unfit(`There is no ${refText(ref)} in ${api.context}.`, 'Check the namespace, the name and the context.');
  if (object.metadata.deletionTimestamp !== undefined) throw unfit(`${refText(ref)} is being deleted.`, 'Nothing can be restored there: choose another one, or wait until it is made anew.');
  if (ref.namespace !== undefined) await refuseEndingNamespace(api, ref.namespace);
  return object;
}

/** @throws PodscopeError FAULT_TARGET_UNFIT for a namespace that is missing or being deleted. */
export async function refuseEndingNamespace(api: KubernetesApi, name: string): Promise<void> {
  const namespace = await api.read({ apiVersion: 'v1', kind: 'Namespace', name });
  if (namespace === undefined) throw unfit(`There is no namespace ${name} in ${api.context}.`, 'Check the name and the context.');
  if (namespace.metadata.deletionTimestamp !== undefined) throw unfit(`The namespace ${name} is being deleted.`, 'Wait until it is gone.');
}
