import { CreateStackCommand, DeleteStackCommand, DescribeStackEventsCommand, DescribeStackResourcesCommand, ListStacksCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { DeleteNetworkInterfaceCommand, DeleteSecurityGroupCommand, DeleteSubnetCommand, DeleteVpcCommand, DeleteVpcEndpointsCommand, DescribeNetworkInterfacesCommand, DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import { DeleteClusterCommand, DescribeAddonVersionsCommand, DescribeClusterCommand, DescribeNodegroupCommand, ListAccessEntriesCommand, ResourceInUseException } from '@aws-sdk/client-eks';
import { DeleteLoadBalancerCommand as DeleteClassicCommand } from '@aws-sdk/client-elastic-load-balancing';
import { DeleteLoadBalancerCommand, DeleteTargetGroupCommand, DescribeLoadBalancersCommand, DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateDomainCommand, DeleteDomainCommand, DescribeDomainChangeProgressCommand, DescribeDomainCommand, GetUpgradeStatusCommand, UpdateDomainConfigCommand, UpgradeDomainCommand } from '@aws-sdk/client-opensearch';
import { CreateStateMachineCommand, DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AwsClients } from '../../apps/workshop/src/targets/aws/clients.ts';
import { leftOver } from './inventory.ts';
import { startAws, type StartedAws } from './start.ts';
import { cluster, deleteStack, makeStack, network, untilRest } from './testing/stack.fixture.ts';

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
    const { Subnets = [] } = await clients.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [outputs['A'] ?? '', outputs['B'] ?? ''] }));
    expect(Subnets.map(({ AvailabilityZone }) => AvailabilityZone).sort()).toEqual(['eu-central-1a', 'eu-central-1b']);
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

  it('is changed in place, what is new is made, and what is gone is deleted', async () => {
    const { stack } = await makeStack(clients, 'podscope-tried', cluster);
    const { Identity: _, Nodes, ...rest } = cluster.Resources;
    const wanted = { ...cluster, Resources: { ...rest, Nodes: { ...Nodes, Properties: { ...Nodes.Properties, ScalingConfig: { MinSize: 1, DesiredSize: 3, MaxSize: 4 } } }, Dns: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'coredns' } } } };
    const request = { StackName: 'podscope-tried', Capabilities: ['CAPABILITY_NAMED_IAM' as const], Tags: [{ Key: 'podscope:event', Value: 'tried' }] };
    await expect(clients.cloudFormation.send(new UpdateStackCommand({ ...request, TemplateBody: JSON.stringify(cluster) }))).rejects.toMatchObject({ name: 'ValidationError', message: 'No updates are to be performed.' });
    await clients.cloudFormation.send(new UpdateStackCommand({ ...request, TemplateBody: JSON.stringify(wanted) }));
    const updated = await untilRest(clients, 'podscope-tried');
    const { StackEvents = [] } = await clients.cloudFormation.send(new DescribeStackEventsCommand({ StackName: 'podscope-tried' }));
    expect(StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED')).toEqual([]);
    expect(updated.StackStatus).toBe('UPDATE_COMPLETE');
    expect((await clients.eks.send(new DescribeNodegroupCommand({ clusterName: 'podscope-tried', nodegroupName: 'nodes' }))).nodegroup?.scalingConfig?.desiredSize).toBe(3);
    expect(await aws.inventory()).toMatchObject({ addons: ['podscope-tried/coredns', 'podscope-tried/vpc-cni'], podIdentities: [] });
    expect((await deleteStack(clients, stack)).StackStatus).toBe('DELETE_COMPLETE');
    expect(leftOver(await aws.inventory())).toEqual(['logGroups: /aws/eks/podscope-tried/cluster']);
  });

  it('is deleted in its turn while it is being made, also when who made it went away', async () => {
    const gone = new AbortController();
    const making = clients.cloudFormation.send(new CreateStackCommand({ StackName: 'podscope-tried', TemplateBody: JSON.stringify(cluster), Capabilities: ['CAPABILITY_NAMED_IAM'] }), { abortSignal: gone.signal });
    making.catch(() => undefined);
    while (((await clients.cloudFormation.send(new ListStacksCommand({}))).StackSummaries ?? []).length === 0);
    gone.abort();
    await expect(making).rejects.toThrow();
    await Promise.all([1, 2].map(() => clients.cloudFormation.send(new DeleteStackCommand({ StackName: 'podscope-tried' }))));
    await expect(untilRest(clients, 'podscope-tried')).rejects.toMatchObject({ message: 'Stack with id podscope-tried does not exist' });
    expect(leftOver(await aws.inventory())).toEqual(['logGroups: /aws/eks/podscope-tried/cluster']);
  });

  it('is not made before moto has made it, however often it is asked for', async () => {
    const making = clients.cloudFormation.send(new CreateStackCommand({ StackName: 'podscope-tried', TemplateBody: JSON.stringify(cluster), Capabilities: ['CAPABILITY_NAMED_IAM'] }));
    while (((await clients.cloudFormation.send(new ListStacksCommand({}))).StackSummaries ?? []).length === 0);
    expect((await untilRest(clients, 'podscope-tried')).Outputs).toHaveLength(Object.keys(cluster.Outputs).length);
    await making;
  });

  it('is deleted with a role only where there is that role', async () => {
    await makeStack(clients, 'podscope-tried', network);
    const send = clients.cloudFormation.send(new DeleteStackCommand({ StackName: 'podscope-tried', RoleARN: 'arn:aws:iam::123456789012:role/nobody' }));
    await expect(send).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining('cannot be assumed') });
  });

  it('is rolled back when one of its resources fails', async () => {
    aws.fail({ stackResource: 'AWS::EKS::Nodegroup', reason: 'NodeCreationFailure: Instances failed to join the kubernetes cluster' });
    const { stack } = await makeStack(clients, 'podscope-tried', cluster);
    expect(stack).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE', StackStatusReason: expect.stringContaining('[Nodes]') });
    const { StackEvents = [] } = await clients.cloudFormation.send(new DescribeStackEventsCommand({ StackName: 'podscope-tried' }));
    expect(StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')).toMatchObject({ LogicalResourceId: 'Nodes', ResourceStatusReason: expect.stringContaining('failed to join') });
    expect(leftOver(await aws.inventory())).toEqual(['logGroups: /aws/eks/podscope-tried/cluster', 'stacks: podscope-tried (ROLLBACK_COMPLETE)']);
  });

  it('is refused when a type is made by nobody, a reference leads nowhere, or a capability is missing', async () => {
    const make = (template: object): Promise<unknown> => makeStack(clients, 'podscope-tried', template);
    await expect(make({ Resources: { Odd: { Type: 'AWS::Nobody::Makes', Properties: {} } } })).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining('AWS::Nobody::Makes') });
    await expect(make({ Resources: { A: { ...network.Resources.A } } })).rejects.toMatchObject({ message: expect.stringContaining('Unresolved resource dependencies [Vpc]') });
    await expect(make({ Resources: { Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'x', Kount: 2 } } } })).resolves.toMatchObject({ stack: { StackStatus: 'ROLLBACK_COMPLETE' } });
    await aws.reset();
    await expect(clients.cloudFormation.send(new UpdateStackCommand({ StackName: 'nobody', TemplateBody: '{}' }))).rejects.toMatchObject({ message: 'Stack with id nobody does not exist' });
  });
});

