import { DescribeBudgetCommand } from '@aws-sdk/client-budgets';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeInstancesCommand, DescribeNatGatewaysCommand, DescribeTagsCommand, DescribeVpcEndpointsCommand } from '@aws-sdk/client-ec2';
import { DescribeClusterCommand, DescribePodIdentityAssociationCommand } from '@aws-sdk/client-eks';
import { GetOpenIDConnectProviderCommand } from '@aws-sdk/client-iam';
import { DescribeDomainCommand } from '@aws-sdk/client-opensearch';
import { paginateGetResources } from '@aws-sdk/client-resource-groups-tagging-api';
import { GetScheduleGroupCommand } from '@aws-sdk/client-scheduler';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { awsFailure, isGone } from '../failure.ts';
import { TAGS } from '../names.ts';
import { findStack } from '../stacks/observe.ts';
import type { Left, SweepPlace } from './place.ts';

interface Resource {
  readonly arn: string;
  readonly service: string;
  readonly account: string;
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
        const [, , service = '', , account = '', ...rest] = arn.split(':');
        const resource = { arn, service, account, path: rest.join(':') };
        if (service !== 'ssm' && isOfRegion(resource, region)) found.push(resource);
      }
    }
  } catch (error) {
    throw awsFailure(error, `What carries the tag ${TAGS.event} in ${region}`);
  }
  const left: Left[] = [];
  for (const resource of found) {
    let why: string | undefined;
    const isThere = await stillThere(place, resource).catch((error: unknown) => {
      if (isGone(error)) return false;
      const failure = awsFailure(error, resource.arn);
      if (failure.code !== 'AWS_DENIED') throw failure;
      why = `whether it is still there may not be asked. ${failure.hint ?? ''}`.trim();
      return true;
    });
    if (isThere) left.push({ by: 'tag', kind: kindOf(resource), id: resource.arn, ...(why === undefined ? {} : { why }) });
  }
  return left;
}

/**
 * What belongs to a whole account is found in us-east-1, whatever region its event is in; an event of the same name may be in several.
 * The names of such things say which it is.
 */
function isOfRegion({ service, path }: Resource, region: string): boolean {
  if (service === 'iam' && path.startsWith('oidc-provider/oidc.eks.')) return path.startsWith(`oidc-provider/oidc.eks.${region}.`);
  if (service === 'budgets') return path.endsWith(`-${region}`);
  return true;
}

const idOf = ({ path }: Resource): string => path.slice(path.indexOf('/') + 1);
const kindOf = ({ service, path }: Resource): string => `${service} ${path.split(/[/:]/u)[0] ?? ''}`;

type Look = (resource: Resource, place: SweepPlace) => Promise<boolean>;

/** How each service is asked for one thing; an error that says it is gone is an answer, too. */
const LOOKS: Readonly<Record<string, Look>> = {
  async cloudformation({ arn }, { clients, signal }) {
    const stack = await findStack(clients, arn, signal);
    return stack !== undefined && stack.StackStatus !== 'DELETE_COMPLETE';
  },
  es: async (resource, { clients, signal }) => (await clients.opensearch.send(new DescribeDomainCommand({ DomainName: idOf(resource) }), { abortSignal: signal })).DomainStatus !== undefined,
  async eks(resource, { clients: { eks }, signal }) {
    const [clusterName, associationId] = idOf(resource).split('/');
    // It may be of a cluster that stays. Whatever else is of a cluster is gone with it.
    if (resource.path.startsWith('podidentityassociation/')) return (await eks.send(new DescribePodIdentityAssociationCommand({ clusterName, associationId }), { abortSignal: signal })).association !== undefined;
    return (await eks.send(new DescribeClusterCommand({ name: clusterName }), { abortSignal: signal })).cluster !== undefined;
  },
  async logs({ path }, { clients: { logs }, signal }) {
    const name = path.replace(/^log-group:/u, '').replace(/:\*$/u, '');
    return (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }), { abortSignal: signal })).logGroups?.some(({ logGroupName }) => logGroupName === name) === true;
  },
  states: async ({ arn, path }, { clients: { sfn }, signal }) => !path.startsWith('stateMachine:') || (await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arn }), { abortSignal: signal })).stateMachineArn !== undefined,
  scheduler: async (resource, { clients: { scheduler }, signal }) => !resource.path.startsWith('schedule-group/') || (await scheduler.send(new GetScheduleGroupCommand({ Name: idOf(resource) }), { abortSignal: signal })).Arn !== undefined,
  iam: async ({ arn, path }, { clients: { iam }, signal }) => !path.startsWith('oidc-provider/') || (await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }), { abortSignal: signal })).Url !== undefined,
  budgets: async (resource, { clients: { budgets }, signal }) => (await budgets.send(new DescribeBudgetCommand({ AccountId: resource.account, BudgetName: idOf(resource) }), { abortSignal: signal })).Budget !== undefined,
  async ec2(resource, { clients: { ec2 }, signal }) {
    const id = idOf(resource);
    const call = { abortSignal: signal };
    if (resource.path.startsWith('natgateway/')) return (await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }), call)).NatGateways?.some(({ State }) => State !== 'deleted') === true;
    if (resource.path.startsWith('vpc-endpoint/')) return (await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }), call)).VpcEndpoints?.some(({ State }) => State?.toLowerCase() !== 'deleted') === true;
    if (resource.path.startsWith('instance/')) return (await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }), call)).Reservations?.some(({ Instances = [] }) => Instances.some(({ State }) => State?.Name !== 'terminated')) === true;
    return ((await ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [id] }] }), call)).Tags ?? []).length > 0;
  },
};

async function stillThere(place: SweepPlace, resource: Resource): Promise<boolean> {
  return (await LOOKS[resource.service]?.(resource, place)) ?? true;
}
