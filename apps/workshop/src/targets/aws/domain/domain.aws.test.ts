import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand } from '@aws-sdk/client-ec2';
import { DescribeLogGroupsCommand, DescribeResourcePoliciesCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateDomainCommand, DeleteDomainCommand } from '@aws-sdk/client-opensearch';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAws, type StartedAws } from '../../../../../../tools/aws-test-env/start.ts';
import type { AwsClients } from '../clients.ts';
import { changeDomain, planDomainChange, tryDomainChange } from './change.ts';
import { createDomain } from './create.ts';
import { domainLogs } from './logs.ts';
import { domainTags, observeDomain, requireDomain } from './observe.ts';
import { type DomainProgress, domainProgress, waitForDomain } from './progress.ts';
import { deleteDomain } from './remove.ts';
import { upgradeDomain, upgradeTargets } from './upgrade.ts';
import type { DomainWish } from './wish.ts';
import { wishFor } from './wish.fixture.ts';

/** No pauses to speak of. */
const intervalMs = 5;
const NAMES = { event: 'podscope', domain: 'podscope' };
let aws: StartedAws;
let clients: AwsClients;
let wish: DomainWish;
let place: DomainWish['place'];

/** Takes the place of `aws.fail`: what a test leaves in place does not reach the next one. */
const faults: ReturnType<StartedAws['fail']>[] = [];
function fail(rule: Parameters<StartedAws['fail']>[0]): { remove(): void } {
  const placed = aws.fail(rule);
  faults.push(placed);
  return placed;
}
/** The calls of a test; an account is emptied by hand, because a whole new one takes seconds. */
let before = 0;
const calls = () => aws.calls().slice(before);

beforeAll(async () => {
  aws = await startAws({ polls: { domain: 4 } });
  using clients = aws.clients();
  const { Vpc } = await clients.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  const subnetIds = await Promise.all(['a', 'b'].map(async (zone, index) => (await clients.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: `${aws.region}${zone}` }))).Subnet?.SubnetId ?? ''));
  const { GroupId = '' } = await clients.ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName: 'domain', Description: 'domain' }));
  place = { subnetIds, securityGroupIds: [GroupId] };
}, 600_000);
afterAll(() => aws?.stop());

beforeEach(() => {
  clients = aws.clients();
  wish = wishFor({ region: aws.region, place }, aws.account);
  before = aws.calls().length;
});
afterEach(async () => {
  // A credential is in no call's recorded members, and in nothing that a test was told.
  expect(JSON.stringify(aws.calls())).not.toContain(aws.credentials.secretAccessKey);
  for (const fault of faults.splice(0)) fault.remove();
  for (const domain of ['podscope', 'elsewhere']) await deleteDomain(clients, { event: 'podscope', domain }, { intervalMs }).catch(() => clients.opensearch.send(new DeleteDomainCommand({ DomainName: domain })));
  clients[Symbol.dispose]();
});

async function made(): Promise<void> {
  await createDomain(clients, wish, { intervalMs });
  await waitForDomain(clients, NAMES.domain, { until: 'active', intervalMs });
}

const policies = async (): Promise<readonly (string | undefined)[]> => (await clients.logs.send(new DescribeResourcePoliciesCommand({}))).resourcePolicies?.map(({ policyName }) => policyName) ?? [];

