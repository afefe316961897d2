import type { KubernetesTarget } from '../../definition/targets.ts';
import type { KubernetesObject, ObjectRef } from '../../kubernetes/api/types.ts';
import { deploymentAbove } from '../../kubernetes/objects/deploymentAbove.ts';
import type { Victim } from '../../kubernetes/objects/podKills.ts';
import { unfit } from '../../kubernetes/objects/refs.ts';
import type { Workload } from '../../kubernetes/objects/workloads.ts';

/** A pod that is evicted, and what makes another one in its place. */
export interface DrainVictim extends Victim {
  readonly owner: ObjectRef;
}

/** What a pod of a node is to a drain. */
export interface DrainPod extends Victim {
  readonly controller: { readonly apiVersion: string; readonly kind: string; readonly name: string } | undefined;
  /** Data that is gone with the pod. */
  readonly emptyDir: boolean;
  /** Ended, ending, or the node's own: left alone. */
  readonly leftAlone: boolean;
}

/** A pod of a node, as a drain looks at it (k8s.io/kubectl/pkg/drain/filters.go). */
export function drainPod(object: KubernetesObject): DrainPod {
  const { metadata } = object;
  const { spec = {}, status = {} } = object as { readonly spec?: { readonly volumes?: readonly { readonly emptyDir?: object }[] }; readonly status?: { readonly phase?: string } };
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  const done = status.phase === 'Succeeded' || status.phase === 'Failed';
  const mirror = metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid ?? '',
    controller: owner && { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name },
    emptyDir: (spec.volumes ?? []).some(({ emptyDir }) => emptyDir !== undefined),
    leftAlone: done || mirror || metadata.deletionTimestamp !== undefined || owner?.kind === 'DaemonSet',
  };
}

/** @throws PodscopeError FAULT_TARGET_UNFIT for pods whose eviction nothing could make good again */
export function refuseLosses(pods: readonly DrainPod[], deleteEmptyDirData: boolean): void {
  const names = (some: readonly DrainPod[]): string => some.slice(0, 5).map(({ namespace, name }) => `${namespace}/${name}`).join(', ') + (some.length > 5 ? `, and ${some.length - 5} more` : '');
  const bare = pods.filter(({ controller }) => controller === undefined);
  if (bare.length > 0) throw unfit(`Nothing would make these pods again: ${names(bare)}.`, 'Move them away first, or leave their namespace out.');
  const holding = pods.filter(({ emptyDir }) => emptyDir);
  if (holding.length > 0 && !deleteEmptyDirData) throw unfit(`These pods keep data in an emptyDir, which is lost with them: ${names(holding)}.`, 'Set deleteEmptyDirData if that may be lost; no revert brings it back.');
}

/** The pods of a node that a drain evicts, each with the workload above its controller. */
export async function findVictims(target: KubernetesTarget, node: string, namespaces: readonly string[], deleteEmptyDirData: boolean): Promise<readonly DrainVictim[]> {
  const { api } = target;
  const found: DrainPod[] = [];
  for (const namespace of namespaces) found.push(...(await api.list({ apiVersion: 'v1', kind: 'Pod', namespace, fieldSelector: `spec.nodeName=${node}` }, drainPod)));
  const evicted = found.filter(({ leftAlone }) => !leftAlone);
  if (evicted.length === 0) throw unfit(`Node ${node} has no pods of ${namespaces.join(', ')} that could be evicted.`, 'Choose another node, or cordon it by node-cordon.');
  refuseLosses(evicted, deleteEmptyDirData);
  const known = new Map<string, Promise<ObjectRef>>();
  return Promise.all(
    evicted.map(async ({ namespace, name, uid, controller }) => {
      const ref: ObjectRef = { ...(controller as NonNullable<typeof controller>), namespace };
      const key = JSON.stringify(ref);
      const owner = known.get(key) ?? deploymentAbove(api, ref);
      known.set(key, owner);
      return { namespace, name, uid, owner: await owner };
    }),
  );
}

/** Those of the owners whose ready pods can be waited for. */
export async function workloadsOf({ api }: KubernetesTarget, victims: readonly DrainVictim[]): Promise<readonly Workload[]> {
  const refs = new Map(victims.map(({ owner }) => [JSON.stringify(owner), owner]));
  const found: Workload[] = [];
  for (const ref of refs.values()) {
    if (ref.apiVersion !== 'apps/v1' || (ref.kind !== 'Deployment' && ref.kind !== 'StatefulSet')) continue;
    const object = await api.read(ref);
    if (object !== undefined) found.push(object as Workload);
  }
  return found;
}
