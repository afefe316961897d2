import type { FaultCheck } from '../../definition/check.ts';
import type { KubernetesObject, ObjectRef } from '../api/types.ts';
import type { Look } from './look.ts';
import { isLivingPodOf, type PodSeen, podSeen } from './pods.ts';
import { refText } from './refs.ts';
import { type Judgement, untilSeen, type Watched } from './untilSeen.ts';
import { only, podsOf, podsSaid, readyPods, unsettled, wantedPods, type Workload } from './workloads.ts';

/** Watches one object, whole. */
export function watchOne<Kind extends KubernetesObject>(ref: ObjectRef): Watched<Kind> {
  return { selection: only(ref), project: (object) => object as Kind };
}

/** The answers of `restored` after which nothing more comes. */
export const RESTORED: readonly FaultCheck['symptom'][] = ['absent', 'unverifiable'];

/**
 * Whether a workload is at rest with as many ready pods as before, or as many as it asks for now where somebody has scaled it down since. One that
 * is gone, or was made anew, is nothing that could be restored.
 *
 * Its status alone does not say: a Deployment's controller takes its numbers from ReplicaSets, whose controller may be hundreds of pods behind
 * (k8s.io/kubernetes/pkg/controller/deployment/sync.go, `calculateStatus`), and after an outage no controller has seen yet what is gone. So the pods count.
 */
export function atRest(look: Pick<Look<unknown>, 'target' | 'signal'>, before: Workload): Promise<FaultCheck> {
  const { apiVersion, kind, metadata } = before;
  const ref: ObjectRef = { apiVersion, kind, namespace: metadata.namespace, name: metadata.name };
  const were = readyPods(before);
  return untilSeen<{ workload: Workload; pods: PodSeen }>(look.target.api, {
    watched: { workload: watchOne<Workload>(ref), pods: { selection: podsOf(before), project: podSeen } },
    signal: look.signal,
    final: RESTORED,
    judge({ workload: [current], pods }): Judgement {
      if (current === undefined) return { symptom: 'absent', findings: [`${refText(ref)} is gone`] };
      if (current.metadata.uid !== metadata.uid) return { symptom: 'absent', findings: [`${refText(ref)} was deleted and made anew`] };
      const own = pods.filter((pod) => isLivingPodOf(current, pod));
      const ready = own.filter((pod) => pod.ready).length;
      const findings = [`${refText(ref)}: ${ready} pods are ready, before there were ${were}`];
      const why = unsettled(current, before) ?? unseen(current, own.length);
      if (why !== undefined) return { symptom: 'partial', findings: [...findings, why] };
      return { symptom: ready >= Math.min(were, wantedPods(current)) ? 'absent' : 'partial', findings };
    },
  });
}

/** What its controller has not seen yet of how many pods there are. */
function unseen(workload: Workload, pods: number): string | undefined {
  const { there } = podsSaid(workload);
  // A DaemonSet may have pods on nodes that want none: those it counts apart.
  const agrees = workload.kind === 'DaemonSet' ? pods >= there : pods === there;
  return agrees ? undefined : `its controller speaks of ${there} pods, and there are ${pods}`;
}
