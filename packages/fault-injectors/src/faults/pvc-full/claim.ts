import type { KubernetesTarget } from '../../definition/targets.ts';
import type { KubernetesObject, ObjectRef } from '../../kubernetes/api/types.ts';
import { deploymentAbove } from '../../kubernetes/objects/deploymentAbove.ts';
import { quantityOf } from '../../kubernetes/objects/quantity.ts';
import { readNeeded, unfit } from '../../kubernetes/objects/refs.ts';

/** A claim and who uses it. */
export interface ClaimSeen {
  readonly uid: string;
  readonly capacityMebibytes: number;
  readonly user: number | undefined;
  readonly groups: readonly number[];
  readonly node: string | undefined;
  /** How many pods have it. */
  readonly users: number;
  readonly owners: readonly ObjectRef[];
}

interface Claim extends KubernetesObject {
  readonly spec: { readonly accessModes?: readonly string[]; readonly volumeMode?: string };
  readonly status?: { readonly phase?: string; readonly capacity?: { readonly storage?: string } };
}

interface PodWithVolumes extends KubernetesObject {
  readonly spec: {
    readonly nodeName?: string;
    readonly volumes?: readonly { readonly persistentVolumeClaim?: { readonly claimName: string } }[];
    readonly securityContext?: { readonly runAsUser?: number; readonly fsGroup?: number; readonly supplementalGroups?: readonly number[] };
    readonly containers: readonly { readonly securityContext?: { readonly runAsUser?: number } }[];
  };
}

/** @throws PodscopeError FAULT_TARGET_UNFIT for a claim that no pod of a fault could fill */
export function capacityOf(object: KubernetesObject): number {
  const { metadata, spec, status = {} } = object as Claim;
  const name = `PersistentVolumeClaim ${metadata.namespace ?? ''}/${metadata.name}`;
  if (status.phase !== 'Bound') throw unfit(`${name} is ${status.phase ?? 'not bound'}.`, 'There is no volume yet that could be filled.');
  if (spec.volumeMode === 'Block') throw unfit(`${name} is a block device.`, 'There is no file system on it that could be filled.');
  if (spec.accessModes?.includes('ReadWriteOncePod') === true) throw unfit(`${name} is for one pod alone (ReadWriteOncePod).`, 'A second pod can’t write to it.');
  const bytes = quantityOf(status.capacity?.storage);
  if (bytes === undefined) throw unfit(`${name} does not say how large it is.`, 'Without that there is no telling how much may be written.');
  return Math.ceil(bytes / 2 ** 20);
}

/** Reads a claim, and how the pods that have it write to it. @throws PodscopeError FAULT_TARGET_UNFIT */
export async function observeClaim({ api }: KubernetesTarget, namespace: string, name: string): Promise<ClaimSeen> {
  const claim = await readNeeded(api, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name });
  const capacityMebibytes = capacityOf(claim);
  const pods = (
    await api.list({ apiVersion: 'v1', kind: 'Pod', namespace }, (object) => {
      const { spec, metadata } = object as PodWithVolumes;
      const uses = (spec.volumes ?? []).some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === name);
      if (!uses || metadata.deletionTimestamp !== undefined) return undefined;
      const { runAsUser, fsGroup, supplementalGroups = [] } = spec.securityContext ?? {};
      const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
      return {
        node: spec.nodeName,
        user: spec.containers.find(({ securityContext }) => securityContext?.runAsUser !== undefined)?.securityContext?.runAsUser ?? runAsUser,
        groups: [...supplementalGroups, ...(fsGroup === undefined ? [] : [fsGroup])],
        owner: owner === undefined ? { apiVersion: 'v1', kind: 'Pod', namespace, name: metadata.name } : { apiVersion: owner.apiVersion, kind: owner.kind, namespace, name: owner.name },
      };
    })
  ).filter((each) => each !== undefined);
  const first = pods.find(({ node }) => node !== undefined) ?? pods[0];
  const owners = new Map<string, ObjectRef>();
  for (const { owner } of pods) {
    const above = await deploymentAbove(api, owner);
    owners.set(JSON.stringify(above), above);
  }
  // As root no pod of a fault runs: `restricted` forbids it.
  const user = first?.user === 0 ? undefined : first?.user;
  return { uid: claim.metadata.uid ?? '', capacityMebibytes, user, groups: first?.groups ?? [], node: first?.node, users: pods.length, owners: [...owners.values()] };
}
