import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeletePolicyCommand } from '@aws-sdk/client-iam';
import { PodscopeError } from '@podscope/core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { neededRights } from '../../../../../../tools/aws-test-env/front/rights/askedRights.ts';
import { leftOver } from '../../../../../../tools/aws-test-env/inventory.ts';
import { type StartedAws, startAws } from '../../../../../../tools/aws-test-env/start.ts';
import type { AwsCheck } from '../parts.ts';
import { preflight } from '../preflight/preflight.ts';
import { alsoFound } from '../testing/alsoFound.ts';
import type { AwsClients } from '../clients.ts';
import { type AwsSettingsInput, awsSettings } from '../settings.ts';
import { statusAws } from '../status.ts';
import { findEvent } from '../steps/find.ts';
import { leftLine } from '../sweep/place.ts';
import { quickDown, quickUp } from '../testing/quickly.ts';
import { iamPolicies, type PolicyDocument } from './policies.ts';
import { askingCluster, askingParts, goneThings, plantLeftovers, plantNodesAndRun, plantRolePolicies, removeNodes } from './testing/lifeOfAnEvent.ts';

/** What no call to AWS's API can show: where it is needed instead. */
const NOT_RECORDED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['Delete', 'Get', 'Head', 'Patch', 'Post', 'Put'].map((method) => [`es:ESHttp${method}`, 'the domain itself is asked, through the tunnel: tunnel.target.test.ts'])),
  ...Object.fromEntries(['DescribeDryRunProgress', 'GetCompatibleVersions', 'GetUpgradeHistory', 'GetUpgradeStatus', 'UpdateDomainConfig', 'UpgradeDomain'].map((action) => [`es:${action}`, 'for a later up with another size or version: domain/settle.aws.test.ts, domain/domain.aws.test.ts'])),
  'iam:CreateServiceLinkedRole': 'asked by a person, as the preflight says, once in an account',
  'servicequotas:GetAWSDefaultServiceQuota': 'for quotas without a value of their own, of which the stand-in has none',
};

/** What `down` deletes in the sweep of the network, what after it, and what last: each before what is deleted with it. */
const SWEPT = [
  'elasticloadbalancing:DeleteLoadBalancer', 'elasticloadbalancing:DeleteTargetGroup', 'ec2:DeleteNetworkInterface', 'ec2:DeleteVpcEndpoints', 'ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress', 'ec2:DeleteSecurityGroup', 'ec2:DeleteVolume',
];
const REST = ['logs:DeleteResourcePolicy', 'logs:DeleteLogGroup'];
const REMOVED_LAST = [
  'cloudformation:DeleteStack', 'iam:ListRolePolicies', 'iam:DeleteRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:DetachRolePolicy', 'iam:DeleteRole', 'ssm:DeleteParameters',
];

let aws: StartedAws;
const folders: string[] = [];
const recorded = new Set<string>();
const granted = new Set<string>();
/** Taken out, and told of. */
const missed = new Set<string>();
/** As `up` asks for them. */
let upOrder: readonly string[] = [];

beforeAll(async () => {
  aws = await startAws({ polls: { domain: 12 } });
});
beforeEach(() => aws.enforce(undefined));
afterAll(async () => {
  await aws?.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'podscope-rights-'));
  folders.push(made);
  return made;
}

/** The part of the policies for podscope's own calls: moto's CloudFormation asks nobody for the rest. */
const callsOf = (settings: AwsSettingsInput): readonly PolicyDocument[] => iamPolicies(awsSettings.parse(settings)).flatMap(({ part, document }) => (part === 'calls' ? [document] : []));
/** The same without one action. */
const without = (policies: readonly PolicyDocument[], action: string): readonly PolicyDocument[] =>
  policies.map(({ Version, Statement }) => ({ Version, Statement: Statement.map((statement) => ({ ...statement, Action: statement.Action.filter((each) => each !== action) })) }));

/** Notes what was asked, by the names of IAM. */
function note(since = 0): void {
  for (const call of aws.calls().slice(since)) for (const { action } of neededRights(call, aws.account)) recorded.add(action);
}

/** Clients that find what is gone by its tag, as the real search does for hours. */
const naming = (event: string): AwsClients => alsoFound(aws.clients(), goneThings(aws.account, aws.region, event));

/** Keeps what these policies grant, and enforces them. */
function enforce(policies: readonly PolicyDocument[]): void {
  for (const { Statement } of policies) for (const { Action } of Statement) for (const action of Action) granted.add(action);
  aws.enforce(policies);
}

