import { PodscopeError } from '@podscope/core';
import type { TakenObject } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import { findOwners, opposing, ownerText } from '../../owners/findOwners.ts';
import { accessText, ruleText } from '../api/forbidden.ts';
import type { Access } from '../api/types.ts';
import { findUnwilling } from './optIn.ts';

/** What this user may not do of what a fault needs: one error that names each verb and resource, or none. */
export async function missingRights({ api }: KubernetesTarget, accesses: readonly Access[]): Promise<readonly PodscopeError[]> {
  const missing = await api.missing(accesses);
  const [first] = missing;
  if (!first) return [];
  const more = missing.length > 1 ? ` (and ${missing.length - 1} more)` : '';
  return [
    new PodscopeError('FAULT_FORBIDDEN', `This user may not ${accessText(first)}${more}, which the fault needs.`, {
      hint: 'Have the documented Role made and bound: "podscope fault role" prints it. Nothing was changed.',
      details: missing.map((access) => `${accessText(access)}: missing is ${ruleText(access)}`),
    }),
  ];
}

/** Why objects of a cluster are not to be touched: somebody has not opted in, or somebody else would undo it. */
export async function clusterRefusals(target: KubernetesTarget, objects: readonly TakenObject[], { despiteOwners }: { readonly despiteOwners: boolean }): Promise<readonly PodscopeError[]> {
  const refusals: PodscopeError[] = [];
  const unwilling = await findUnwilling(target, objects);
  if (unwilling.length > 0) {
    refusals.push(
      new PodscopeError('FAULT_NOT_OPTED_IN', `${unwilling[0] ?? ''} has not opted in to faults${unwilling.length > 1 ? ` (and ${unwilling.length - 1} more)` : ''}.`, {
        hint: `Label it ${target.optInLabel}=allowed, if it may be broken. Nothing was changed.`,
        details: unwilling,
      }),
    );
  }
  if (despiteOwners) return refusals;
  const { owners } = await findOwners(target.api, objects.map(({ paths, replicas, ...object }) => ({ object, paths, replicas })));
  const texts = opposing(owners).map(ownerText);
  if (texts.length > 0) {
    refusals.push(
      new PodscopeError('FAULT_OWNED', `Somebody else keeps what the fault would change: ${texts[0] ?? ''}`, {
        hint: 'Pause that owner for the time of the fault, or inject despite owners. Nothing was changed.',
        details: texts,
      }),
    );
  }
  return refusals;
}
