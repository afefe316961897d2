import { CreateTagsCommand, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import type { AwsClients } from '../clients.ts';
import { awsFailure } from '../failure.ts';
import { TAGS } from '../names.ts';

/** Of one request, in `CreateTags`. */
const MOST = 500;

/**
 * Gives what runs as nodes of an event its tags: instances, their volumes (those of pods, too) and their interfaces. A launch template can't say
 * when an event ends, since each other end would be another version of it, for which EKS replaces all nodes. May be done again.
 *
 * @returns how many things have the tags
 * @throws PodscopeError AWS_…
 */
export async function tagNodes({ ec2, region }: Pick<AwsClients, 'ec2' | 'region'>, event: string, tags: Readonly<Record<string, string>>, signal: AbortSignal): Promise<number> {
  const at = { abortSignal: signal };
  const ids = new Set<string>();
  try {
    const Filters = [{ Name: `tag:${TAGS.event}`, Values: [event] }, { Name: 'instance-state-name', Values: ['pending', 'running'] }];
    for await (const { Reservations = [] } of paginateDescribeInstances({ client: ec2 }, { Filters }, at)) {
      for (const { InstanceId: id, BlockDeviceMappings: disks = [], NetworkInterfaces: interfaces = [] } of Reservations.flatMap(({ Instances = [] }) => Instances)) {
        for (const each of [id, ...disks.map(({ Ebs }) => Ebs?.VolumeId), ...interfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId)]) if (each !== undefined) ids.add(each);
      }
    }
    const all = [...ids];
    for (let from = 0; from < all.length; from += MOST) {
      await ec2.send(new CreateTagsCommand({ Resources: all.slice(from, from + MOST), Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }), at);
    }
  } catch (error) {
    throw awsFailure(error, `The tags of the nodes of the event ${event} in ${region}`);
  }
  return ids.size;
}
