import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { leftOver } from '../../../../../tools/aws-test-env/inventory.ts';
import { type StartedAws, startAws } from '../../../../../tools/aws-test-env/start.ts';
import { runPodscope } from '../kubernetes/program.fixture.ts';

let aws: StartedAws;
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'podscope-dry-run-'));
  aws = await startAws();
});
afterAll(async () => {
  await aws?.stop();
  await rm(home, { recursive: true, force: true });
});

it('podscope up --target aws --dry-run looks at everything, says what it costs, and makes nothing', async () => {
  aws.setQuota('L-0263D0A3', 0);
  const environment = { ...aws.environment, PATH: process.env['PATH'], HOME: home, PODSCOPE_RUN_DIR: join(home, 'run') };
  // The address of this machine would be asked for in the internet.
  const command = ['up', '--target', 'aws', '--event', 'reinvent', '--dry-run', '--api-cidr', '203.0.113.7/32'];
  const refused = await runPodscope(environment, ...command);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toMatch(/0 of 0 used, 1 needed[\s\S]*--quota-code L-0263D0A3/u);
  aws.setQuota('L-0263D0A3', 5);
  const { code, stdout, stderr } = await runPodscope(environment, ...command, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ dryRun: true, event: 'reinvent', account: aws.account, estimate: { hour: 0.5121 }, checks: expect.arrayContaining([expect.objectContaining({ id: 'quota-addresses', verdict: 'ok' }), expect.objectContaining({ id: 'node-room', verdict: 'ok' })]) as unknown[] });
  expect(leftOver(await aws.inventory())).toEqual([]);
  expect(await readdir(home)).toEqual([]);
  for (const secret of [aws.credentials.secretAccessKey, aws.credentials.sessionToken]) expect(`${refused.stdout}${refused.stderr}${stdout}`).not.toContain(secret);
});
