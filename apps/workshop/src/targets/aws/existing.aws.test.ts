import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leftOver } from '../../../../../tools/aws-test-env/inventory.ts';
import { type StartedAws, startAws } from '../../../../../tools/aws-test-env/start.ts';
import { absentCluster } from './testing/absentCluster.ts';
import { quickDown, quickUp } from './testing/quickly.ts';

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
  expect(inCluster.asked).toEqual(['grant podscope-base podscope-base', expect.stringContaining('deploy podscope-base'), 'remove podscope-base']);
  expect(leftOver(await aws.inventory())).toEqual(before);
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
