import { CreateTagsCommand, paginateDescribeInstances, paginateDescribeNetworkInterfaces, paginateDescribeVolumes } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../clients.ts';
import { awsFailure } from '../failure.ts';
import { TAGS } from '../names.ts';

/** Of one request, in `CreateTags`. */
const MOST = 500;

/**
 * Gives what runs as nodes of an event all of its tags: instances, volumes (those of pods, too) and interfaces, as far as they carry the
 * event's already. A launch template can't say when an event ends, since each other end would be another version of it, for which EKS
 * replaces all nodes. May be done again.
 *
 * @returns how many things have the tags
 * @throws PodscopeError AWS_…
 */
export async function tagNodes({ ec2, region }: Pick<AwsClients, 'ec2' | 'region'>, event: string, tags: Readonly<Record<string, string>>, signal: AbortSignal): Promise<number> {
  const at = { abortSignal: signal };
  const ids = new Set<string>();
  try {
    const Filters = [{ Name: `tag:${TAGS.event}`, Values: [event] }];
    const running = [...Filters, { Name: 'instance-state-name', Values: ['pending', 'running'] }];
    for await (const { Reservations = [] } of paginateDescribeInstances({ client: ec2 }, { Filters: running }, at)) for (const { InstanceId: id } of Reservations.flatMap(({ Instances = [] }) => Instances)) if (id !== undefined) ids.add(id);
    for await (const { Volumes = [] } of paginateDescribeVolumes({ client: ec2 }, { Filters }, at)) for (const { VolumeId: id } of Volumes) if (id !== undefined) ids.add(id);
    for await (const { NetworkInterfaces = [] } of paginateDescribeNetworkInterfaces({ client: ec2 }, { Filters }, at)) for (const { NetworkInterfaceId: id } of NetworkInterfaces) if (id !== undefined) ids.add(id);
    const all = [...ids];
    for (let from = 0; from < all.length; from += MOST) {
      await ec2.send(new CreateTagsCommand({ Resources: all.slice(from, from + MOST), Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }), at);
    }
  } catch (error) {
    throw awsFailure(error, `The tags of the nodes of the event ${event} in ${region}`);
  }
  return ids.size;
}
