import { DescribeClusterCommand } from '@aws-sdk/client-eks';
import { observeDomain, domainTags, isOfEvent } from '../domain/observe.ts';
import { isGone } from '../failure.ts';
import { TAGS } from '../names.ts';
import type { SweepPlace } from './place.ts';

/** Whose something is that has a name of the event; `none` where there is nothing of that name. */
export type Owner = 'event' | 'somebody' | 'none';

/** Whose the cluster of the event's name is: what carries the name of somebody else's is not the event's either. @throws what the SDK throws */
export async function clusterOwner({ clients: { eks }, names, signal }: SweepPlace): Promise<Owner> {
  try {
    const { cluster } = await eks.send(new DescribeClusterCommand({ name: names.cluster }), { abortSignal: signal });
    return cluster === undefined ? 'none' : cluster.tags?.[TAGS.event] === names.event ? 'event' : 'somebody';
  } catch (error) {
    if (isGone(error)) return 'none';
    throw error;
  }
}

/** Whose the domain of the event's name is, by its tag. @throws PodscopeError AWS_… */
export async function domainOwner({ clients, names, signal }: SweepPlace): Promise<Owner> {
  const domain = await observeDomain(clients, names.domain, { signal });
  if (domain === undefined) return 'none';
  return isOfEvent(await domainTags(clients, domain, { signal }), names.event) ? 'event' : 'somebody';
}
