import { DescribeAvailabilityZonesCommand, paginateDescribeInstanceTypeOfferings } from '@aws-sdk/client-ec2';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from './clients.ts';
import { awsFailure } from './failure.ts';
import type { AwsSettings } from './settings.ts';

/** Zones in which EKS makes no control plane: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const WITHOUT_EKS = new Set(['use1-az3', 'usw1-az2', 'cac1-az3']);

/**
 * The zones that an event is put in: the first ones, by name, that have EKS and the type of the nodes.
 *
 * @throws PodscopeError AWS_ZONES where there are too few
 */
export async function chooseZones({ ec2, region }: Pick<AwsClients, 'ec2' | 'region'>, { zones: wanted, nodes: { type } }: AwsSettings, signal: AbortSignal): Promise<readonly string[]> {
  const offered = new Set<string>();
  let there: readonly string[];
  try {
    const { AvailabilityZones: zones = [] } = await ec2.send(new DescribeAvailabilityZonesCommand({ Filters: [{ Name: 'zone-type', Values: ['availability-zone'] }, { Name: 'state', Values: ['available'] }] }), { abortSignal: signal });
    there = zones.filter(({ ZoneId: id = '' }) => !WITHOUT_EKS.has(id)).flatMap(({ ZoneName: name }) => (name === undefined ? [] : [name])).toSorted();
    for await (const { InstanceTypeOfferings: offerings = [] } of paginateDescribeInstanceTypeOfferings({ client: ec2 }, { LocationType: 'availability-zone', Filters: [{ Name: 'instance-type', Values: [type] }] }, { abortSignal: signal })) {
      for (const { Location: zone } of offerings) if (zone !== undefined) offered.add(zone);
    }
  } catch (error) {
    throw awsFailure(error, `The zones of ${region}`);
  }
  const fit = there.filter((zone) => offered.has(zone));
  if (fit.length >= wanted) return fit.slice(0, wanted);
  throw new PodscopeError('AWS_ZONES', `${region} has ${fit.length} zones with instances of ${type}, and ${wanted} are wanted.`, { hint: 'Give another --node-type, fewer --zones, or another --region.', details: there.map((zone) => `${zone}: ${offered.has(zone) ? '' : 'no '}${type}`) });
}
