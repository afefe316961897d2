import { PodscopeError } from '@podscope/core';
import { awsNow } from '../clients.ts';
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
 * Who asks, and whether the event is there already. Its time counts from its first `up`; more hours make it longer, and fewer do not
 * make it shorter: whoever runs `up` again, from a machine that knows nothing of the first one's hours, must not have the account delete
 * an event that goes on.
 *
 * @throws PodscopeError AWS_NO_CREDENTIALS, AWS_SESSION_EXPIRED, AWS_WRONG_ACCOUNT, AWS_EVENT_OVER, LEDGER_UNREADABLE, AWS_…
 */
export async function beginUp({ clients, runDir, signal }: Pick<AwsPlace, 'clients' | 'runDir' | 'signal'>, given: AwsSettings): Promise<Beginning> {
  const caller = await callerIdentity(clients, signal);
  const names = awsNames(given);
  const found = await findLedger({ runDir, clients, names, signal });
  if (found.damaged !== undefined && found.record === undefined) {
    throw new PodscopeError('LEDGER_UNREADABLE', `The ledger of the event ${given.event} in the account, the parameter ${found.damaged.parameter} in ${clients.region}, cannot be read: since when it is there, and on what, is not known. Nothing was made.`, { hint: 'Take the event down first ("podscope down --target aws"), or give another --event.' });
  }
  const now = awsNow(clients);
  requireAccount(given, found, { account: caller.account, region: clients.region, now });
  const before = found.isInAccount ? found.record : undefined;
  const began = before === undefined ? now : new Date(before.began);
  const expires = new Date(Math.max(began.getTime() + given.hours * HOUR, before === undefined ? 0 : Date.parse(before.expires)));
  const settings = { ...given, owner: given.owner ?? before?.settings.owner ?? caller.name, hours: (expires.getTime() - began.getTime()) / HOUR };
  if (expires <= now) {
    throw new PodscopeError('AWS_EVENT_OVER', `The event ${given.event} in ${clients.region} was over at ${expires.toISOString()}: the account is deleting it.`, { hint: 'Run "podscope down --target aws" to see it through, then "podscope up" again; or give more --hours.' });
  }
  if (before !== undefined) requireSame(before.settings, settings);
  return { caller, found, before, settings, began, expires };
}

/** An event that this machine has made in another account, and that is not over, would be made a second time. */
function requireAccount({ event }: Pick<AwsSettings, 'event'>, { record }: FoundLedger, { account, region, now }: { readonly account: string; readonly region: string; readonly now: Date }): void {
  if (record === undefined || record.account === account || new Date(record.expires) <= now) return;
  throw new PodscopeError('AWS_WRONG_ACCOUNT', `This machine has made the event ${event} in ${region} in the account ${record.account}, where it is until ${record.expires}; these credentials are of ${account}. Nothing was made.`, { hint: 'Sign in to that account (AWS_PROFILE) to go on with it, or give another --event to make one in this account.' });
}

/** What can't be changed on something that is there. */
function requireSame(before: AwsSettings, now: AwsSettings): void {
  const fixed = ['zones', 'egress', 'existingCluster', 'existingDomain'] as const;
  const other = fixed.find((name) => before[name] !== now[name]);
  if (other === undefined) return;
  throw new PodscopeError('AWS_EVENT_DIFFERS', `The event ${now.event} in ${now.region} was begun with ${other} ${JSON.stringify(before[other] ?? null)}; that can't be made ${JSON.stringify(now[other] ?? null)} on what is there.`, { hint: 'Take it down first ("podscope down --target aws"), or give another --event.' });
}
