import type { KubernetesApi, ObjectRef } from '../api/types.ts';

/** The Deployment of a ReplicaSet; every other controller of pods stands for itself. */
export async function deploymentAbove(api: KubernetesApi, ref: ObjectRef): Promise<ObjectRef> {
  if (ref.kind !== 'ReplicaSet') return ref;
  const owner = (await api.read(ref))?.metadata.ownerReferences?.find(({ controller }) => controller === true);
  return owner === undefined ? ref : { apiVersion: owner.apiVersion, kind: owner.kind, namespace: ref.namespace, name: owner.name };
}
