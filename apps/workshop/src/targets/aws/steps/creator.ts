import { PodscopeError } from '@podscope/core';
import { spellings } from '../domain/arns.ts';
import type { CallerIdentity } from '../identity.ts';
import type { EventRecord } from '../ledger/record.ts';
import type { AwsSettings } from '../settings.ts';

/**
 * Only who has begun an event goes on making it: the master of its domain is that role or user and stays it, so that another one could give
 * no rights in there, but would have taken the first one's access to the cluster away by then. A domain that was there has its own master.
 *
 * @throws PodscopeError AWS_EVENT_DIFFERS
 */
export function requireCreator(before: EventRecord | undefined, { principal }: CallerIdentity, { event, region, existingDomain }: AwsSettings): void {
  // Whether it could be read that a role has a path differs from one day to the next.
  const bare = (arn: string): string | undefined => spellings(arn).at(-1);
  if (before === undefined || existingDomain !== undefined || bare(before.creator) === bare(principal)) return;
  throw new PodscopeError('AWS_EVENT_DIFFERS', `The event ${event} in ${region} was begun by ${before.creator}, and this is ${principal}: only the first one is the master of its domain.`, {
    hint: 'Sign in as that role or user to go on making it. Presenters can use it, look at it, and take it down.',
  });
}
