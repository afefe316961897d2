import { DescribeStackEventsCommand, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { PutResourcePolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateInstanceProfileCommand, CreatePolicyCommand } from '@aws-sdk/client-iam';
import { CreateDomainCommand } from '@aws-sdk/client-opensearch';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AwsClients } from '../../apps/workshop/src/targets/aws/clients.ts';
import { awsSettings, type AwsSettingsInput } from '../../apps/workshop/src/targets/aws/settings.ts';
import { clusterTemplate } from '../../apps/workshop/src/targets/aws/templates/cluster/clusterTemplate.ts';
import { expiryTemplate } from '../../apps/workshop/src/targets/aws/templates/expiry/expiryTemplate.ts';
import { LAST_ROLE, templateNames } from '../../apps/workshop/src/targets/aws/templates/names.ts';
import { networkTemplate } from '../../apps/workshop/src/targets/aws/templates/network/networkTemplate.ts';
import { networkOutputs } from '../../apps/workshop/src/targets/aws/templates/outputs.ts';
import type { Template } from '../../apps/workshop/src/targets/aws/templates/template.ts';
import { INVENTORY_KINDS, leftOver, type InventoryKind } from './inventory.ts';
import { startAws, type StartedAws } from './start.ts';
import { deleteStack, makeStack } from './testing/stack.fixture.ts';

let aws: StartedAws;
let clients: AwsClients;

beforeAll(async () => {
  aws = await startAws();
  clients = aws.clients();
});
beforeEach(() => aws.reset());
afterAll(() => aws?.stop());

const EXPIRES = new Date('2030-01-01T16:00:00.000Z');
const creator = 'arn:aws:iam::123456789012:role/maker';

/** Where the inventory has what a template makes. */
const KINDS: Readonly<Record<string, InventoryKind>> = {
  'AWS::Budgets::Budget': 'budgets', 'AWS::EC2::EIP': 'addresses', 'AWS::EC2::FlowLog': 'flowLogs', 'AWS::EC2::InternetGateway': 'internetGateways', 'AWS::EC2::LaunchTemplate': 'launchTemplates', 'AWS::EC2::NatGateway': 'natGateways',
  'AWS::EC2::RouteTable': 'routeTables', 'AWS::EC2::SecurityGroup': 'securityGroups', 'AWS::EC2::Subnet': 'subnets', 'AWS::EC2::VPC': 'vpcs', 'AWS::EC2::VPCEndpoint': 'vpcEndpoints',
  'AWS::EKS::AccessEntry': 'accessEntries', 'AWS::EKS::Addon': 'addons', 'AWS::EKS::Cluster': 'clusters', 'AWS::EKS::Nodegroup': 'nodegroups', 'AWS::EKS::PodIdentityAssociation': 'podIdentities',
  'AWS::IAM::OIDCProvider': 'oidcProviders', 'AWS::IAM::Role': 'roles', 'AWS::Logs::LogGroup': 'logGroups', 'AWS::Scheduler::Schedule': 'schedules', 'AWS::Scheduler::ScheduleGroup': 'scheduleGroups', 'AWS::StepFunctions::StateMachine': 'stateMachines',
};
/** What is a part of another thing, and goes with it. */
const PARTS = ['AWS::EC2::Route', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::VPCGatewayAttachment', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress', 'AWS::IAM::Policy'];

/** How many more of each kind there must be, once a template is made. */
function countsOf(template: Template): readonly (readonly [InventoryKind, number])[] {
  const types = Object.values(template.Resources).map(({ Type }) => Type).filter((type) => !PARTS.includes(type));
  expect(types.filter((type) => KINDS[type] === undefined), 'types that the inventory does not list').toEqual([]);
  return [...new Set(types)].map((type) => [KINDS[type] ?? 'stacks', types.filter((each) => each === type).length] as const);
}

/** Moto leaves a resource out that it does not know, with nothing but a warning: what came up is compared with the template, one by one. */
async function bringUp(name: string, template: Template): Promise<Awaited<ReturnType<typeof makeStack>>> {
  const before = await aws.inventory();
  const made = await makeStack(clients, name, template);
  expect(`${made.stack.StackStatus ?? ''} ${made.stack.StackStatusReason ?? ''}`).toBe('CREATE_COMPLETE ');
  const { StackResources = [] } = await clients.cloudFormation.send(new DescribeStackResourcesCommand({ StackName: name }));
  expect(StackResources.map(({ LogicalResourceId, ResourceType }) => `${LogicalResourceId ?? ''} ${ResourceType ?? ''}`).sort()).toEqual(Object.entries(template.Resources).map(([id, { Type }]) => `${id} ${Type}`).sort());
  for (const { PhysicalResourceId } of StackResources) expect(PhysicalResourceId).toMatch(/./);
  const after = await aws.inventory();
  for (const [kind, count] of [...countsOf(template), ['stacks', 1] as const]) expect(after[kind].length - before[kind].length, kind).toBeGreaterThanOrEqual(count);
  expect(Object.keys(made.outputs).sort()).toEqual(Object.keys(template.Outputs ?? {}).sort());
  return made;
}

