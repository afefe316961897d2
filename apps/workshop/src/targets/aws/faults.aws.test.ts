import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { leftOver } from '../../../../../tools/aws-test-env/inventory.ts';
import { type StartedAws, startAws } from '../../../../../tools/aws-test-env/start.ts';
import { PodscopeError } from '@podscope/core';
import { QUICK, quickDown, quickUp } from './testing/quickly.ts';

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
  const made = await mkdtemp(join(tmpdir(), 'podscope-faults-'));
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

/** `down` from a machine that knows nothing, and what is there afterwards by moto's own lists. */
async function expectGone(event: string): Promise<void> {
  const { problems, receipt } = await quickDown({ clients: aws.clients(), runDir: await folder() }, event);
  expect(problems).toEqual([]);
  expect(receipt.left).toEqual([]);
  expect(leftOver(await aws.inventory())).toEqual([]);
}

describe('what Kubernetes and AWS leave', () => {
  it('removes load balancers, interfaces, volumes, groups and logs that no stack knows of', async () => {
    const clients = aws.clients();
    await quickUp({ clients, runDir: await folder() }, { event: 'planted' });
    const { vpcs: [vpc = ''], subnets: [subnet = ''] } = await aws.inventory();
    const cluster = 'podscope-planted';
    for (const kind of ['classic', 'network', 'application'] as const) await aws.plant.loadBalancer(vpc, { cluster, kind });
    await aws.plant.endpoint(vpc);
    await aws.plant.securityGroups(vpc, { cluster });
    await aws.plant.networkInterface(subnet, { cluster });
    await aws.plant.volume(cluster);
    const foreign = await aws.plant.volume('somebody-else');
    await aws.plant.logGroup(cluster, { name: `/aws/eks/${cluster}/made-again` });
    const { problems, receipt } = await quickDown({ clients, runDir: await folder() }, 'planted');
    expect(problems).toEqual([]);
    expect(receipt.lines.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['load balancer', 'target group', 'network interface', 'VPC endpoint', 'security group', 'volume']));
    // What is somebody else's is all that is there.
    expect(leftOver(await aws.inventory())).toEqual([expect.stringContaining(foreign)]);
  });

  it('tries again what is refused because it is still used, and stacks that could not be deleted', async () => {
    await quickUp({ clients: aws.clients(), runDir: await folder() }, { event: 'in-use' });
    const vpc = aws.fail({ stackResource: 'AWS::EC2::VPC', reason: 'The vpc has dependencies and cannot be deleted. (Service: Ec2, Status Code: 400, DependencyViolation)', onDelete: true, times: 3 });
    const domain = aws.fail({ service: 'es', action: 'DeleteDomain', error: 'ConflictException', times: 2 });
    await expectGone('in-use');
    expect([vpc.hits, domain.hits]).toEqual([3, 2]);
  });

  it('says what is left where it stays refused, keeps the expiry armed, and ends right when it is granted', async () => {
    await quickUp({ clients: aws.clients(), runDir: await folder() }, { event: 'held' });
    const rule = aws.fail({ stackResource: 'AWS::EC2::VPC', reason: 'The vpc has dependencies and cannot be deleted.', onDelete: true, times: 1_000 });
    const { problems, receipt } = await quickDown({ clients: aws.clients(), runDir: await folder() }, 'held');
    expect(problems.map(({ code }) => code)).toEqual(['AWS_STACK_FAILED', 'AWS_LEFT_OVER']);
    expect(problems[0]?.details.join('\n')).toContain('AWS::EC2::VPC');
    expect(receipt.left.map(({ id }) => id)).toEqual(expect.arrayContaining(['podscope-held-network', 'podscope-held-expiry']));
    expect((await aws.inventory()).schedules).toHaveLength(1);
    rule.remove();
    await expectGone('held');
  });
});

