import { DescribeStackEventsCommand, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeClusterCommand, DescribeNodegroupCommand, ListAccessEntriesCommand } from '@aws-sdk/client-eks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AwsClients } from '../../apps/workshop/src/targets/aws/clients.ts';
import { leftOver } from './inventory.ts';
import { startAws, type StartedAws } from './start.ts';
import { cluster, deleteStack, makeStack } from './testing/stack.fixture.ts';

let aws: StartedAws;
let clients: AwsClients;

beforeAll(async () => {
  aws = await startAws();
  clients = aws.clients();
});
beforeEach(() => aws.reset());
afterAll(() => aws?.stop());

describe('a stack with EKS', () => {
  it('comes up and goes, with all of its resources', async () => {
    const { stack, outputs } = await makeStack(clients, 'podscope-tried', cluster);
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(outputs['Group']).toMatch(/^sg-\w+\/eu-central-1$/);
    expect(outputs['Endpoint']).toContain('.eks.amazonaws.com');
    const { StackResources = [] } = await clients.cloudFormation.send(new DescribeStackResourcesCommand({ StackName: 'podscope-tried' }));
    expect(StackResources.map(({ LogicalResourceId, ResourceType, ResourceStatus }) => [LogicalResourceId, ResourceType, ResourceStatus]).sort()).toEqual(
      Object.entries(cluster.Resources).map(([id, { Type }]) => [id, Type, 'CREATE_COMPLETE']).sort(),
    );
    const { cluster: made } = await clients.eks.send(new DescribeClusterCommand({ name: 'podscope-tried' }));
    expect(made).toMatchObject({ status: 'ACTIVE', version: '1.35', tags: { 'podscope:event': 'tried' }, resourcesVpcConfig: { vpcId: outputs['VpcId'], subnetIds: [outputs['A'], outputs['B']] } });
    const { nodegroup } = await clients.eks.send(new DescribeNodegroupCommand({ clusterName: 'podscope-tried', nodegroupName: 'nodes' }));
    expect(nodegroup).toMatchObject({ status: 'ACTIVE', scalingConfig: { desiredSize: 2 }, labels: { Kept: 'AsIs' } });
    expect((await clients.eks.send(new ListAccessEntriesCommand({ clusterName: 'podscope-tried' }))).accessEntries).toContain('arn:aws:iam::123456789012:role/presenter');
    expect(await aws.inventory()).toMatchObject({ clusters: ['podscope-tried'], addons: ['podscope-tried/vpc-cni'], roles: ['podscope-tried'], podIdentities: [expect.stringContaining('podscope-tried/a-')] });

    expect((await deleteStack(clients, stack)).StackStatus).toBe('DELETE_COMPLETE');
    // The service's own habit: the control plane's logs stay.
    expect(leftOver(await aws.inventory())).toEqual(['logGroups: /aws/eks/podscope-tried/cluster']);
    const { StackEvents = [] } = await clients.cloudFormation.send(new DescribeStackEventsCommand({ StackName: stack.StackId ?? '' }));
    expect(StackEvents[0]).toMatchObject({ ResourceType: 'AWS::CloudFormation::Stack', ResourceStatus: 'DELETE_COMPLETE' });
  });
});
