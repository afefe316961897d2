import { PodscopeError } from '@podscope/core';
import type { Fault } from '../../definition/defineFault.ts';
import type { Access, ObjectToWrite } from '../api/types.ts';
import { STORE_NAMESPACE } from '../store/names.ts';
import { checkAccesses, ownerChecks, storeAccesses } from './engineAccesses.ts';
import { rulesOf } from './rules.ts';

/** Who gets the rights. */
export type Subject = { readonly kind: 'User' | 'Group'; readonly name: string } | { readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string };

/** What {@link faultRole} takes beside the faults. */
export interface FaultRoleOptions {
  readonly subject: Subject;
  /** Of all objects. @default 'podscope-faults' */
  readonly name?: string;
  /** Where the store is; null for one that is not in the cluster. @default 'podscope-faults' */
  readonly storeNamespace?: string | null | undefined;
  /** Also may list what might undo a fault: autoscalers, Argo CD, Flux. @default true */
  readonly owners?: boolean;
  /** Further accesses: the target's own, and the watchdog's. */
  readonly more?: readonly Access[];
}

/** Everything that these faults, the checks before them and the store do in a cluster. @throws PodscopeError FAULT_TARGET_UNFIT for a fault that isn't for a cluster */
export function faultAccesses(faults: readonly Fault[], { storeNamespace = STORE_NAMESPACE, owners = true, more = [] }: Omit<FaultRoleOptions, 'subject' | 'name'> = {}): readonly Access[] {
  const own = faults.flatMap((fault) => {
    const on = fault.on('kubernetes');
    if (!on) throw new PodscopeError('FAULT_TARGET_UNFIT', `${fault.id} can't be done on a cluster.`, { hint: 'It needs no Role. Leave it out.' });
    return on.accesses();
  });
  return [...own, ...checkAccesses(own), ...(owners ? ownerChecks(own) : []), ...(storeNamespace === null ? [] : storeAccesses(storeNamespace)), ...more];
}

/**
 * The Roles and the ClusterRole, with their bindings, that somebody needs who injects exactly these faults: nothing that they don't do. Objects to
 * apply, in the order of their names.
 *
 * @throws PodscopeError FAULT_TARGET_UNFIT for a fault that isn't for a cluster
 */
export function faultRole(faults: readonly Fault[], options: FaultRoleOptions): readonly ObjectToWrite[] {
  const { subject, name = 'podscope-faults' } = options;
  const accesses = faultAccesses(faults, options);
  const namespaces = [...new Set(accesses.map(({ namespace }) => namespace))].sort((one = '', other = '') => (one < other ? -1 : 1));
  return namespaces.flatMap((namespace) => boundRole({ name, namespace, subject, labels: { 'app.kubernetes.io/managed-by': 'podscope' }, accesses: accesses.filter((each) => each.namespace === namespace) }));
}

/** A Role, or without a namespace a ClusterRole, and its binding. */
export function boundRole({ name, namespace, subject, labels, accesses }: { readonly name: string; readonly namespace: string | undefined; readonly subject: Subject; readonly labels: Readonly<Record<string, string>>; readonly accesses: readonly Access[] }): readonly ObjectToWrite[] {
  const group = 'rbac.authorization.k8s.io';
  const apiVersion = `${group}/v1`;
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }), labels };
  return [
    { apiVersion, kind, metadata, rules: rulesOf(accesses) },
    { apiVersion, kind: `${kind}Binding`, metadata, roleRef: { apiGroup: group, kind, name }, subjects: [subject.kind === 'ServiceAccount' ? subject : { apiGroup: group, ...subject }] },
  ];
}