describe('refusals in the middle', () => {
  it('goes on when AWS throttles', async () => {
    for (const [service, action] of [['cloudformation', 'DescribeStacks'], ['cloudformation', 'CreateStack'], ['ssm', 'PutParameter'], ['es', 'DescribeDomain'], ['es', 'CreateDomain'], ['eks', 'DescribeNodegroup']] as const) aws.fail({ service, action, error: service === 'cloudformation' ? 'Throttling' : 'ThrottlingException' });
    const clients = aws.clients({ maxAttempts: 4 });
    await quickUp({ clients, runDir: await folder() }, { event: 'throttled' });
    aws.fail({ service: 'cloudformation', action: 'DeleteStack', error: 'Throttling' });
    const { problems } = await quickDown({ clients, runDir: await folder() }, 'throttled');
    expect(problems).toEqual([]);
    expect(leftOver(await aws.inventory())).toEqual([]);
  });

  it('goes on when the answer to a create is lost', async () => {
    const cut = aws.fail({ service: 'cloudformation', action: 'CreateStack', resource: 'podscope-lost-network', cut: true, after: true });
    const cutDomain = aws.fail({ service: 'es', action: 'CreateDomain', cut: true, after: true });
    await quickUp({ clients: aws.clients({ maxAttempts: 3 }), runDir: await folder() }, { event: 'lost' });
    expect([cut.hits, cutDomain.hits]).toEqual([1, 1]);
    expect((await aws.inventory()).vpcs).toHaveLength(1);
    await expectGone('lost');
  });

  it('says so when the session ends during up, and down from a new one leaves nothing', async () => {
    aws.fail({ service: 'cloudformation', action: 'CreateStack', resource: 'podscope-session-cluster', error: 'ExpiredTokenException', times: 100 });
    const failure = await failureOf(quickUp({ clients: aws.clients(), runDir: await folder() }, { event: 'session' }));
    expect(failure).toMatchObject({ code: 'AWS_SESSION_EXPIRED', message: expect.stringContaining('podscope-session-cluster') });
    await expectGone('session');
  });

  it('names what is left when the session ends during down', async () => {
    await quickUp({ clients: aws.clients(), runDir: await folder() }, { event: 'half' });
    const ended = aws.fail({ service: 'cloudformation', action: 'DeleteStack', nth: 2, error: 'ExpiredTokenException', times: 100 });
    const failure = await failureOf(quickDown({ clients: aws.clients(), runDir: await folder() }, 'half'));
    expect(failure.code).toBe('AWS_SESSION_EXPIRED');
    expect(failure.details).toEqual(expect.arrayContaining(['stack podscope-half-network', 'stack podscope-half-expiry']));
    ended.remove();
    await expectGone('half');
  });

  it('tells why a stack failed, and makes it again when it is run again', async () => {
    aws.fail({ stackResource: 'AWS::EKS::Nodegroup', reason: 'You have requested more vCPU capacity than your current vCPU limit of 8 allows' });
    const runDir = await folder();
    const failure = await failureOf(quickUp({ clients: aws.clients(), runDir }, { event: 'quota' }));
    expect(failure).toMatchObject({ code: 'AWS_STACK_FAILED', message: expect.stringContaining('vCPU limit of 8') });
    expect(failure.details.join('\n')).toContain('AWS::EKS::Nodegroup');
    const { stacks } = await quickUp({ clients: aws.clients(), runDir }, { event: 'quota' });
    expect(stacks).toEqual({ expiry: 'unchanged', network: 'unchanged', cluster: 'created' });
    await expectGone('quota');
  });

  it('says how far a domain is that stays in processing, and down waits until it may delete it', async () => {
    const stuck = aws.fail({ stuck: 'domain' });
    const failure = await failureOf(quickUp({ clients: aws.clients(), runDir: await folder() }, { event: 'stuck' }, { pauses: { ...QUICK, timeoutMs: 3_000 } }));
    expect(failure.code).toBe('AWS_DOMAIN_STUCK');
    const { problems, receipt } = await quickDown({ clients: aws.clients(), runDir: await folder() }, 'stuck', { pauses: { ...QUICK, timeoutMs: 3_000 } });
    expect(problems[0]?.code).toBe('AWS_DOMAIN_STUCK');
    expect(receipt.left).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'domain', id: 'podscope-stuck' })]));
    stuck.remove();
    await expectGone('stuck');
  });

  it('can be interrupted, and taken down', async () => {
    const wish = new AbortController();
    const work = quickUp({ clients: aws.clients(), runDir: await folder(), signal: wish.signal, onLine: (line) => line.startsWith('cluster') && wish.abort() }, { event: 'ctrl-c' });
    await expect(work).rejects.toThrow();
    await expectGone('ctrl-c');
  });
});

describe('what is somebody else’s', () => {
  it('touches no stack of the same name, and no domain', async () => {
    const clients = aws.clients();
    const TemplateBody = JSON.stringify({ Resources: { Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/theirs' } } } });
    await clients.cloudFormation.send(new CreateStackCommand({ StackName: 'podscope-name-network', TemplateBody }));
    expect(await failureOf(quickUp({ clients, runDir: await folder() }, { event: 'name' }))).toMatchObject({ code: 'AWS_NOT_OURS', message: expect.stringContaining('podscope-name-network in eu-central-1') });
    const { problems, receipt } = await quickDown({ clients, runDir: await folder() }, 'name');
    expect(problems.map(({ code }) => code)).toEqual([]);
    expect(receipt.left).toEqual([]);
    expect((await aws.inventory()).stacks).toEqual(['podscope-name-network (CREATE_COMPLETE)']);
    expect((await aws.inventory()).logGroups).toEqual(['/theirs']);
  });

  it('asks nothing of another account than the ledger names', async () => {
    const clients = aws.clients();
    const runDir = await folder();
    await quickUp({ clients, runDir }, { event: 'account' });
    // In the event's region, and in the one that no account can switch off.
    aws.fail({ service: 'sts', action: 'GetCallerIdentity', error: 'InvalidClientTokenId', times: 2 });
    expect((await failureOf(quickDown({ clients, runDir }, 'account'))).code).toBe('AWS_CREDENTIALS_REFUSED');
    await expectGone('account');
  });
});
