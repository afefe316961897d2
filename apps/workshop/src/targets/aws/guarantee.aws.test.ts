import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateLogGroupCommand, PutResourcePolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateSecurityGroupCommand, CreateTagsCommand, ModifyNetworkInterfaceAttributeCommand } from '@aws-sdk/client-ec2';
import { CreateDomainCommand } from '@aws-sdk/client-opensearch';
import { GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { DescribeExecutionCommand, ListStateMachinesCommand, StartExecutionCommand, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { PodscopeError } from '@podscope/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { leftOver } from '../../../../../tools/aws-test-env/inventory.ts';
import { type StartedAws, startAws } from '../../../../../tools/aws-test-env/start.ts';
import type { AwsUpRequest } from './up.ts';
import { writeLocalLedger } from './ledger/localLedger.ts';
import { awsNames } from './names.ts';
import { sweepNames } from './request.ts';
import { logLeftovers } from './sweep/logs.ts';
import { quickDown, quickUp, settingsFor } from './testing/quickly.ts';
import { templateNames } from './templates/names.ts';
import { alsoFound } from './testing/alsoFound.ts';

let aws: StartedAws;
const folders: string[] = [];

beforeAll(async () => {
  aws = await startAws();
});
afterAll(async () => {
  await aws?.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});
afterEach(async () => aws.reset());

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'podscope-guarantee-'));
  folders.push(made);
  return made;
}

async function failureOf(work: Promise<unknown>): Promise<PodscopeError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof PodscopeError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

const STOPPED = new Error('far enough');
/** `up` as far as this point, as if it were killed there. */
async function upTo(event: string, point: Parameters<NonNullable<AwsUpRequest['at']>>[0]): Promise<void> {
  await expect(quickUp({ clients: aws.clients(), runDir: await folder() }, { event }, { at: async (at) => { if (at === point) throw STOPPED; } })).rejects.toBe(STOPPED);
}

async function expectGone(event: string): Promise<void> {
  const { problems, receipt } = await quickDown({ clients: aws.clients(), runDir: await folder() }, event);
  expect(problems).toEqual([]);
  expect(receipt.left).toEqual([]);
  expect(leftOver(await aws.inventory())).toEqual([]);
}

const changes = () => aws.calls().filter(({ action }) => /^(?:Create|Put|Update|Delete|Add)/u.test(action));

describe('stacks', () => {
  it('waits for a change that goes on: CloudFormation deletes no stack in the middle of it', async () => {
    const clients = aws.clients();
    await upTo('changing', 'network:after');
    const stuck = aws.fail({ stuck: 'stack', name: 'podscope-changing-network' });
    await clients.cloudFormation.send(new UpdateStackCommand({ StackName: 'podscope-changing-network', UsePreviousTemplate: true, Capabilities: ['CAPABILITY_NAMED_IAM'], Tags: [{ Key: 'podscope:event', Value: 'changing' }] }));
    const { problems, receipt } = await quickDown({ clients, runDir: await folder(), onLine: (line) => { if (line.startsWith('network:')) stuck.remove(); } }, 'changing');
    expect(problems).toEqual([]);
    expect(receipt.left).toEqual([]);
    expect(leftOver(await aws.inventory())).toEqual([]);
  });

  it('makes an expiry again of which a failed one has left its role', async () => {
    aws.fail({ stackResource: 'AWS::Scheduler::Schedule', reason: 'Service quota exceeded' });
    const runDir = await folder();
    expect((await failureOf(quickUp({ clients: aws.clients(), runDir }, { event: 'role-left' }))).message).toContain('quota exceeded');
    expect((await aws.inventory()).roles).toEqual(['podscope-role-left-eu-central-1-expiry-delete']);
    await expect(quickUp({ clients: aws.clients(), runDir }, { event: 'role-left' }, { at: async (at) => { if (at === 'expiry:after') throw STOPPED; } })).rejects.toBe(STOPPED);
    await expectGone('role-left');
  });
});

