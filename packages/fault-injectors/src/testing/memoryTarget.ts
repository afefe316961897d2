import type { SystemTarget } from '../definition/targets.ts';
import type { FaultClient } from '../target.ts';

/** A target that keeps replicas, clients and pages in memory. It has no Redis. */
export interface MemoryTarget extends SystemTarget {
  readonly deployments: Map<string, number>;
  readonly running: Map<string, FaultClient>;
  readonly pages: Set<string>;
}

/** A new target: `frontend` with 3 replicas, and the page `/`. */
export function memoryTarget(id = 'memory'): MemoryTarget {
  const deployments = new Map([['frontend', 3]]);
  const running = new Map<string, FaultClient>();
  const pages = new Set(['/']);
  const noRedis = () => Promise.reject(new Error('This target has no Redis.'));
  return {
    kind: 'system',
    id,
    deployments,
    running,
    pages,
    pods: async () => [],
    async replicas(name) {
      const replicas = deployments.get(name);
      if (replicas === undefined) throw new Error(`No deployment ${name}.`);
      return replicas;
    },
    setReplicas: async (name, replicas) => void deployments.set(name, replicas),
    clients: async () => [...running.keys()],
    startClient: async (client) => void running.set(client.id, client),
    stopClient: async (client) => void running.delete(client),
    publishedPages: async () => [...pages],
    unpublish: async (path) => void pages.delete(path),
    redis: noRedis,
    restart: noRedis,
  };
}
