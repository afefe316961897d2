import type { KubernetesObject, ObjectRef } from '@podscope/fault-injectors/kubernetes';
import { type ApplySetId, bookRef, keyOf, refOf } from '../apply/applySet.ts';
import { isMadeBy, type ObservedSet } from '../apply/observe.ts';
import { endOf } from '../apply/plan.ts';
import { stagesOf } from '../apply/stages.ts';

/** What becomes of an object when its set is removed. */
export type RemovalAction = 'delete' | 'release' | 'leave';

/** One object of a removal. */
export interface Removal {
  readonly ref: ObjectRef;
  readonly action: RemovalAction;
  readonly reason: string;
  /** Only this object is removed, and not one that was made anew by its name. */
  readonly uid?: string | undefined;
}

/** What removing a set does: plain data. */
export interface RemovalPlan {
  readonly id: ApplySetId;
  readonly label: string;
  /** Objects that go together, in the order in which they go. */
  readonly stages: readonly { readonly name: string; readonly removals: readonly Removal[] }[];
  /** The book and, if the set made it, its namespace: they go when all else is gone. */
  readonly last: readonly Removal[];
}

/** A set as it is to be removed. */
export interface ObservedRemoval extends ObservedSet {
  /** Claims that StatefulSets of the set made. */
  readonly claims: readonly KubernetesObject[];
}

/** What has to go, in the reverse order of an apply. Pure. */
export function planRemoval(observed: ObservedRemoval): RemovalPlan {
  const { id, label, book } = observed;
  const members = Object.values(observed.live).flatMap((object) => endOf(observed, object) ?? []);
  const known = new Set(members.map(({ ref }) => keyOf(ref)));
  const claims = observed.claims.filter((object) => !known.has(keyOf(refOf(object))));
  const removals: readonly Removal[] = [
    ...members.map(({ ref, action, reason, uid }): Removal => ({ ref, action: action === 'prune' ? 'delete' : action === 'release' ? 'release' : 'leave', reason: action === 'prune' ? 'it is of the set' : reason, uid })),
    ...claims.map((object): Removal => ({ ref: refOf(object), action: 'delete', reason: 'a StatefulSet of the set made it', uid: object.metadata.uid })),
  ];
  const namespace = observed.live[keyOf({ apiVersion: 'v1', kind: 'Namespace', name: id.namespace })];
  return {
    id,
    label,
    stages: stagesOf(removals, ({ ref }) => ref.kind)
      .toReversed()
      .map(({ name, items }) => ({ name, removals: items })),
    last: [
      ...(book === undefined ? [] : [{ ref: bookRef(id), action: 'delete', reason: 'it is the book of the set', uid: book.uid } as const]),
      ...(namespace !== undefined && isMadeBy(namespace, label) ? [{ ref: refOf(namespace), action: 'delete', reason: 'the set made it for its book', uid: namespace.metadata.uid } as const] : []),
    ],
  };
}

/** True when there is nothing (any more) of a set. */
export function isGone({ stages, last }: RemovalPlan): boolean {
  return last.length === 0 && stages.every(({ removals }) => removals.every(({ action }) => action === 'leave'));
}
