import { CreateLogGroupCommand, PutResourcePolicyCommand, DescribeResourcePoliciesCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateDomainCommand } from '@aws-sdk/client-opensearch';
import { GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { DescribeExecutionCommand, type DescribeExecutionCommandOutput, ExecutionDoesNotExist, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STATES_KEY } from '../../../../../../../tools/aws-test-env/credentials.ts';
import { leftOver } from '../../../../../../../tools/aws-test-env/inventory.ts';
import { startAws, type StartedAws } from '../../../../../../../tools/aws-test-env/start.ts';
import type { AwsClients } from '../../clients.ts';
import { awsNames, type StackId } from '../../names.ts';
import { awsSettings, type AwsSettings } from '../../settings.ts';
import { clusterTemplate } from '../cluster/clusterTemplate.ts';
import { LAST_ROLE, templateNames } from '../names.ts';
import { networkTemplate } from '../network/networkTemplate.ts';
import { clusterOutputs, expiryOutputs, networkOutputs, type NetworkOutputs, type StackOutput } from '../outputs.ts';
import { eventTags, tagList } from '../tags.ts';
import { templateText, type Properties, type Template } from '../template.ts';
import { forMoto } from '../testing/motoStates.ts';
import { EXPIRY_RATE, expiryTemplate } from './expiryTemplate.ts';

const EXPIRES = new Date('2030-01-01T16:00:00.000Z');
const CREATOR = 'arn:aws:iam::123456789012:role/maker';
const GONE = 'GONE_WITH_ITS_MACHINE';
const PAUSES = { round: 0, retry: 1, run: 100 };

describe('an event whose time is over', () => {
  let aws: StartedAws;
  let clients: AwsClients;
  beforeAll(async () => {
    aws = await startAws({ onProgress: (line) => process.stderr.write(`${line}\n`) });
    clients = aws.clients();
  }, 300_000);
  beforeEach(() => aws.reset());
  afterAll(() => aws.stop());

  async function stack(settings: AwsSettings, id: StackId, template: Template): Promise<readonly StackOutput[]> {
    const StackName = awsNames(settings).stack(id);
    const Tags = tagList(eventTags(settings, EXPIRES)) as { Key: string; Value: string }[];
    await clients.cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: templateText(template), Capabilities: ['CAPABILITY_NAMED_IAM'], Tags }));
    for (;;) {
      const { Stacks: [found] = [] } = await clients.cloudFormation.send(new DescribeStacksCommand({ StackName }));
      if (found?.StackStatus === 'CREATE_COMPLETE') return found.Outputs ?? [];
      if (found?.StackStatus !== 'CREATE_IN_PROGRESS') throw new Error(`${StackName}: ${found?.StackStatus ?? ''} ${found?.StackStatusReason ?? ''}`);
    }
  }

  /** What `up` makes, in its order, as far as an account is concerned. */
  async function event(settings: AwsSettings, domainTags = eventTags(settings, EXPIRES)): Promise<NetworkOutputs> {
    const names = awsNames(settings);
    const own = templateNames(settings);
    expiryOutputs(names.stack('expiry'), await stack(settings, 'expiry', forMoto(expiryTemplate(settings, EXPIRES, PAUSES))));
    await clients.ssm.send(new PutParameterCommand({ Name: `${names.ledger}/0001`, Value: '{}', Type: 'String' }));
    const network = networkOutputs(names.stack('network'), await stack(settings, 'network', networkTemplate(settings, EXPIRES, { creator: CREATOR })));
    const accounts = [{ namespace: 'logging', name: 'fluentd' }];
    clusterOutputs(names.stack('cluster'), await stack(settings, 'cluster', clusterTemplate(settings, EXPIRES, network, { creator: CREATOR, apiCidrs: ['203.0.113.7/32'], shipperAccounts: accounts })));
    await clients.logs.send(new PutResourcePolicyCommand({ policyName: own.domainLogPolicy, policyDocument: '{}' }));
    await clients.logs.send(new CreateLogGroupCommand({ logGroupName: `${own.logGroups.domain}application-logs` }));
    await domain(settings, domainTags, network);
    return network;
  }

  async function domain(settings: AwsSettings, tags: Readonly<Record<string, string>>, network: { readonly privateSubnetIds: readonly string[]; readonly domainSecurityGroupId?: string }): Promise<void> {
    await clients.opensearch.send(
      new CreateDomainCommand({
        DomainName: awsNames(settings).domain,
        EngineVersion: settings.domain.engineVersion,
        ClusterConfig: { InstanceType: 't3.medium.search', InstanceCount: 2, ZoneAwarenessEnabled: true, ZoneAwarenessConfig: { AvailabilityZoneCount: 2 } },
        EBSOptions: { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 20 },
        VPCOptions: { SubnetIds: [...network.privateSubnetIds], SecurityGroupIds: network.domainSecurityGroupId === undefined ? [] : [network.domainSecurityGroupId] },
        TagList: tagList(tags) as { Key: string; Value: string }[],
      }),
    );
  }

  /** What Kubernetes leaves in an account. */
  async function leavings(settings: AwsSettings, { vpcId, privateSubnetIds: [subnet = ''] }: { readonly vpcId: string; readonly privateSubnetIds: readonly string[] }): Promise<void> {
    const { cluster } = awsNames(settings);
    await aws.plant.loadBalancer(vpcId, { cluster, kind: 'network' });
    await aws.plant.loadBalancer(vpcId, { cluster, kind: 'application' });
    await aws.plant.loadBalancer(vpcId, { cluster, kind: 'classic' });
    await aws.plant.networkInterface(subnet, { cluster });
    await aws.plant.volume(cluster);
    await aws.plant.logGroup(cluster);
  }

  let runs = 0;
  /** Starts what the schedule would start, from the schedule's own target. */
  async function start(settings: AwsSettings): Promise<string> {
    const names = templateNames(settings);
    const { Target } = await clients.scheduler.send(new GetScheduleCommand({ Name: names.schedule, GroupName: names.scheduleGroup }));
    const { executionArn = '' } = await clients.sfn.send(new StartExecutionCommand({ stateMachineArn: Target?.Arn, input: Target?.Input, name: `run-${++runs}` }));
    return executionArn;
  }

  /** Runs it to its end, and the deletion of its stack. */
  async function run(settings: AwsSettings): Promise<{ readonly status: string; readonly cause: string }> {
    const executionArn = await start(settings);
    for (;;) {
      const { status = '', error = '', cause = '' }: DescribeExecutionCommandOutput | { status: string; error?: string; cause?: string } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn })).catch((refused: unknown) => {
        // Moto forgets an execution with its machine; Step Functions keeps it, and keeps the machine until it has ended.
        if (refused instanceof ExecutionDoesNotExist) return { status: GONE };
        throw refused;
      });
      if (status !== 'RUNNING' && status !== GONE) return { status, cause: `${error} ${cause}` };
      if (status === GONE && !(await isThere(awsNames(settings).stack('expiry')))) return { status, cause };
      await pause();
    }
  }

  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));
  const isThere = (StackName: string): Promise<boolean> =>
    clients.cloudFormation.send(new DescribeStacksCommand({ StackName })).then(
      () => true,
      () => false,
    );
  const ofMachine = () => aws.calls().filter(({ accessKeyId }) => accessKeyId === STATES_KEY);
  /** What is left, but for the role without a right that the expiry leaves on purpose. */
  const left = async (settings: AwsSettings): Promise<readonly string[]> => leftOver(await aws.inventory()).filter((each) => each !== `roles: ${templateNames(settings).role(LAST_ROLE)}`);

  it('is deleted by its account, the deleter at last, and nothing else is', async () => {
    const settings = awsSettings.parse({ budget: { usd: 40, email: 'presenter@example.com' }, flowLogs: true });
    const foreign = awsSettings.parse({ event: 'podscope-two', existingCluster: 'theirs' });
    await stack(foreign, 'network', networkTemplate(awsSettings.parse({ event: 'podscope-two' }), EXPIRES, { creator: CREATOR }));
    const elsewhere = (await clients.cloudFormation.send(new DescribeStacksCommand({ StackName: awsNames(foreign).stack('network') }))).Stacks?.[0]?.Outputs ?? [];
    await aws.plant.loadBalancer(networkOutputs('theirs', elsewhere).vpcId, { cluster: 'theirs' });
    await aws.plant.volume('theirs');
    await clients.ssm.send(new PutParameterCommand({ Name: '/podscope/podscope-two/ledger/0001', Value: '{}', Type: 'String' }));
    const before = await aws.inventory();
    await leavings(settings, await event(settings));
    const during = await aws.inventory();
    for (const kind of ['vpcs', 'natGateways', 'addresses', 'loadBalancers', 'classicLoadBalancers', 'clusters', 'nodegroups', 'addons', 'accessEntries', 'podIdentities', 'domains', 'volumes', 'networkInterfaces', 'logGroups', 'roles', 'schedules', 'scheduleGroups', 'stateMachines', 'parameters', 'budgets', 'stacks', 'launchTemplates'] as const) {
      expect(during[kind].length, kind).toBeGreaterThan(before[kind].length);
    }

    expect(await run(settings)).toMatchObject({ status: GONE });

    const lastRole = templateNames(settings).role(LAST_ROLE);
    const { roles, ...after } = await aws.inventory();
    const { roles: rolesBefore, ...rest } = before;
    expect(after).toEqual(rest);
    expect(roles.filter((role) => role !== lastRole)).toEqual(rolesBefore);
    expect((await clients.logs.send(new DescribeResourcePoliciesCommand({}))).resourcePolicies ?? []).toEqual([]);

    // It calls what its rights name, and has no right that it doesn't use. PassRole is no call.
    const called = new Set(ofMachine().map(({ service, action }) => `${service === 'tagging' ? 'tag' : service}:${action}`));
    const [policy] = expiryTemplate(settings, EXPIRES).Resources['RunRole']?.Properties?.['Policies'] as readonly { readonly PolicyDocument: { readonly Statement: readonly Properties[] } }[];
    const allowed = new Set((policy?.PolicyDocument.Statement ?? []).flatMap(({ Action }) => Action as readonly string[]));
    expect([...called].filter((action) => !allowed.has(action))).toEqual([]);
    expect([...allowed].filter((action) => !called.has(action)).sort()).toEqual(['iam:PassRole']);
  });

  it('is scheduled from the end of its time on', async () => {
    const settings = awsSettings.parse({});
    const names = templateNames(settings);
    await stack(settings, 'expiry', expiryTemplate(settings, EXPIRES));
    const schedule = await clients.scheduler.send(new GetScheduleCommand({ Name: names.schedule, GroupName: names.scheduleGroup }));
    expect(schedule).toMatchObject({ State: 'ENABLED', ScheduleExpression: EXPIRY_RATE, Target: { Arn: expect.stringContaining(`:stateMachine:${names.stateMachine}`) as string } });
    expect(new Date(schedule.StartDate ?? 0)).toEqual(EXPIRES);
  });

  it('is deleted by a later run where an earlier one found a domain that is stuck', async () => {
    const settings = awsSettings.parse({});
    await event(settings);
    const stuck = aws.fail({ stuck: 'domain' });
    const executionArn = await start(settings);
    while (ofMachine().filter(({ action }) => action === 'DeleteDomain').length < 2) await pause();
    await clients.sfn.send(new StopExecutionCommand({ executionArn }));
    const between = await aws.inventory();
    expect(between.domains).toEqual([awsNames(settings).domain]);
    expect([between.vpcs.length, between.stateMachines.length, between.schedules.length]).toEqual([1, 1, 1]);
    stuck.remove();
    expect(await run(settings)).toMatchObject({ status: GONE });
    expect(await left(settings)).toEqual([]);
  });

  it('goes on where AWS refuses for a while', async () => {
    const settings = awsSettings.parse({});
    await leavings(settings, await event(settings));
    aws.fail({ service: 'cloudformation', action: 'DeleteStack', error: 'ThrottlingException', times: 2 });
    aws.fail({ service: 'elasticloadbalancing', action: 'DeleteLoadBalancer', error: 'Throttling', times: 2 });
    aws.fail({ service: 'ec2', action: 'DescribeVolumes', error: 'RequestLimitExceeded', times: 2 });
    aws.fail({ stackResource: 'AWS::EC2::VPC', reason: 'The vpc has dependencies and cannot be deleted.', onDelete: true });
    expect(await run(settings)).toMatchObject({ status: GONE });
    expect(await left(settings)).toEqual([]);
  });

  it('keeps the record of an event on a cluster that stays, by which down knows of it', async () => {
    const settings = awsSettings.parse({ event: 'guest', existingCluster: 'theirs', existingDomain: 'theirs' });
    const { ledger, stack: stackOf } = awsNames(settings);
    await stack(settings, 'expiry', forMoto(expiryTemplate(settings, EXPIRES, PAUSES)));
    for (const name of ['event', 'stack/podscope-guest-expiry', 'domain/podscope-guest', 'log-group/one', 'log-policy/one']) await clients.ssm.send(new PutParameterCommand({ Name: `${ledger}/${name}`, Value: '{}', Type: 'String' }));
    expect(await run(settings)).toMatchObject({ status: GONE });
    expect(await left(settings)).toEqual([`parameters: ${ledger}/event`]);
    expect(await isThere(stackOf('expiry'))).toBe(false);
  });

  it('leaves a domain alone that has its name and is somebody else’s', async () => {
    const settings = awsSettings.parse({});
    const other = awsSettings.parse({ event: 'podscope-two' });
    await event(settings, eventTags(other, EXPIRES));
    const executionArn = await start(settings);
    while (ofMachine().filter(({ action, resources }) => action === 'DeleteStack' && resources.some((each) => each.endsWith('-network'))).length < 2) await pause();
    await clients.sfn.send(new StopExecutionCommand({ executionArn }));
    expect(ofMachine().filter(({ action }) => action === 'DeleteDomain' || action === 'DeleteResourcePolicy')).toEqual([]);
    expect((await aws.inventory()).domains).toEqual([awsNames(settings).domain]);
  });
});
