import type { KubernetesTarget } from '../definition/targets.ts';
import type { KubernetesApi } from '../kubernetes/api/types.ts';

/** A cluster as a target, for faults that only ask its API server. */
export function clusterTarget(api: KubernetesApi, id = 'cluster'): KubernetesTarget {
  const notHere = () => Promise.reject(new Error('Not in this target.'));
  return { kind: 'kubernetes', id, api, optInLabel: 'podscope.dev/faults', redis: notHere, connect: notHere, isFakeNode: async () => true };
}
