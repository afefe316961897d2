import type { IsmManagedIndex, IsmRevision, ObservedIsmPolicy } from './ism-requests.ts';

/** An index that runs an old revision of its policy. */
export interface IsmMove {
  readonly index: string;
  readonly policyId: string;
  readonly from: IsmRevision;
  readonly to: IsmRevision;
  /** The state in which it is now; the new revision must have it, or the index would fail. */
  readonly state: string | undefined;
}

/** Which indices are to be moved, and which not: plain data. */
export interface IsmMoves {
  /** For `change_policy`. */
  readonly moves: readonly IsmMove[];
  readonly left: readonly { readonly index: string; readonly policyId: string; readonly why: string }[];
}

/**
 * Which managed indices run an old revision of their policy. Each index keeps a copy of the policy as it was when it took
 * it, with `policy_seq_no` and `policy_primary_term` of that write (spi ManagedIndexMetaData.kt); an edit of the policy
 * changes no copy. Pure.
 */
export function planIsmMoves(policies: Readonly<Record<string, ObservedIsmPolicy>>, managed: readonly IsmManagedIndex[]): IsmMoves {
  const moves: IsmMove[] = [];
  const left: { readonly index: string; readonly policyId: string; readonly why: string }[] = [];
  for (const { index, policyId, revision, state, transitionTo } of managed) {
    if (policyId === null) continue;
    const leave = (why: string) => left.push({ index, policyId, why });
    const policy = Object.hasOwn(policies, policyId) ? policies[policyId] : undefined;
    if (policy === undefined) leave('its policy has been deleted; it goes on with its copy');
    // It takes the newest revision when the plugin first looks at it.
    else if (revision === undefined) leave('the plugin has not looked at it yet; it takes the newest revision then');
    else if (revision.seqNo === policy.seqNo && revision.primaryTerm === policy.primaryTerm) continue;
    // RestChangePolicyAction.kt, INDEX_IN_TRANSITION.
    else if (transitionTo !== undefined) leave(`is on its way to ${transitionTo}; its policy can be changed afterwards`);
    else if (state !== undefined && !statesOf(policy).includes(state)) leave(`is in the state ${state}, which the new revision does not have; name the state to go to`);
    else moves.push({ index, policyId, from: revision, to: { seqNo: policy.seqNo, primaryTerm: policy.primaryTerm }, state });
  }
  return { moves, left };
}

function statesOf({ policy }: ObservedIsmPolicy): readonly unknown[] {
  const states = policy['states'];
  return Array.isArray(states) ? states.map((state: unknown) => (typeof state === 'object' && state !== null && 'name' in state ? state.name : undefined)) : [];
}
