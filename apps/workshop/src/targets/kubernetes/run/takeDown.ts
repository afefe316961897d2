import type { KubernetesApi, ObjectRef } from '@podscope/fault-injectors/kubernetes';
import { observeRemoval } from '../remove/observe.ts';
import { planRemoval, type Removal, type RemovalPlan } from '../remove/plan.ts';
import { carryOutRemoval, type RemovalReceipt, type RemoveOptions } from '../remove/remove.ts';
import { CERTIFICATES_SECRET, SECURITY_SECRET } from '../opensearch/builtIn.ts';
import { OPERATOR_ADMIN_SECRET } from '../opensearch/operator.ts';
import { USERS_SECRET } from '../opensearch/secrets.ts';
import type { TargetNamespaces } from '../options.ts';
import { applySetOf } from './prospect.ts';

/** What is to be taken down. */
export interface Removing {
  readonly plan: RemovalPlan;
  /** Claims of OpenSearch's volumes, which hold the data. */
  readonly claims: readonly ObjectRef[];
}

const isClaim = ({ ref }: Removal, namespace: string): boolean => ref.kind === 'PersistentVolumeClaim' && ref.namespace === namespace;

/** Reads what there is of a target. @throws PodscopeError what the API throws */
export async function planDown(api: KubernetesApi, namespaces: TargetNamespaces): Promise<Removing> {
  const plan = planRemoval(await observeRemoval(api, applySetOf(namespaces)));
  const claims = plan.stages.flatMap(({ removals }) => removals).filter((removal) => isClaim(removal, namespaces.opensearch)).map(({ ref }) => ref);
  return { plan, claims };
}

/** Secrets without which the data on the volumes can't be opened again: users and certificates are in the data, too. */
const OF_THE_DATA = new Set([USERS_SECRET, CERTIFICATES_SECRET, SECURITY_SECRET, OPERATOR_ADMIN_SECRET]);

/** A removal that leaves the volumes, what opens them, and their namespace. */
export function keepingData({ plan }: Removing, { opensearch: namespace }: TargetNamespaces): { readonly plan: RemovalPlan; readonly kept: readonly ObjectRef[] } {
  const isKept = (removal: Removal): boolean =>
    isClaim(removal, namespace) || (removal.ref.kind === 'Secret' && removal.ref.namespace === namespace && OF_THE_DATA.has(removal.ref.name)) || (removal.ref.kind === 'Namespace' && removal.ref.name === namespace);
  const all = plan.stages.flatMap(({ removals }) => removals);
  return { plan: { ...plan, stages: plan.stages.map(({ name, removals }) => ({ name, removals: removals.filter((removal) => !isKept(removal)) })) }, kept: all.filter(isKept).map(({ ref }) => ref) };
}

/** Takes a target down, and waits until all of it is gone. @throws PodscopeError as `removeApplySet` */
export function takeDown(api: KubernetesApi, plan: RemovalPlan, options: RemoveOptions): Promise<RemovalReceipt> {
  return carryOutRemoval(api, plan, options);
}
