import type { KubernetesTarget } from '../../definition/targets.ts';

/** How many pods a namespace has, without those that are ending. */
export async function podsIn(target: KubernetesTarget, namespace: string): Promise<number> {
  return (await target.api.list({ apiVersion: 'v1', kind: 'Pod', namespace }, ({ metadata }) => metadata.deletionTimestamp === undefined)).filter(Boolean).length;
}
