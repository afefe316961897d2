import { PodscopeError } from '@podscope/core';
import type { BlastRadius } from '../definition/defineFault.ts';
import type { FaultLimits, FaultRecord } from '../engine/types.ts';
import type { ObjectRef } from '../kubernetes/api/types.ts';

/** What a running fault has taken for itself. */
export interface Claim {
  readonly id: string;
  readonly fault: string;
  /** {@link FaultRecord.target}'s id. */
  readonly target: string;
  readonly unit: BlastRadius['unit'];
  readonly count: number;
  readonly of: number;
  /** Objects and things, by one name each. */
  readonly taken: readonly string[];
  readonly limits?: FaultLimits;
}

/** `Deployment.apps/guestbook/frontend`, without the version: an object has the same name in all of them. */
export function objectName({ apiVersion, kind, namespace, name }: ObjectRef): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  return `${kind}${group}/${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** What a record takes. */
export function claimOf({ id, fault, target, blastRadius, limits }: FaultRecord): Claim {
  const { unit, count, of, objects, things = [] } = blastRadius;
  return { id, fault, target: target.id, unit, count, of, taken: [...objects.map(objectName), ...things], ...(limits === undefined ? {} : { limits }) };
}

/**
 * Lets a fault in beside those that run, or says why not.
 *
 * @throws PodscopeError FAULT_OBJECT_TAKEN, FAULT_BLAST_RADIUS
 */
export function admit(claim: Claim, running: readonly Claim[]): void {
  const beside = running.filter(({ id, target }) => id !== claim.id && target === claim.target);
  for (const other of beside) {
    const both = claim.taken.filter((each) => other.taken.includes(each));
    if (both.length === 0) continue;
    throw new PodscopeError('FAULT_OBJECT_TAKEN', `${both[0] ?? ''} belongs to the fault ${other.id} (${other.fault}) until that is reverted.`, {
      hint: `Revert it first: "podscope fault revert ${other.id}". Nothing was changed.`,
      details: both,
    });
  }
  const counted = [claim, ...beside.filter(({ unit }) => unit === claim.unit)];
  const count = counted.reduce((sum, each) => sum + each.count, 0);
  const of = Math.max(...counted.map((each) => each.of));
  for (const { id, limits = {} } of counted) {
    const most = Math.min(limits.count ?? Number.POSITIVE_INFINITY, (limits.share ?? 1) * of);
    if (count <= most) continue;
    const whose = id === claim.id ? 'The limit' : `The limit of the fault ${id}, which runs,`;
    const limit = limits.count !== undefined && limits.count <= (limits.share ?? 1) * of ? `${limits.count}` : `${Math.round((limits.share ?? 1) * 100)} % of ${of}`;
    throw new PodscopeError('FAULT_BLAST_RADIUS', `${whose} is ${limit} ${claim.unit} at once; this fault would make it ${count}.`, {
      hint: 'Choose fewer, revert a fault that runs, or raise the limit. Nothing was changed.',
      details: counted.map((each) => `${each.id === claim.id ? 'this fault' : each.id}: ${each.count} ${each.unit}`),
    });
  }
}

/** @throws PodscopeError FAULT_STOPPED always. */
export function refuseStopped({ since, by }: { readonly since: string; readonly by: string }): never {
  throw new PodscopeError('FAULT_STOPPED', `All faults were aborted by ${by} at ${since}; no new one is injected.`, {
    hint: 'When it is safe again: "podscope fault abort --resume". Nothing was changed.',
  });
}
