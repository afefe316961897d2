import type { ObjectRef } from '@podscope/fault-injectors/kubernetes';
import { APPLYSET, FIELD_MANAGER, groupKindOf, keyOf } from './applySet.ts';
import { appliedBy, entriesOf } from './managedFields.ts';
import { isMember, kindKey, type ObservedSet } from './observe.ts';
import type { ApplyChange } from './plan.ts';

/** Why an object can't be applied. Nothing is written while there is one. */
export interface Blocked {
  readonly ref: ObjectRef;
  readonly source?: string | undefined;
  readonly code: 'KUBE_KIND_UNKNOWN' | 'KUBE_NAMESPACE_ENDING' | 'KUBE_NOT_FOUND' | 'KUBE_MANIFEST_INVALID' | 'KUBE_NOT_OURS' | 'KUBE_OBJECT_ENDING';
  readonly message: string;
  readonly hint: string;
}

interface Circumstances {
  readonly adopt: boolean;
  /** Kinds that are defined along with it. */
  readonly defined: readonly string[];
  /** Namespaces that are among the objects. */
  readonly made: ReadonlySet<string>;
}

/** What speaks against applying an object, as far as it can be seen without asking the server again. */
export function blockOf(observed: ObservedSet, change: ApplyChange, circumstances: Circumstances): Blocked | undefined {
  const found = kindBlock(observed, change.ref, circumstances) ?? namespaceBlock(observed, change.ref, circumstances) ?? ownerBlock(observed, change.ref, circumstances);
  return found === undefined ? undefined : { ref: change.ref, ...(change.source === undefined ? {} : { source: change.source }), ...found };
}

type Reason = Omit<Blocked, 'ref' | 'source'>;

function kindBlock({ kinds }: ObservedSet, ref: ObjectRef, { defined }: Circumstances): Reason | undefined {
  const kind = kinds[kindKey(ref)];
  if (kind === undefined) {
    if (defined.includes(groupKindOf(ref))) return undefined;
    return { code: 'KUBE_KIND_UNKNOWN', message: `the API server has no kind ${ref.kind} in ${ref.apiVersion}.`, hint: 'Check both for typos, and which versions the server has (kubectl api-versions); a custom resource needs its definition applied first.' };
  }
  if (kind.namespaced === (ref.namespace !== undefined)) return undefined;
  return kind.namespaced
    ? { code: 'KUBE_MANIFEST_INVALID', message: `a ${ref.kind} belongs to a namespace, and it names none.`, hint: 'Set metadata.namespace.' }
    : { code: 'KUBE_MANIFEST_INVALID', message: `it names a namespace, and a ${ref.kind} belongs to none.`, hint: 'Leave metadata.namespace out.' };
}

function namespaceBlock({ namespaces, live }: ObservedSet, ref: ObjectRef, { made }: Circumstances): Reason | undefined {
  const name = ref.kind === 'Namespace' ? ref.name : ref.namespace;
  if (name === undefined) return undefined;
  if (namespaces[name] === 'ending') {
    const finalizers = live[keyOf({ apiVersion: 'v1', kind: 'Namespace', name })]?.metadata.finalizers ?? [];
    return { code: 'KUBE_NAMESPACE_ENDING', message: `namespace ${name} is being deleted, and nothing new can be made in it.`, hint: `Wait until it is gone${finalizers.length === 0 ? '' : `; it has the finalizers ${finalizers.join(', ')}`}.` };
  }
  if (namespaces[name] !== 'missing' || made.has(name)) return undefined;
  return { code: 'KUBE_NOT_FOUND', message: `namespace ${name} is not there, and not among the objects.`, hint: 'Add it to the objects, or make it first.' };
}

function ownerBlock({ live, label }: ObservedSet, ref: ObjectRef, { adopt }: Circumstances): Reason | undefined {
  const object = live[keyOf(ref)];
  if (object === undefined) return undefined;
  const { deletionTimestamp, finalizers = [], labels } = object.metadata;
  if (deletionTimestamp !== undefined && ref.kind !== 'Namespace') {
    return { code: 'KUBE_OBJECT_ENDING', message: `it is being deleted${finalizers.length === 0 ? '' : `, and waits for ${finalizers.join(', ')}`}.`, hint: 'Wait until it is gone, or look at who has to remove its finalizers.' };
  }
  if (isMember(object, label)) return undefined;
  if (ref.kind === 'Namespace') return undefined;
  const other = labels?.[APPLYSET.partOf];
  if (other !== undefined) return { code: 'KUBE_NOT_OURS', message: `it is a part of another set of objects (${other}).`, hint: 'Give it another name, or take it out of the other set.' };
  if (adopt || appliedBy(entriesOf(object), FIELD_MANAGER) !== undefined) return undefined;
  return { code: 'KUBE_NOT_OURS', message: 'it is there already, and somebody else made it.', hint: 'Give it another name or namespace; or adopt it, and it goes when the set goes.' };
}
