import type { KubernetesApi, ObjectRef } from '@podscope/fault-injectors/kubernetes';
import { keyOf, refOf, titleOf } from '../apply/applySet.ts';
import { observeRemoval } from '../remove/observe.ts';
import { planRemoval, type Removal, type RemovalPlan } from '../remove/plan.ts';
import { carryOutRemoval, type RemovalReceipt, type RemoveOptions } from '../remove/remove.ts';
import { CERTIFICATES_SECRET, SECURITY_SECRET } from '../opensearch/builtIn.ts';
import { OPERATOR_ADMIN_SECRET } from '../opensearch/operator.ts';
import { USERS_SECRET } from '../opensearch/secrets.ts';
import { OPENSEARCH, type TargetNamespaces } from '../options.ts';
import { applySetOf } from './prospect.ts';
import { strangersIn } from './strangers.ts';

/** What is to be taken down. */
export interface Removing {
  readonly plan: RemovalPlan;
  /** Claims of the volumes that hold data: OpenSearch's, whoever made them, and those of others in a namespace that goes. */
  readonly claims: readonly ObjectRef[];
}

const removalsOf = ({ stages, last }: RemovalPlan): readonly Removal[] => [...stages.flatMap(({ removals }) => removals), ...last];

/** By the name that the StatefulSet gives it, too: without a record it isn't known which namespace is OpenSearch's. */
const isClaim = ({ ref }: Removal, namespace: string): boolean => ref.kind === 'PersistentVolumeClaim' && (ref.namespace === namespace || ref.name.startsWith(`data-${OPENSEARCH}-`));

/**
 * Reads what there is of a target. A namespace that the target made and in which others have workloads or Services by now is left to them.
 *
 * @throws PodscopeError what the API throws
 */
export async function planDown(api: KubernetesApi, namespaces: TargetNamespaces): Promise<Removing> {
  const whole = planRemoval(await observeRemoval(api, applySetOf(namespaces)));
  const all = removalsOf(whole);
  const going = all.filter(({ ref, action }) => ref.kind === 'Namespace' && action === 'delete');
  const found = await Promise.all(going.map(async ({ ref }) => ({ name: ref.name, strangers: await strangersIn(api, ref.name, whole.label), claims: await api.list({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: ref.name }, refOf) })));
  const planned = new Set(all.map(({ ref }) => keyOf(ref)));
  const claims = [
    ...all.filter((removal) => isClaim(removal, namespaces.opensearch)).map(({ ref }) => ref),
    // The operator's claims are of no set, and a namespace takes all that is in it with it.
    ...found.filter(({ strangers }) => strangers.length === 0).flatMap((each) => each.claims.filter((ref) => !planned.has(keyOf(ref)))),
  ];
  return { plan: leaving(whole, new Map(found.filter(({ strangers }) => strangers.length > 0).map(({ name, strangers }) => [name, strangers]))), claims };
}

const MOST = 3;

/** A plan that leaves these namespaces to those who have something in them. */
function leaving(plan: RemovalPlan, strangers: ReadonlyMap<string, readonly ObjectRef[]>): RemovalPlan {
  if (strangers.size === 0) return plan;
  const isLeft = ({ ref }: Removal): boolean => ref.kind === 'Namespace' && strangers.has(ref.name);
  const left = removalsOf(plan).filter(isLeft).map(({ ref }): Removal => {
    const others = strangers.get(ref.name) ?? [];
    return { ref, action: 'leave', reason: `others have something in it: ${others.slice(0, MOST).map(titleOf).join(', ')}${others.length > MOST ? ` and ${others.length - MOST} more` : ''}` };
  });
  const stages = plan.stages.map(({ name, removals }) => ({ name, removals: removals.filter((removal) => !isLeft(removal)) }));
  return { ...plan, stages: [...stages, { name: 'left', removals: left }], last: plan.last.filter((removal) => !isLeft(removal)) };
}

/** Secrets without which the data on the volumes can't be opened again: users and certificates are in the data, too. */
const OF_THE_DATA = new Set([USERS_SECRET, CERTIFICATES_SECRET, SECURITY_SECRET, OPERATOR_ADMIN_SECRET]);

/** A removal that leaves the volumes, what opens them, and their namespaces. */
export function keepingData({ plan, claims }: Removing): { readonly plan: RemovalPlan; readonly kept: readonly ObjectRef[] } {
  const kept = new Set(claims.map(keyOf));
  const within = new Set(claims.map(({ namespace }) => namespace));
  const isKept = ({ ref, action }: Removal): boolean =>
    action === 'delete' && (kept.has(keyOf(ref)) || (ref.kind === 'Secret' && within.has(ref.namespace) && OF_THE_DATA.has(ref.name)) || (ref.kind === 'Namespace' && within.has(ref.name)));
  const planned = removalsOf(plan).filter(isKept).map(({ ref }) => ref);
  const known = new Set(planned.map(keyOf));
  const without = (removals: readonly Removal[]): readonly Removal[] => removals.filter((removal) => !isKept(removal));
  return {
    plan: { ...plan, stages: plan.stages.map(({ name, removals }) => ({ name, removals: without(removals) })), last: without(plan.last) },
    kept: [...planned, ...claims.filter((ref) => !known.has(keyOf(ref)))],
  };
}

/** Takes a target down, and waits until all of it is gone. @throws PodscopeError as `removeApplySet` */
export function takeDown(api: KubernetesApi, plan: RemovalPlan, options: RemoveOptions): Promise<RemovalReceipt> {
  return carryOutRemoval(api, plan, options);
}
