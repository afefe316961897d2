import type { KubernetesObject } from '../../kubernetes/api/types.ts';
import { unfit } from '../../kubernetes/objects/refs.ts';
import { type LabelSelector, selects } from '../../kubernetes/objects/workloads.ts';

/** A NetworkPolicy, as far as it is looked at. */
export interface NetworkPolicy extends KubernetesObject {
  readonly spec: { readonly podSelector?: LabelSelector; readonly [key: string]: unknown };
}

/** Labels of a pod. */
export type Labels = Readonly<Record<string, string>>;

/** Which way nothing gets through. */
export type Direction = 'both' | 'ingress' | 'egress';

const letsThrough = ({ spec }: NetworkPolicy, direction: 'ingress' | 'egress'): boolean => Array.isArray(spec[direction]) && spec[direction].length > 0;

/** Which ways a policy isolates its pods (k8s.io/api/networking/v1/types.go: ingress always, egress where it has such rules, unless it says so). */
function typesOf(policy: NetworkPolicy): readonly string[] {
  return (policy.spec['policyTypes'] as readonly string[] | undefined) ?? ['Ingress', ...(letsThrough(policy, 'egress') ? ['Egress'] : [])];
}

/**
 * The policies that let something through that way for pods with these labels: what policies allow adds up, so a further one that denies
 * changes nothing beside them (litmus-go's pod-network-partition adds one, and looks only whether it exists). Those that only isolate are in
 * nobody's way.
 *
 * @throws PodscopeError FAULT_TARGET_UNFIT for one that isolates the other way too: without it, more would get through there than before
 */
export function policiesFor(policies: readonly NetworkPolicy[], labels: Labels, direction: Direction): readonly NetworkPolicy[] {
  const ways = direction === 'both' ? (['ingress', 'egress'] as const) : [direction];
  const found = policies.filter((policy) => selects(policy.spec.podSelector ?? {}, labels) && ways.some((way) => letsThrough(policy, way)));
  const other = { ingress: 'Egress', egress: 'Ingress', both: undefined }[direction];
  const mixed = found.find((policy) => other !== undefined && typesOf(policy).includes(other));
  if (mixed !== undefined) throw unfit(`NetworkPolicy ${mixed.metadata.name} is for both directions.`, 'Cut off both: one alone would open the other.');
  return found;
}

/**
 * A label that the workload's pods have and no other pod of the namespace: by it they are taken out of a policy, and nobody else is.
 *
 * @throws PodscopeError FAULT_TARGET_UNFIT
 */
export function ownLabel(own: LabelSelector, labels: Labels, others: readonly Labels[]): readonly [string, string] {
  const candidates = [...Object.keys(own.matchLabels ?? {}), ...Object.keys(labels)].filter((key) => labels[key] !== undefined);
  const found = candidates.find((key) => others.every((each) => each[key] !== labels[key]));
  if (found === undefined) throw unfit('No label tells the pods of this workload from all others of its namespace.', 'A policy that lets them through can’t be changed for them alone.');
  return [found, labels[found] as string];
}

/** The policy without the pods that have a label. */
export function without(policy: NetworkPolicy, [key, value]: readonly [string, string]): unknown {
  const { podSelector = {} } = policy.spec;
  const matchExpressions = [...(podSelector.matchExpressions ?? []), { key, operator: 'NotIn', values: [value] }];
  return { ...policy, spec: { ...policy.spec, podSelector: { ...podSelector, matchExpressions } } };
}
