import { DescribeClusterCommand } from '@aws-sdk/client-eks';
import { DescribeDomainCommand, ListTagsCommand } from '@aws-sdk/client-opensearch';
import { awsFailure, isGone } from '../failure.ts';
import type { LedgerEntry } from '../ledger/record.ts';
import { STACKS, TAGS } from '../names.ts';
import { eventOf, findStack, stacksNamed } from '../stacks/observe.ts';
import { type LogNames, logLeftovers } from './logs.ts';
import { networkLeftovers, type Removable, vpcsOf } from './network.ts';
import type { Left, SweepPlace } from './place.ts';
import { roleLeftovers } from './roles.ts';
import { taggedLeft } from './tagged.ts';

/** What may have names of the event, beside stacks, cluster and domain. */
export interface SweepNames {
  readonly logs: LogNames;
  /** Roles that a stack may leave. */
  readonly roles: readonly string[];
}

/** What no stack removes, to be removed now: of the network, logs, roles. @throws PodscopeError AWS_… */
export async function leftovers(place: SweepPlace, names: SweepNames): Promise<readonly Removable[]> {
  return [...(await networkLeftovers(place)), ...(await logLeftovers(place, names.logs)), ...(await roleLeftovers(place, names.roles))];
}

/**
 * Everything of an event that is there: by the ledger, by its tag, and by lists of each kind. Empty only when all three are.
 *
 * @throws PodscopeError AWS_…
 */
export async function findLeft(place: SweepPlace, entries: readonly LedgerEntry[], names: SweepNames): Promise<readonly Left[]> {
  const listed = await listedLeft(place, names);
  const ofLedger = entries.filter(({ state }) => state !== 'gone').flatMap(({ kind, name }): Left[] => (listed.some(({ id }) => id === name) ? [{ by: 'ledger', kind: kind.replace('-', ' '), id: name }] : []));
  return [...ofLedger, ...(await taggedLeft(place)), ...listed];
}

async function listedLeft(place: SweepPlace, names: SweepNames): Promise<readonly Left[]> {
  const [stacks, domain, cluster, vpcs, rest] = [await stacksLeft(place), await domainLeft(place), await clusterLeft(place), await vpcsOf(place), await leftovers(place, names)];
  return [
    ...stacks,
    ...domain,
    ...cluster,
    ...vpcs.map((id) => ({ by: 'list', kind: 'VPC', id }) as const),
    ...rest.map(({ remove: _remove, ...left }) => left),
  ];
}

async function stacksLeft({ clients, names, signal }: SweepPlace): Promise<readonly Left[]> {
  const left: Left[] = [];
  for (const name of await stacksNamed(clients, STACKS.map((id) => names.stack(id)), signal)) {
    const stack = await findStack(clients, name, signal);
    // A stack of this name that is somebody else's is none of the event's.
    if (stack !== undefined && eventOf(stack) === names.event) left.push({ by: 'list', kind: 'stack', id: name, why: stack.StackStatus ?? '' });
  }
  return left;
}

async function domainLeft({ clients: { opensearch, region }, names, signal }: SweepPlace): Promise<readonly Left[]> {
  try {
    const { DomainStatus: status } = await opensearch.send(new DescribeDomainCommand({ DomainName: names.domain }), { abortSignal: signal });
    if (status === undefined) return [];
    const { TagList: tags = [] } = await opensearch.send(new ListTagsCommand({ ARN: status.ARN }), { abortSignal: signal });
    return tags.some(({ Key, Value }) => Key === TAGS.event && Value === names.event) ? [{ by: 'list', kind: 'domain', id: names.domain, why: status.Deleted === true ? 'is being deleted' : (status.DomainProcessingStatus ?? 'there') }] : [];
  } catch (error) {
    if (isGone(error)) return [];
    throw awsFailure(error, `The domain ${names.domain} in ${region}`);
  }
}

async function clusterLeft({ clients: { eks, region }, names, signal }: SweepPlace): Promise<readonly Left[]> {
  try {
    const { cluster } = await eks.send(new DescribeClusterCommand({ name: names.cluster }), { abortSignal: signal });
    return cluster?.tags?.[TAGS.event] === names.event ? [{ by: 'list', kind: 'cluster', id: names.cluster, why: cluster.status ?? '' }] : [];
  } catch (error) {
    if (isGone(error)) return [];
    throw awsFailure(error, `The cluster ${names.cluster} in ${region}`);
  }
}
