import { z } from 'zod';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import { watchOne } from '../../kubernetes/objects/atRest.ts';
import { isPodOf, type PodSeen, podSeen } from '../../kubernetes/objects/pods.ts';
import { unfit } from '../../kubernetes/objects/refs.ts';
import { scaleFault } from '../../kubernetes/objects/scaleFault.ts';
import { type Judgement, untilSeen } from '../../kubernetes/objects/untilSeen.ts';
import { namespaceParam, podsOf, wantedPods, type Workload, workloadParam, type WorkloadParams, workloadRef } from '../../kubernetes/objects/workloads.ts';

/** Whether a workload has no pods left, those that are ending too. */
export function judgeEmptied(current: Workload | undefined, pods: readonly PodSeen[]): Judgement {
  if (current === undefined) return { symptom: 'absent', findings: ['it is gone'], wait: false };
  if (current.spec.replicas !== 0) return { symptom: 'absent', findings: [`${current.metadata.name} asks for ${current.spec.replicas ?? 1} replicas`], wait: false };
  const ending = pods.filter(({ deleting }) => deleting).length;
  const findings = [`${current.metadata.name} asks for 0 replicas and has ${pods.length} pods, ${ending} of them ending`];
  if (pods.length === 0) return { symptom: 'present', findings };
  return { symptom: ending > 0 ? 'partial' : 'absent', findings };
}

const params = z.object({ namespace: namespaceParam(), workload: workloadParam(['Deployment', 'StatefulSet']) });

/** Parameters of {@link scaleToZero}. */
export type ScaleToZeroParams = Unchanged<z.input<typeof params>>;

/** Takes all pods of a workload away. */
export const scaleToZero = defineFault({
  id: 'scale-to-zero',
  title: 'No pods at all',
  params,
  provable: 'control-plane',
  symptom: 'In metricbeat-*, kubernetes.deployment.replicas.desired (or kubernetes.statefulset.replicas.desired) falls to 0 with kubernetes.deployment.replicas.available; apache-* has no more lines of its pods, and whoever calls it logs refused connections.',
  targets: {
    kubernetes: scaleFault<WorkloadParams>({
      workload: workloadRef,
      replicas(workload) {
        if (wantedPods(workload) === 0) throw unfit(`${workload.metadata.name} has 0 replicas already.`, 'Scale it up first: there is nothing to take away.');
        return 0;
      },
      verify: ({ target, signal }, workload, params) =>
        untilSeen<{ workload: Workload; pods: PodSeen }>(target.api, {
          watched: { workload: watchOne<Workload>(workloadRef(params)), pods: { selection: podsOf(workload), project: podSeen } },
          signal,
          judge: ({ workload: [current], pods }) => judgeEmptied(current, pods.filter((pod) => isPodOf(workload, pod))),
        }),
    }),
  },
});
