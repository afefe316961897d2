import type { ClusterModel, ModelDeployment, ModelNode } from './model.ts';
import { drawSuffix, randomFrom } from './names.ts';

/** Four nodes with 43 slots. Three Redis pods and the collector take four, so 39 are left for web pods. */
export const NODES: readonly ModelNode[] = [
  { name: 'node-1', capacity: 11 },
  { name: 'node-2', capacity: 11 },
  { name: 'node-3', capacity: 11 },
  { name: 'node-4', capacity: 10 },
];

/** What is deployed before anybody changes anything. */
export const BASELINE: readonly Omit<ModelDeployment, 'hash'>[] = [
  { namespace: 'guestbook', name: 'redis-primary', container: 'redis', desired: 1, naming: 'ordinal' },
  { namespace: 'guestbook', name: 'redis-replica', container: 'redis', desired: 2, naming: 'ordinal' },
  { namespace: 'monitoring', name: 'collector', container: 'collector', desired: 1, naming: 'hash' },
  { namespace: 'guestbook', name: 'frontend', container: 'frontend', desired: 3, naming: 'hash' },
];

/** A cluster in which everything is deployed and nothing runs yet: every deployment has 0 replicas. */
export function emptyCluster(seed: string): ClusterModel {
  let random = randomFrom(seed);
  const deployments = BASELINE.map((each) => {
    const drawn = drawSuffix(random, 9);
    random = drawn.random;
    return { ...each, desired: 0, hash: drawn.text };
  });
  return { nodes: NODES, deployments, pods: [], random };
}
