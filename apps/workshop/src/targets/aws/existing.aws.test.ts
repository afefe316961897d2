import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leftOver } from '../../../../../tools/aws-test-env/inventory.ts';
import { type StartedAws, startAws } from '../../../../../tools/aws-test-env/start.ts';
import { ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { statusAws } from './status.ts';
import { absentCluster } from './testing/absentCluster.ts';
import { quickDown, quickParts, quickUp } from './testing/quickly.ts';

let aws: StartedAws;
let runDir: string;

beforeAll(async () => {
  aws = await startAws();
  runDir = await mkdtemp(join(tmpdir(), 'podscope-existing-'));
});
afterAll(async () => {
  await aws?.stop();
  await rm(runDir, { recursive: true, force: true });
});

/** What there is beside what there was. */
const more = async (before: readonly string[]): Promise<readonly string[]> => leftOver(await aws.inventory()).filter((line) => !before.includes(line));

it('uses a cluster and a domain that are there, and leaves both when it goes', async () => {
  const clients = aws.clients();
  // Its shippers are others: an account of a cluster has one role.
  await quickUp({ clients, runDir, inCluster: { ...absentCluster(), shipperAccounts: [{ namespace: 'base', name: 'fluentd' }] } }, { event: 'base' });
  const before = leftOver(await aws.inventory());
  const inCluster = absentCluster();
  const { cluster, domain } = await quickUp({ clients, runDir, inCluster }, { event: 'guest', existingCluster: 'podscope-base', existingDomain: 'podscope-base' });
  expect([cluster.name, domain.name]).toEqual(['podscope-base', 'podscope-base']);
  expect(await more(before)).toEqual(expect.arrayContaining(['stacks: podscope-guest-expiry (CREATE_COMPLETE)', 'stacks: podscope-guest-network (CREATE_COMPLETE)', 'roles: podscope-guest-eu-central-1-shippers', 'roles: podscope-guest-eu-central-1-presenters', expect.stringMatching(/^schedules: /u), expect.stringMatching(/^stateMachines: /u)]));
  expect((await more(before)).filter((line) => /^(?:vpcs|subnets|natGateways|clusters|nodegroups|domains): /u.test(line))).toEqual([]);
  const { problems, receipt } = await quickDown({ clients, runDir, inCluster }, 'guest');
  expect(problems).toEqual([]);
  expect(receipt.left).toEqual([]);
  expect(inCluster.asked).toEqual(['look ahead podscope-base', 'grant podscope-base podscope-base', expect.stringContaining('deploy podscope-base'), 'remove podscope-base']);
  expect(leftOver(await aws.inventory())).toEqual(before);
});

it('is well without a stack of its own on a cluster that lacks nothing', async () => {
  const clients = aws.clients();
  const inCluster = { ...absentCluster(), shipperAccounts: [] };
  const providers = async () => (await clients.iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList ?? [];
  const before = await providers();
  expect(before).toHaveLength(1);
  await quickUp({ clients, runDir, inCluster }, { event: 'lacks', existingCluster: 'podscope-base', existingDomain: 'podscope-base' });
  const status = await statusAws({ clients, event: 'lacks', runDir, parts: quickParts(inCluster), signal: new AbortController().signal });
  expect(status.parts.filter(({ isWell }) => !isWell)).toEqual([]);
  expect(status.isWell).toBe(true);
  expect((await quickDown({ clients, runDir, inCluster }, 'lacks')).problems).toEqual([]);
  // It was there before.
  expect(await providers()).toEqual(before);
});

it('takes back what is on a cluster that stays also where somebody has damaged the ledger', async () => {
  const clients = aws.clients();
  const inCluster = absentCluster();
  const accounts = { ...inCluster, shipperAccounts: [] };
  await quickUp({ clients, runDir: join(runDir, 'first'), inCluster: accounts }, { event: 'harmed', existingCluster: 'podscope-base', existingDomain: 'podscope-base' });
  const Name = '/podscope/harmed/ledger/event';
  const { Parameter } = await clients.ssm.send(new GetParameterCommand({ Name }));
  await clients.ssm.send(new PutParameterCommand({ Name, Overwrite: true, Type: 'String', Value: JSON.stringify({ ...(JSON.parse(Parameter?.Value ?? '') as object), began: 'yesterday' }) }));
  const { problems, receipt } = await quickDown({ clients, runDir: join(runDir, 'other'), inCluster: accounts }, 'harmed');
  expect(problems).toEqual([]);
  expect(receipt.left).toEqual([]);
  expect(inCluster.asked).toContain('remove podscope-base');
  expect((await aws.inventory()).domains).toEqual(['podscope-base']);
});

it('makes a domain beside a cluster that is there, in its network', async () => {
  const clients = aws.clients();
  const before = leftOver(await aws.inventory());
  const { domain, cluster } = await quickUp({ clients, runDir }, { event: 'beside', existingCluster: 'podscope-base' });
  expect([cluster.name, domain.name, domain.vpcId]).toEqual(['podscope-base', 'podscope-beside', cluster.vpcId]);
  expect((await more(before)).filter((line) => /^(?:vpcs|subnets|natGateways|clusters|nodegroups|domains): /u.test(line))).toEqual(['domains: podscope-beside']);
  expect(await more(before)).toEqual(expect.arrayContaining(['shippers', 'presenters'].map((id) => `roles: podscope-beside-eu-central-1-${id}`)));
  expect((await quickDown({ clients, runDir }, 'beside')).problems).toEqual([]);
  expect(leftOver(await aws.inventory())).toEqual(before);
});