describe('what is somebody else’s', () => {
  const group = '/aws/OpenSearchService/domains/podscope-theirs/application';
  const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'es.amazonaws.com' }, Action: ['logs:PutLogEvents'], Resource: `arn:aws:logs:eu-central-1:123456789012:log-group:${group}:*`, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:es:eu-central-1:123456789012:domain/podscope-theirs' } } }] });

  it('leaves a domain that has the event’s name and not its tag, with its logs and their policy', async () => {
    const clients = aws.clients();
    await clients.opensearch.send(new CreateDomainCommand({ DomainName: 'podscope-theirs', EngineVersion: 'OpenSearch_2.19' }));
    await clients.logs.send(new CreateLogGroupCommand({ logGroupName: group }));
    await clients.logs.send(new PutResourcePolicyCommand({ policyName: 'podscope-theirs-logs', policyDocument }));
    await upTo('theirs', 'ledger:after');
    const { problems, receipt } = await quickDown({ clients, runDir: await folder() }, 'theirs');
    expect(problems).toEqual([]);
    expect(receipt.left).toEqual([]);
    expect(leftOver(await aws.inventory())).toEqual(['domains: podscope-theirs', `logGroups: ${group}`, 'logPolicies: podscope-theirs-logs']);
  });

  it('leaves log groups that were there before the event, and a log policy of its name that is about something else', async () => {
    const clients = aws.clients();
    await clients.logs.send(new CreateLogGroupCommand({ logGroupName: group }));
    await clients.logs.send(new PutResourcePolicyCommand({ policyName: 'podscope-theirs-logs', policyDocument: policyDocument.replaceAll('domain/podscope-theirs', 'domain/other') }));
    const place = { clients, names: awsNames({ event: 'theirs' }), signal: new AbortController().signal };
    const found = async (began?: Date) => (await logLeftovers(place, sweepNames('theirs', 'eu-central-1', began?.toISOString()).logs)).map(({ id }) => id);
    expect(await found()).toEqual([group]);
    expect(await found(new Date())).toEqual([group]);
    expect(await found(new Date(Date.now() + 3_600_000))).toEqual([]);
  });

  it('makes nothing in another account than that in which this machine has the event', async () => {
    const clients = aws.clients();
    const runDir = await folder();
    const record = (expires: string) => ({ version: 1 as const, account: '999999999999', creator: 'arn:aws:iam::999999999999:role/maker', began: '2026-11-30T08:00:00.000Z', expires, hourlyUsd: null, zones: [], settings: settingsFor({ event: 'elsewhere' }) });
    writeLocalLedger(runDir, { record: record('2100-01-01T00:00:00.000Z'), entries: [{ kind: 'stack', name: 'podscope-elsewhere-network', state: 'made', wanted: '2026-11-30T08:00:00.000Z' }] });
    expect(await failureOf(quickDown({ clients, runDir }, 'elsewhere'))).toMatchObject({ code: 'AWS_WRONG_ACCOUNT', message: expect.stringMatching(/999999999999.*123456789012/u) });
    expect(await failureOf(quickUp({ clients, runDir }, { event: 'elsewhere' }))).toMatchObject({ code: 'AWS_WRONG_ACCOUNT' });
    expect(changes()).toEqual([]);
    // That one is over, and its account has deleted it.
    writeLocalLedger(runDir, { record: record('2026-11-30T16:00:00.000Z'), entries: [] });
    await expect(quickUp({ clients, runDir }, { event: 'elsewhere' }, { at: async (at) => { if (at === 'identity:after') throw STOPPED; } })).rejects.toBe(STOPPED);
  });
});

