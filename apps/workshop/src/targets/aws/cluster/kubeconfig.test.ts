import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { contextOf } from './connect.ts';
import { eksKubeconfig, isOurUser } from './kubeconfig.ts';
import { removeFromKubeconfig, writeKubeconfig } from './kubeconfigFile.ts';
import type { EksCluster } from './observe.ts';
import { tokenCommand } from './tokenCommand.ts';

const folder = mkdtempSync(join(tmpdir(), 'podscope-eks-kubeconfig-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cluster = (more: Partial<EksCluster> = {}): EksCluster => ({
  name: 'podscope', arn: 'arn:aws:eks:eu-central-1:123456789012:cluster/podscope', region: 'eu-central-1', status: 'ACTIVE', version: '1.35',
  endpoint: 'https://0123456789.gr7.eu-central-1.eks.amazonaws.com', ca: 'Y2VydGlmaWNhdGU=', vpcId: 'vpc-1', subnetIds: [], securityGroupId: undefined, oidcIssuer: undefined, tags: {}, publicCidrs: [], access: 'API', issues: [], ...more,
});
const COMMAND = { command: '/usr/bin/node', args: ['/opt/podscope/dist/bin.js'] };

let count = 0;
function file(text?: string): string {
  const path = join(folder, `${(count += 1)}`, 'config');
  if (text !== undefined) {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text, { mode: 0o644 });
  }
  return path;
}

const OTHERS = `# mine
apiVersion: v1
kind: Config
clusters:
  - name: staging # the old one
    cluster: {server: "https://10.0.0.1:6443"}
users:
  - name: ann
    user:
      token: planted-secret-token
contexts:
  - name: staging
    context: {cluster: staging, user: ann}
current-context: staging
preferences: {}
`;

describe('a kubeconfig for EKS', () => {
  it('starts a program for tokens, and holds none', () => {
    const config = eksKubeconfig(cluster(), { ...COMMAND, profile: 'workshop' });
    expect(config.users).toEqual([{ name: 'podscope.eu-central-1', user: { exec: {
      apiVersion: 'client.authentication.k8s.io/v1', command: '/usr/bin/node', args: ['/opt/podscope/dist/bin.js', 'aws-token', '--cluster', 'podscope', '--region', 'eu-central-1'],
      env: [{ name: 'AWS_PROFILE', value: 'workshop' }], interactiveMode: 'Never', provideClusterInfo: false,
    } } }]);
    expect(config.clusters[0]?.cluster).toEqual({ server: cluster().endpoint, 'certificate-authority-data': cluster().ca });
    expect(isOurUser(config.users[0]?.user)).toBe(true);
    expect([undefined, null, {}, { exec: { command: 'aws', args: ['eks', 'get-token'] } }, { token: 'aws-token' }].some(isOurUser)).toBe(false);
    // The official client reads it.
    const read = new KubeConfig();
    read.loadFromString(JSON.stringify(config));
    expect([read.getCurrentContext(), read.getCurrentCluster()?.server, read.getCurrentUser()?.exec?.command]).toEqual(['podscope.eu-central-1', cluster().endpoint, '/usr/bin/node']);
  });

  it('is for a cluster that has an API server', () => {
    expect(() => eksKubeconfig(cluster({ endpoint: undefined, status: 'CREATING' }), COMMAND)).toThrow(expect.objectContaining({ code: 'AWS_CLUSTER_FAILED', message: 'The EKS cluster podscope (eu-central-1) has no API server yet; it is CREATING.' }));
  });

  it('names this very program by whole paths', () => {
    const { command, args } = tokenCommand(undefined);
    expect([command, args.at(-1)].every((path) => path?.startsWith('/'))).toBe(true);
    expect(statSync(args.at(-1) ?? '').isFile()).toBe(true);
  });
});

