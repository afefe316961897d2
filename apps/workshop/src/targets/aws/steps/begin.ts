import { PodscopeError } from '@podscope/core';
import { type CallerIdentity, callerIdentity } from '../identity.ts';
import { findLedger, type FoundLedger } from '../ledger/ledger.ts';
import type { EventRecord } from '../ledger/record.ts';
import { awsNames } from '../names.ts';
import type { AwsPlace } from '../request.ts';
import type { AwsSettings } from '../settings.ts';

const HOUR = 3_600_000;

/** What is known before anything is looked at closely. */
export interface Beginning {
  readonly caller: CallerIdentity;
  readonly found: FoundLedger;
  /** The record of an earlier `up` that this one goes on from. */
  readonly before: EventRecord | undefined;
  /** Settings with an owner. */
  readonly settings: AwsSettings;
  readonly began: Date;
  readonly expires: Date;
}

/**
 * Who asks, and whether the event is there already. Its time counts from its first `up`; more hours make it longer.
 *
 * @throws PodscopeError AWS_NO_CREDENTIALS, AWS_SESSION_EXPIRED, AWS_EVENT_OVER, AWS_…
 */
export async function beginUp({ clients, runDir, signal }: Pick<AwsPlace, 'clients' | 'runDir' | 'signal'>, given: AwsSettings): Promise<Beginning> {
  const caller = await callerIdentity(clients, signal);
  const names = awsNames(given);
  const found = await findLedger({ runDir, clients, names, signal });
  const before = found.isInAccount && found.record?.account === caller.account ? found.record : undefined;
  const settings = { ...given, owner: given.owner ?? before?.settings.owner ?? caller.name };
  const began = before === undefined ? new Date() : new Date(before.began);
  const expires = new Date(began.getTime() + settings.hours * HOUR);
  if (expires.getTime() <= Date.now()) {
    throw new PodscopeError('AWS_EVENT_OVER', `The event ${given.event} in ${clients.region} was over at ${expires.toISOString()}: the account is deleting it.`, { hint: 'Run "podscope down --target aws" to see it through, then "podscope up" again; or give more --hours.' });
  }
  if (before !== undefined) requireSame(before.settings, settings);
  return { caller, found, before, settings, began, expires };
}

/** What can't be changed on something that is there. */
function requireSame(before: AwsSettings, now: AwsSettings): void {
  const fixed = ['zones', 'egress', 'existingCluster', 'existingDomain'] as const;
  const other = fixed.find((name) => before[name] !== now[name]);
  if (other === undefined) return;
  throw new PodscopeError('AWS_EVENT_DIFFERS', `The event ${now.event} in ${now.region} was begun with ${other} ${JSON.stringify(before[other] ?? null)}; that can't be made ${JSON.stringify(now[other] ?? null)} on what is there.`, { hint: 'Take it down first ("podscope down --target aws"), or give another --event.' });
}