describe('what EKS and others leave', () => {
  it('removes the group and the interfaces of a cluster that is gone and has left them', async () => {
    const clients = aws.clients();
    await upTo('leaves', 'network:after');
    const { vpcs: [VpcId = ''], subnets: [subnet = ''] } = await aws.inventory();
    const made = await clients.ec2.send(new CreateSecurityGroupCommand({ GroupName: 'eks-cluster-sg-podscope-leaves-1234', Description: 'EKS created security group', VpcId }));
    await clients.ec2.send(new CreateTagsCommand({ Resources: [made.GroupId ?? ''], Tags: [{ Key: 'aws:eks:cluster-name', Value: 'podscope-leaves' }, { Key: 'podscope:event', Value: 'leaves' }] }));
    // Free, as those are that EKS has let go of.
    const NetworkInterfaceId = await aws.plant.networkInterface(subnet, { cluster: 'podscope-leaves' });
    await clients.ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Description: { Value: 'Amazon EKS podscope-leaves' } }));
    await expectGone('leaves');
  });

  it('removes all else where AWS refuses one thing for good', async () => {
    const clients = aws.clients();
    await upTo('refused', 'network:after');
    const { vpcs: [vpc = ''] } = await aws.inventory();
    await aws.plant.loadBalancer(vpc, { cluster: 'podscope-refused', kind: 'network' });
    await aws.plant.volume('podscope-refused');
    const rule = aws.fail({ service: 'elasticloadbalancing', action: 'DeleteLoadBalancer', error: 'OperationNotPermitted', message: 'Load balancer cannot be deleted because deletion protection is enabled', times: 1_000 });
    const { problems } = await quickDown({ clients, runDir: await folder() }, 'refused');
    expect(problems.map(({ message }) => message).join('\n')).toContain('deletion protection is enabled');
    expect((await aws.inventory()).volumes).toEqual([]);
    rule.remove();
    await expectGone('refused');
  });

  it('does not take for there what the search for tags goes on naming, nor what is of an event of this name in another region', async () => {
    await upTo('stale', 'network:after');
    const account = aws.account;
    const clients = alsoFound(aws.clients(), [
      `arn:aws:logs:eu-central-1:${account}:log-group:/podscope/stale/flow`, `arn:aws:states:eu-central-1:${account}:stateMachine:podscope-stale-gone`, `arn:aws:scheduler:eu-central-1:${account}:schedule-group/podscope-stale-gone`,
      `arn:aws:eks:eu-central-1:${account}:nodegroup/podscope-stale/nodes/1`, `arn:aws:ec2:eu-central-1:${account}:vpc-endpoint/vpce-0123456789abcdef0`, `arn:aws:ec2:eu-central-1:${account}:natgateway/nat-0123456789abcdef0`,
      `arn:aws:iam::${account}:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/AAAA`, `arn:aws:iam::${account}:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/GONE`, `arn:aws:budgets::${account}:budget/podscope-stale-us-west-2`, `arn:aws:budgets::${account}:budget/podscope-stale-eu-central-1`,
    ]);
    const { problems, receipt } = await quickDown({ clients, runDir: await folder() }, 'stale');
    expect(problems).toEqual([]);
    expect(receipt.left).toEqual([]);
    expect(leftOver(await aws.inventory())).toEqual([]);
  });

  it('goes through all pages of a list', async () => {
    const clients = aws.clients();
    await upTo('many', 'network:after');
    for (let index = 0; index < 110; index += 1) await clients.logs.send(new CreateLogGroupCommand({ logGroupName: `/podscope/many/group-${index}`, tags: { 'podscope:event': 'many' } }));
    for (let index = 0; index < 25; index += 1) await clients.ssm.send(new PutParameterCommand({ Name: `/podscope/many/ledger/log-group/group-${index}`, Value: '{}', Type: 'String' }));
    const { vpcs: [VpcId = ''] } = await aws.inventory();
    for (let index = 0; index < 60; index += 1) await clients.ec2.send(new CreateSecurityGroupCommand({ GroupName: `k8s-${index}`, Description: 'of Kubernetes', VpcId }));
    for (let index = 0; index < 60; index += 1) await aws.plant.volume('podscope-many');
    await expectGone('many');
  });
});

describe('the time of an event', () => {
  const endOf = async (event: string): Promise<Date | undefined> => {
    const { schedule, scheduleGroup } = templateNames({ event, region: 'eu-central-1' });
    return (await aws.clients().scheduler.send(new GetScheduleCommand({ Name: schedule, GroupName: scheduleGroup }))).StartDate;
  };
  const until = async (hours: number | undefined): Promise<void> => {
    await expect(quickUp({ clients: aws.clients(), runDir: await folder() }, { event: 'long', hours }, { at: async (at) => { if (at === 'expiry:after') throw STOPPED; } })).rejects.toBe(STOPPED);
  };
  const hour = 3_600_000;

  it('gets longer with more hours, and no shorter with fewer, or from a machine that knows nothing of them', async () => {
    await until(20);
    const first = await endOf('long');
    await until(undefined);
    await until(9);
    expect(await endOf('long')).toEqual(first);
    await until(50);
    expect((await endOf('long'))?.getTime()).toBe((first?.getTime() ?? 0) + 30 * hour);
    const { Parameter } = await aws.clients().ssm.send(new GetParameterCommand({ Name: '/podscope/long/ledger/event' }));
    expect(JSON.parse(Parameter?.Value ?? '')).toMatchObject({ settings: { hours: 50 } });
    await expectGone('long');
  });

  it('made longer after its end, ends the run that is deleting it', async () => {
    const clients = aws.clients();
    await until(20);
    const { stateMachines: [machine] = [] } = await clients.sfn.send(new ListStateMachinesCommand({}));
    // In the middle of a run it waits for its next round.
    const definition = JSON.stringify({ StartAt: 'Pause', States: { Pause: { Type: 'Wait', Seconds: 600, End: true } } });
    await clients.sfn.send(new UpdateStateMachineCommand({ stateMachineArn: machine?.stateMachineArn, definition }));
    const { executionArn } = await clients.sfn.send(new StartExecutionCommand({ stateMachineArn: machine?.stateMachineArn, input: '{}' }));
    expect((await clients.sfn.send(new DescribeExecutionCommand({ executionArn }))).status).toBe('RUNNING');
    await until(50);
    expect((await clients.sfn.send(new DescribeExecutionCommand({ executionArn }))).status).toBe('ABORTED');
    await expectGone('long');
  });
});

