import type { FaultOn } from '../../definition/defineFault.ts';
import type { FaultCheck } from '../../definition/check.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import type { KubernetesObject, ObjectRef } from '../api/types.ts';
import { atRest } from './atRest.ts';
import { type EditedBefore, editedObjects, notRestored, takenBy, workloadOf } from './editedObjects.ts';
import type { Look } from './look.ts';
import { podsIn } from './podCount.ts';
import { editAccesses, wantedPods, type Workload } from './workloads.ts';

/** What a fault that scales stores from before. */
export interface ScaleBefore extends EditedBefore {
  /** Pods of the namespace. */
  readonly pods: number;
}

/** A fault that changes how many pods a workload has. */
export interface ScaleFault<Params> {
  workload(params: Params): ObjectRef & { readonly namespace: string };
  /** How many there are to be. @throws PodscopeError FAULT_TARGET_UNFIT */
  replicas(workload: Workload, params: Params): number;
  verify(run: Look<ScaleBefore>, workload: Workload, params: Params): Promise<FaultCheck>;
}

/**
 * A fault that scales a workload by its own object and not by its subresource `scale`: what was owned by whom can only be given back there.
 */
export function scaleFault<Params>({ workload, replicas, verify }: ScaleFault<Params>): FaultOn<KubernetesTarget, Params, ScaleBefore> {
  const edits = editedObjects<Params>({
    objects: (params) => [workload(params)],
    edit: (object: KubernetesObject, params) => ({ ...object, spec: { ...(object as Workload).spec, replicas: replicas(object as Workload, params) } }),
  });
  return {
    ...edits,
    accesses: (params) => editAccesses(workload(params)),
    async observe(target, params) {
      return { ...(await edits.observe(target, params)), pods: await podsIn(target, workload(params).namespace) };
    },
    blastRadius(before, params) {
      const was = wantedPods(workloadOf(before));
      const count = Math.max(was, replicas(workloadOf(before), params));
      return { unit: 'pods', count, of: Math.max(count, before.pods + count - was), objects: takenBy(before).map((each) => ({ ...each, replicas: replicas(workloadOf(before), params) })) };
    },
    verify: (run, params) => verify(run, workloadOf(run.before), params),
    async restored(run) {
      const lines = await notRestored(run);
      return lines.length > 0 ? { symptom: 'present', findings: lines } : atRest(run, workloadOf(run.before));
    },
  };
}
