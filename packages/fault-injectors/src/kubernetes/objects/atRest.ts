import type { FaultCheck } from '../../definition/check.ts';
import type { KubernetesObject, ObjectRef } from '../api/types.ts';
import type { Look } from './look.ts';
import { refText } from './refs.ts';
import { type Judgement, untilSeen, type Watched } from './untilSeen.ts';
import { only, readyPods, unsettled, wantedPods, type Workload } from './workloads.ts';

/** Watches one object, whole. */
export function watchOne<Kind extends KubernetesObject>(ref: ObjectRef): Watched<Kind> {
  return { selection: only(ref), project: (object) => object as Kind };
}

/** The answers of `restored` after which nothing more comes. */
export const RESTORED: readonly FaultCheck['symptom'][] = ['absent', 'unverifiable'];

/**
 * Whether a workload is at rest with as many ready pods as before, or as many as it asks for now where somebody has scaled it down since. One that
 * is gone, or was made anew, is nothing that could be restored.
 */
export function atRest(look: Pick<Look<unknown>, 'target' | 'signal'>, before: Workload): Promise<FaultCheck> {
  const { apiVersion, kind, metadata } = before;
  const ref: ObjectRef = { apiVersion, kind, namespace: metadata.namespace, name: metadata.name };
  const were = readyPods(before);
  return untilSeen<{ workload: Workload }>(look.target.api, {
    watched: { workload: watchOne<Workload>(ref) },
    signal: look.signal,
    final: RESTORED,
    judge({ workload: [current] }): Judgement {
      if (current === undefined) return { symptom: 'absent', findings: [`${refText(ref)} is gone`] };
      if (current.metadata.uid !== metadata.uid) return { symptom: 'absent', findings: [`${refText(ref)} was deleted and made anew`] };
      const ready = readyPods(current);
      const findings = [`${refText(ref)}: ${ready} pods are ready, before there were ${were}`];
      const why = unsettled(current, before);
      if (why !== undefined) return { symptom: 'partial', findings: [...findings, why] };
      return { symptom: ready >= Math.min(were, wantedPods(current)) ? 'absent' : 'partial', findings };
    },
  });
}
