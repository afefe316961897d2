import { isPodscopeError, PodscopeError } from '@podscope/core';
import { z } from 'zod';
import type { FaultCheck } from '../../definition/check.ts';
import type { FaultLook, FaultOn } from '../../definition/defineFault.ts';
import type { KubernetesTarget, SystemTarget } from '../../definition/targets.ts';
import type { Access } from '../../kubernetes/api/types.ts';
import type { WebBehaviour } from '../../target.ts';
import { portAccesses } from '../podPorts.ts';
import { webOfCluster, webOfSystem, type WebPlace, webPlace, type WebPod, type WebTier } from './tier.ts';

/** Parameters of every fault by the guestbook's switch. */
export const switchParams = {
  pods: z.number().int().min(0).max(1_000).default(0).describe('how many web pods, the first by name; 0 for all'),
  seconds: z.number().int().min(5).max(3_600).default(900).describe('after so many seconds each pod ends it by itself, whoever forgets about it'),
  ...webPlace,
};

/** {@link switchParams}, checked. */
export interface SwitchParams extends WebPlace {
  readonly pods: number;
  readonly seconds: number;
}

/** A fault that web pods do by themselves when they are told to. */
export interface SwitchFault<Params> {
  behaviour(params: Params): WebBehaviour;
  /** For the plan: `answers 20 % of the requests with 503`. */
  what(params: Params): string;
  /** Looks for the symptom at one pod, from outside: by its answers or its log. `undefined`: nothing shows it here. */
  see(web: WebTier, pod: string, params: Params): Promise<{ readonly isSeen: boolean | undefined; readonly finding: string }>;
  /** What of the symptom a pod shows already, without the fault, in words: `answers /about with 503`. Undefined for nothing. @default nothing is asked */
  already?(web: WebTier, pod: string, params: Params): Promise<string | undefined>;
  /** True where {@link see} reads the log. */
  readonly readsLog: boolean;
}

interface Before {
  readonly of: number;
  readonly pods: readonly WebPod[];
}

/** The fault for the web pods of a cluster, and for those of a guestbook system. */
export function onSwitch<Params extends SwitchParams>(
  fault: SwitchFault<Params>,
): { readonly kubernetes: FaultOn<KubernetesTarget, Params, Before>; readonly system: FaultOn<SystemTarget, Params, Before> } {
  const logs: (params: Params) => readonly Access[] = ({ namespace }) => (fault.readsLog ? [{ verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace }] : []);
  return {
    kubernetes: { accesses: (params) => [...portAccesses(params.namespace), ...logs(params)], ...bound(fault, webOfCluster) },
    system: bound(fault, webOfSystem),
  };
}

function bound<Target, Params extends SwitchParams>(fault: SwitchFault<Params>, webOf: (target: Target, params: Params) => WebTier): FaultOn<Target, Params, Before> {
  return {
    async observe(target, params) {
      const web = webOf(target, params);
      const all = await web.pods();
      const pods = params.pods === 0 ? all : all.slice(0, params.pods);
      // A switch that isn't there, or wants a token, is told before anything is changed.
      for (const { name } of pods) await web.behaviours(name);
      const already = await Promise.all(pods.map(async ({ name }) => ({ name, what: await fault.already?.(web, name, params) })));
      const seen = already.find(({ what }) => what !== undefined);
      if (seen !== undefined) throw new PodscopeError('FAULT_TARGET_UNFIT', `${seen.name} ${seen.what} already.`, { hint: 'What the fault does could not be told from that. Wait until the guestbook is well, or choose other parameters.' });
      return { of: all.length, pods };
    },
    plan: ({ pods }, params) => ({
      changes: pods.map(({ name }) => ({ kind: 'web-pod', name, action: 'update', reason: `${fault.what(params)}, for ${params.seconds} s at most`, desired: { ...fault.behaviour(params) } })),
    }),
    blastRadius: ({ of, pods }) => ({
      unit: pods.some(({ pod }) => pod !== undefined) ? 'pods' : 'instances',
      count: pods.length,
      of,
      // No field of theirs is changed: no owner would undo it.
      objects: pods.flatMap(({ pod }) => (pod === undefined ? [] : [{ apiVersion: 'v1', kind: 'Pod', namespace: pod.namespace, name: pod.name, paths: [] }])),
      things: pods.map(({ name, pod }) => `web:${pod === undefined ? '' : `${pod.namespace}/`}${name}`),
    }),
    async inject(run, params) {
      const web = webOf(run.target, params);
      for (const { name } of run.before.pods) await run.step(`tell ${name}`, () => web.behave(name, run.id, fault.behaviour(params), params.seconds));
    },
    async verify(run, params): Promise<FaultCheck> {
      const web = webOf(run.target, params);
      const seen = await Promise.all((await stillThere(web, run)).map(({ name }) => fault.see(web, name, params)));
      const hits = seen.filter(({ isSeen }) => isSeen === true).length;
      const findings = seen.map(({ finding }) => finding);
      if (hits === run.before.pods.length) return { symptom: 'present', findings };
      if (hits > 0) return { symptom: 'partial', findings };
      return { symptom: seen.length > 0 && seen.every(({ isSeen }) => isSeen === undefined) ? 'unverifiable' : 'absent', findings: findings.length === 0 ? ['none of the pods is there any more'] : findings };
    },
    async changedSince(run, params) {
      const web = webOf(run.target, params);
      const changed: string[] = [];
      for (const { name } of await stillThere(web, run)) {
        const own = (await web.behaviours(name)).find(({ id }) => id === run.id);
        if (own !== undefined && !isSame(own.behaviour, fault.behaviour(params))) changed.push(`${name}: the switch was set to ${JSON.stringify(own.behaviour)}`);
      }
      return changed;
    },
    async revert(run, params) {
      const web = webOf(run.target, params);
      // A pod that was made anew knows nothing of it.
      for (const { name } of await stillThere(web, run)) await run.step(`untell ${name}`, () => web.unbehave(name, run.id));
    },
    async restored(run, params) {
      const web = webOf(run.target, params);
      const left: string[] = [];
      for (const { name } of await stillThere(web, run)) if ((await web.behaviours(name)).some(({ id }) => id === run.id)) left.push(`${name} is still told to`);
      return { symptom: left.length === 0 ? 'absent' : 'present', findings: left.length === 0 ? ['no pod is told anything by this fault'] : left };
    },
  };
}

/** The fault's pods that are the same as then. */
async function stillThere<Target>(web: WebTier, { before }: FaultLook<Target, Before>): Promise<readonly WebPod[]> {
  try {
    const now = await web.pods();
    return before.pods.filter(({ name, pod }) => now.some((each) => each.name === name && each.pod?.uid === pod?.uid));
  } catch (error) {
    if (isPodscopeError(error, 'FAULT_TARGET_UNFIT')) return [];
    throw error;
  }
}

function isSame(one: WebBehaviour, other: WebBehaviour): boolean {
  const text = (behaviour: WebBehaviour) => JSON.stringify(Object.entries(behaviour).toSorted(([a], [b]) => a.localeCompare(b)));
  return text(one) === text(other);
}