const deniedSince = (before: number): readonly string[] => aws.calls().slice(before).filter(({ error }) => /Denied|Unauthorized|StandIn/u.test(error ?? '')).map(({ service, action, error }) => `${service}:${action} ${error}`);

it('up, status and down pass with exactly the policy that is printed, and leave nothing', async () => {
  const wish = { event: 'rights', owner: 'ana' };
  const policies = callsOf(wish);
  enforce(policies);
  const clients = aws.clients();
  const runDir = await folder();
  await quickUp({ clients, runDir }, wish, { parts: askingParts() });
  note();
  upOrder = [...recorded];
  // Gone on with, it gives its nodes their tags again, and ends what the expiry may be at.
  aws.enforce(undefined);
  await plantNodesAndRun(clients, 'rights');
  const planted = aws.calls().length;
  aws.enforce(policies);
  await quickUp({ clients, runDir }, wish, { parts: askingParts() });
  expect(await statusAws({ clients, event: 'rights', runDir, parts: askingParts(), signal: new AbortController().signal })).toMatchObject({ isWell: true });
  note(planted);
  expect(deniedSince(0)).toEqual([]);
  aws.enforce(undefined);
  await removeNodes(clients, 'rights');
  await plantLeftovers(aws, clients, 'rights');
  await plantRolePolicies(clients, 'rights', aws.region);
  const before = aws.calls().length;
  aws.enforce(policies);
  const { problems } = await quickDown({ clients: naming('rights'), runDir: await folder(), inCluster: askingCluster() }, 'rights');
  expect(problems).toEqual([]);
  expect(deniedSince(before)).toEqual([]);
  note(before);
  aws.enforce(undefined);
  await clients.iam.send(new DeletePolicyCommand({ PolicyArn: `arn:aws:iam::${aws.account}:policy/planted-rights` }));
  // Moto keeps the interfaces of instances that are gone; these were in the default network, as no nodes of ours are.
  expect(leftOver(await aws.inventory()).filter((line) => !/^networkInterfaces: \S+ \(Primary network interface\)$/u.test(line))).toEqual([]);
});

it.each([
  ['a cluster that is there', { existingCluster: 'podscope-base' }],
  ['a cluster and a domain that are there', { existingCluster: 'podscope-base', existingDomain: 'podscope-base' }],
])('%s: the same with less', async (_, existing) => {
  const clients = aws.clients();
  const runDir = await folder();
  if ((await aws.inventory()).clusters.length === 0) await quickUp({ clients, runDir, inCluster: askingCluster() }, { event: 'base', egress: 'endpoints', budget: { usd: 5, email: 'ana@example.com' } });
  const there = leftOver(await aws.inventory());
  const wish = { event: 'guest', ...existing };
  const before = aws.calls().length;
  enforce(callsOf(wish));
  await quickUp({ clients, runDir }, wish, { parts: askingParts() });
  const longer = await quickUp({ clients, runDir }, { ...wish, hours: 20 }, { parts: askingParts() });
  expect(longer.stacks.expiry).toBe('updated');
  expect((await quickDown({ clients, runDir, inCluster: askingCluster() }, 'guest')).problems).toEqual([]);
  expect(deniedSince(before)).toEqual([]);
  note(before);
  for (const action of ['ec2:DescribeSubnets', 'iam:ListOpenIDConnectProviders']) if (!missed.has(action)) await toldOf(action, callsOf(wish), () => quickUp({ clients, runDir }, wish));
  aws.enforce(callsOf(wish));
  await quickDown({ clients, runDir, inCluster: askingCluster() }, 'guest');
  aws.enforce(undefined);
  expect(leftOver(await aws.inventory())).toEqual(there);
});

/** What a user is told of an action that is missing: by an error, by what `down` could not do, by a check, or by a line on the way. */
async function toldOf(action: string, policies: readonly PolicyDocument[], work: (tell: (line: string) => void) => Promise<unknown>): Promise<void> {
  aws.enforce(without(policies, action));
  const told: string[] = [];
  const outcome = await work((line) => told.push(line)).catch((error: unknown) => error);
  if (outcome instanceof PodscopeError && outcome.code === 'AWS_DENIED') expect(outcome.hint, action).toMatch(new RegExp(`^Ask for ${action}\\b.*up --target aws --policy`, 'u'));
  const problems = (outcome as { readonly problems?: readonly PodscopeError[] } | undefined)?.problems ?? [];
  const checks = Array.isArray(outcome) ? (outcome as readonly AwsCheck[]).map(({ todo = '' }) => todo) : [];
  const all = [...told, ...checks, ...problems.map(({ message }) => message), outcome instanceof PodscopeError ? outcome.message : ''].filter((line) => line !== '');
  expect(all.find((line) => line.includes(action)) ?? `${action} is not named: ${all.join('\n')} ${String(outcome)}`).toMatch(new RegExp(`not authorized to perform: ${action}\\b|Give it ${action}|Ask for ${action}`, 'u'));
  missed.add(action);
}

