import type { FaultRun } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import type { Access, KubernetesApi } from '../api/types.ts';
import { podsIn } from './podCount.ts';
import { isLivingPodOf, type PodSeen, podSeen } from './pods.ts';
import { readNeeded, refText, unfit } from './refs.ts';
import { evictExactly, removeExactly } from './removeExactly.ts';
import { podsOf, readAccesses, type Workload, type WorkloadParams, workloadRef } from './workloads.ts';

/** A pod that is to be deleted. */
export interface Victim {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** What a fault that deletes pods stores from before. */
export interface KillBefore {
  readonly workload: Workload;
  /** The uids of all its pods. */
  readonly uids: readonly string[];
  /** Pods of the namespace. */
  readonly pods: number;
}

/** So many uids still fit into a record. */
const MOST_PODS = 5_000;

/** Deleting pods of a workload, or evicting them. */
export function killAccesses(params: WorkloadParams, evicts: boolean): readonly Access[] {
  const pods = { group: '', resource: 'pods', namespace: params.namespace };
  return [...readAccesses(workloadRef(params)), evicts ? { verb: 'create', ...pods, subresource: 'eviction' } : { verb: 'delete', ...pods }];
}

/** The pods of a workload that live: made by its controller, not ending, not yet done. */
export async function livingPods(api: KubernetesApi, workload: Workload): Promise<readonly PodSeen[]> {
  const pods = await api.list(podsOf(workload), podSeen);
  return pods.filter((pod) => isLivingPodOf(workload, pod));
}

/** Some of the items, by chance. */
export function someOf<Item>(items: readonly Item[], count: number): readonly Item[] {
  const left = [...items];
  const chosen: Item[] = [];
  while (chosen.length < count && left.length > 0) chosen.push(...left.splice(Math.floor(Math.random() * left.length), 1));
  return chosen;
}

/** Reads a workload and its pods. @throws PodscopeError FAULT_TARGET_UNFIT without any pods */
export async function observePods(target: KubernetesTarget, params: WorkloadParams): Promise<KillBefore & { readonly living: readonly PodSeen[] }> {
  const ref = workloadRef(params);
  const workload = (await readNeeded(target.api, ref)) as Workload;
  const living = await livingPods(target.api, workload);
  if (living.length === 0) throw unfit(`${refText(ref)} has no pods.`, 'Scale it up first: there is nothing to kill.');
  if (living.length > MOST_PODS) throw unfit(`${refText(ref)} has ${living.length} pods.`, `This fault is for workloads of at most ${MOST_PODS}.`);
  return { workload, living, uids: living.map(({ uid }) => uid), pods: await podsIn(target, params.namespace) };
}

/** Deletes a pod, or asks for its eviction, which a PodDisruptionBudget may refuse; no other one that has its name by now. */
export async function killPod(run: FaultRun<KubernetesTarget, unknown>, step: string, { namespace, name, uid }: Victim, how: { readonly gracePeriodSeconds: number; readonly evicts: boolean }): Promise<void> {
  const { api } = run.target;
  await run.step(step, async () => {
    if (how.evicts) await evictExactly(api, { namespace, name, uid });
    else await removeExactly(api, { apiVersion: 'v1', kind: 'Pod', namespace, name }, uid, { gracePeriodSeconds: how.gracePeriodSeconds });
  });
}
