import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { FaultCheck } from '../../definition/check.ts';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import { atRest } from '../../kubernetes/objects/atRest.ts';
import { killAccesses, type KillBefore, killPod, livingPods, observePods, someOf } from '../../kubernetes/objects/podKills.ts';
import { isPodOf, type PodSeen, podSeen } from '../../kubernetes/objects/pods.ts';
import { untilSeen } from '../../kubernetes/objects/untilSeen.ts';
import { namespaceParam, podsOf, wantedPods, workloadParam, workloadRef } from '../../kubernetes/objects/workloads.ts';

const params = z.object({
  namespace: namespaceParam(),
  workload: workloadParam(),
  rounds: z.int().min(2).max(360).default(6).describe('How many times pods are killed.'),
  everySeconds: z.number().min(0.1).max(300).default(10).describe('Seconds from one time to the next. With the rounds it has to fit into the fault’s time to live.'),
  count: z.int().min(1).max(100).default(1).describe('How many pods are killed each time, chosen by chance.'),
  respectBudgets: z.boolean().default(false).describe('Evict them instead, which a PodDisruptionBudget may refuse.'),
});

/** How many pods are there in the place of others that were there before; more pods alone are no sign of it. */
export function judgeReplaced(pods: readonly PodSeen[], uids: readonly string[], wanted: number): FaultCheck {
  const alive = pods.filter(({ deleting }) => !deleting);
  const known = new Set(uids);
  const fresh = alive.filter(({ uid }) => !known.has(uid));
  const gone = uids.filter((uid) => !alive.some((pod) => pod.uid === uid));
  const findings = [`${gone.length} of ${uids.length} pods are gone, ${fresh.length} of ${alive.length} pods were made since, ${alive.filter(({ ready }) => ready).length} of them are ready, ${wanted} are asked for`];
  return { symptom: fresh.length > 0 && gone.length > 0 ? 'present' : 'absent', findings };
}

/** Parameters of {@link podKillLoop}. */
export type PodKillLoopParams = Unchanged<z.input<typeof params>>;

/**
 * Kills pods of a workload again and again. The injection itself is the loop, so that it ends with the injector, whatever ends that: there
 * is nothing that could go on killing.
 */
export const podKillLoop = defineFault({
  id: 'pod-kill-loop',
  title: 'Pods that are killed again and again',
  params,
  provable: 'control-plane',
  symptom: 'In metricbeat-*, kubernetes.deployment.replicas.available is a saw, and each round has pods with new names and a later kubernetes.pod.start_time; in kubernetes-*, kubernetes.event.reason is Killing and SuccessfulCreate in turn.',
  targets: {
    kubernetes: {
      accesses: (given) => killAccesses(given, given.respectBudgets),
      async observe(target, given): Promise<KillBefore> {
        const { workload, uids, pods } = await observePods(target, given);
        return { workload, uids, pods };
      },
      plan: ({ workload }, { rounds, everySeconds, count }) => ({
        changes: [{ kind: 'Pod', name: `${workload.metadata.namespace ?? ''}/${workload.metadata.name}-*`, action: 'delete', reason: `${rounds} times ${count} of its pods, every ${everySeconds} s; its controller makes others` }],
      }),
      blastRadius({ workload, pods }, given) {
        const count = Math.min(wantedPods(workload), given.rounds * given.count);
        return { unit: 'pods', count, of: Math.max(pods, count), objects: [{ ...workloadRef(given), paths: [] }] };
      },
      async inject(run, { rounds, everySeconds, count, respectBudgets }) {
        for (let round = 1; round <= rounds; round += 1) {
          if (round > 1) await sleep(everySeconds * 1_000, undefined, { signal: run.signal });
          const victims = someOf(await livingPods(run.target.api, run.before.workload), count);
          for (const [index, { name, uid }] of victims.entries()) {
            const victim = { namespace: run.before.workload.metadata.namespace ?? '', name, uid };
            await killPod(run, `round ${round}, pod ${index + 1}`, victim, { gracePeriodSeconds: 0, evicts: respectBudgets });
          }
        }
      },
      verify: ({ target, before, signal }) =>
        untilSeen<{ pods: PodSeen }>(target.api, {
          watched: { pods: { selection: podsOf(before.workload), project: podSeen } },
          signal,
          judge: ({ pods }) => judgeReplaced(pods.filter((pod) => isPodOf(before.workload, pod)), before.uids, wantedPods(before.workload)),
        }),
      changedSince: async () => [],
      revert: async () => undefined,
      restored: (run) => atRest(run, run.before.workload),
    },
  },
});
