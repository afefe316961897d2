import { setTimeout as pause } from 'node:timers/promises';
import { CreateDomainCommand } from '@aws-sdk/client-opensearch';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure, isAwsError } from '../failure.ts';
import { type MakeOptions, makeDomainLogs } from './logs.ts';
import { type DomainState, domainTags, domainTitle, isOfEvent, observeDomain, requireDomain } from './observe.ts';
import { domainRequest } from './request.ts';
import { abortedBy, type DomainWish } from './wish.ts';

/** Options of {@link createDomain}. */
export interface CreateDomainOptions extends MakeOptions {
  /** Told when the service does not take it yet, and it is asked again. */
  readonly onWaiting?: ((why: string) => void) | undefined;
  /** How long roles and policies that were just made may stay unknown to the service. @default 3 minutes */
  readonly patienceMs?: number | undefined;
  /** @default 10 seconds */
  readonly intervalMs?: number | undefined;
}

/** A role, or the logs' policy, was made a moment ago, and the service does not see it yet: it says so as of a bad request. */
const NOT_YET_SEEN = /principal|resource access policy|does not (?:exist|grant)|not authorized to perform.*CloudWatch/iu;

/**
 * Begins to make a domain with its log groups; the service takes 15 to 30 minutes for it, see `waitForDomain`. A domain of this event that
 * is there already is taken as it is, so that an interrupted `up` goes on.
 *
 * @throws PodscopeError AWS_DOMAIN_INVALID, AWS_DOMAIN_TAKEN (there is one of that name that is not of this event), AWS_DOMAIN_NO_ROLE
 *   (the service's own role is missing), AWS_*
 */
export async function createDomain(clients: Pick<AwsClients, 'opensearch' | 'logs' | 'region'>, wish: DomainWish, options: CreateDomainOptions = {}): Promise<DomainState> {
  const { signal, beforeCreate } = options;
  const request = domainRequest(wish);
  const { names: { domain, event }, region } = wish;
  // Looked at before: the service may find something else wrong with the request first, such as a quota that this domain has used up.
  if ((await observeDomain(clients, domain, { signal })) !== undefined) return taken(clients, wish, options);
  await makeDomainLogs(clients, wish, options);
  await beforeCreate?.({ kind: 'domain', name: domain });
  try {
    await patiently(() => clients.opensearch.send(new CreateDomainCommand(request), abortedBy(signal)), options);
  } catch (error) {
    if (isAwsError(error, 'ResourceAlreadyExists')) return taken(clients, wish, options);
    if (error instanceof Error && /service-linked role/iu.test(error.message)) {
      throw new PodscopeError('AWS_DOMAIN_NO_ROLE', `${domainTitle(domain, region)}: this account lacks the role by which the service reaches a VPC.`, {
        hint: 'Make it once: aws iam create-service-linked-role --aws-service-name opensearchservice.amazonaws.com. It belongs to the account, costs nothing, and stays.',
      });
    }
    throw awsFailure(error, domainTitle(domain, region));
  }
  const state = await requireDomain(clients, domain, { signal });
  // Some places take the request and know nothing of its tags: an untagged domain could not be told from somebody else's.
  if (!isOfEvent(await domainTags(clients, state, { signal }), event)) throw new PodscopeError('AWS_DOMAIN_TAKEN', `${domainTitle(domain, region)} was made, and does not carry its tags.`, { hint: 'Delete it in the console of AWS if it is yours, and run the same command again.' });
  return state;
}

async function taken(clients: Pick<AwsClients, 'opensearch' | 'region'>, { names: { domain, event }, region }: DomainWish, { signal }: CreateDomainOptions): Promise<DomainState> {
  const state = await requireDomain(clients, domain, { signal });
  if (!isOfEvent(await domainTags(clients, state, { signal }), event)) {
    throw new PodscopeError('AWS_DOMAIN_TAKEN', `${domainTitle(domain, region)} is there already, and is not of the event ${event}.`, { hint: 'Give the event another name, or use that domain as it is: --existing-domain.' });
  }
  if (state.phase === 'deleting') throw new PodscopeError('AWS_DOMAIN_TAKEN', `${domainTitle(domain, region)} is being deleted.`, { hint: 'Wait until it is gone (podscope down --target aws does), or give the event another name.' });
  return state;
}

async function patiently<Answer>(ask: () => Promise<Answer>, { signal, onWaiting, patienceMs = 180_000, intervalMs = 10_000 }: CreateDomainOptions): Promise<Answer> {
  for (let waited = 0; ; waited += intervalMs) {
    try {
      return await ask();
    } catch (error) {
      const again = isAwsError(error, 'Validation', 'ValidationError') && error instanceof Error && NOT_YET_SEEN.test(error.message) && !/service-linked/iu.test(error.message);
      if (!again || waited >= patienceMs) throw error;
      onWaiting?.('the service does not see the new roles yet');
      await pause(intervalMs, undefined, { signal });
    }
  }
}
