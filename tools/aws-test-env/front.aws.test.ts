import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateVpcCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateAddonCommand, DescribeClusterCommand, ListClustersCommand, ResourceInUseException, ResourceNotFoundException } from '@aws-sdk/client-eks';
import { DescribeBudgetsCommand } from '@aws-sdk/client-budgets';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeLoadBalancersCommand as DescribeClassicCommand } from '@aws-sdk/client-elastic-load-balancing';
import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetUserCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { ListDomainNamesCommand, LimitExceededException as DomainLimit, CreateDomainCommand } from '@aws-sdk/client-opensearch';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import { GetServiceQuotaCommand, NoSuchResourceException } from '@aws-sdk/client-service-quotas';
import { ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { DescribeParametersCommand, GetParameterCommand, ParameterNotFound, PutParameterCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AwsClients } from '../../apps/workshop/src/targets/aws/clients.ts';
import { leftOver } from './inventory.ts';
import { startAws, type StartedAws } from './start.ts';

let aws: StartedAws;
let clients: AwsClients;

beforeAll(async () => {
  aws = await startAws();
  clients = aws.clients();
});
beforeEach(() => aws.reset());
afterAll(() => aws?.stop());

describe('the front', () => {
  it('lets every client through, and records service, action and what they name', async () => {
    const { budgets, cloudFormation, ec2, eks, elb, elbV2, iam, logs, opensearch, scheduler, serviceQuotas, sfn, ssm, sts, tagging } = clients;
    await budgets.send(new DescribeBudgetsCommand({ AccountId: aws.account }));
    await cloudFormation.send(new DescribeStacksCommand({}));
    await ec2.send(new DescribeVpcsCommand({}));
    await eks.send(new ListClustersCommand({}));
    await elb.send(new DescribeClassicCommand({}));
    await elbV2.send(new DescribeLoadBalancersCommand({}));
    await iam.send(new ListRolesCommand({}));
    await logs.send(new DescribeLogGroupsCommand({}));
    await opensearch.send(new ListDomainNamesCommand({}));
    await scheduler.send(new ListSchedulesCommand({}));
    await serviceQuotas.send(new GetServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: 'L-0263D0A3' }));
    await sfn.send(new ListStateMachinesCommand({}));
    await ssm.send(new DescribeParametersCommand({}));
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(aws.account);
    await tagging.send(new GetResourcesCommand({}));
    expect(aws.calls().map(({ service, action, error }) => `${service}:${action} ${error ?? ''}`.trim())).toEqual([
      'budgets:DescribeBudgets', 'cloudformation:DescribeStacks', 'ec2:DescribeVpcs', 'eks:ListClusters', 'elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancing:DescribeLoadBalancers',
      'iam:ListRoles', 'logs:DescribeLogGroups', 'es:ListDomainNames', 'scheduler:ListSchedules', 'servicequotas:GetServiceQuota', 'states:ListStateMachines', 'ssm:DescribeParameters', 'sts:GetCallerIdentity', 'tagging:GetResources',
    ]);
    await expect(eks.send(new DescribeClusterCommand({ name: 'nobody' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
    expect(aws.calls().at(-1)).toMatchObject({ service: 'eks', action: 'DescribeCluster', resources: ['nobody'], error: 'ResourceNotFoundException', status: 404, accessKeyId: aws.credentials.accessKeyId });
  });

  it('has nothing in an empty account, and nothing after a reset', async () => {
    expect(leftOver(await aws.inventory())).toEqual([]);
    await clients.ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
    await clients.ssm.send(new PutParameterCommand({ Name: '/podscope/tried', Value: 'x', Type: 'String' }));
    expect(leftOver(await aws.inventory())).toEqual([expect.stringMatching(/^vpcs: vpc-/), expect.stringMatching(/^routeTables: /), expect.stringMatching(/^securityGroups: .*default/), 'parameters: /podscope/tried']);
    await aws.reset();
    expect(leftOver(await aws.inventory())).toEqual([]);
    expect(aws.calls()).toEqual([]);
  });

  it('refuses keys that nobody has, and a secret that is wrong', async () => {
    const config = { region: aws.region, endpoint: aws.endpoint, maxAttempts: 1 };
    const unknown = { accessKeyId: 'AKIANOBODY0000000000', secretAccessKey: 'x' };
    const wrong = { ...aws.credentials, secretAccessKey: 'wrong' };
    await expect(new STSClient({ ...config, credentials: unknown }).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(new EC2Client({ ...config, credentials: unknown }).send(new DescribeVpcsCommand({}))).rejects.toMatchObject({ name: 'AuthFailure' });
    await expect(new STSClient({ ...config, credentials: wrong }).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    await expect(new CloudFormationClient({ ...config, credentials: { ...aws.credentials, sessionToken: 'other' } }).send(new DescribeStacksCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    expect(aws.calls().map(({ error }) => error)).toEqual(['InvalidClientTokenId', 'AuthFailure', 'SignatureDoesNotMatch', 'InvalidClientTokenId']);
  });
});

describe('an injected fault', () => {
  it("reaches the SDK as the service's own error", async () => {
    aws.fail({ service: 'eks', action: 'ListClusters', error: 'ResourceInUseException' });
    await expect(clients.eks.send(new ListClustersCommand({}))).rejects.toBeInstanceOf(ResourceInUseException);
    aws.fail({ service: 'es', action: 'ListDomainNames', error: 'LimitExceededException' });
    await expect(clients.opensearch.send(new ListDomainNamesCommand({}))).rejects.toBeInstanceOf(DomainLimit);
    aws.fail({ service: 'ec2', action: 'DescribeVpcs', error: 'DependencyViolation', message: 'The vpc has dependencies' });
    await expect(clients.ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({ name: 'DependencyViolation', message: 'The vpc has dependencies' });
    aws.fail({ service: 'ssm', action: 'GetParameter', error: 'ParameterNotFound' });
    await expect(clients.ssm.send(new GetParameterCommand({ Name: 'x' }))).rejects.toBeInstanceOf(ParameterNotFound);
    aws.fail({ service: 'sts', action: 'GetCallerIdentity', error: 'ExpiredToken' });
    await expect(clients.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken', $metadata: { httpStatusCode: 403 } });
    aws.fail({ service: 'iam', action: '*', error: 'ExpiredTokenException' });
    await expect(clients.iam.send(new GetUserCommand({}))).rejects.toMatchObject({ name: 'ExpiredTokenException' });
    aws.fail({ service: 'servicequotas', action: '*', error: 'NoSuchResourceException' });
    await expect(clients.serviceQuotas.send(new GetServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: 'x' }))).rejects.toBeInstanceOf(NoSuchResourceException);
  });

  it('acts on the calls that it names, and the SDK tries again what is worth it', async () => {
    const placed = aws.fail({ service: 'ec2', action: 'DescribeVpcs', error: 'RequestLimitExceeded', nth: 2, times: 2 });
    const patient = aws.clients({ maxAttempts: 5 });
    await patient.ec2.send(new DescribeVpcsCommand({}));
    expect(placed.hits).toBe(0);
    await patient.ec2.send(new DescribeVpcsCommand({}));
    expect(placed.hits).toBe(2);
    expect(aws.calls().map(({ error }) => error)).toEqual([undefined, 'RequestLimitExceeded', 'RequestLimitExceeded', undefined]);
    placed.remove();
    aws.fail({ service: 'eks', action: 'DescribeCluster', resource: 'one', error: 'ServerException' });
    await expect(clients.eks.send(new DescribeClusterCommand({ name: 'other' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(clients.eks.send(new DescribeClusterCommand({ name: 'one' }))).rejects.toMatchObject({ name: 'ServerException' });
  });

  it('can lose the answer of what was done, and cut the connection', async () => {
    aws.fail({ service: 'ec2', action: 'CreateVpc', error: 'InternalError', after: true });
    await expect(clients.ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }))).rejects.toMatchObject({ name: 'InternalError' });
    expect((await aws.inventory()).vpcs).toHaveLength(1);
    aws.fail({ service: 'ec2', action: 'CreateVpc', cut: true });
    await expect(clients.ec2.send(new CreateVpcCommand({ CidrBlock: '10.10.0.0/16' }))).rejects.toThrow();
    expect((await aws.inventory()).vpcs).toHaveLength(1);
    expect(aws.calls().map(({ error, status }) => [error, status])).toEqual([['InternalError', 500], ['ConnectionCut', undefined]]);
  });
});

describe("the SDK's own models", () => {
  it('say what is wrong with a request, before anything is done', async () => {
    const send = clients.eks.send(new CreateAddonCommand({ clusterName: 'podscope', addonName: undefined, addonVersion: 3 as unknown as string }));
    await expect(send).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringMatching(/addonName is missing.*addonVersion is no string/) });
    const wrong = { DomainName: 'podscope', ClusterConfig: { InstanceKount: 2 } } as unknown as ConstructorParameters<typeof CreateDomainCommand>[0];
    // The SDK itself leaves out what its model does not have: nothing of it arrives.
    await clients.opensearch.send(new CreateDomainCommand(wrong));
    expect(aws.calls().at(-1)?.input).toEqual({ DomainName: 'podscope', ClusterConfig: {} });
  });
});
