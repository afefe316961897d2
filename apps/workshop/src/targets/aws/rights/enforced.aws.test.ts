import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { leftOver } from '../../../../../../tools/aws-test-env/inventory.ts';
import { type StartedAws, startAws } from '../../../../../../tools/aws-test-env/start.ts';
import { preflight } from '../preflight/preflight.ts';
import { quickDown, quickParts, quickUp } from '../testing/quickly.ts';
import { statusAws } from '../status.ts';
import { awsSettings } from '../settings.ts';
import { iamPolicies } from './policies.ts';

let aws: StartedAws;
let runDir: string;
beforeAll(async () => {
  aws = await startAws();
  runDir = await mkdtemp(join(tmpdir(), 'podscope-rights-'));
});
afterAll(async () => {
  await aws?.stop();
  await rm(runDir, { recursive: true, force: true });
});
beforeEach(() => aws.reset());

it('spike', async () => {
  const settings = awsSettings.parse({ event: 'rights' });
  const policies = iamPolicies(settings).filter(({ part }) => part === 'calls').map(({ document }) => document);
  aws.enforce(policies);
  const clients = aws.clients();
  const parts = { ...quickParts(), preflight };
  console.time('up');
  await quickUp({ clients, runDir }, { event: 'rights' }, { parts });
  console.timeEnd('up');
  const status = await statusAws({ clients, event: 'rights', runDir, parts, signal: new AbortController().signal });
  expect(status.isWell).toBe(true);
  const { vpcs: [vpc = ''], subnets: [subnet = ''] } = await aws.inventory();
  const cluster = 'podscope-rights';
  for (const kind of ['classic', 'network', 'application'] as const) await aws.plant.loadBalancer(vpc, { cluster, kind });
  await aws.plant.networkInterface(subnet, { cluster });
  await aws.plant.volume(cluster);
  await aws.plant.logGroup(cluster, { name: `/aws/eks/${cluster}/made-again` });
  console.time('down');
  const { problems } = await quickDown({ clients, runDir }, 'rights');
  console.timeEnd('down');
  console.log(problems.map(({ message, hint }) => [message, hint]));
  console.log(leftOver(await aws.inventory()));
  const denied = aws.calls().filter(({ error }) => /Denied|Unauth|StandIn/u.test(error ?? ''));
  console.log(denied.map(({ service, action, resources, error }) => `${service}:${action} ${resources} ${error}`));
  console.log([...new Set(aws.calls().map(({ service, action }) => `${service}:${action}`))].sort().join(' '));
});
