import { isPodscopeError } from '@podscope/core';
import { z } from 'zod';
import type { FaultCheck } from '../../definition/check.ts';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import type { KubernetesObject, ObjectToWrite } from '../../kubernetes/api/types.ts';
import { createdName, createdObjects, creation, PLANNED_ID } from '../../kubernetes/objects/createdObjects.ts';
import { HELPER_IMAGE } from '../../kubernetes/objects/helperImage.ts';
import { podsIn } from '../../kubernetes/objects/podCount.ts';
import { refuseEndingNamespace } from '../../kubernetes/objects/refs.ts';
import { restrictedPod } from '../../kubernetes/objects/restrictedPod.ts';
import { untilSeen } from '../../kubernetes/objects/untilSeen.ts';
import { namespaceAccess, namespaceParam } from '../../kubernetes/objects/workloads.ts';

const params = z.object({
  namespace: namespaceParam(),
  pods: z.int().min(0).max(5_000).optional().describe('How many pods the namespace may have. Without it as many as it has and have not ended, so that no further one fits.'),
});

/** What is stored from before. */
interface Before {
  /** Pods of the namespace. */
  readonly pods: number;
}

type Given = z.output<typeof params>;

const limitOf = ({ pods }: Given, before: Before): number => pods ?? before.pods;

function quota(id: string, given: Given, before: Before): ObjectToWrite {
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: createdName(id), namespace: given.namespace }, spec: { hard: { pods: String(limitOf(given, before)) } } };
}

const quotas = createdObjects<Given, Before>((id, given, before) => [quota(id, given, before)]);

interface Quota extends KubernetesObject {
  readonly status?: { readonly hard?: { readonly pods?: string }; readonly used?: { readonly pods?: string } };
}

/** Parameters of {@link quotaTooSmall}. */
export type QuotaTooSmallParams = Unchanged<z.input<typeof params>>;

/** Limits how many pods a namespace may have, so that no new one can be made. */
export const quotaTooSmall = defineFault({
  id: 'quota-too-small',
  title: 'A quota that lets no new pods in',
  params,
  provable: 'control-plane',
  symptom: 'In metricbeat-*, kubernetes.resourcequota.quota shows used at hard, and kubernetes.deployment.replicas.unavailable stays above 0 after the next rollout or lost pod; in kubernetes-*, kubernetes.event.reason is FailedCreate with "exceeded quota" in message.',
  targets: {
    kubernetes: {
      accesses: ({ namespace }) => [
        ...['create', 'get', 'list', 'watch', 'delete'].map((verb) => ({ verb, group: '', resource: 'resourcequotas', namespace })),
        // "create" of pods is asked for with dryRun only: whether the API server refuses one is the symptom.
        ...['list', 'create'].map((verb) => ({ verb, group: '', resource: 'pods', namespace })),
        namespaceAccess(namespace),
      ],
      async observe(target, { namespace }) {
        await refuseEndingNamespace(target.api, namespace);
        return { pods: await podsIn(target, namespace) };
      },
      plan: (before, given) => ({ changes: [creation(quota(PLANNED_ID, given, before), `at most ${limitOf(given, before)} pods; there are ${before.pods}`)] }),
      // Pods that are there stay; each that ends is not made again.
      blastRadius: ({ pods }, { namespace }) => ({ unit: 'pods', count: pods, of: pods, objects: [{ apiVersion: 'v1', kind: 'Namespace', name: namespace, paths: [] }] }),
      ...quotas,
      async verify(run, given): Promise<FaultCheck> {
        const { target, signal, id } = run;
        const name = createdName(id);
        return untilSeen<{ quota: Quota }>(target.api, {
          watched: { quota: { selection: { apiVersion: 'v1', kind: 'ResourceQuota', namespace: given.namespace, fieldSelector: `metadata.name=${name}` }, project: (object) => object as Quota } },
          signal,
          async judge({ quota: [found] }) {
            if (found === undefined) return { symptom: 'absent', findings: ['the quota is not there'], wait: false };
            const { used, hard } = found.status ?? {};
            const finding = `${used?.pods ?? '?'} pods of ${hard?.pods ?? '?'} are counted`;
            if (hard?.pods === undefined) return { symptom: 'absent', findings: [finding] };
            const refusal = await refusedPod(run, given.namespace);
            return { symptom: refusal?.includes(name) === true ? 'present' : 'absent', findings: [finding, refusal ?? 'a further pod would be let in'] };
          },
        });
      },
      async restored(run, given) {
        const left = await quotas.left(run, given);
        return { symptom: left.length > 0 ? 'present' : 'absent', findings: left.length > 0 ? left.map((each) => `${each} is still there`) : ['the quota is gone'] };
      },
    },
  },
});

/** Why the API server would refuse a further pod, or undefined. Asks for one that is not kept. */
async function refusedPod({ target, id }: { readonly target: { readonly api: { create(object: ObjectToWrite, options: { readonly dryRun: boolean }): Promise<unknown> } }; readonly id: string }, namespace: string): Promise<string | undefined> {
  try {
    await target.api.create(restrictedPod({ name: createdName(id, 'asked'), namespace, image: HELPER_IMAGE, command: ['true'] }), { dryRun: true });
    return undefined;
  } catch (error) {
    if (isPodscopeError(error)) return error.message;
    throw error;
  }
}
