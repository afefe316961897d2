import type { ObjectRef } from '../api/types.ts';

/** Where the store of a cluster is, unless told otherwise. */
export const STORE_NAMESPACE = 'podscope-faults';

/** Carried by everything that belongs to one fault, with its id. */
export const FAULT_LABEL = 'podscope.dev/fault';
/** What of a fault something is: `record`, `before`, `watchdog`. */
export const PART_LABEL = 'podscope.dev/part';

/** Labels of something that belongs to a fault. */
export function labelsOf(id: string, part: 'record' | 'before' | 'watchdog'): Readonly<Record<string, string>> {
  return { [FAULT_LABEL]: id, [PART_LABEL]: part, 'app.kubernetes.io/managed-by': 'podscope' };
}

/** The Secret of a fault's record. */
export function recordRef(namespace: string, id: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'Secret', namespace, name: `fault-${id}` };
}

/** The n-th Secret of a state from before that is too large for the record's own; from 1. */
export function partRef(namespace: string, id: string, part: number): ObjectRef {
  return { apiVersion: 'v1', kind: 'Secret', namespace, name: `fault-${id}-${part}` };
}

/** The ConfigMap that says which fault has what, and whether the kill switch is on. */
export function registryRef(namespace: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'fault-registry' };
}