describe('a network', () => {
  it.each(['network', 'application', 'classic'] as const)('stays while the interface of a %s load balancer is in it', async (kind) => {
    const { stack, outputs } = await makeStack(clients, 'podscope-tried', network);
    const name = await aws.plant.loadBalancer(outputs['VpcId'] ?? '', { kind });
    await expect(clients.ec2.send(new DeleteVpcCommand({ VpcId: outputs['VpcId'] }))).rejects.toMatchObject({ name: 'DependencyViolation' });
    await expect(clients.ec2.send(new DeleteSubnetCommand({ SubnetId: outputs['A'] }))).rejects.toMatchObject({ name: 'DependencyViolation', message: `The subnet '${outputs['A'] ?? ''}' has dependencies and cannot be deleted.` });
    expect(await deleteStack(clients, stack)).toMatchObject({ StackStatus: 'DELETE_FAILED' });
    expect((await aws.inventory()).vpcs).toHaveLength(1);

    if (kind !== 'classic') {
      const { TargetGroups: [target] = [] } = await clients.elbV2.send(new DescribeTargetGroupsCommand({}));
      await expect(clients.elbV2.send(new DeleteTargetGroupCommand({ TargetGroupArn: target?.TargetGroupArn }))).rejects.toMatchObject({ name: 'ResourceInUseException' });
    }
    if (kind === 'classic') await clients.elb.send(new DeleteClassicCommand({ LoadBalancerName: name }));
    else {
      const { LoadBalancers = [] } = await clients.elbV2.send(new DescribeLoadBalancersCommand({ Names: [name] }));
      await clients.elbV2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn }));
    }
    const left = await aws.inventory();
    const group = left.securityGroups.find((each) => each.includes('k8s-'))?.split(' ')[0];
    // Its interfaces are the service's, and go a while after it.
    expect(left.networkInterfaces).not.toEqual([]);
    await expect(clients.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: left.networkInterfaces[0]?.split(' ')[0] }))).rejects.toMatchObject({ name: 'InvalidParameterValue', message: expect.stringContaining('is currently in use') });
    await expect(clients.ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }))).rejects.toMatchObject({ name: 'DependencyViolation' });
    while (((await clients.ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces ?? []).length > 0);
    expect((await aws.inventory()).networkInterfaces).toEqual([]);
    // The security group that Kubernetes made stays, and holds the VPC as well.
    expect(await deleteStack(clients, stack)).toMatchObject({ StackStatus: 'DELETE_FAILED' });
    await clients.ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }));
    for (const { TargetGroupArn } of (await clients.elbV2.send(new DescribeTargetGroupsCommand({}))).TargetGroups ?? []) await clients.elbV2.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
    expect(await deleteStack(clients, stack)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
    expect(leftOver(await aws.inventory())).toEqual([]);
  });

  it('stays while an interface is planted in a subnet; volumes and log groups are seen', async () => {
    const { stack, outputs } = await makeStack(clients, 'podscope-tried', network);
    const planted = await aws.plant.networkInterface(outputs['B'] ?? '');
    const volume = await aws.plant.volume('podscope-tried');
    const group = await aws.plant.logGroup('podscope-tried');
    expect(await deleteStack(clients, stack)).toMatchObject({ StackStatus: 'DELETE_FAILED', StackStatusReason: expect.stringContaining('[B]') });
    await clients.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: planted }));
    expect(await deleteStack(clients, stack)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
    expect(leftOver(await aws.inventory())).toEqual([`volumes: ${volume}`, `logGroups: ${group}`]);
  });

  it('stays while an endpoint or groups are in it that a service has made', async () => {
    const { stack, outputs: { VpcId = '' } } = await makeStack(clients, 'podscope-tried', network);
    const endpoint = await aws.plant.endpoint(VpcId);
    expect((await aws.inventory()).networkInterfaces).toEqual([expect.stringContaining(endpoint), expect.stringContaining(endpoint)]);
    expect(await deleteStack(clients, stack)).toMatchObject({ StackStatus: 'DELETE_FAILED' });
    await clients.ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [endpoint] }));
    const [one, other] = await aws.plant.securityGroups(VpcId);
    await expect(clients.ec2.send(new DeleteSecurityGroupCommand({ GroupId: one }))).rejects.toMatchObject({ name: 'DependencyViolation' });
    await expect(clients.ec2.send(new DeleteSecurityGroupCommand({ GroupId: other }))).rejects.toMatchObject({ name: 'DependencyViolation' });
    expect(await deleteStack(clients, stack)).toMatchObject({ StackStatus: 'DELETE_FAILED', StackStatusReason: expect.stringContaining('[Vpc]') });
  });

  it('stays while a cluster has node groups, and takes its time', async () => {
    await makeStack(clients, 'podscope-tried', cluster);
    await expect(clients.eks.send(new DeleteClusterCommand({ name: 'podscope-tried' }))).rejects.toBeInstanceOf(ResourceInUseException);
    const { addons = [] } = await clients.eks.send(new DescribeAddonVersionsCommand({ kubernetesVersion: '1.35', addonName: 'vpc-cni' }));
    expect(addons[0]?.addonVersions?.[0]?.compatibilities?.[0]).toMatchObject({ clusterVersion: '1.35', defaultVersion: true });
  });
});

