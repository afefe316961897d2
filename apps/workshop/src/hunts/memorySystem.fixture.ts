import type { ClusterState } from '@podscope/console/api';
import type { FaultClient, FaultPod, SystemTarget } from '@podscope/fault-injectors';
import { baselineState } from './publicState.fixture.ts';

/** A cluster that keeps its deployment, clients and pages in memory. It has no Redis and ships nothing. */
export interface MemorySystem {
  readonly target: SystemTarget;
  state(): Promise<ClusterState>;
  readonly clients: Map<string, FaultClient>;
  replicas: number;
  /** Without Redis pods until a test adds some. */
  pods: readonly FaultPod[];
}

/** A new system at its baseline. */
export function memorySystem(): MemorySystem {
  const { entries: _entries, ...baseline } = baselineState();
  const clients = new Map<string, FaultClient>();
  const pages = new Set(baseline.pages);
  const noRedis = () => Promise.reject(new Error('This system has no Redis: /secret-path'));
  const system: MemorySystem = {
    replicas: 3,
    pods: [],
    clients,
    async state() {
      const web = { desired: system.replicas, available: Math.min(39, system.replicas), unavailable: Math.max(0, system.replicas - 39) };
      return {
        ...baseline,
        deployments: baseline.deployments.map((each) => (each.name === 'frontend' ? { ...each, ...web } : each)),
        pages: [...pages],
      };
    },
    target: {
      kind: 'system',
      id: 'memory',
      pods: async () => system.pods,
      replicas: async () => system.replicas,
      setReplicas: async (_deployment, replicas) => void (system.replicas = replicas),
      clients: async () => [...clients.keys()],
      startClient: async (client) => void clients.set(client.id, client),
      stopClient: async (id) => void clients.delete(id),
      publishedPages: async () => [...pages],
      unpublish: async (path) => void pages.delete(path),
      redis: noRedis,
      restart: noRedis,
    },
  };
  return system;
}
