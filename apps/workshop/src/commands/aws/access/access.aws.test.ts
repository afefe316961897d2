import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startAws, type StartedAws } from '../../../../../../tools/aws-test-env/start.ts';
import type { KubeconfigDocument } from '../../../targets/aws/cluster/kubeconfig.ts';
import { makeCluster } from '../../../targets/aws/cluster/testing/makeCluster.ts';
import { waitForEksCluster } from '../../../targets/aws/cluster/wait.ts';
import { type Ended, runPodscope } from '../../kubernetes/program.fixture.ts';
import { examplesOf, lacks } from '../../reference.fixture.ts';

let aws: StartedAws;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podscope-access-'));
  aws = await startAws({ onProgress: (line) => process.stderr.write(`${line}\n`) });
  const clients = aws.clients();
  await makeCluster(clients, 'podscope');
  await waitForEksCluster(clients, 'podscope', { signal: new AbortController().signal, onProgress: () => undefined, pauseMs: 5 });
}, 10 * 60_000);
afterAll(async () => {
  await aws?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const podscope = (environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> => runPodscope({ PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1', PODSCOPE_RUN_DIR: join(folder, 'run'), ...environment }, ...args);
const planted = (text: string): readonly string[] => [aws.credentials.secretAccessKey, aws.credentials.sessionToken].filter((secret) => text.includes(secret));

it('writes a kubeconfig of the event’s cluster, where kubectl would, and without a secret', async () => {
  const ended = await podscope({ ...aws.environment, AWS_PROFILE: '' }, 'kubeconfig', '--target', 'aws', '--json');
  expect(ended.code, ended.stdout + ended.stderr).toBe(0);
  const document = JSON.parse(ended.stdout) as { readonly file: string };
  expect(document).toMatchObject({ file: join(folder, '.kube', 'config'), context: 'podscope.eu-central-1', cluster: 'podscope', current: true });
  expect(lacks(examplesOf('kubeconfig')[0], document)).toEqual([]);
  expect(statSync(document.file).mode & 0o777).toBe(0o600);
  expect(planted(ended.stdout + ended.stderr + readFileSync(document.file, 'utf8'))).toEqual([]);

  const named = join(folder, 'others');
  writeFileSync(named, 'apiVersion: v1\nkind: Config\ncurrent-context: mine\ncontexts: [{name: mine, context: {cluster: a, user: b}}]\n');
  const put = await podscope({ ...aws.environment, KUBECONFIG: `${named}:/nowhere` }, 'kubeconfig', '--context', 'workshop');
  expect([put.code, put.stdout]).toEqual([0, expect.stringContaining(`Put into ${named}: context workshop`)]);
  expect((parse(readFileSync(named, 'utf8')) as KubeconfigDocument)['current-context']).toBe('mine');
});

it('prints it, with the profile that was meant', async () => {
  const { code, stdout } = await podscope({ ...aws.environment, AWS_CONFIG_FILE: join(folder, 'config'), AWS_PROFILE: 'nobody' }, 'kubeconfig', '--stdout');
  // The profile goes before keys of the environment, and there is none of that name.
  expect(code).toBe(1);
  expect(stdout).toBe('');
  const plain = await podscope(aws.environment, 'kubeconfig', '--stdout');
  expect(plain.code, plain.stderr).toBe(0);
  const config = parse(plain.stdout) as KubeconfigDocument;
  expect(config.users[0]?.user).toMatchObject({ exec: { command: process.execPath, args: expect.arrayContaining(['aws-token', '--cluster', 'podscope', '--region', 'eu-central-1']) } });
  expect(existsSync(join(folder, 'run'))).toBe(false);
});

it('prints a token as kubectl takes it', async () => {
  const { code, stdout, stderr } = await podscope(aws.environment, 'aws-token', '--cluster', 'podscope', '--region', 'eu-central-1');
  expect([code, stderr]).toEqual([0, '']);
  const document = JSON.parse(stdout) as { readonly status: { readonly token: string; readonly expirationTimestamp: string } };
  expect(lacks(examplesOf('aws-token')[0], document)).toEqual([]);
  expect(document.status.token).toMatch(/^k8s-aws-v1\./u);
  expect(document.status.expirationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
  expect(planted(stdout)).toEqual([]);
});

const NOBODY = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' };

it.each<[string, (given: Readonly<Record<string, string>>) => Readonly<Record<string, string>>, readonly string[], number, string]>([
  ['without credentials', ({ AWS_ENDPOINT_URL: url = '' }) => ({ ...NOBODY, AWS_ENDPOINT_URL: url }), ['kubeconfig'], 1, 'AWS_NO_CREDENTIALS'],
  ['without credentials, for a token', () => NOBODY, ['aws-token', '--cluster', 'podscope', '--region', 'eu-central-1'], 1, 'AWS_NO_CREDENTIALS'],
  ['of a cluster that there isn’t', (given) => given, ['kubeconfig', '--event', 'another'], 3, 'NOT_RUNNING'],
  ['of another region', (given) => given, ['kubeconfig', '--region', 'us-west-2'], 3, 'NOT_RUNNING'],
  ['of a name that is none', (given) => given, ['kubeconfig', '--event', 'A'], 2, 'CLI_USAGE'],
  ['of a region that is none', (given) => given, ['kubeconfig', '--region', 'europe'], 2, 'CLI_USAGE'],
  ['both printed and put into a file', (given) => given, ['kubeconfig', '--stdout', '--file', 'x'], 2, 'CLI_USAGE'],
])('refuses %s', async (_what, environment, args, code, error) => {
  const ended = await podscope(environment(aws.environment), ...args, '--json');
  expect([ended.code, JSON.parse(ended.stdout).error.code], ended.stdout).toEqual([code, error]);
  expect(planted(ended.stdout + ended.stderr)).toEqual([]);
});

it('tells of an expired session', async () => {
  aws.fail({ service: 'eks', action: 'DescribeCluster', error: 'ExpiredTokenException' });
  const { code, stdout } = await podscope(aws.environment, 'kubeconfig', '--json');
  expect([code, JSON.parse(stdout).error.code]).toEqual([1, 'AWS_SESSION_EXPIRED']);
});
