import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leftOver } from '../../../../../tools/aws-test-env/inventory.ts';
import { type StartedAws, startAws } from '../../../../../tools/aws-test-env/start.ts';
import { downTitles, upTitles } from './steps/steps.ts';
import { killedAt } from './testing/killed.ts';
import { quickDown, quickUp } from './testing/quickly.ts';

let aws: StartedAws;
const folders: string[] = [];

beforeAll(async () => {
  aws = await startAws();
});
afterAll(async () => {
  await aws?.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'podscope-killed-'));
  folders.push(made);
  return made;
}

const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], ...aws.environment });

// The end of a step is the beginning of the next one; cluster and domain go on side by side.
const upPoints = [...Object.keys(upTitles).map((step) => `${step}:before`), 'cluster:after', 'domain:after', 'deploy:after'];

it.each(upPoints)('leaves nothing after up was killed at %s, from another machine', async (stopAt) => {
  const event = `k${upPoints.indexOf(stopAt)}-up`;
  await killedAt(environment(), { verb: 'up', event, region: aws.region, runDir: await folder(), stopAt });
  const { problems, receipt } = await quickDown({ clients: aws.clients(), runDir: await folder() }, event);
  expect(problems).toEqual([]);
  expect(receipt.left).toEqual([]);
  expect(leftOver(await aws.inventory())).toEqual([]);
});

it('goes on after it was killed, on the same machine and on another one', async () => {
  const clients = aws.clients();
  const runDir = await folder();
  await killedAt(environment(), { verb: 'up', event: 'goes-on', region: aws.region, runDir, stopAt: 'network:after' });
  await killedAt(environment(), { verb: 'up', event: 'goes-on', region: aws.region, runDir: await folder(), stopAt: 'domain:after' });
  const { stacks } = await quickUp({ clients, runDir }, { event: 'goes-on' });
  expect(stacks).toMatchObject({ expiry: 'unchanged', network: 'unchanged' });
  expect((await quickDown({ clients, runDir: await folder() }, 'goes-on')).problems).toEqual([]);
  expect(leftOver(await aws.inventory())).toEqual([]);
});

// Without what only an existing cluster has.
const downPoints = [...Object.keys(downTitles).filter((step) => step !== 'inCluster').map((step) => `${step}:before`), 'cluster:after', 'domain:after', 'check:after'];

it('leaves nothing after down was killed at each of its steps, each time from another machine', async () => {
  const clients = aws.clients();
  await quickUp({ clients, runDir: await folder() }, { event: 'k-down' });
  for (const stopAt of downPoints) await killedAt(environment(), { verb: 'down', event: 'k-down', region: aws.region, runDir: await folder(), stopAt });
  const { problems, receipt } = await quickDown({ clients, runDir: await folder() }, 'k-down');
  expect(problems).toEqual([]);
  expect(receipt.left).toEqual([]);
  expect(leftOver(await aws.inventory())).toEqual([]);
});