/** Names of IAM's actions that this asked for, in their order. */
async function askedBy(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = aws.calls().length;
  await work();
  return [...new Set(aws.calls().slice(before).flatMap((call) => neededRights(call, aws.account).map(({ action }) => action)))];
}

/** Cluster and domain are made at the same time: here the domain waits, so that what is refused of one does not break off the other. */
function clusterFirst(): (point: string) => Promise<void> {
  const before = aws.calls().length;
  let isDone = false;
  return async (point) => {
    if (point === 'cluster:after') isDone = true;
    for (let looks = 0; point === 'domain:before' && !isDone && deniedSince(before).length === 0 && looks < 4_000; looks += 1) await sleep(5);
  };
}

it('each action that is taken out makes up, status or down fail, and is named', { timeout: 600_000 }, async () => {
  // Moto gives every cluster of a region the same issuer of tokens, of which IAM takes one.
  await aws.reset();
  const wish = { event: 'taken' };
  const settings = awsSettings.parse(wish);
  const policies = callsOf(wish);
  const clients = aws.clients();
  const runDir = await folder();
  const { signal } = new AbortController();
  const inCluster = askingCluster();
  const up = (tell: (line: string) => void) => quickUp({ clients, runDir, inCluster, onLine: tell }, wish, { at: clusterFirst() });

  for (const action of await askedBy(() => preflight(clients, settings, signal))) await toldOf(action, policies, () => preflight(clients, settings, signal));
  // Each time it gets a step further, and goes on from there.
  for (const action of upOrder.filter((each) => !missed.has(each))) await toldOf(action, policies, up);
  aws.enforce(policies);
  await up(() => undefined);
  aws.enforce(undefined);
  await plantNodesAndRun(clients, 'taken');
  for (const action of ['states:ListExecutions', 'states:StopExecution', 'ec2:CreateTags']) await toldOf(action, policies, up);
  aws.enforce(undefined);
  await removeNodes(clients, 'taken');
  await toldOf('cloudformation:UpdateStack', policies, () => quickUp({ clients, runDir }, { ...wish, hours: 20 }));
  await toldOf('eks:ListNodegroups', policies, () => statusAws({ clients, event: 'taken', runDir, parts: askingParts(), signal }));

  aws.enforce(undefined);
  await plantLeftovers(aws, clients, 'taken');
  await plantRolePolicies(clients, 'taken', aws.region);
  const named = { clients: naming('taken'), event: 'taken', runDir, parts: askingParts(), signal };
  for (const action of (await askedBy(() => findEvent(named))).filter((each) => !missed.has(each))) await toldOf(action, policies, async (tell) => (await findEvent(named)).left.forEach((left) => tell(leftLine(left))));
  // It goes no further than what it is about, so that the rest is there for the next one.
  const down = (until?: string) => (tell: (line: string) => void) => quickDown({ clients, runDir, onLine: tell }, 'taken', { at: async (point) => { if (point === until) throw new Error('far enough'); } });
  await toldOf('es:DeleteDomain', policies, down('sweep:before'));
  for (const action of SWEPT) {
    await toldOf(action, policies, down('network:before'));
    // All else was removed.
    aws.enforce(undefined);
    await plantLeftovers(aws, clients, 'taken');
  }
  for (const action of REST) {
    await toldOf(action, policies, down('expiry:before'));
    aws.enforce(undefined);
    await aws.plant.logGroup('podscope-taken', { name: `/podscope/taken/${action.split(':')[1]}` });
  }
  for (const action of REMOVED_LAST) await toldOf(action, policies, down());
  aws.enforce(policies);
  expect((await quickDown({ clients, runDir }, 'taken')).problems).toEqual([]);
  aws.enforce(undefined);
  await clients.iam.send(new DeletePolicyCommand({ PolicyArn: `arn:aws:iam::${aws.account}:policy/planted-taken` }));
});

it('grants nothing that is never asked for, and nothing is asked for that is not granted', () => {
  expect([...granted].filter((action) => !recorded.has(action)).toSorted()).toEqual(Object.keys(NOT_RECORDED).toSorted());
  expect([...recorded].filter((action) => !granted.has(action))).toEqual([]);
  expect([...recorded].filter((action) => !missed.has(action))).toEqual([]);
});
