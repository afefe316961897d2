import { PodscopeError } from '@podscope/core';
import { type CallerIdentity, callerIdentity } from '../identity.ts';
import { findLedger, type FoundLedger } from '../ledger/ledger.ts';
import { awsNames } from '../names.ts';
import { type AwsPlace, sweepNames } from '../request.ts';
import { findLeft } from '../sweep/left.ts';
import type { Left } from '../sweep/place.ts';

/** What there is of an event. */
export interface FoundEvent {
  readonly caller: CallerIdentity;
  readonly ledger: FoundLedger;
  readonly left: readonly Left[];
}

/**
 * Finds an event by its ledger, here and in the account, by its tag, and by lists of each kind: any of them is enough.
 *
 * @throws PodscopeError AWS_WRONG_ACCOUNT where this machine's ledger is of another account, LEDGER_UNREADABLE, AWS_…
 */
export async function findEvent({ clients, event, runDir, signal }: AwsPlace): Promise<FoundEvent> {
  const caller = await callerIdentity(clients, signal);
  const names = awsNames({ event });
  const ledger = await findLedger({ runDir, clients, names, signal });
  if (ledger.record !== undefined && ledger.record.account !== caller.account) {
    throw new PodscopeError('AWS_WRONG_ACCOUNT', `The event ${event} in ${clients.region} was made in the account ${ledger.record.account}; these credentials are of ${caller.account}. Nothing was asked for or deleted.`, { hint: 'Sign in to that account (AWS_PROFILE), and run it again.' });
  }
  return { caller, ledger, left: await findLeft({ clients, names, signal }, ledger.entries, sweepNames(event, clients.region, ledger.record?.began)) };
}

/** True where nothing of an event is anywhere, not even a word in a ledger. */
export function isNothing({ ledger, left }: FoundEvent): boolean {
  return left.length === 0 && ledger.parameters.length === 0 && ledger.entries.every(({ state }) => state === 'gone');
}