describe('a domain', () => {
  const status = async (): Promise<string> => {
    const { DomainStatus } = await clients.opensearch.send(new DescribeDomainCommand({ DomainName: 'podscope-tried' }));
    return `${DomainStatus?.DomainProcessingStatus ?? ''} ${String(DomainStatus?.Processing)} ${DomainStatus?.Endpoints?.['vpc'] ?? 'no endpoint'}`;
  };
  const make = async (subnet: string): Promise<void> => {
    await clients.opensearch.send(new CreateDomainCommand({ DomainName: 'podscope-tried', EngineVersion: 'OpenSearch_2.17', ClusterConfig: { InstanceType: 't3.medium.search', InstanceCount: 2 }, EBSOptions: { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 20 }, VPCOptions: { SubnetIds: [subnet] } }));
  };

  it('comes with time, holds its subnets, is changed after a dry run, upgraded, and goes', async () => {
    const { outputs } = await makeStack(clients, 'podscope-tried', network);
    await make(outputs['A'] ?? '');
    await expect(make(outputs['A'] ?? '')).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    expect((await clients.opensearch.send(new DescribeDomainChangeProgressCommand({ DomainName: 'podscope-tried' }))).ChangeProgressStatus).toMatchObject({ Status: 'PROCESSING', TotalNumberOfStages: 7 });
    expect(await status()).toBe('Active false vpc-podscope-tried-stand1n.eu-central-1.es.amazonaws.com');
    expect((await aws.inventory()).networkInterfaces).toEqual([expect.stringContaining('ES podscope-tried'), expect.stringContaining('ES podscope-tried')]);
    await expect(clients.ec2.send(new DeleteSubnetCommand({ SubnetId: outputs['A'] }))).rejects.toMatchObject({ name: 'DependencyViolation' });

    const bigger = { DomainName: 'podscope-tried', ClusterConfig: { InstanceType: 'm6g.large.search' as const, InstanceCount: 3 } };
    expect((await clients.opensearch.send(new UpdateDomainConfigCommand({ ...bigger, DryRun: true }))).DryRunResults).toMatchObject({ DeploymentType: 'Blue/Green' });
    expect(await status()).toContain('Active false');
    await clients.opensearch.send(new UpdateDomainConfigCommand(bigger));
    await expect(clients.opensearch.send(new UpdateDomainConfigCommand(bigger))).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('in progress') });
    expect(await status()).toContain('Modifying true');
    while ((await status()).includes('true'));
    const { DomainStatus } = await clients.opensearch.send(new DescribeDomainCommand({ DomainName: 'podscope-tried' }));
    expect(DomainStatus?.ClusterConfig).toMatchObject({ InstanceType: 'm6g.large.search', InstanceCount: 3 });

    await clients.opensearch.send(new UpgradeDomainCommand({ DomainName: 'podscope-tried', TargetVersion: 'OpenSearch_2.19' }));
    expect(await clients.opensearch.send(new GetUpgradeStatusCommand({ DomainName: 'podscope-tried' }))).toMatchObject({ StepStatus: 'IN_PROGRESS' });
    while ((await status()).includes('true'));
    expect(await clients.opensearch.send(new GetUpgradeStatusCommand({ DomainName: 'podscope-tried' }))).toMatchObject({ StepStatus: 'SUCCEEDED' });

    await clients.opensearch.send(new DeleteDomainCommand({ DomainName: 'podscope-tried' }));
    expect(await status()).toContain('Deleting true');
    expect(await aws.inventory()).toMatchObject({ domains: ['podscope-tried'] });
    await expect((async () => { for (;;) await status(); })()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await aws.inventory()).toMatchObject({ domains: [], networkInterfaces: [] });
  });

  it('that is stuck stays so, as long as the rule is there', async () => {
    const { outputs } = await makeStack(clients, 'podscope-tried', network);
    const stuck = aws.fail({ stuck: 'domain', name: 'podscope-tried' });
    await make(outputs['A'] ?? '');
    for (let look = 0; look < 12; look++) expect(await status()).toBe('Creating true no endpoint');
    await clients.opensearch.send(new DeleteDomainCommand({ DomainName: 'podscope-tried' }));
    for (let look = 0; look < 12; look++) expect(await status()).toContain('Deleting true');
    stuck.remove();
    await expect((async () => { for (;;) await status(); })()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('in a VPC needs the role of the service', async () => {
    await using bare = await startAws({ serviceLinkedRole: false });
    const others = bare.clients();
    const { outputs } = await makeStack(others, 'podscope-tried', network);
    const send = others.opensearch.send(new CreateDomainCommand({ DomainName: 'podscope-tried', VPCOptions: { SubnetIds: [outputs['A'] ?? ''] } }));
    await expect(send).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('service-linked role') });
  });
});

describe('a state machine', () => {
  it('calls AWS by the front, as what runs in the account', async () => {
    const definition = { StartAt: 'Look', States: { Look: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:eks:listClusters', Parameters: {}, End: true } } };
    const { stateMachineArn } = await clients.sfn.send(new CreateStateMachineCommand({ name: 'podscope-tried', roleArn: 'arn:aws:iam::123456789012:role/podscope', definition: JSON.stringify(definition) }));
    await makeStack(clients, 'podscope-tried', cluster);
    const { executionArn } = await clients.sfn.send(new StartExecutionCommand({ stateMachineArn }));
    let described = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
    while (described.status === 'RUNNING') described = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).toMatchObject({ status: 'SUCCEEDED' });
    // Moto leaves the names of members as the API has them; the service writes them with a capital.
    expect(Object.values(JSON.parse(described.output ?? '{}') as object)).toEqual([['podscope-tried']]);
    expect(aws.calls().find(({ action, accessKeyId }) => action === 'ListClusters' && accessKeyId !== aws.credentials.accessKeyId)).toBeDefined();
  });
});
