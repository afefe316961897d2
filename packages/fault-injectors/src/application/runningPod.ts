import type { KubernetesObject } from '../kubernetes/api/types.ts';

/** A pod that runs and isn't ending; undefined for any other. */
export function runningPod({ metadata, status }: KubernetesObject): { readonly name: string; readonly uid: string; readonly ip: string } | undefined {
  const { phase, podIP } = (status ?? {}) as { readonly phase?: string; readonly podIP?: string };
  return phase === 'Running' && metadata.deletionTimestamp === undefined ? { name: metadata.name, uid: metadata.uid ?? '', ip: podIP ?? '' } : undefined;
}
