import { z } from 'zod';
import type { FaultCheck } from '../../definition/check.ts';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import { atRest } from '../../kubernetes/objects/atRest.ts';
import { killAccesses, type KillBefore, killPod, observePods, someOf, type Victim } from '../../kubernetes/objects/podKills.ts';
import { type PodSeen, podSeen } from '../../kubernetes/objects/pods.ts';
import { untilSeen } from '../../kubernetes/objects/untilSeen.ts';
import { namespaceParam, podsOf, workloadParam, workloadRef } from '../../kubernetes/objects/workloads.ts';

const params = z.object({
  namespace: namespaceParam(),
  workload: workloadParam(),
  count: z.int().min(1).max(1_000).default(1).describe('How many pods are killed, chosen by chance; all of them when there are fewer.'),
  gracePeriodSeconds: z.int().min(0).max(600).default(0).describe('How long they may take to end. 0 kills them at once, as a crash does.'),
  respectBudgets: z.boolean().default(false).describe('Evict them instead, which a PodDisruptionBudget may refuse; they then take the grace period of their own.'),
});

/** What is stored from before. */
interface Before extends KillBefore {
  readonly victims: readonly Victim[];
}

/** Whether the victims are gone. They never come back: whatever replaces them has another uid. */
export function judgeKilled(pods: readonly PodSeen[], victims: readonly { readonly uid: string }[]): FaultCheck {
  const left = victims.filter(({ uid }) => pods.some((pod) => pod.uid === uid));
  const findings = [`${victims.length - left.length} of ${victims.length} killed pods are gone`, `${pods.filter(({ deleting }) => !deleting).length} pods are there, ${pods.filter(({ ready }) => ready).length} of them ready`];
  if (left.length === 0) return { symptom: 'present', findings };
  return { symptom: left.length < victims.length ? 'partial' : 'absent', findings };
}

/** Parameters of {@link podKill}. */
export type PodKillParams = Unchanged<z.input<typeof params>>;

/** Kills some pods of a workload, once. */
export const podKill = defineFault({
  id: 'pod-kill',
  title: 'Pods that are killed',
  params,
  provable: 'control-plane',
  symptom: 'In metricbeat-*, kubernetes.deployment.replicas.available dips and pods with new names have a later kubernetes.pod.start_time; in kubernetes-*, kubernetes.event.reason is Killing, then SuccessfulCreate.',
  targets: {
    kubernetes: {
      accesses: (given) => killAccesses(given, given.respectBudgets),
      async observe(target, given): Promise<Before> {
        const { living, ...before } = await observePods(target, given);
        return { ...before, victims: someOf(living, given.count).map(({ name, uid }) => ({ namespace: given.namespace, name, uid })) };
      },
      plan: ({ victims }) => ({ changes: victims.map(({ namespace, name }) => ({ kind: 'Pod', name: `${namespace}/${name}`, action: 'delete', reason: 'its controller makes another one' })) }),
      blastRadius: ({ victims, pods }, given) => ({ unit: 'pods', count: victims.length, of: Math.max(pods, victims.length), objects: [{ ...workloadRef(given), paths: [] }] }),
      async inject(run, given) {
        for (const victim of run.before.victims) await killPod(run, `kill Pod ${victim.name}`, victim, { gracePeriodSeconds: given.gracePeriodSeconds, evicts: given.respectBudgets });
      },
      verify: ({ target, before, signal }) =>
        untilSeen<{ pods: PodSeen }>(target.api, { watched: { pods: { selection: podsOf(before.workload), project: podSeen } }, signal, judge: ({ pods }) => judgeKilled(pods, before.victims) }),
      // Nothing was written that somebody else could have changed, and nothing is to be written back.
      changedSince: async () => [],
      revert: async () => undefined,
      restored: (run) => atRest(run, run.before.workload),
    },
  },
});
