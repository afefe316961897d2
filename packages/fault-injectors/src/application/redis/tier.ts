import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import type { KubernetesTarget, SystemTarget } from '../../definition/targets.ts';
import type { KubernetesApi } from '../../kubernetes/api/types.ts';
import type { RedisSession } from '../../target.ts';
import { runningPod } from '../runningPod.ts';

/** One Redis instance: a pod. */
export interface RedisInstance {
  readonly name: string;
  /** On a cluster: its pod. */
  readonly pod?: { readonly namespace: string; readonly name: string; readonly uid: string; readonly ip: string };
}

/** Redis instances that belong together, wherever they are: what faults on Redis are written against. */
export interface RedisTier {
  readonly id: string;
  /** Where programs can be run beside the instances. */
  readonly cluster?: RedisPlace & { readonly api: KubernetesApi };
  /** Those that run. @throws PodscopeError FAULT_TARGET_UNFIT when there are none */
  instances(): Promise<readonly RedisInstance[]>;
  /** A session of its own with one of them. */
  open(instance: string): Promise<RedisSession>;
  /** Starts an instance anew, with its data. Returns when its process has ended, or a new one is there. */
  restart(instance: string): Promise<void>;
}

/** The parameters that say which Redis is meant. On a guestbook system there is one only, and they say nothing. */
export const redisPlace = {
  namespace: z.string().regex(/^[a-z0-9-]{1,63}$/).default('guestbook').describe('namespace of the Redis pods'),
  selector: z.string().min(1).max(500).default('app in (redis-primary,redis-replica)').describe('label selector of the Redis pods, primary and replicas'),
  port: z.number().int().min(1).max(65_535).default(6379).describe('port of Redis in the pods'),
};

/** Where the Redis pods of a cluster are. */
export interface RedisPlace {
  readonly namespace: string;
  readonly selector: string;
  readonly port: number;
}

function none(where: string): PodscopeError {
  return new PodscopeError('FAULT_TARGET_UNFIT', `${where} has no Redis pods that run.`, { hint: 'Wait until they are up, or name them by namespace and selector.' });
}

/** The Redis of a guestbook system. */
export function redisOfSystem(target: SystemTarget): RedisTier {
  return {
    id: target.id,
    async instances() {
      const found = (await target.pods()).filter((pod) => pod.role !== undefined).map(({ name }) => ({ name }));
      if (found.length === 0) throw none(target.id);
      return found;
    },
    open: (instance) => target.redis(instance),
    restart: (instance) => target.restart(instance),
  };
}

/** The Redis pods of a cluster, over forwards through its API server. */
export function redisOfCluster(target: KubernetesTarget, { namespace, selector, port }: RedisPlace): RedisTier {
  const open = (name: string): Promise<RedisSession> => target.redis({ namespace, name }, port);
  return {
    id: target.id,
    cluster: { api: target.api, namespace, selector, port },
    async instances() {
      const pods = await target.api.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector: selector }, runningPod);
      const running = pods.filter((pod) => pod !== undefined).toSorted((one, other) => one.name.localeCompare(other.name));
      if (running.length === 0) throw none(`The namespace ${namespace}`);
      return running.map(({ name, uid, ip }) => ({ name, pod: { namespace, name, uid, ip } }));
    },
    open,
    async restart(instance) {
      // By Redis' own protocol: the container's volumes stay, and kubelet starts it anew. SAVE, so that a replica comes back with its data.
      const session = await open(instance);
      await session.command('SHUTDOWN', 'SAVE').catch(() => undefined);
      await session.close();
    },
  };
}

/** Does something in a session of its own. */
export async function inSession<Value>(tier: RedisTier, instance: string, task: (session: RedisSession) => Promise<Value>): Promise<Value> {
  const session = await tier.open(instance);
  try {
    return await task(session);
  } finally {
    await session.close();
  }
}

/** One command to one instance. */
export async function commandOn(tier: RedisTier, instance: string, command: readonly string[]): Promise<unknown> {
  return await inSession(tier, instance, (session) => session.command(...command));
}