describe('two at once', () => {
  it('makes one event, where two ask for it at the same time', async () => {
    const ends = await Promise.allSettled([quickUp({ clients: aws.clients(), runDir: await folder() }, { event: 'both' }), quickUp({ clients: aws.clients(), runDir: await folder() }, { event: 'both' })]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'AWS_IN_USE', message: expect.stringContaining('Another "podscope up"') as string } });
    const { vpcs, clusters, domains } = await aws.inventory();
    expect([vpcs.length, clusters.length, domains.length]).toEqual([1, 1, 1]);
    await expectGone('both');
  });

  it('leaves nothing where two take it down at the same time', async () => {
    await quickUp({ clients: aws.clients(), runDir: await folder() }, { event: 'down-twice' });
    await Promise.all([quickDown({ clients: aws.clients(), runDir: await folder() }, 'down-twice'), quickDown({ clients: aws.clients(), runDir: await folder() }, 'down-twice')]);
    await expectGone('down-twice');
  });

  it('makes nothing more of an event of which the expiry was disarmed meanwhile', async () => {
    const clients = aws.clients();
    const disarm = async (at: string): Promise<void> => {
      if (at === 'network:after') await clients.cloudFormation.send(new DeleteStackCommand({ StackName: 'podscope-disarmed-expiry' }));
    };
    expect(await failureOf(quickUp({ clients, runDir: await folder() }, { event: 'disarmed' }, { at: disarm }))).toMatchObject({ code: 'AWS_EVENT_OVER' });
    const { clusters, domains } = await aws.inventory();
    expect([clusters, domains]).toEqual([[], []]);
    await expectGone('disarmed');
  });
});

describe('the ledger', () => {
  const parameter = (event: string): string => `/podscope/${event}/ledger/event`;

  it('takes an event with forty presenters, whose record is longer than four kilobytes', async () => {
    const clients = aws.clients();
    const presenters = Array.from({ length: 60 }, (_, index) => `arn:aws:iam::123456789012:role/presenters/of-the-workshop/in-the-spring/presenter-${index}`);
    await expect(quickUp({ clients, runDir: await folder() }, { event: 'long', presenters }, { at: async (at) => { if (at === 'ledger:after') throw STOPPED; } })).rejects.toBe(STOPPED);
    expect((await clients.ssm.send(new GetParameterCommand({ Name: parameter('long') }))).Parameter?.Value?.length).toBeGreaterThan(4_096);
    await expectGone('long');
  });

  it('is written again where two write it at the same moment', async () => {
    const rule = aws.fail({ service: 'ssm', action: 'PutParameter', error: 'TooManyUpdates', times: 2 });
    await upTo('written', 'ledger:after');
    expect(rule.hits).toBe(2);
    await expectGone('written');
  });

  it('of a newer version ends up and down before anything is made or deleted', async () => {
    const clients = aws.clients();
    await upTo('newer', 'expiry:after');
    await clients.ssm.send(new PutParameterCommand({ Name: parameter('newer'), Value: JSON.stringify({ version: 2, settings: {} }), Type: 'String', Overwrite: true }));
    const before = changes().length;
    const refusal = { code: 'LEDGER_UNREADABLE', message: expect.stringContaining('newer podscope') };
    expect(await failureOf(quickUp({ clients, runDir: await folder() }, { event: 'newer' }))).toMatchObject(refusal);
    expect(await failureOf(quickDown({ clients, runDir: await folder() }, 'newer'))).toMatchObject(refusal);
    expect(changes()).toHaveLength(before);
  });

  it('that nobody can read is not overwritten by up; down deletes what it finds, and says what it can’t know', async () => {
    const clients = aws.clients();
    await upTo('damaged', 'network:after');
    await clients.ssm.send(new PutParameterCommand({ Name: parameter('damaged'), Value: '{"version":1,"acc', Type: 'String', Overwrite: true }));
    expect(await failureOf(quickUp({ clients, runDir: await folder() }, { event: 'damaged' }))).toMatchObject({ code: 'LEDGER_UNREADABLE' });
    const { receipt, problems } = await quickDown({ clients, runDir: await folder() }, 'damaged');
    expect(problems).toEqual([]);
    expect(receipt.left).toEqual([expect.objectContaining({ kind: 'ledger', id: parameter('damaged') })]);
    expect(leftOver(await aws.inventory()).filter((line) => !line.startsWith('parameters: '))).toEqual([]);
    await clients.ssm.send(new DeleteParameterCommand({ Name: parameter('damaged') }));
    await expectGone('damaged');
  });
});
