import { AddTagsCommand } from '@aws-sdk/client-opensearch';
import type { AwsClients } from '../clients.ts';
import { awsFailure } from '../failure.ts';
import { changeDomain, planDomainChange } from './change.ts';
import { type DomainState, domainTags, domainTitle } from './observe.ts';
import { upgradeDomain } from './upgrade.ts';
import { abortedBy, type DomainCall, type DomainWish } from './wish.ts';

/** How {@link settleDomain} goes about it. */
export interface SettleOptions extends DomainCall {
  /** Told of what is changed, and how far that is. */
  readonly onProgress: (text: string) => void;
  /** Between two looks, and how long one change may take. */
  readonly intervalMs?: number | undefined;
  readonly timeoutMs?: number | undefined;
}

/**
 * Makes an active domain of an event what is wanted by now: its tags, which say when the event ends; the size of its nodes, after a dry
 * run; and its version. Nothing is asked for that is so already.
 *
 * @throws PodscopeError AWS_DOMAIN_INVALID, AWS_DOMAIN_CHANGE_REFUSED (nothing was changed), AWS_DOMAIN_FAILED, AWS_DOMAIN_STUCK, AWS_*
 */
export async function settleDomain(clients: Pick<AwsClients, 'opensearch' | 'region'>, state: DomainState, { size, tags }: Pick<DomainWish, 'size' | 'tags'>, { signal, onProgress, intervalMs, timeoutMs }: SettleOptions): Promise<DomainState> {
  await retag(clients, state, tags, { signal });
  const wait = { signal, intervalMs, timeoutMs };
  let settled = state;
  const change = planDomainChange(state, { size });
  if (change !== undefined) {
    const what = change.lines.join(', ');
    onProgress(`trying a change: ${what}`);
    const changed = await changeDomain(clients, change, {
      ...wait,
      confirm: async ({ deployment }) => {
        onProgress(`${what}${deployment === 'blue-green' ? ', by new nodes beside the old ones' : ''}`);
        return true;
      },
      onProgress: ({ text }) => onProgress(text),
    });
    settled = changed ?? state;
  }
  return settled.engineVersion === size.engineVersion ? settled : upgradeDomain(clients, state.name, size.engineVersion, { ...wait, onProgress });
}

async function retag(clients: Pick<AwsClients, 'opensearch' | 'region'>, state: DomainState, tags: DomainWish['tags'], { signal }: DomainCall): Promise<void> {
  const there = await domainTags(clients, state, { signal });
  const other = Object.entries(tags).filter(([key, value]) => there[key] !== value);
  if (other.length === 0) return;
  try {
    await clients.opensearch.send(new AddTagsCommand({ ARN: state.arn, TagList: other.map(([Key, Value]) => ({ Key, Value })) }), abortedBy(signal));
  } catch (error) {
    throw awsFailure(error, `The tags of ${domainTitle(state.name, clients.region)}`);
  }
}
