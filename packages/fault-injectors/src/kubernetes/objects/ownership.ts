import type { KubernetesObject } from '../api/types.ts';
import { type FieldTree, fieldsIn, treeOf } from './fieldSets.ts';

/** Who faults write as. Nothing of an object is left to it after a revert. */
export const FAULT_MANAGER = 'podscope-fault';

/** An entry of `metadata.managedFields`. */
interface ManagedFields {
  readonly manager: string;
  readonly operation: string;
  readonly apiVersion: string;
  readonly time?: string;
  readonly subresource?: string;
  readonly fieldsType: string;
  readonly fieldsV1: FieldTree;
}

const entriesOf = (object: KubernetesObject): readonly ManagedFields[] => (object.metadata.managedFields ?? []) as readonly ManagedFields[];
const identity = ({ manager, operation, apiVersion, subresource = '' }: ManagedFields): string => JSON.stringify([manager, operation, apiVersion, subresource]);

/**
 * Who is to own the fields of an object after a revert: as it is now, without the fault's own entry, and with what the fault took from
 * others given back to those who had it. What others got since stays theirs. Undefined when it is so already.
 *
 * The server takes `managedFields` as they are written when nothing else changes with them, and keeps their times: see `Update` in
 * k8s.io/apimachinery/pkg/util/managedfields/internal/fieldmanager.go, and client-go's csaupgrade, which does the same.
 */
export function returnedOwnership(before: KubernetesObject, current: KubernetesObject): readonly ManagedFields[] | undefined {
  const now = entriesOf(current);
  const ours = now.filter(({ manager }) => manager === FAULT_MANAGER);
  if (ours.length === 0) return undefined;
  const taken = new Set(ours.flatMap(({ fieldsV1 }) => [...fieldsIn(fieldsV1)]));
  const owners = new Map(now.filter(({ manager }) => manager !== FAULT_MANAGER).map((entry) => [identity(entry), entry]));
  for (const entry of entriesOf(before)) {
    if (entry.manager === FAULT_MANAGER) continue;
    const had = fieldsIn(entry.fieldsV1);
    const back = [...had].filter((field) => taken.has(field));
    if (back.length === 0) continue;
    const left = owners.get(identity(entry));
    const has = new Set([...(left === undefined ? [] : fieldsIn(left.fieldsV1)), ...back]);
    const asBefore = has.size === had.size && [...had].every((field) => has.has(field));
    owners.set(identity(entry), asBefore ? entry : { ...(left ?? entry), fieldsV1: treeOf(has) });
  }
  return [...owners.values()];
}
