import { DescribeInstancesCommand, DescribeNatGatewaysCommand, DescribeTagsCommand } from '@aws-sdk/client-ec2';
import { DescribeClusterCommand } from '@aws-sdk/client-eks';
import { DescribeDomainCommand } from '@aws-sdk/client-opensearch';
import { paginateGetResources } from '@aws-sdk/client-resource-groups-tagging-api';
import { awsFailure, isGone } from '../failure.ts';
import { TAGS } from '../names.ts';
import { findStack } from '../stacks/observe.ts';
import type { Left, SweepPlace } from './place.ts';

interface Resource {
  readonly arn: string;
  readonly service: string;
  /** What comes after the account: `natgateway/nat-0123`. */
  readonly path: string;
}

/**
 * What carries the event's tag in the region, and is really there: the search goes on naming some things for hours after they are gone
 * (https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html). What can't be asked for counts as there.
 * The parameters of the ledger are left out: they go last.
 *
 * @throws PodscopeError AWS_…
 */
export async function taggedLeft(place: SweepPlace): Promise<readonly Left[]> {
  const { clients: { tagging, region }, names, signal } = place;
  const found: Resource[] = [];
  try {
    for await (const { ResourceTagMappingList: list = [] } of paginateGetResources({ client: tagging }, { TagFilters: [{ Key: TAGS.event, Values: [names.event] }] }, { abortSignal: signal })) {
      for (const { ResourceARN: arn = '' } of list) {
        const [, , service = '', , , ...rest] = arn.split(':');
        if (service !== 'ssm') found.push({ arn, service, path: rest.join(':') });
      }
    }
  } catch (error) {
    throw awsFailure(error, `What carries the tag ${TAGS.event} in ${region}`);
  }
  const left: Left[] = [];
  for (const resource of found) {
    const isThere = await stillThere(place, resource).catch((error: unknown) => {
      if (isGone(error)) return false;
      throw awsFailure(error, `${resource.arn}`);
    });
    if (isThere) left.push({ by: 'tag', kind: kindOf(resource), id: resource.arn });
  }
  return left;
}

const idOf = ({ path }: Resource): string => path.slice(path.indexOf('/') + 1);
const kindOf = ({ service, path }: Resource): string => `${service} ${path.split(/[/:]/u)[0] ?? ''}`;

async function stillThere({ clients, signal }: SweepPlace, resource: Resource): Promise<boolean> {
  const call = { abortSignal: signal };
  const { service, path, arn } = resource;
  if (service === 'cloudformation') {
    const stack = await findStack(clients, arn, signal);
    return stack !== undefined && stack.StackStatus !== 'DELETE_COMPLETE';
  }
  if (service === 'es') return (await clients.opensearch.send(new DescribeDomainCommand({ DomainName: idOf(resource) }), call)).DomainStatus !== undefined;
  // Whatever is of a cluster is gone with it.
  if (service === 'eks') return (await clients.eks.send(new DescribeClusterCommand({ name: idOf(resource).split('/')[0] }), call)).cluster !== undefined;
  if (service !== 'ec2') return true;
  if (path.startsWith('natgateway/')) return (await clients.ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [idOf(resource)] }), call)).NatGateways?.some(({ State }) => State !== 'deleted') === true;
  if (path.startsWith('instance/')) return (await clients.ec2.send(new DescribeInstancesCommand({ InstanceIds: [idOf(resource)] }), call)).Reservations?.some(({ Instances = [] }) => Instances.some(({ State }) => State?.Name !== 'terminated')) === true;
  return ((await clients.ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [idOf(resource)] }] }), call)).Tags ?? []).length > 0;
}