describe('a domain, against moto and what is added to it,', () => {
  it('says which of an account’s quotas is in the way of its logs, and that it can’t be raised', async () => {
    fail({ service: 'logs', action: 'PutResourcePolicy', error: 'LimitExceededException' });
    await expect(createDomain(clients, wish, { intervalMs })).rejects.toMatchObject({ code: 'AWS_QUOTA', message: expect.stringContaining('ten'), hint: expect.stringContaining('describe-resource-policies') });
    expect(calls().some(({ action }) => action === 'CreateDomain')).toBe(false);
  });

  it('is made with its log groups, each told before it is made, and is waited for with its stages', async () => {
    const told: string[] = [];
    const state = await createDomain(clients, wish, { beforeCreate: async ({ kind, name }) => void told.push(`${kind} ${name} (${calls().length})`), intervalMs });
    expect(state).toMatchObject({ name: 'podscope', phase: 'creating', host: undefined, count: 2, fineGrained: true, encrypted: true, httpsOnly: true });
    const at = (action: string): number => calls().findIndex((call) => call.action === action);
    expect(told.map((line) => line.replace(/ \(\d+\)$/u, ''))).toEqual(['log-group /aws/OpenSearchService/domains/podscope/application', 'log-group /aws/OpenSearchService/domains/podscope/audit', 'log-policy podscope-logs', 'domain podscope']);
    expect(Number(/\((\d+)\)/u.exec(told.at(-1) ?? '')?.[1])).toBe(at('CreateDomain'));
    const seen: DomainProgress[] = [];
    const active = await waitForDomain(clients, 'podscope', { until: 'active', intervalMs, onProgress: (progress) => void seen.push(progress) });
    expect(active.host).toMatch(/^vpc-podscope-.*\.eu-central-1\.es\.amazonaws\.com$/u);
    expect(seen.some(({ stage, total }) => stage !== undefined && total !== undefined && total > 1), JSON.stringify(seen.map(({ text }) => text))).toBe(true);
    expect(seen.at(-1)?.phase).toBe('active');
    expect(await domainTags(clients, active)).toEqual(wish.tags);
    const { logGroups = [] } = await clients.logs.send(new DescribeLogGroupsCommand({}));
    expect(logGroups.map(({ logGroupName, retentionInDays }) => [logGroupName, retentionInDays])).toEqual(domainLogs(wish).groups.map(({ name }) => [name, 7]));
    expect(await policies()).toEqual(['podscope-logs']);
  });

  it('is taken as it is when it is there already, and somebody else’s is not', async () => {
    await made();
    await expect(createDomain(clients, wish, { intervalMs })).resolves.toMatchObject({ phase: 'active' });
    await clients.opensearch.send(new CreateDomainCommand({ DomainName: 'elsewhere' }));
    await expect(createDomain(clients, { ...wish, names: { event: 'podscope', domain: 'elsewhere' } }, { intervalMs })).rejects.toMatchObject({ code: 'AWS_DOMAIN_TAKEN' });
    await expect(deleteDomain(clients, { event: 'podscope', domain: 'elsewhere' }, { intervalMs })).rejects.toMatchObject({ code: 'AWS_DOMAIN_NOT_OURS' });
    expect(await observeDomain(clients, 'elsewhere')).toBeDefined();
    expect(calls().filter(({ action }) => action === 'DeleteDomain')).toEqual([]);
  });

  it('is asked for again while the service does not see its roles, and only then', async () => {
    fail({ service: 'es', action: 'CreateDomain', times: 2, error: 'ValidationException', message: 'Error setting policy: invalid principal' });
    const waited: string[] = [];
    await createDomain(clients, wish, { intervalMs, onWaiting: (why) => void waited.push(why) });
    expect(waited).toHaveLength(2);
    await deleteDomain(clients, NAMES, { intervalMs });
    fail({ service: 'es', action: 'CreateDomain', error: 'ValidationException', message: 'Volume size must be between 10 and 200' });
    await expect(createDomain(clients, wish, { intervalMs })).rejects.toMatchObject({ code: 'AWS_REFUSED', message: expect.stringContaining('Volume size') as string });
    fail({ service: 'es', action: 'CreateDomain', times: 99, error: 'ValidationException', message: 'The Resource Access Policy specified for the CloudWatch Logs log group does not grant sufficient permissions' });
    await expect(createDomain(clients, wish, { intervalMs, patienceMs: 20 })).rejects.toMatchObject({ code: 'AWS_REFUSED' });
  });

  it('says what to do where the account lacks the service’s role', async () => {
    fail({ service: 'es', action: 'CreateDomain', error: 'ValidationException', message: 'Before you can proceed, you must enable a service-linked role to give Amazon OpenSearch Service permissions to access your VPC.' });
    await expect(createDomain(clients, wish, { intervalMs })).rejects.toMatchObject({ code: 'AWS_DOMAIN_NO_ROLE', hint: expect.stringContaining('create-service-linked-role') as string });
  });

  it('is changed after a dry run, which changes nothing', async () => {
    await made();
    const state = await requireDomain(clients, 'podscope');
    const change = planDomainChange(state, { size: { count: 4, type: 't3.medium.search', diskGiB: 40 } }) ?? expect.fail();
    expect(await tryDomainChange(clients, change, { intervalMs })).toMatchObject({ deployment: 'blue-green', failures: [] });
    expect(await requireDomain(clients, 'podscope')).toMatchObject({ phase: 'active', count: 2, diskGiB: 20 });
    expect(await changeDomain(clients, change, { intervalMs, confirm: async () => false })).toBeUndefined();
    expect(await requireDomain(clients, 'podscope')).toMatchObject({ phase: 'active', count: 2 });
    const seen: string[] = [];
    const after = await changeDomain(clients, change, { intervalMs, onProgress: ({ text }) => void seen.push(text) });
    expect(after).toMatchObject({ phase: 'active', count: 4, diskGiB: 40 });
    expect(seen.join('\n')).toMatch(/^modifying, \d of \d stages, now: /mu);
    expect(planDomainChange(after ?? state, { size: { count: 4, type: 't3.medium.search', diskGiB: 40 } })).toBeUndefined();
  });

  it('is not changed while it is at something else', async () => {
    await createDomain(clients, wish, { intervalMs });
    const state = await requireDomain(clients, 'podscope');
    const change = planDomainChange(state, { size: { count: 4, type: 't3.medium.search', diskGiB: 20 } }) ?? expect.fail();
    await expect(changeDomain(clients, change, { intervalMs })).rejects.toMatchObject({ code: 'AWS_DOMAIN_CHANGE_REFUSED' });
    expect(calls().filter(({ action }) => action === 'UpdateDomainConfig')).toEqual([]);
  });

  it('is upgraded in a step that there is, after a check', async () => {
    wish = { ...wish, size: { ...wish.size, engineVersion: 'OpenSearch_2.17' } };
    await made();
    const state = await requireDomain(clients, 'podscope');
    expect(await upgradeTargets(clients, state)).toContain('OpenSearch_2.19');
    await expect(upgradeDomain(clients, 'podscope', 'OpenSearch_1.3', { intervalMs })).rejects.toMatchObject({ code: 'AWS_DOMAIN_CHANGE_REFUSED', hint: expect.stringContaining('OpenSearch_2.19') as string });
    await expect(upgradeDomain(clients, 'podscope', 'OpenSearch_2.19', { intervalMs, checkOnly: true })).resolves.toMatchObject({ engineVersion: 'OpenSearch_2.17' });
    const done = await upgradeDomain(clients, 'podscope', 'OpenSearch_2.19', { intervalMs });
    expect(done).toMatchObject({ engineVersion: 'OpenSearch_2.19', phase: 'active' });
    expect(calls().filter(({ action }) => action === 'UpgradeDomain').map(({ input }) => input['PerformCheckOnly'])).toEqual([true, true, false]);
    await expect(upgradeDomain(clients, 'podscope', 'OpenSearch_2.19', { intervalMs })).resolves.toMatchObject({ engineVersion: 'OpenSearch_2.19' });
  });

  it('is deleted with all that was made for it, from any state, as often as one likes', async () => {
    await createDomain(clients, wish, { intervalMs });
    expect(await deleteDomain(clients, NAMES, { intervalMs })).toBe(true);
    expect(await deleteDomain(clients, NAMES, { intervalMs })).toBe(false);
    expect(await aws.inventory()).toMatchObject({ domains: [], logGroups: [], networkInterfaces: [] });
    expect(await policies()).toEqual([]);
    // A kill between log groups and domain leaves groups only.
    await expect(createDomain(clients, wish, { intervalMs, beforeCreate: async ({ kind }) => (kind === 'domain' ? Promise.reject(new Error('killed')) : undefined) })).rejects.toThrow('killed');
    expect((await aws.inventory()).logGroups).toHaveLength(2);
    await deleteDomain(clients, NAMES, { intervalMs });
    expect(await aws.inventory()).toMatchObject({ domains: [], logGroups: [] });
  });

  it('is asked to be deleted again while the service refuses it', async () => {
    await made();
    fail({ service: 'es', action: 'DeleteDomain', times: 2, error: 'ConflictException' });
    fail({ service: 'es', action: 'DescribeDomain', nth: 3, error: 'ThrottlingException' });
    await deleteDomain(aws.clients({ maxAttempts: 3 }), NAMES, { intervalMs });
    expect((await aws.inventory()).domains).toEqual([]);
  });

  it('says how far it is when it does not get there in time, and can be waited for again', async () => {
    await createDomain(clients, wish, { intervalMs });
    const stuck = fail({ stuck: 'domain' });
    await expect(waitForDomain(clients, 'podscope', { until: 'active', intervalMs, timeoutMs: 60 })).rejects.toMatchObject({ code: 'AWS_DOMAIN_STUCK', message: expect.stringMatching(/creating, \d of \d stages/u) as string });
    await expect(deleteDomain(clients, NAMES, { intervalMs, timeoutMs: 60 })).rejects.toMatchObject({ code: 'AWS_DOMAIN_STUCK' });
    stuck.remove();
    await deleteDomain(clients, NAMES, { intervalMs });
    expect((await aws.inventory()).domains).toEqual([]);
  });

  it('is waited for over looks that come to nothing, and not for ever', async () => {
    await createDomain(clients, wish, { intervalMs });
    // The SDK itself slows down after the first one.
    fail({ service: 'es', action: 'DescribeDomain', error: 'ThrottlingException' });
    fail({ service: 'es', action: 'DescribeDomain', nth: 3, times: 3, cut: true });
    await expect(waitForDomain(clients, 'podscope', { until: 'active', intervalMs })).resolves.toMatchObject({ phase: 'active' });
    fail({ service: 'es', action: 'DescribeDomain', times: 99, cut: true });
    using others = aws.clients();
    await expect(waitForDomain(others, 'podscope', { until: 'active', intervalMs })).rejects.toMatchObject({ code: 'AWS_UNREACHABLE' });
  });

  it('can be left waiting, and says when the session has ended or the domain is gone', async () => {
    await createDomain(clients, wish, { intervalMs });
    fail({ stuck: 'domain' });
    const stop = new AbortController();
    const waiting = waitForDomain(clients, 'podscope', { until: 'active', intervalMs, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' });
    fail({ service: 'es', action: 'DescribeDomain', nth: 2, error: 'ExpiredTokenException' });
    await expect(waitForDomain(clients, 'podscope', { until: 'active', intervalMs })).rejects.toMatchObject({ code: 'AWS_SESSION_EXPIRED' });
    await expect(waitForDomain(clients, 'never-was', { until: 'active', intervalMs })).rejects.toMatchObject({ code: 'AWS_DOMAIN_NOT_FOUND' });
    await expect(requireDomain(clients, 'never-was')).rejects.toMatchObject({ code: 'AWS_DOMAIN_NOT_FOUND' });
    for await (const { phase } of domainProgress(clients, 'never-was', { intervalMs })) expect(phase).toBe('gone');
  });
});
