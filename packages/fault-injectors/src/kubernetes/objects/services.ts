import type { Access, KubernetesObject, ObjectRef } from '../api/types.ts';
import type { Watched } from './untilSeen.ts';
import { namespaceAccess } from './workloads.ts';

/** A Service, as far as faults look at it. */
export interface Service extends KubernetesObject {
  readonly spec: { readonly type?: string; readonly selector?: Readonly<Record<string, string>>; readonly clusterIP?: string; readonly externalName?: string; readonly [key: string]: unknown };
}

/** Parameters that name a Service. */
export interface ServiceParams {
  readonly namespace: string;
  readonly service: string;
}

/** The Service that parameters name. */
export function serviceRef({ namespace, service }: ServiceParams): ObjectRef & { readonly namespace: string } {
  return { apiVersion: 'v1', kind: 'Service', namespace, name: service };
}

/** Reading and editing a Service, and reading where it leads. */
export function serviceAccesses({ namespace, service }: ServiceParams): readonly Access[] {
  return [
    ...['get', 'patch'].map((verb) => ({ verb, group: '', resource: 'services', namespace, name: service })),
    ...['list', 'watch'].map((verb) => ({ verb, group: 'discovery.k8s.io', resource: 'endpointslices', namespace })),
    { verb: 'list', group: '', resource: 'pods', namespace },
    namespaceAccess(namespace),
  ];
}

/** How many endpoints of a slice take traffic (`ready`; without the condition they do). */
function readyIn(slice: KubernetesObject): number {
  const { endpoints } = slice as { readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[] | null };
  return (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false).length;
}

/** Where a Service leads: the ready endpoints of each of its slices. */
export function slicesOf({ namespace, service }: ServiceParams): Watched<number> {
  const selection = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', namespace, labelSelector: `kubernetes.io/service-name=${service}` };
  return { selection, project: readyIn };
}

export const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
