import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError } from '@podscope/core';
import { type Forward, forwardPort, type KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { connectRedis, type RedisLink } from '../../../redis/client.ts';

const PORT = 6379;
/** How often every instance is asked for its role, milliseconds. */
const ROLE_INTERVAL = 5_000;
/** How long a primary may be away while one is looked for, milliseconds. */
const PRIMARY_LIMIT = 30_000;

/** A Redis pod. */
export interface RedisPod {
  readonly namespace: string;
  readonly name: string;
}

/** Loopback ports that lead to the Redis of each pod, and what role each has. */
export interface RedisForwards {
  readonly roles: ReadonlyMap<string, 'primary' | 'replica'>;
  /** The loopback ports that are open now, by pod. */
  readonly ports: ReadonlyMap<string, number>;
  /** The loopback port that leads to a pod. @throws PodscopeError POD_NOT_FOUND */
  port(pod: string): Promise<number>;
  /** @throws PodscopeError REDIS_UNREACHABLE */
  connect(pod: string, timeout?: number): Promise<RedisLink>;
  /** Asks every instance for its role; one that doesn't answer has none. */
  observeRoles(): Promise<void>;
  /** The one that calls itself primary and has most replicas. @param waitMs how long it may be away; with 0 all are asked once. @default 30,000 @throws PodscopeError NO_REDIS */
  primary(waitMs?: number): Promise<string>;
  close(): Promise<void>;
}

/** Forwards are opened when they are first needed, and again for a pod of the same name that took another one's place. */
export function redisForwards(api: KubernetesApi, pods: () => readonly RedisPod[]): RedisForwards {
  const open = new Map<string, Promise<Forward>>();
  const ports = new Map<string, number>();
  const roles = new Map<string, 'primary' | 'replica'>();
  const replicas = new Map<string, number>();

  async function port(name: string): Promise<number> {
    const pod = pods().find((each) => each.name === name);
    if (pod === undefined) throw new PodscopeError('POD_NOT_FOUND', `There is no Redis pod ${name}.`, { hint: 'See "podscope get pods".' });
    let forward = open.get(name);
    if (forward === undefined) {
      forward = forwardPort(api, pod, PORT);
      open.set(name, forward);
      forward.then(({ port: local }) => ports.set(name, local), () => open.delete(name));
    }
    return (await forward).port;
  }

  async function ask(name: string): Promise<void> {
    try {
      const link = await connectRedis(await port(name), 5_000);
      try {
        const answer = (await link.command('ROLE')) as readonly unknown[];
        roles.set(name, answer[0] === 'master' ? 'primary' : 'replica');
        replicas.set(name, Array.isArray(answer[2]) ? answer[2].length : -1);
      } finally {
        link.close();
      }
    } catch {
      // Away: the label says what it is meant to be.
      roles.delete(name);
      replicas.delete(name);
    }
  }

  const observeRoles = async (): Promise<void> => {
    await Promise.all(pods().map(({ name }) => ask(name)));
  };
  const timer = setInterval(() => void observeRoles(), ROLE_INTERVAL);
  timer.unref();
  return {
    roles,
    ports,
    port,
    connect: async (pod, timeout) => connectRedis(await port(pod), timeout),
    observeRoles,
    async primary(waitMs = PRIMARY_LIMIT) {
      // One that was restarted a moment ago, or is busy, answers soon.
      for (const deadline = Date.now() + waitMs; ; await sleep(500)) {
        await observeRoles();
        const [first] = [...roles].filter(([, role]) => role === 'primary').toSorted(([one], [other]) => (replicas.get(other) ?? -1) - (replicas.get(one) ?? -1));
        if (first !== undefined) return first[0];
        if (Date.now() >= deadline) break;
      }
      throw new PodscopeError('NO_REDIS', 'No Redis pod answers as the primary.', { hint: 'See "podscope get pods": is one of them running?' });
    },
    async close() {
      clearInterval(timer);
      for (const forward of open.values()) await forward.then((each) => each.close(), () => undefined);
      open.clear();
    },
  };
}
