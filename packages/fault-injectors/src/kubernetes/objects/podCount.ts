import type { KubernetesTarget } from '../../definition/targets.ts';
import type { KubernetesObject } from '../api/types.ts';

/**
 * Whether a pod takes up room: it is neither ending nor has it ended, as those of Jobs that are done have. A ResourceQuota counts no ended pod
 * either (k8s.io/kubernetes/pkg/quota/v1/evaluator/core/pods.go, `QuotaV1Pod`).
 */
export function takesRoom({ metadata, ...rest }: KubernetesObject): boolean {
  const { phase } = (rest['status'] ?? {}) as { readonly phase?: string };
  return metadata.deletionTimestamp === undefined && phase !== 'Succeeded' && phase !== 'Failed';
}

/** How many pods a namespace has, without those that are ending or have ended. */
export async function podsIn(target: KubernetesTarget, namespace: string): Promise<number> {
  return (await target.api.list({ apiVersion: 'v1', kind: 'Pod', namespace }, takesRoom)).filter(Boolean).length;
}
