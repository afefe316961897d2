import { DescribeStackEventsCommand, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AwsClients } from '../../apps/workshop/src/targets/aws/clients.ts';
import { awsSettings, type AwsSettingsInput } from '../../apps/workshop/src/targets/aws/settings.ts';
import { clusterTemplate } from '../../apps/workshop/src/targets/aws/templates/cluster/clusterTemplate.ts';
import { expiryTemplate } from '../../apps/workshop/src/targets/aws/templates/expiry/expiryTemplate.ts';
import { LAST_ROLE, templateNames } from '../../apps/workshop/src/targets/aws/templates/names.ts';
import { networkTemplate } from '../../apps/workshop/src/targets/aws/templates/network/networkTemplate.ts';
import { networkOutputs } from '../../apps/workshop/src/targets/aws/templates/outputs.ts';
import type { Template } from '../../apps/workshop/src/targets/aws/templates/template.ts';
import { leftOver } from './inventory.ts';
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

/** Moto leaves a resource out that it does not know, with nothing but a warning: what came up is compared with the template, one by one. */
async function bringUp(name: string, template: Template): Promise<Awaited<ReturnType<typeof makeStack>>> {
  const made = await makeStack(clients, name, template);
  expect(`${made.stack.StackStatus ?? ''} ${made.stack.StackStatusReason ?? ''}`).toBe('CREATE_COMPLETE ');
  const { StackResources = [] } = await clients.cloudFormation.send(new DescribeStackResourcesCommand({ StackName: name }));
  expect(StackResources.map(({ LogicalResourceId, ResourceType }) => `${LogicalResourceId ?? ''} ${ResourceType ?? ''}`).sort()).toEqual(Object.entries(template.Resources).map(([id, { Type }]) => `${id} ${Type}`).sort());
  for (const { PhysicalResourceId } of StackResources) expect(PhysicalResourceId).toMatch(/./);
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
