import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import type { AwsClients } from '../clients.ts';
import { TAGS } from '../names.ts';
import { deployStack } from './deploy.ts';
import { removeStack } from './remove.ts';

type Answer = Record<string, unknown>;

/**
 * A stand-in for CloudFormation in states that moto's never gets into: the SDK's own client, answered from a script. Each command has
 * answers in their order, of which the last one holds on.
 */
function scripted(script: Readonly<Record<string, readonly Answer[]>>): { readonly clients: Pick<AwsClients, 'cloudFormation' | 'region'>; readonly asked: readonly string[] } {
  const asked: string[] = [];
  const cloudFormation = new CloudFormationClient({ region: 'eu-central-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'none' } });
  cloudFormation.middlewareStack.add(
    (_next, context) => async () => {
      const name = (context.commandName ?? '').replace(/Command$/u, '');
      const answers = script[name] ?? expect.fail(`${name} is not in the script`);
      const count = asked.filter((each) => each === name).length;
      asked.push(name);
      return { output: { $metadata: {}, ...answers[Math.min(count, answers.length - 1)] }, response: {} };
    },
    { step: 'initialize', name: 'scripted', priority: 'high' },
  );
  return { clients: { region: 'eu-central-1', cloudFormation }, asked };
}

const ID = 'arn:aws:cloudformation:eu-central-1:123456789012:stack/podscope-network/1';
const stack = (StackStatus: string): Answer => ({ Stacks: StackStatus === '' ? [] : [{ StackName: 'podscope-network', StackId: ID, StackStatus, Tags: [{ Key: TAGS.event, Value: 'podscope' }] }] });
const events = (...list: readonly (readonly [string, string, string])[]): Answer => ({ StackEvents: list.map(([at, ResourceStatus, ResourceStatusReason], index) => ({ EventId: `${index}${at}`, LogicalResourceId: 'Vpc', ResourceType: 'AWS::EC2::VPC', Timestamp: new Date(at), ResourceStatus, ResourceStatusReason })) });
const wait = { signal: new AbortController().signal, onProgress: () => undefined, pauseMs: 1 };
const wanted = { name: 'podscope-network', event: 'podscope', body: '{}', tags: {} };

describe('a stack in a state of its own', () => {
  it.each(['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'IMPORT_IN_PROGRESS'])('%s is waited for before it is deleted', async (status) => {
    const { clients, asked } = scripted({ DescribeStacks: [stack(status), stack(status), stack('UPDATE_COMPLETE'), stack('DELETE_COMPLETE')], DescribeStackEvents: [events()], DeleteStack: [{}] });
    expect(await removeStack(clients, wanted, wait)).toBe(true);
    expect(asked.filter((each) => each === 'DescribeStacks' || each === 'DeleteStack')).toEqual(['DescribeStacks', 'DescribeStacks', 'DescribeStacks', 'DeleteStack', 'DescribeStacks']);
  });

  it.each(['CREATE_IN_PROGRESS', 'REVIEW_IN_PROGRESS', 'ROLLBACK_FAILED', 'DELETE_FAILED', 'UPDATE_ROLLBACK_FAILED', 'UPDATE_FAILED'])('%s is deleted at once', async (status) => {
    const { clients, asked } = scripted({ DescribeStacks: [stack(status), stack('DELETE_COMPLETE')], DescribeStackEvents: [events()], DeleteStack: [{}] });
    expect(await removeStack(clients, wanted, wait)).toBe(true);
    expect(asked.filter((each) => each === 'DescribeStacks' || each === 'DeleteStack')).toEqual(['DescribeStacks', 'DeleteStack', 'DescribeStacks']);
  });

  it('reviewed only is no stack to wait for: it is made', async () => {
    const { clients, asked } = scripted({ DescribeStacks: [stack('REVIEW_IN_PROGRESS'), stack('REVIEW_IN_PROGRESS'), stack('DELETE_COMPLETE'), stack('CREATE_COMPLETE')], DescribeStackEvents: [events()], DeleteStack: [{}], CreateStack: [{ StackId: ID }] });
    expect(await deployStack(clients, wanted, wait)).toMatchObject({ outcome: 'created' });
    expect(asked).toContain('CreateStack');
  });

  it('that CloudFormation changes no further is told as that', async () => {
    const { clients, asked } = scripted({ DescribeStacks: [stack('UPDATE_ROLLBACK_FAILED')] });
    await expect(deployStack(clients, wanted, wait)).rejects.toMatchObject({ code: 'AWS_STACK_FAILED', message: expect.stringContaining('UPDATE_ROLLBACK_FAILED') as string });
    expect(asked).toEqual(['DescribeStacks']);
  });

  it('that another up changes at the same moment is made all the same', async () => {
    const { clients } = scripted({ DescribeStacks: [stack(''), stack('UPDATE_IN_PROGRESS'), stack('UPDATE_COMPLETE')], DescribeStackEvents: [events()], CreateStack: [{ StackId: ID }] });
    expect(await deployStack(clients, wanted, wait)).toMatchObject({ outcome: 'created' });
  });
});

describe('the reasons of a failure', () => {
  const earlier = ['2020-01-01T10:00:00.000Z', 'UPDATE_FAILED', 'of an earlier try'] as const;
  const now = ['2020-01-01T10:00:05.000Z', 'UPDATE_FAILED', 'of this one'] as const;

  it('are those of this try, however far this machine’s clock is from that of AWS', async () => {
    const { clients } = scripted({ DescribeStacks: [stack('CREATE_COMPLETE'), stack('UPDATE_ROLLBACK_COMPLETE')], DescribeStackEvents: [events(earlier), events(now, earlier)], UpdateStack: [{ StackId: ID }] });
    await expect(deployStack(clients, wanted, wait)).rejects.toMatchObject({ details: ['Vpc (AWS::EC2::VPC): of this one'] });
  });

  it('of a deletion, too', async () => {
    const { clients } = scripted({ DescribeStacks: [stack('CREATE_COMPLETE'), stack('DELETE_FAILED')], DescribeStackEvents: [events(earlier), events(now, earlier)], DeleteStack: [{}] });
    const told: string[] = [];
    await expect(removeStack(clients, wanted, { ...wait, onProgress: (line) => void told.push(line) })).rejects.toMatchObject({ code: 'AWS_STACK_FAILED' });
    expect(told).toContain('it could not be deleted (Vpc (AWS::EC2::VPC): of this one): clearing the way');
    expect(told.join('\n')).not.toContain('earlier');
  });
});
