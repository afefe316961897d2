import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateAccessKeyCommand, CreateUserCommand } from '@aws-sdk/client-iam';
import { connectKubernetes, type KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { printed } from '../../../../../../tools/kube-test-env/fixtures/printed.ts';
import { startKubeApiServer, type StartedKubeApiServer } from '../../../../../../tools/kube-test-env/start.ts';
import { startAws, type StartedAws } from '../../../../../../tools/aws-test-env/start.ts';
import { type AwsClients, awsClients } from '../clients.ts';
import { connectEks } from './connect.ts';
import { eksKubeconfig } from './kubeconfig.ts';
import { writeKubeconfig } from './kubeconfigFile.ts';
import type { EksCluster } from './observe.ts';
import { makeCluster } from './testing/makeCluster.ts';
import { type StartedAuthenticator, startAuthenticator } from './testing/authenticator.ts';
import { eksToken } from './token.ts';
import { tokenCommand } from './tokenCommand.ts';
import { waitForEksCluster } from './wait.ts';

const CLUSTER = 'podscope';
const REGION = 'eu-central-1';
let aws: StartedAws;
let server: StartedKubeApiServer;
let authenticator: StartedAuthenticator;
let folder: string;
const secrets = new Map<string, string>();
let presenter: AwsClients;
let presenterKeys: { readonly accessKeyId: string; readonly secretAccessKey: string };
let cluster: EksCluster;
const states: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podscope-eks-'));
  aws = await startAws({ onProgress: (line) => process.stderr.write(`${line}\n`) });
  using root = aws.clients();
  await root.iam.send(new CreateUserCommand({ UserName: 'presenter' }));
  const { AccessKey: key } = await root.iam.send(new CreateAccessKeyCommand({ UserName: 'presenter' }));
  presenterKeys = { accessKeyId: key?.AccessKeyId ?? '', secretAccessKey: key?.SecretAccessKey ?? '' };
  secrets.set(presenterKeys.accessKeyId, presenterKeys.secretAccessKey);
  presenter = awsClients({ region: REGION, endpoint: aws.endpoint, credentials: async () => presenterKeys });

  authenticator = await startAuthenticator({ cluster: CLUSTER, sts: aws.endpoint, secrets });
  const webhook = join(folder, 'webhook');
  writeFileSync(webhook, authenticator.webhookConfig);
  server = await startKubeApiServer({ onProgress: printed, flags: { 'authentication-token-webhook-config-file': webhook, 'authentication-token-webhook-version': 'v1', 'authentication-token-webhook-cache-ttl': '0s' } });
  const user = { kind: 'User', name: 'arn:aws:iam::123456789012:user/presenter', apiGroup: 'rbac.authorization.k8s.io' };
  await server.admin.client.apply({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'presenter' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [user] });

  await makeCluster(root, CLUSTER);
  const found = await waitForEksCluster(presenter, CLUSTER, { signal: new AbortController().signal, onProgress: (message) => states.push(message), pauseMs: 10 });
  // The control plane of the test is another one than what the answers name.
  cluster = { ...found, endpoint: server.url, ca: Buffer.from(server.ca).toString('base64') };
}, 45 * 60_000);
afterAll(async () => {
  presenter?.[Symbol.dispose]();
  await server?.stop();
  await authenticator?.[Symbol.asyncDispose]();
  await aws?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const there = { apiVersion: 'v1', kind: 'Namespace', name: 'default' };

async function reading(api: KubernetesApi): Promise<unknown> {
  try {
    return (await api.read(there))?.metadata.name;
  } finally {
    api.close();
  }
}

it('has waited until the cluster was active', () => {
  expect(states.length).toBeGreaterThan(0);
  expect(new Set(states)).toEqual(new Set(['CREATING']));
  expect(cluster).toMatchObject({ name: CLUSTER, status: 'ACTIVE', version: '1.35', arn: expect.stringContaining(`:cluster/${CLUSTER}`), oidcIssuer: expect.stringMatching(/^https:/u) });
});

it('opens a real API server as whom STS says', async () => {
  expect(await reading(connectEks(presenter, cluster))).toBe('default');
  expect(authenticator.verdicts.at(-1)).toBe('arn:aws:iam::123456789012:user/presenter');
});

it('signs anew when the server does not know a token, as after a key was changed', async () => {
  let asked = 0;
  const credentials = async () => ({ ...presenterKeys, ...((asked += 1) === 1 ? { secretAccessKey: 'the-secret-until-a-minute-ago' } : {}) });
  const begun = authenticator.verdicts.length;
  expect(await reading(connectEks({ ...presenter, credentials }, cluster))).toBe('default');
  expect([asked, authenticator.verdicts.slice(begun)[0]]).toEqual([2, 'the signature is another']);
});

it('is told when no key helps, without anything of the token', async () => {
  const credentials = async () => ({ ...presenterKeys, secretAccessKey: 'never-right' });
  const error = await reading(connectEks({ ...presenter, credentials }, cluster)).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'KUBE_UNAUTHORIZED', message: expect.stringContaining('podscope.eu-central-1') });
  expect(JSON.stringify(error) + String((error as Error).stack)).not.toMatch(/k8s-aws-v1|AKIA|never-right/u);
});

async function fetchWith(token: string): Promise<number> {
  const { request } = await import('node:https');
  return new Promise((resolve, reject) => {
    request(`${server.url}/api/v1/namespaces/default`, { ca: server.ca, headers: { authorization: `Bearer ${token}` } }, ({ statusCode = 0 }) => resolve(statusCode)).on('error', reject).end();
  });
}

it.each([
  ['for another cluster', async () => (await eksToken(presenter, 'another')).token, 'the signature is another'],
  ['signed with another secret', async () => (await eksToken(awsClients({ region: REGION, credentials: async () => ({ ...presenterKeys, secretAccessKey: 'wrong' }) }), CLUSTER)).token, 'the signature is another'],
  ['of a quarter of an hour ago', async () => (await eksToken(presenter, CLUSTER, new Date(Date.now() - 16 * 60_000))).token, 'it has expired'],
  ['with a host that is not STS', async () => `k8s-aws-v1.${Buffer.from('https://sts.example.com/?Action=GetCallerIdentity').toString('base64url')}`, 'not STS: https://sts.example.com'],
])('does not open with a token %s', async (_what, make, verdict) => {
  expect(await fetchWith(await make())).toBe(401);
  expect(authenticator.verdicts.at(-1)).toBe(verdict);
});

it('opens by the kubeconfig that is written, whose plugin is podscope itself', async () => {
  const path = join(folder, 'kubeconfig');
  await writeKubeconfig(path, eksKubeconfig(cluster, tokenCommand(undefined)));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const planted = Object.values(presenterKeys);
  expect(planted.filter((secret) => readFileSync(path, 'utf8').includes(secret))).toEqual([]);
  vi.stubEnv('AWS_ACCESS_KEY_ID', presenterKeys.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', presenterKeys.secretAccessKey);
  expect(await reading(await connectKubernetes({ kubeconfig: path, context: 'podscope.eu-central-1' }))).toBe('default');
  vi.unstubAllEnvs();
});