it.each<[string, AwsSettingsInput]>([
  ['as it is by default', {}],
  ['with endpoints, three zones and all that can be asked for', { zones: 3, egress: 'endpoints', flowLogs: true, owner: 'ana', presenters: ['arn:aws:iam::123456789012:role/presenter'], budget: { usd: 40, email: 'ana@example.com' } }],
])('an event %s comes up with every resource of its templates, and goes', async (_, input) => {
  const settings = awsSettings.parse(input);
  const expiry = await bringUp('podscope-expiry', expiryTemplate(settings, EXPIRES));
  const network = await bringUp('podscope-network', networkTemplate(settings, EXPIRES, { creator }));
  const cluster = await bringUp('podscope-cluster', clusterTemplate(settings, EXPIRES, networkOutputs('podscope-network', network.stack.Outputs ?? []), { creator, apiCidrs: ['203.0.113.7/32'], shipperAccounts: [{ namespace: 'logging', name: 'fluentd' }] }));
  // The network holds the cluster: it can't go first.
  expect(await deleteStack(clients, network.stack)).toMatchObject({ StackStatus: 'DELETE_FAILED' });
  for (const { stack } of [cluster, network, expiry]) {
    const { StackStatus } = await deleteStack(clients, stack);
    const { StackEvents = [] } = await clients.cloudFormation.send(new DescribeStackEventsCommand({ StackName: stack.StackId }));
    const failed = StackEvents.filter((each) => stack !== network.stack && each.ResourceStatus === 'DELETE_FAILED').map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId ?? ''}: ${ResourceStatusReason ?? ''}`);
    expect([StackStatus, ...failed, ...(StackStatus === 'DELETE_COMPLETE' ? [] : [StackEvents[1]?.ResourceStatusReason])]).toEqual(['DELETE_COMPLETE']);
  }
  // The role by which the expiry deletes its own stack: `up` and `down` remove it (docs/guide/aws-expiry.md).
  expect(leftOver(await aws.inventory())).toEqual([`roles: ${templateNames(settings).role(LAST_ROLE)}`]);
});

it('an inventory sees one of each kind', async () => {
  const settings = awsSettings.parse({ flowLogs: true, budget: { usd: 40, email: 'ana@example.com' } });
  await bringUp('podscope-expiry', expiryTemplate(settings, EXPIRES));
  const network = networkOutputs('podscope-network', (await bringUp('podscope-network', networkTemplate(settings, EXPIRES, { creator }))).stack.Outputs ?? []);
  await bringUp('podscope-cluster', clusterTemplate(settings, EXPIRES, network, { creator, apiCidrs: ['203.0.113.7/32'], shipperAccounts: [{ namespace: 'logging', name: 'fluentd' }] }));
  // What Kubernetes, the domain and a user make.
  for (const kind of ['classic', 'network'] as const) await aws.plant.loadBalancer(network.vpcId, { kind });
  await aws.plant.endpoint(network.vpcId);
  await aws.plant.volume('podscope');
  await clients.opensearch.send(new CreateDomainCommand({ DomainName: 'podscope' }));
  await clients.logs.send(new PutResourcePolicyCommand({ policyName: 'podscope-logs', policyDocument: '{}' }));
  for (let index = 0; index < 12; index++) await clients.ssm.send(new PutParameterCommand({ Name: `/podscope/${index}`, Value: 'x', Type: 'String' }));
  await clients.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'podscope' }));
  await clients.iam.send(new CreatePolicyCommand({ PolicyName: 'podscope', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' }] }) }));
  const found = await aws.inventory();
  expect(INVENTORY_KINDS.filter((kind) => found[kind].length === 0)).toEqual([]);
  // More than a page.
  expect(found.parameters).toHaveLength(12);
  expect(INVENTORY_KINDS.flatMap((kind) => found[kind]).filter((name) => !/[\w-]{3}/u.test(name))).toEqual([]);
});
