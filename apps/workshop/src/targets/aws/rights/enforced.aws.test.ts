import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeletePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { neededRights } from '../../../../../../tools/aws-test-env/front/rights/askedRights.ts';
import { leftOver } from '../../../../../../tools/aws-test-env/inventory.ts';
import { type StartedAws, startAws } from '../../../../../../tools/aws-test-env/start.ts';
import { type AwsSettingsInput, awsSettings } from '../settings.ts';
import { statusAws } from '../status.ts';
import { quickDown, quickUp } from '../testing/quickly.ts';
import { iamPolicies, type PolicyDocument } from './policies.ts';
import { askingCluster, askingParts, plantLeftovers, plantRolePolicies } from './testing/lifeOfAnEvent.ts';

/** What no call to AWS's API can show: where it is needed instead. */
const NOT_RECORDED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['Delete', 'Get', 'Head', 'Patch', 'Post', 'Put'].map((method) => [`es:ESHttp${method}`, 'the domain itself is asked, through the tunnel: tunnel.target.test.ts'])),
  'iam:CreateServiceLinkedRole': 'asked by a person, as the preflight says, once in an account',
  'servicequotas:GetAWSDefaultServiceQuota': 'for quotas without a value of their own, of which the stand-in has none',
};

let aws: StartedAws;
const folders: string[] = [];
const recorded = new Set<string>();
const granted = new Set<string>();

beforeAll(async () => {
  aws = await startAws({ polls: { domain: 4 } });
});
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
  expect(await statusAws({ clients, event: 'rights', runDir, parts: askingParts(), signal: new AbortController().signal })).toMatchObject({ isWell: true });
  note();
  expect(deniedSince(0)).toEqual([]);
  aws.enforce(undefined);
  await plantLeftovers(aws, clients, 'rights');
  await plantRolePolicies(clients, 'rights', aws.region);
  const before = aws.calls().length;
  aws.enforce(policies);
  const { problems } = await quickDown({ clients, runDir: await folder(), inCluster: askingCluster() }, 'rights');
  expect(problems).toEqual([]);
  expect(deniedSince(before)).toEqual([]);
  note(before);
  aws.enforce(undefined);
  await clients.iam.send(new DeletePolicyCommand({ PolicyArn: `arn:aws:iam::${aws.account}:policy/planted-rights` }));
  expect(leftOver(await aws.inventory())).toEqual([]);
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
  aws.enforce(undefined);
  expect(deniedSince(before)).toEqual([]);
  note(before);
  expect(leftOver(await aws.inventory())).toEqual(there);
});

it('grants nothing that is never asked for, and nothing is asked for that is not granted', () => {
  expect([...granted].filter((action) => !recorded.has(action)).toSorted()).toEqual(Object.keys(NOT_RECORDED).toSorted());
  expect([...recorded].filter((action) => !granted.has(action))).toEqual([]);
});
