import { setTimeout as sleep } from 'node:timers/promises';
import { isPodscopeError } from '@podscope/core';
import { z } from 'zod';
import type { FaultCheck } from '../../definition/check.ts';
import { defineFault, type FaultOn, type FaultRun, type Unchanged } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import { atRest } from '../../kubernetes/objects/atRest.ts';
import { type EditedBefore, injectEdits, takenBy } from '../../kubernetes/objects/editedObjects.ts';
import { cordon, cordonAccesses, nodeParam, untilUncordoned } from '../../kubernetes/objects/nodes.ts';
import { podsIn } from '../../kubernetes/objects/podCount.ts';
import { evictExactly } from '../../kubernetes/objects/removeExactly.ts';
import { type Judgement, untilSeen } from '../../kubernetes/objects/untilSeen.ts';
import { namespaceAccess, namespaceParam, type Workload } from '../../kubernetes/objects/workloads.ts';
import { type DrainVictim, findVictims, workloadsOf } from './victims.ts';

const params = z.object({
  node: nodeParam(),
  namespaces: z.array(namespaceParam()).min(1).max(50).describe('Whose pods are evicted; those of other namespaces stay on the node.'),
  evictSeconds: z.int().min(0).max(600).default(60).describe('How long a pod is asked for again that a PodDisruptionBudget does not let go, seconds. Then it stays.'),
  deleteEmptyDirData: z.boolean().default(false).describe('Evict pods too that keep data in an emptyDir, which is lost.'),
});

/** What is stored from before. */
interface Before extends EditedBefore {
  readonly victims: readonly DrainVictim[];
  /** What makes the evicted pods again, as it was. */
  readonly workloads: readonly Workload[];
  /** Pods of the namespaces. */
  readonly pods: number;
}

/** Asked again so often while a budget refuses; `kubectl drain` waits 5 s. */
const AGAIN_MS = 1_000;

/** Evicts a pod as soon as its budget lets it go. False when it did not in time. */
async function evictInTime({ target, signal }: Pick<FaultRun<KubernetesTarget, Before>, 'target' | 'signal'>, { namespace, name, uid }: DrainVictim, seconds: number): Promise<boolean> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const [there] = await target.api.list({ apiVersion: 'v1', kind: 'Pod', namespace, fieldSelector: `metadata.name=${name}` }, ({ metadata }) => metadata);
    if (there === undefined || there.uid !== uid || there.deletionTimestamp !== undefined) return true;
    try {
      await evictExactly(target.api, { namespace, name, uid });
      return true;
    } catch (error) {
      if (!isPodscopeError(error, 'KUBE_DISRUPTION_REFUSED')) throw error;
      if (performance.now() >= end) return false;
    }
    await sleep(AGAIN_MS, undefined, { signal });
  }
}

/** How many of the victims have left the node. */
export function judgeDrained(seen: readonly { readonly uid: string }[], victims: readonly { readonly namespace: string; readonly name: string; readonly uid: string }[], cordoned: boolean): Judgement {
  const left = victims.filter(({ uid }) => seen.some((pod) => pod.uid === uid));
  const findings = [`${victims.length - left.length} of ${victims.length} pods have left the node, which is ${cordoned ? 'cordoned' : 'not cordoned'}`, ...left.slice(0, 5).map(({ namespace, name }) => `${namespace}/${name} is still there`)];
  if (!cordoned) return { symptom: 'absent', findings, wait: false };
  return { symptom: left.length === 0 ? 'present' : left.length < victims.length ? 'partial' : 'absent', findings };
}

const onKubernetes: FaultOn<KubernetesTarget, z.output<typeof params>, Before> = {
  ...cordon,
  accesses: ({ node, namespaces }) => [
    ...cordonAccesses({ node }),
    ...namespaces.flatMap((namespace) => [
      ...['list', 'watch'].map((verb) => ({ verb, group: '', resource: 'pods', namespace })),
      { verb: 'create', group: '', resource: 'pods', subresource: 'eviction', namespace },
      { verb: 'get', group: 'apps', resource: 'replicasets', namespace },
      ...['deployments', 'statefulsets'].flatMap((resource) => ['get', 'list', 'watch'].map((verb) => ({ verb, group: 'apps', resource, namespace }))),
      namespaceAccess(namespace),
    ]),
  ],
  async observe(target, given): Promise<Before> {
    const edited = await cordon.observe(target, given);
    const victims = await findVictims(target, given.node, given.namespaces, given.deleteEmptyDirData);
    let pods = 0;
    for (const namespace of given.namespaces) pods += await podsIn(target, namespace);
    return { ...edited, victims, workloads: await workloadsOf(target, victims), pods };
  },
  plan: (before, given) => ({
    changes: [...cordon.plan(before, given).changes, ...before.victims.map(({ namespace, name, owner }) => ({ kind: 'Pod', name: `${namespace}/${name}`, action: 'delete' as const, reason: `evicted; ${owner.kind} ${owner.name} makes another one elsewhere` }))],
  }),
  blastRadius(before) {
    const owners = new Map(before.victims.map(({ owner }) => [JSON.stringify(owner), { ...owner, paths: [] }]));
    return { unit: 'pods', count: before.victims.length, of: Math.max(before.pods, before.victims.length), objects: [...takenBy(before), ...owners.values()] };
  },
  async inject(run, given) {
    await injectEdits(run);
    for (const victim of run.before.victims) await run.step(`evict Pod ${victim.namespace}/${victim.name}`, () => evictInTime(run, victim, given.evictSeconds));
  },
  async verify({ target, before, signal }, { node, namespaces }): Promise<FaultCheck> {
    const current = (await target.api.read({ apiVersion: 'v1', kind: 'Node', name: node })) as { readonly spec?: { readonly unschedulable?: boolean } } | undefined;
    const watched = Object.fromEntries(namespaces.map((namespace) => [namespace, { selection: { apiVersion: 'v1', kind: 'Pod', namespace, fieldSelector: `spec.nodeName=${node}` }, project: ({ metadata }: { readonly metadata: { readonly uid?: string } }) => ({ uid: metadata.uid ?? '' }) }]));
    return untilSeen<Record<string, { readonly uid: string }>>(target.api, { watched, signal, judge: (seen) => judgeDrained(Object.values(seen).flat(), before.victims, current?.spec?.unschedulable === true) });
  },
  async restored(run, given) {
    const node = await untilUncordoned(run, given);
    if (node.symptom !== 'absent') return node;
    const findings = [...node.findings];
    for (const workload of run.before.workloads) {
      const check = await atRest(run, workload);
      findings.push(...check.findings);
      if (check.symptom !== 'absent') return { symptom: check.symptom, findings };
    }
    return { symptom: 'absent', findings };
  },
};

/** Parameters of {@link nodeDrain}. */
export type NodeDrainParams = Unchanged<z.input<typeof params>>;

/**
 * Cordons a node and evicts its pods, as far as their budgets let them go. Whatever comes of the evictions, the revert uncordons it (which
 * others left out where a step in between failed: litmus-go#520, litmus-go#668).
 */
export const nodeDrain = defineFault({
  id: 'node-drain',
  title: 'A node that is emptied',
  params,
  provable: 'control-plane',
  symptom: 'In metricbeat-*, kubernetes.node.status.unschedulable is true, and no pod of the namespaces but those of DaemonSets has its name in kubernetes.node.name any more; in kubernetes-*, kubernetes.event.reason is Killing, then Scheduled.',
  targets: { kubernetes: onKubernetes },
});

