import { planIsmMoves } from '../lifecycle/ism-revisions.ts';
import type { IndexChange, IndexSetup, JsonObject, ObservedIndices, ObservedStream } from '../model.ts';
import { fingerprint } from './fingerprint.ts';
import { KINDS } from './kinds.ts';
import { ilmPolicyOf, policyFor } from './policy-of.ts';
import { policyDeletes } from './risk.ts';

/** What the ledger remembers of an index whose policy was asked for: the server takes it at its next look only. */
export function attachKey(index: string): string {
  return `policy/${index}`;
}

/**
 * Which indices of the setup's streams get a policy, or the newest revision of theirs. A policy holds for new indices by
 * itself; those that are there must be told. Pure.
 *
 * @param edited Policies that the same plan creates or changes.
 */
export function planAttachments(observed: ObservedIndices, setup: IndexSetup, edited: ReadonlySet<string>): readonly IndexChange[] {
  const streams = [
    ...setup.dataStreams.map((name) => ['data-stream', name, observed.dataStreams[name]] as const),
    ...Object.keys(setup.rolloverAliases).map((name) => ['rollover-alias', name, observed.rolloverAliases[name]] as const),
  ];
  const { ism, ilm } = observed.capabilities;
  return streams.flatMap(([kind, name, stream]): readonly IndexChange[] => {
    if (stream === undefined) return [];
    if (ism) return [...added(observed, setup, kind, name, stream), ...moved(observed, setup, edited, kind, name, stream)];
    return ilm === true ? named(observed, setup, kind, name, stream) : [];
  });
}

type Kind = 'data-stream' | 'rollover-alias';

function added(observed: ObservedIndices, setup: IndexSetup, kind: Kind, name: string, stream: ObservedStream): readonly IndexChange[] {
  const policy = policyFor(setup, kind, name);
  if (policy === undefined) return [];
  const without = observed.managedIndices.filter(({ index, policyId }) => policyId === null && stream.indices.includes(index)).map(({ index }) => index);
  return attach(observed, setup, { kind, name, policy, indices: without, how: 'add', reason: 'were there before the policy' });
}

function moved(observed: ObservedIndices, setup: IndexSetup, edited: ReadonlySet<string>, kind: Kind, name: string, stream: ObservedStream): readonly IndexChange[] {
  const policies = Object.fromEntries(
    Object.entries(setup.lifecyclePolicies).flatMap(([id, policy]) => {
      const revision = observed.policyRevisions[id];
      // An edit of this plan makes a revision that no index runs.
      const next = edited.has(id) ? { seqNo: -1, primaryTerm: -1 } : revision;
      return revision === undefined || next === undefined ? [] : [[id, { ...next, policy: policy as unknown as JsonObject }]];
    }),
  );
  const { moves } = planIsmMoves(policies, observed.managedIndices.filter(({ index, policyId }) => stream.indices.includes(index) && policyId !== null && Object.hasOwn(policies, policyId)));
  return [...Map.groupBy(moves, ({ policyId }) => policyId)].flatMap(([policy, ofPolicy]) =>
    attach(observed, setup, { kind, name, policy, indices: ofPolicy.map(({ index }) => index), how: 'change', reason: 'run an old revision of the policy' }),
  );
}

function named(observed: ObservedIndices, setup: IndexSetup, kind: Kind, name: string, stream: ObservedStream): readonly IndexChange[] {
  const policy = ilmPolicyOf(setup, kind, name);
  if (policy === undefined) return [];
  const other = stream.indices.filter((index) => Object.hasOwn(observed.indices, index) && observed.indices[index]?.settings['index.lifecycle.name'] !== policy);
  return attach(observed, setup, { kind, name, policy, indices: other, how: 'setting', reason: 'name another policy, or none' });
}

function attach(
  observed: ObservedIndices,
  setup: IndexSetup,
  { kind, name, policy, indices, how, reason }: { readonly kind: Kind; readonly name: string; readonly policy: string; readonly indices: readonly string[]; readonly how: 'add' | 'change' | 'setting'; readonly reason: string },
): readonly IndexChange[] {
  const body = setup.lifecyclePolicies[policy] as unknown as JsonObject;
  const form = fingerprint(KINDS['lifecycle-policy'].normalise(body));
  const due = indices.filter((index) => observed.ledger.streams[attachKey(index)] !== form);
  if (due.length === 0) return [];
  return [
    {
      kind,
      name,
      action: 'attach-policy',
      reason: `${policy}: ${due.join(', ')} ${reason}`,
      risk: policyDeletes(body) ? 'destructive' : 'careful',
      touches: due,
      desired: { policy, indices: due, how, form },
    },
  ];
}
