import { setTimeout as pause } from 'node:timers/promises';
import { DeleteDomainCommand } from '@aws-sdk/client-opensearch';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { awsFailure, isGone, isRefusedForNow } from '../failure.ts';
import type { AwsNames } from '../names.ts';
import { domainTags, domainTitle, isOfEvent, observeDomain } from './observe.ts';
import { waitForDomain, type WaitOptions } from './progress.ts';
import { deleteDomainLogs } from './logs.ts';
import { abortedBy } from './wish.ts';

/** Options of {@link deleteDomain}. */
export interface DeleteDomainOptions extends Omit<WaitOptions, 'until' | 'changeId'> {
  /** False ends as soon as the service has taken it; its log groups stay then, and a second call removes them. @default true */
  readonly wait?: boolean | undefined;
  /** True leaves the log groups and their policy to whoever tells the event's own from what was there before. @default false */
  readonly keepLogs?: boolean | undefined;
}

/**
 * Deletes the domain of an event, waits until it is gone, and then removes its log groups and their policy. May be called again at any
 * time, also when all or a part of it is gone.
 *
 * @returns false where nothing was there
 * @throws PodscopeError AWS_DOMAIN_NOT_OURS (it has not the event's tag: nothing was deleted), AWS_DOMAIN_STUCK, INTERRUPTED, AWS_*
 */
export async function deleteDomain(clients: Pick<AwsClients, 'opensearch' | 'logs' | 'region'>, { event, domain }: Pick<AwsNames, 'event' | 'domain'>, options: DeleteDomainOptions = {}): Promise<boolean> {
  const { signal, wait = true, keepLogs = false } = options;
  const title = domainTitle(domain, clients.region);
  const state = await observeDomain(clients, domain, { signal });
  if (state !== undefined) {
    // An untagged one of this name is somebody else's: tags are given in the request that makes it.
    if (state.phase !== 'deleting' && !isOfEvent(await domainTags(clients, state, { signal }), event)) {
      throw new PodscopeError('AWS_DOMAIN_NOT_OURS', `${title} is not of the event ${event}: it was not deleted.`, { hint: 'It has no tag podscope:event of that value. If it is yours all the same, delete it in the console of AWS.' });
    }
    if (state.phase !== 'deleting') await askUntilTaken(clients, domain, options);
    if (!wait) return true;
    await waitForDomain(clients, domain, { ...options, until: 'gone' });
  }
  if (!keepLogs) await deleteDomainLogs(clients, domain, { signal });
  return state !== undefined;
}

/** The service refuses while it is at something else: it is asked again for as long as it is waited. */
async function askUntilTaken({ opensearch, region }: Pick<AwsClients, 'opensearch' | 'region'>, name: string, { signal, intervalMs = 15_000, timeoutMs = 90 * 60_000 }: DeleteDomainOptions): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      await opensearch.send(new DeleteDomainCommand({ DomainName: name }), abortedBy(signal));
      return;
    } catch (error) {
      if (isGone(error)) return;
      const busy = error instanceof Error && /in progress|being (?:created|modified|processed)/iu.test(error.message);
      if (!(busy || isRefusedForNow(error)) || Date.now() >= deadline) throw awsFailure(error, domainTitle(name, region));
    }
    await pause(intervalMs, undefined, { signal }).catch((error: unknown) => {
      throw awsFailure(error, domainTitle(name, region));
    });
  }
}
