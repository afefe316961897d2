import type { FaultCheck } from '../../definition/check.ts';
import type { FaultOn } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import { RESTORED } from './atRest.ts';
import { type EditedBefore, editedObjects, notRestored, takenBy } from './editedObjects.ts';
import type { Look } from './look.ts';
import { podsIn } from './podCount.ts';
import { podSeen } from './pods.ts';
import { refText, unfit } from './refs.ts';
import { type Service, serviceAccesses, type ServiceParams, serviceRef, slicesOf, sum } from './services.ts';
import { untilSeen } from './untilSeen.ts';
import { selectorText } from './workloads.ts';

/** What a fault of a Service stores from before. */
export interface ServiceBefore extends EditedBefore {
  /** Ready endpoints of the Service. */
  readonly endpoints: number;
  /** Pods of the namespace. */
  readonly pods: number;
}

/** How many ready pods the selector of a Service chooses. */
async function readyPodsBehind({ api }: KubernetesTarget, { metadata: { namespace }, spec: { selector = {} } }: Service): Promise<number> {
  const pods = await api.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector: selectorText({ matchLabels: selector }) }, podSeen);
  return pods.filter(({ ready, deleting }) => ready && !deleting).length;
}

/** Waits until a Service leads nowhere. */
export function untilNoEndpoints({ target, before, signal }: Look<ServiceBefore>, params: ServiceParams): Promise<FaultCheck> {
  return untilSeen<{ slices: number }>(target.api, {
    watched: { slices: slicesOf(params) },
    signal,
    judge({ slices }) {
      const left = sum(slices);
      const findings = [`${refText(serviceRef(params))} has ${left} ready endpoints, before there were ${before.endpoints}`];
      if (left === 0) return { symptom: 'present', findings };
      return { symptom: left < before.endpoints ? 'partial' : 'absent', findings };
    },
  });
}

/** A fault that edits a Service, so that it leads nowhere. */
export function serviceFault<Params extends ServiceParams>(edit: (service: Service, params: Params) => unknown): FaultOn<KubernetesTarget, Params, ServiceBefore> {
  const edits = editedObjects<Params>({ objects: (params) => [serviceRef(params)], edit: (object, params) => edit(object as Service, params) });
  return {
    ...edits,
    accesses: serviceAccesses,
    async observe(target, params) {
      const before = await edits.observe(target, params);
      const { selection, project } = slicesOf(params);
      const endpoints = sum(await target.api.list(selection, project));
      if (endpoints === 0) throw unfit(`${refText(serviceRef(params))} has no ready endpoint.`, 'It leads nowhere already: wait until its pods are ready.');
      return { ...before, endpoints, pods: await podsIn(target, params.namespace) };
    },
    blastRadius: (before) => ({ unit: 'pods', count: before.endpoints, of: Math.max(before.endpoints, before.pods), objects: takenBy(before) }),
    verify: untilNoEndpoints,
    async restored(run, params) {
      const lines = await notRestored(run);
      if (lines.length > 0) return { symptom: 'present', findings: lines };
      const current = await run.target.api.read(serviceRef(params));
      if (current?.metadata.uid !== run.before.edited[0]?.object.metadata.uid) return { symptom: 'absent', findings: [`${refText(serviceRef(params))} is gone, or was made anew`] };
      return untilSeen<{ slices: number }>(run.target.api, {
        watched: { slices: slicesOf(params) },
        signal: run.signal,
        final: RESTORED,
        async judge({ slices }) {
          const ready = sum(slices);
          // Pods that were scaled away since, as an autoscaler does when nothing comes over the Service, are nobody's to bring back.
          const wanted = Math.min(run.before.endpoints, await readyPodsBehind(run.target, current as Service));
          return { symptom: ready >= wanted ? 'absent' : 'partial', findings: [`${refText(serviceRef(params))} has ${ready} ready endpoints, before there were ${run.before.endpoints}`] };
        },
      });
    },
  };
}