describe('writing it', () => {
  const config = eksKubeconfig(cluster(), COMMAND);
  const context = contextOf(cluster());

  it('makes a file for its owner only, and no other', async () => {
    const path = file();
    expect(await writeKubeconfig(path, config)).toEqual({ path, context, merged: false, current: context });
    expect(parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(config)));
    expect([statSync(path).mode & 0o777, readdirSync(join(path, '..'))]).toEqual([0o600, ['config']]);
  });

  it('leaves what others have in theirs, comments too, and its current context', async () => {
    const path = file(OTHERS);
    expect(await writeKubeconfig(path, config)).toEqual({ path, context, merged: true, current: 'staging' });
    const text = readFileSync(path, 'utf8');
    for (const line of ['# mine', '- name: staging # the old one', 'token: planted-secret-token', 'current-context: staging', 'preferences:']) expect(text).toContain(line);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((parse(text) as { readonly contexts: readonly { readonly name: string }[] }).contexts.map(({ name }) => name)).toEqual(['staging', context]);
    // Again it takes the place of its own, here with another server; and becomes the current one where that is asked for.
    const other = eksKubeconfig(cluster({ endpoint: 'https://another.example.com' }), COMMAND);
    expect(await writeKubeconfig(path, other, { current: true })).toMatchObject({ merged: true, current: context });
    expect((parse(readFileSync(path, 'utf8')) as { readonly clusters: readonly unknown[] }).clusters).toEqual([{ name: 'staging', cluster: { server: 'https://10.0.0.1:6443' } }, other.clusters[0]]);
  });

  it('goes again, and nothing else does', async () => {
    const path = file(OTHERS);
    await writeKubeconfig(path, config, { current: true });
    expect(await removeFromKubeconfig(path, 'staging')).toBe(false);
    expect(await removeFromKubeconfig(path, context)).toBe(true);
    expect(await removeFromKubeconfig(path, context)).toBe(false);
    expect(await removeFromKubeconfig(file(), context)).toBe(false);
    expect(parse(readFileSync(path, 'utf8'))).toEqual({ ...(parse(OTHERS) as object), 'current-context': '' });
  });

  it.each([
    ['a user', `users: [{name: ${context}, user: {token: planted-secret-token}}]`],
    ['a cluster', `clusters: [{name: ${context}, cluster: {server: "https://10.0.0.1"}}]`],
    ['a context', `contexts: [{name: ${context}, context: {cluster: a, user: b}}]`],
    ['one of the AWS CLI', `users: [{name: ${context}, user: {exec: {command: aws, args: [eks, get-token]}}}]`],
  ])('does not take the place of %s of somebody else', async (_what, text) => {
    const path = file(text);
    await expect(writeKubeconfig(path, config)).rejects.toMatchObject({ code: 'AWS_KUBECONFIG', message: expect.stringContaining(`has an entry ${context} already`) });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it.each([
    ['no YAML', 'users: [planted-secret-token', 'is no kubeconfig'],
    ['a list', '- planted-secret-token', 'is no kubeconfig'],
    ['a list that is a text', 'users: planted-secret-token', 'has users that are no list'],
  ])('refuses a file that is %s, without quoting it', async (_what, text, says) => {
    const path = file(text);
    const error = await writeKubeconfig(path, config).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'AWS_KUBECONFIG', message: `The kubeconfig ${path} ${says}.` });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('planted-secret');
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('fills an empty file, one with empty lists, and one behind a link', async () => {
    const empty = file('\n');
    expect(await writeKubeconfig(empty, config)).toMatchObject({ merged: true, current: context });
    const nulls = file('apiVersion: v1\nkind: Config\nclusters: null\nusers:\ncontexts: []\ncurrent-context: ""\n');
    expect(await writeKubeconfig(nulls, config)).toMatchObject({ merged: true, current: context });
    const target = file(OTHERS);
    const link = join(target, '..', 'link');
    symlinkSync(target, link);
    await writeKubeconfig(link, config);
    expect(readFileSync(target, 'utf8')).toContain('aws-token');
    expect(readdirSync(join(target, '..')).toSorted()).toEqual(['config', 'link']);
  });

  it('writes what a link leads to that isn’t there yet', async () => {
    const target = file(OTHERS);
    const link = join(target, '..', 'link');
    symlinkSync('later', link);
    await writeKubeconfig(link, config);
    expect(readdirSync(join(target, '..')).toSorted()).toEqual(['config', 'later', 'link']);
    expect(readlinkSync(link)).toBe('later');
  });

  it('loses no entry of many that are written at once, and leaves no lock', async () => {
    const path = file(OTHERS);
    const names = Array.from({ length: 12 }, (_, index) => `event-${index}`);
    await Promise.all(names.map((name) => writeKubeconfig(path, eksKubeconfig(cluster({ name }), COMMAND))));
    const written = parse(readFileSync(path, 'utf8')) as { readonly contexts: readonly { readonly name: string }[] };
    expect(new Set(written.contexts.map(({ name }) => name))).toEqual(new Set(['staging', ...names.map((name) => contextOf(cluster({ name })))]));
    expect(readdirSync(join(path, '..'))).toEqual(['config']);
  });

  it('waits for no program that was killed', async () => {
    const path = file(OTHERS);
    writeFileSync(`${path}.lock`, '');
    utimesSync(`${path}.lock`, 0, 0);
    expect(await writeKubeconfig(path, config)).toMatchObject({ merged: true });
    expect(readdirSync(join(path, '..'))).toEqual(['config']);
  });

  it('says where it can’t be written', async () => {
    // No folder can be made where a file is: root may write everywhere else.
    const path = join(file(OTHERS), 'below', 'config');
    await expect(writeKubeconfig(path, config)).rejects.toMatchObject({ code: 'AWS_KUBECONFIG', message: expect.stringContaining('ENOTDIR') });
  });

  it('says where a folder is in its place', async () => {
    const path = join(file(OTHERS), '..');
    await expect(writeKubeconfig(path, config)).rejects.toMatchObject({ code: 'AWS_KUBECONFIG', message: expect.stringContaining('EISDIR') });
  });
});
