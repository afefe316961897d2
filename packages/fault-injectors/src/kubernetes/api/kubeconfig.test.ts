import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inCluster } from './inCluster.ts';
import { kubeconfigPaths, readKubeconfig } from './kubeconfig.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podscope-kubeconfig-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const SECRET = 'k8s-aws-v1.c2VjcmV0';
let count = 0;
async function file(text: string): Promise<string> {
  const path = join(folder, `config-${(count += 1)}`);
  await writeFile(path, text);
  return path;
}

const good = `
apiVersion: v1
kind: Config
current-context: kind-one
clusters:
  - name: one
    cluster: { server: 'https://127.0.0.1:6443', certificate-authority: pki/ca.crt }
  - name: two
    cluster: { server: 'https://[::1]:6443/prefix', proxy-url: 'http://proxy.test:3128', tls-server-name: kubernetes, insecure-skip-tls-verify: true }
users:
  - name: alice
    user: { token: ${SECRET} }
  - name: bob
    user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: ./bin/sign-in, args: [--quiet] } }
contexts:
  - name: kind-one
    context: { cluster: one, user: alice }
  - name: two
    context: { cluster: two, user: bob, namespace: guestbook }
  - name: nobody
    context: { cluster: one }
  - name: broken
    context: { cluster: three, user: alice }
  - name: lost
    context: { cluster: one, user: carol }
`;

describe('a kubeconfig', () => {
  it('gives its current context, with paths from where it is', async () => {
    expect(await readKubeconfig([await file(good)], undefined)).toEqual({
      context: 'kind-one',
      cluster: { server: 'https://127.0.0.1:6443', 'certificate-authority': join(folder, 'pki/ca.crt') },
      userName: 'alice',
      user: { token: SECRET },
    });
  });

  it('gives the context that is asked for', async () => {
    const { cluster, user } = await readKubeconfig([await file(good)], 'two');
    expect(cluster).toMatchObject({ server: 'https://[::1]:6443/prefix', 'proxy-url': 'http://proxy.test:3128', 'tls-server-name': 'kubernetes' });
    expect(user.exec).toMatchObject({ command: join(folder, 'bin/sign-in'), args: ['--quiet'] });
    expect(await readKubeconfig([await file(good)], 'nobody')).toMatchObject({ userName: '', user: {} });
  });

  it('is merged with others, of which the first that names something counts', async () => {
    const other = await file('current-context: two\nclusters:\n  - {name: one, cluster: {server: "https://other.test"}}\n  - {name: three, cluster: {server: "https://three.test"}}\nusers: []\n');
    const paths = [await file(good), join(folder, 'there is none'), other];
    expect(await readKubeconfig(paths, undefined)).toMatchObject({ context: 'kind-one', cluster: { server: 'https://127.0.0.1:6443' } });
    expect(await readKubeconfig(paths, 'broken')).toMatchObject({ cluster: { server: 'https://three.test' } });
  });

  it.each([
    ['is empty', '', 'is empty'],
    ['is a comment', '# nothing\n', 'is empty'],
    ['is a list', '- a\n', 'is no mapping'],
    ['is no YAML', `users:\n  - token: ${SECRET}\n   bad: [\n`, 'is not YAML (line'],
    ['has users that are no list', 'users: {}\n', 'has users that are no list'],
    ['has a cluster without a name', 'clusters:\n  - cluster: {}\n', 'has no name in clusters[0]'],
    ['multiplies by aliases', `a: &a [${SECRET}]\n${'bcdefgh'.split('').map((key, index) => `${key}: &${key} [${`*${'abcdefg'[index]},`.repeat(9)}]`).join('\n')}\n`, 'is not YAML'],
    ['has no current context', 'contexts:\n  - {name: a, context: {}}\n', 'has no current context'],
    ['has a server that is no address', good.replace("'https://127.0.0.1:6443'", "'127.0.0.1'"), 'is no address'],
  ])('that %s is refused without a word of what is in it', async (_what, text, says) => {
    const path = await file(text);
    const error = await readKubeconfig([path], undefined).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: expect.stringContaining(says) });
    expect((error as Error).message).toContain(path);
    expect(JSON.stringify(error) + String(error) + String((error as Error).stack)).not.toContain(SECRET);
  });

  it('lists its contexts when it has not the one that is asked for', async () => {
    const path = await file(good);
    await expect(readKubeconfig([path], 'prod')).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: `There is no context prod in the kubeconfig ${path}.`, hint: 'There are: kind-one, two, nobody, broken, lost.' });
    await expect(readKubeconfig([path], 'broken')).rejects.toMatchObject({ message: expect.stringContaining('names the cluster three') });
    await expect(readKubeconfig([path], 'lost')).rejects.toMatchObject({ message: expect.stringContaining('names the user carol') });
  });

  it('says which file is not there', async () => {
    await expect(readKubeconfig([join(folder, 'nowhere')], undefined)).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: expect.stringContaining(`${join(folder, 'nowhere')} can't be read: it is not there`) });
    await expect(readKubeconfig([join(folder, 'x'), join(folder, 'y')], undefined)).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: expect.stringContaining('none of the kubeconfigs') });
  });

  it('may be several in one variable', () => {
    expect(kubeconfigPaths(`/a${delimiter}${delimiter}/b`)).toEqual(['/a', '/b']);
    expect(kubeconfigPaths('')).toEqual([expect.stringMatching(/\.kube.config$/)]);
  });
});

describe('the service account of a pod', () => {
  it('is what kubelet puts there', async () => {
    const account = join(folder, 'serviceaccount');
    await mkdir(account);
    await writeFile(join(account, 'token'), SECRET);
    expect(await inCluster({ KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' }, account)).toEqual({
      context: 'in-cluster',
      cluster: { server: 'https://[fd00::1]:6443', 'certificate-authority': join(account, 'ca.crt') },
      userName: expect.any(String),
      user: { tokenFile: join(account, 'token') },
    });
    expect(await inCluster({}, account)).toMatchObject({ cluster: { server: 'https://kubernetes.default.svc:443' } });
    expect(await inCluster({}, join(folder, 'elsewhere'))).toBeUndefined();
  });
});
