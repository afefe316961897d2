import type { Plan } from '@podscope/core';
import type { FaultCheck } from '../../definition/check.ts';
import type { BlastRadius, FaultChange, FaultOn, FaultRun } from '../../definition/defineFault.ts';
import type { KubernetesTarget, SystemTarget } from '../../definition/targets.ts';
import type { Access } from '../../kubernetes/api/types.ts';
import { portAccesses } from '../podPorts.ts';
import { type RedisInstance, redisOfCluster, redisOfSystem, type RedisPlace, type RedisTier } from './tier.ts';

type Look<Before> = Omit<FaultRun<RedisTier, Before>, 'step'>;

/** A fault on Redis, written once for every kind of target that has one. */
export interface RedisFault<Params, Before> {
  /** On a cluster, beside speaking to the pods' ports. */
  accesses?(params: Params): readonly Access[];
  observe(tier: RedisTier, params: Params): Promise<Before>;
  plan(before: Before, params: Params): Plan<FaultChange>;
  /** Names of the instances that it changes. */
  touches(before: Before, params: Params): readonly string[];
  inject(run: FaultRun<RedisTier, Before>, params: Params): Promise<void>;
  verify(run: Look<Before>, params: Params): Promise<FaultCheck>;
  changedSince(run: Look<Before>, params: Params): Promise<readonly string[]>;
  revert(run: FaultRun<RedisTier, Before>, params: Params): Promise<void>;
  restored(run: Look<Before>, params: Params): Promise<FaultCheck>;
}

/** What is kept of a fault on Redis: which instances there were, and the fault's own state. */
export interface RedisBefore<Before> {
  readonly instances: readonly RedisInstance[];
  readonly state: Before;
}

/** The fault for the Redis pods of a cluster, and for the Redis of a guestbook system. */
export function onRedis<Params extends RedisPlace, Before>(
  fault: RedisFault<Params, Before>,
): { readonly kubernetes: FaultOn<KubernetesTarget, Params, RedisBefore<Before>>; readonly system: FaultOn<SystemTarget, Params, RedisBefore<Before>> } {
  return {
    kubernetes: { accesses: (params) => [...portAccesses(params.namespace), ...(fault.accesses?.(params) ?? [])], ...bound(fault, redisOfCluster) },
    system: bound(fault, redisOfSystem),
  };
}

function bound<Target, Params extends RedisPlace, Before>(
  fault: RedisFault<Params, Before>,
  tierOf: (target: Target, params: Params) => RedisTier,
): FaultOn<Target, Params, RedisBefore<Before>> {
  const look = (run: Omit<FaultRun<Target, RedisBefore<Before>>, 'step'>, params: Params): Look<Before> => ({ id: run.id, signal: run.signal, target: tierOf(run.target, params), before: run.before.state });
  const full = (run: FaultRun<Target, RedisBefore<Before>>, params: Params): FaultRun<RedisTier, Before> => ({ ...look(run, params), step: (name, write) => run.step(name, write) });
  return {
    async observe(target, params) {
      const tier = tierOf(target, params);
      const instances = await tier.instances();
      return { instances, state: await fault.observe(tier, params) };
    },
    plan: ({ state }, params) => fault.plan(state, params),
    blastRadius: (before, params) => radiusOf(before.instances, fault.touches(before.state, params)),
    inject: (run, params) => fault.inject(full(run, params), params),
    verify: (run, params) => fault.verify(look(run, params), params),
    changedSince: (run, params) => fault.changedSince(look(run, params), params),
    revert: (run, params) => fault.revert(full(run, params), params),
    restored: (run, params) => fault.restored(look(run, params), params),
  };
}

function radiusOf(instances: readonly RedisInstance[], touched: readonly string[]): BlastRadius {
  const pods = instances.flatMap(({ name, pod }) => (pod !== undefined && touched.includes(name) ? [pod] : []));
  return {
    unit: instances.some(({ pod }) => pod !== undefined) ? 'pods' : 'instances',
    count: touched.length,
    of: instances.length,
    // No field of theirs is changed: no owner would undo it.
    objects: pods.map(({ namespace, name }) => ({ apiVersion: 'v1', kind: 'Pod', namespace, name, paths: [] })),
    things: instances.filter(({ name }) => touched.includes(name)).map(({ name, pod }) => `redis:${pod === undefined ? '' : `${pod.namespace}/`}${name}`),
  };
}
