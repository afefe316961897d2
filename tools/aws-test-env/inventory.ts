import { DescribeBudgetsCommand } from '@aws-sdk/client-budgets';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeLaunchTemplatesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { ListClustersCommand, ListNodegroupsCommand } from '@aws-sdk/client-eks';
import { DescribeLoadBalancersCommand as DescribeClassicCommand } from '@aws-sdk/client-elastic-load-balancing';
import { DescribeLoadBalancersCommand, DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListInstanceProfilesCommand, ListOpenIDConnectProvidersCommand, paginateListPolicies, paginateListRoles } from '@aws-sdk/client-iam';
import { ListDomainNamesCommand } from '@aws-sdk/client-opensearch';
import { ListScheduleGroupsCommand, ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import { ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { DescribeParametersCommand } from '@aws-sdk/client-ssm';
import type { AwsClients } from '../../apps/workshop/src/targets/aws/clients.ts';
import { ACCOUNT } from './credentials.ts';

/** Kinds of what the target can make in an account. */
export const INVENTORY_KINDS = [
  'vpcs', 'subnets', 'natGateways', 'addresses', 'internetGateways', 'routeTables', 'securityGroups', 'networkInterfaces', 'vpcEndpoints', 'flowLogs', 'launchTemplates', 'volumes',
  'classicLoadBalancers', 'loadBalancers', 'targetGroups', 'clusters', 'nodegroups', 'addons', 'accessEntries', 'podIdentities', 'domains', 'roles', 'policies', 'instanceProfiles',
  'oidcProviders', 'logGroups', 'schedules', 'scheduleGroups', 'stateMachines', 'parameters', 'budgets', 'stacks',
] as const;
export type InventoryKind = (typeof INVENTORY_KINDS)[number];

/** Names or ids by kind. */
export type Inventory = Readonly<Record<InventoryKind, readonly string[]>>;

/** What only the stand-in knows. */
export interface OwnInventory {
  readonly addons: readonly string[];
  readonly accessEntries: readonly string[];
  readonly podIdentities: readonly string[];
  readonly stacks: readonly string[];
}

const names = <Item>(items: readonly Item[] | undefined, name: (item: Item) => string | undefined): readonly string[] => (items ?? []).map((each) => name(each) ?? '').sort();

/** Lists all that is there, by moto's own list calls and the stand-in's memory. */
export async function takeInventory({ budgets, ec2, eks, elb, elbV2, iam, logs, opensearch, scheduler, sfn, ssm }: AwsClients, own: OwnInventory): Promise<Inventory> {
  const { clusters = [] } = await eks.send(new ListClustersCommand({}));
  const nodegroups = await Promise.all(clusters.map(async (clusterName) => names((await eks.send(new ListNodegroupsCommand({ clusterName }))).nodegroups, (each) => `${clusterName}/${each}`)));
  const roles: string[] = [];
  for await (const page of paginateListRoles({ client: iam }, {})) roles.push(...names(page.Roles, (each) => each.RoleName));
  const policies: string[] = [];
  for await (const page of paginateListPolicies({ client: iam }, { Scope: 'Local' })) policies.push(...names(page.Policies, (each) => each.PolicyName));
  const interfaces = await ec2.send(new DescribeNetworkInterfacesCommand({}));
  return {
    vpcs: names((await ec2.send(new DescribeVpcsCommand({}))).Vpcs, (each) => each.VpcId),
    subnets: names((await ec2.send(new DescribeSubnetsCommand({}))).Subnets, (each) => each.SubnetId),
    natGateways: names((await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways?.filter((each) => each.State !== 'deleted'), (each) => each.NatGatewayId),
    addresses: names((await ec2.send(new DescribeAddressesCommand({}))).Addresses, (each) => each.AllocationId),
    internetGateways: names((await ec2.send(new DescribeInternetGatewaysCommand({}))).InternetGateways, (each) => each.InternetGatewayId),
    routeTables: names((await ec2.send(new DescribeRouteTablesCommand({}))).RouteTables, (each) => each.RouteTableId),
    securityGroups: names((await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups, (each) => `${each.GroupId ?? ''} (${each.GroupName ?? ''})`),
    networkInterfaces: names(interfaces.NetworkInterfaces, (each) => `${each.NetworkInterfaceId ?? ''} (${each.Description ?? ''})`),
    vpcEndpoints: names((await ec2.send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints?.filter((each) => String(each.State) !== 'deleted'), (each) => each.VpcEndpointId),
    flowLogs: names((await ec2.send(new DescribeFlowLogsCommand({}))).FlowLogs, (each) => each.FlowLogId),
    launchTemplates: names((await ec2.send(new DescribeLaunchTemplatesCommand({}))).LaunchTemplates, (each) => each.LaunchTemplateName),
    volumes: names((await ec2.send(new DescribeVolumesCommand({}))).Volumes, (each) => each.VolumeId),
    classicLoadBalancers: names((await elb.send(new DescribeClassicCommand({}))).LoadBalancerDescriptions, (each) => each.LoadBalancerName),
    loadBalancers: names((await elbV2.send(new DescribeLoadBalancersCommand({}))).LoadBalancers, (each) => each.LoadBalancerName),
    targetGroups: names((await elbV2.send(new DescribeTargetGroupsCommand({}))).TargetGroups, (each) => each.TargetGroupName),
    clusters: [...clusters].sort(),
    nodegroups: nodegroups.flat(),
    addons: own.addons,
    accessEntries: own.accessEntries,
    podIdentities: own.podIdentities,
    domains: names((await opensearch.send(new ListDomainNamesCommand({}))).DomainNames, (each) => each.DomainName),
    roles: roles.sort(),
    policies: policies.sort(),
    instanceProfiles: names((await iam.send(new ListInstanceProfilesCommand({}))).InstanceProfiles, (each) => each.InstanceProfileName),
    oidcProviders: names((await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList, (each) => each.Arn),
    logGroups: names((await logs.send(new DescribeLogGroupsCommand({}))).logGroups, (each) => each.logGroupName),
    schedules: names((await scheduler.send(new ListSchedulesCommand({}))).Schedules, (each) => `${each.GroupName ?? ''}/${each.Name ?? ''}`),
    scheduleGroups: names((await scheduler.send(new ListScheduleGroupsCommand({}))).ScheduleGroups, (each) => each.Name),
    stateMachines: names((await sfn.send(new ListStateMachinesCommand({}))).stateMachines, (each) => each.name),
    parameters: names((await ssm.send(new DescribeParametersCommand({}))).Parameters, (each) => each.Name),
    budgets: names((await budgets.send(new DescribeBudgetsCommand({ AccountId: ACCOUNT }))).Budgets, (each) => each.BudgetName),
    stacks: own.stacks,
  };
}

/** What is in one and not in the other. */
export function without(inventory: Inventory, other: Inventory): Inventory {
  const rest: Record<InventoryKind, readonly string[]> = { ...inventory };
  for (const kind of INVENTORY_KINDS) rest[kind] = inventory[kind].filter((name) => !other[kind].includes(name));
  return rest;
}

/** One line for each thing that is there, such as `vpcs: vpc-0a1b`; none when nothing is. */
export function leftOver(inventory: Inventory): readonly string[] {
  return INVENTORY_KINDS.flatMap((kind) => inventory[kind].map((name) => `${kind}: ${name}`));
}
