import { paginateDescribeBudgets } from '@aws-sdk/client-budgets';
import { DescribeResourcePoliciesCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeAddressesCommand,
  paginateDescribeFlowLogs,
  paginateDescribeInternetGateways,
  paginateDescribeLaunchTemplates,
  paginateDescribeNatGateways,
  paginateDescribeNetworkInterfaces,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVolumes,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import { paginateListClusters, paginateListNodegroups } from '@aws-sdk/client-eks';
import { paginateDescribeLoadBalancers as paginateClassic } from '@aws-sdk/client-elastic-load-balancing';
import { paginateDescribeLoadBalancers, paginateDescribeTargetGroups } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListOpenIDConnectProvidersCommand, paginateListInstanceProfiles, paginateListPolicies, paginateListRoles } from '@aws-sdk/client-iam';
import { ListDomainNamesCommand } from '@aws-sdk/client-opensearch';
import { paginateListScheduleGroups, paginateListSchedules } from '@aws-sdk/client-scheduler';
import { paginateListStateMachines } from '@aws-sdk/client-sfn';
import { paginateDescribeParameters } from '@aws-sdk/client-ssm';
import type { AwsClients } from '../../apps/workshop/src/targets/aws/clients.ts';
import { ACCOUNT } from './credentials.ts';

/** Kinds of what the target can make in an account. */
export const INVENTORY_KINDS = [
  'vpcs', 'subnets', 'natGateways', 'addresses', 'internetGateways', 'routeTables', 'securityGroups', 'networkInterfaces', 'vpcEndpoints', 'flowLogs', 'launchTemplates', 'volumes',
  'classicLoadBalancers', 'loadBalancers', 'targetGroups', 'clusters', 'nodegroups', 'addons', 'accessEntries', 'podIdentities', 'domains', 'roles', 'policies', 'instanceProfiles',
  'oidcProviders', 'logGroups', 'logPolicies', 'schedules', 'scheduleGroups', 'stateMachines', 'parameters', 'budgets', 'stacks',
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

/** Names of what is on all pages of a list: some services give ten at a time. */
async function all<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => readonly Item[] | undefined, name: (item: Item) => string | undefined): Promise<readonly string[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return names(found, name);
}

/** Lists all that is there, by moto's own list calls and the stand-in's memory. @throws what the SDK throws: a list that can't be had is no empty one */
export async function takeInventory({ budgets, ec2, eks, elb, elbV2, iam, logs, opensearch, scheduler, sfn, ssm }: AwsClients, own: OwnInventory): Promise<Inventory> {
  const clusters = await all(paginateListClusters({ client: eks }, {}), (page) => page.clusters, (each) => each);
  const nodegroups = await Promise.all(clusters.map((clusterName) => all(paginateListNodegroups({ client: eks }, { clusterName }), (page) => page.nodegroups, (each) => `${clusterName}/${each}`)));
  return {
    vpcs: await all(paginateDescribeVpcs({ client: ec2 }, {}), (page) => page.Vpcs, (each) => each.VpcId),
    subnets: await all(paginateDescribeSubnets({ client: ec2 }, {}), (page) => page.Subnets, (each) => each.SubnetId),
    natGateways: await all(paginateDescribeNatGateways({ client: ec2 }, {}), (page) => page.NatGateways?.filter((each) => each.State !== 'deleted'), (each) => each.NatGatewayId),
    addresses: names((await ec2.send(new DescribeAddressesCommand({}))).Addresses, (each) => each.AllocationId),
    internetGateways: await all(paginateDescribeInternetGateways({ client: ec2 }, {}), (page) => page.InternetGateways, (each) => each.InternetGatewayId),
    routeTables: await all(paginateDescribeRouteTables({ client: ec2 }, {}), (page) => page.RouteTables, (each) => each.RouteTableId),
    securityGroups: await all(paginateDescribeSecurityGroups({ client: ec2 }, {}), (page) => page.SecurityGroups, (each) => `${each.GroupId ?? ''} (${each.GroupName ?? ''})`),
    networkInterfaces: await all(paginateDescribeNetworkInterfaces({ client: ec2 }, {}), (page) => page.NetworkInterfaces, (each) => `${each.NetworkInterfaceId ?? ''} (${each.Description ?? ''})`),
    vpcEndpoints: await all(paginateDescribeVpcEndpoints({ client: ec2 }, {}), (page) => page.VpcEndpoints?.filter((each) => String(each.State) !== 'deleted'), (each) => each.VpcEndpointId),
    flowLogs: await all(paginateDescribeFlowLogs({ client: ec2 }, {}), (page) => page.FlowLogs, (each) => each.FlowLogId),
    launchTemplates: await all(paginateDescribeLaunchTemplates({ client: ec2 }, {}), (page) => page.LaunchTemplates, (each) => each.LaunchTemplateName),
    volumes: await all(paginateDescribeVolumes({ client: ec2 }, {}), (page) => page.Volumes, (each) => each.VolumeId),
    classicLoadBalancers: await all(paginateClassic({ client: elb }, {}), (page) => page.LoadBalancerDescriptions, (each) => each.LoadBalancerName),
    loadBalancers: await all(paginateDescribeLoadBalancers({ client: elbV2 }, {}), (page) => page.LoadBalancers, (each) => each.LoadBalancerName),
    targetGroups: await all(paginateDescribeTargetGroups({ client: elbV2 }, {}), (page) => page.TargetGroups, (each) => each.TargetGroupName),
    clusters,
    nodegroups: nodegroups.flat(),
    addons: own.addons,
    accessEntries: own.accessEntries,
    podIdentities: own.podIdentities,
    domains: names((await opensearch.send(new ListDomainNamesCommand({}))).DomainNames, (each) => each.DomainName),
    roles: await all(paginateListRoles({ client: iam }, {}), (page) => page.Roles, (each) => each.RoleName),
    policies: await all(paginateListPolicies({ client: iam }, { Scope: 'Local' }), (page) => page.Policies, (each) => each.PolicyName),
    instanceProfiles: await all(paginateListInstanceProfiles({ client: iam }, {}), (page) => page.InstanceProfiles, (each) => each.InstanceProfileName),
    oidcProviders: names((await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList, (each) => each.Arn),
    logGroups: await all(paginateDescribeLogGroups({ client: logs }, {}), (page) => page.logGroups, (each) => each.logGroupName),
    logPolicies: names((await logs.send(new DescribeResourcePoliciesCommand({}))).resourcePolicies, (each) => each.policyName),
    schedules: await all(paginateListSchedules({ client: scheduler }, {}), (page) => page.Schedules, (each) => `${each.GroupName ?? ''}/${each.Name ?? ''}`),
    scheduleGroups: await all(paginateListScheduleGroups({ client: scheduler }, {}), (page) => page.ScheduleGroups, (each) => each.Name),
    stateMachines: await all(paginateListStateMachines({ client: sfn }, {}), (page) => page.stateMachines, (each) => each.name),
    parameters: await all(paginateDescribeParameters({ client: ssm }, {}), (page) => page.Parameters, (each) => each.Name),
    budgets: await all(paginateDescribeBudgets({ client: budgets }, { AccountId: ACCOUNT }), (page) => page.Budgets, (each) => each.BudgetName),
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
