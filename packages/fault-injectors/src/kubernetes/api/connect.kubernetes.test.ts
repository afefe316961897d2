import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createServiceAccounts } from '../../../../../tools/kube-test-env/cluster/serviceAccounts.ts';
import { printed } from '../../../../../tools/kube-test-env/fixtures/printed.ts';
import { startServers, type StartedServers } from '../../../../../tools/kube-test-env/servers.ts';
import type { KubeUser, StartedKubeApiServer } from '../../../../../tools/kube-test-env/start.ts';
import { connectKubernetes, kubernetesApi } from './api.ts';
import { startConnectProxy } from './testing/connectProxy.ts';
import { startSocksProxy } from './testing/socksProxy.ts';
import type { KubernetesApi } from './types.ts';

let server: StartedKubeApiServer;
let folder: string;
let admin: KubernetesApi;
/** A token of the service account `reader`, which may read config maps of `default`. */
let token: string;
/** One that it had until an hour ago. */
let expired: string;
beforeAll(async () => {
  const servers: StartedServers = await startServers({ onProgress: printed });
  ({ server } = servers);
  folder = await mkdtemp(join(tmpdir(), 'podscope-connect-'));
  admin = await connectKubernetes({ kubeconfig: await kubeconfig(JSON.parse(server.admin.kubeconfig) as object) });
  await admin.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader', namespace: 'default' } });
  await admin.apply({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'reader', namespace: 'default' }, rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }] });
  const subjects = [{ kind: 'ServiceAccount', name: 'reader', namespace: 'default' }, { kind: 'User', name: 'carol', apiGroup: 'rbac.authorization.k8s.io' }];
  await admin.apply({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'reader', namespace: 'default' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' }, subjects });
  await admin.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'there', namespace: 'default' }, data: { a: 'b' } });
  const accounts = createServiceAccounts(servers);
  const tokenOf = ({ kubeconfig: text }: KubeUser): string => (JSON.parse(text) as { readonly users: readonly { readonly user: { readonly token: string } }[] }).users[0]?.user.token ?? '';
  token = tokenOf(await accounts.serviceAccount('default', 'reader'));
  expired = tokenOf(await accounts.expiredServiceAccount('default', 'reader'));
}, 45 * 60_000);
afterAll(async () => {
  admin?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

let count = 0;
async function file(name: string, content: string | object): Promise<string> {
  const path = join(folder, `${(count += 1)}-${name}`);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 });
  return path;
}
const kubeconfig = (content: object): Promise<string> => file('kubeconfig', content);

/** A kubeconfig for a user, and with more about the cluster. */
function configFor(user: object, cluster: object = {}): object {
  return {
    clusters: [{ name: 'test', cluster: { server: server.url, 'certificate-authority-data': Buffer.from(server.ca).toString('base64'), ...cluster } }],
    users: [{ name: 'alice', user }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'alice' } }, { name: 'other', context: { cluster: 'test', user: 'alice' } }],
    'current-context': 'test',
  };
}

const there = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'there' };
async function reads(config: object, environment?: Record<string, string>): Promise<unknown> {
  const api = await connectKubernetes({ kubeconfig: await kubeconfig(config), ...(environment === undefined ? {} : { environment }) });
  try {
    return (await api.read(there))?.['data'];
  } finally {
    api.close();
  }
}

/** A program that is an exec plugin. */
async function plugin(body: string): Promise<object> {
  const path = await file('plugin', `#!${process.execPath}\n${body}`);
  await chmod(path, 0o700);
  return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: path, args: null, env: [{ name: 'GIVEN', value: 'yes' }], interactiveMode: 'Never' } };
}
const printing = (text: string): string => `process.stdout.write(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: ${text} } }));`;

describe('a user', () => {
  it('may be known by a certificate, in the kubeconfig or in files', async () => {
    const { users } = JSON.parse(server.admin.kubeconfig) as { readonly users: readonly { readonly user: Record<string, string> }[] };
    const keys = users[0]?.user ?? {};
    const plain = (key: string): string => Buffer.from(keys[key] ?? '', 'base64').toString('utf8');
    const files = { 'client-certificate': await file('crt', plain('client-certificate-data')), 'client-key': await file('key', plain('client-key-data')) };
    expect(await reads(configFor(keys))).toEqual({ a: 'b' });
    expect(await reads(configFor(files, { 'certificate-authority-data': undefined, 'certificate-authority': await file('ca', server.ca) }))).toEqual({ a: 'b' });
  });

  it('may be known by a token, in the kubeconfig or in a file', async () => {
    expect(await reads(configFor({ token }))).toEqual({ a: 'b' });
    expect(await reads(configFor({ tokenFile: await file('token', `${token}\n`) }))).toEqual({ a: 'b' });
  });

  it('may be known by a token that is renewed in its file meanwhile', async () => {
    const tokenFile = await file('token', token);
    const api = await connectKubernetes({ kubeconfig: await kubeconfig(configFor({ tokenFile })) });
    expect(await api.read(there)).toBeDefined();
    // The one that is kept has expired for the server: the file is read again.
    await writeFile(tokenFile, expired);
    const late = await connectKubernetes({ kubeconfig: await kubeconfig(configFor({ tokenFile })) });
    await expect(late.read(there)).rejects.toMatchObject({ code: 'KUBE_UNAUTHORIZED' });
    await writeFile(tokenFile, token);
    expect(await late.read(there)).toBeDefined();
    api.close();
    late.close();
  });

  it('may act as somebody else', async () => {
    const { users } = JSON.parse(server.admin.kubeconfig) as { readonly users: readonly { readonly user: object }[] };
    expect(await reads(configFor({ ...users[0]?.user, as: 'carol', 'as-groups': ['readers'], 'as-user-extra': { 'example.test/why': ['a test'] } }))).toEqual({ a: 'b' });
    await expect(reads(configFor({ ...users[0]?.user, as: 'dave' }))).rejects.toMatchObject({ code: 'KUBE_FORBIDDEN', message: 'ConfigMap default/there: user dave may not get configmaps in namespace default.' });
  });

  it.each([
    ['has expired', () => expired],
    ['is of another cluster', () => `${token.slice(0, -8)}AAAAAAAA`],
    ['is none', () => 'nonsense-token'],
  ])('is unknown whose token %s, and the token is not told', async (_what, make) => {
    const wrong = make();
    const error = await reads(configFor({ token: wrong })).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'KUBE_UNAUTHORIZED', message: expect.stringContaining('context test does not know user alice') });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain(wrong.slice(-20));
  });
});

describe('an exec plugin', () => {
  it('is run once for many requests, with its variables and what kubectl tells it', async () => {
    const runs = await file('runs', '');
    const body = `const given = process.env; require('node:fs').appendFileSync(${JSON.stringify(runs)}, '.'); if (given.GIVEN !== 'yes' || JSON.parse(given.KUBERNETES_EXEC_INFO).kind !== 'ExecCredential') process.exit(3);\n${printing(JSON.stringify(token))}`;
    const api = await connectKubernetes({ kubeconfig: await kubeconfig(configFor(await plugin(body))) });
    await Promise.all(Array.from({ length: 20 }, () => api.read(there)));
    api.close();
    expect(await readFile(runs, 'utf8')).toBe('.');
  });

  it('is asked once more when the server no longer knows its token', async () => {
    const given = await file('given', expired);
    const api = await connectKubernetes({ kubeconfig: await kubeconfig(configFor(await plugin(printing(`require('node:fs').readFileSync(${JSON.stringify(given)}, 'utf8')`)))) });
    await expect(api.read(there)).rejects.toMatchObject({ code: 'KUBE_UNAUTHORIZED' });
    await writeFile(given, token);
    expect(await api.read(there)).toBeDefined();
    api.close();
  });

  it('may give a certificate', async () => {
    const { users } = JSON.parse(server.admin.kubeconfig) as { readonly users: readonly { readonly user: Record<string, string> }[] };
    const pem = (key: string): string => Buffer.from(users[0]?.user[key] ?? '', 'base64').toString('utf8');
    const status = { clientCertificateData: pem('client-certificate-data'), clientKeyData: pem('client-key-data') };
    expect(await reads(configFor(await plugin(`process.stdout.write(${JSON.stringify(JSON.stringify({ kind: 'ExecCredential', status }))});`)))).toEqual({ a: 'b' });
  });

  it.each([
    ['fails', () => `process.stderr.write(${JSON.stringify(token)}); process.exit(1);`, 'failed'],
    ['prints nonsense', () => `process.stdout.write(${JSON.stringify(`token=${token}`)});`, 'printed something that is no credential'],
    ['prints no token', () => `process.stdout.write('{"status":{}}');`, 'printed no token and no certificate'],
  ])('that %s is named, and what it prints is not repeated', async (_what, body, says) => {
    const error = await reads(configFor(await plugin(body()))).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: expect.stringContaining(says) });
    expect(JSON.stringify(error) + String((error as Error).stack) + String((error as Error).cause)).not.toContain(token.slice(0, 20));
  });

  it('that is missing is named, with the hint where to get it', async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'there-is-no-such-plugin', installHint: 'Install it first.' };
    await expect(reads(configFor({ exec }))).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: expect.stringContaining('there-is-no-such-plugin of user alice (context test) is not there'), hint: 'Install it first.' });
  });
});

describe('a proxy', () => {
  it('of the cluster is used, and its connection kept', async () => {
    await using proxy = await startConnectProxy({ user: 'me:pass word' });
    const api = await connectKubernetes({ kubeconfig: await kubeconfig(configFor({ token }, { 'proxy-url': `http://me:pass%20word@127.0.0.1:${proxy.port}` })) });
    for (let times = 0; times < 5; times += 1) expect(await api.read(there)).toBeDefined();
    expect(proxy.targets).toEqual([`127.0.0.1:${server.port}`]);
    api.close();
  });

  it('may speak SOCKS, with a certificate or a token', async () => {
    await using proxy = await startSocksProxy();
    const { users } = JSON.parse(server.admin.kubeconfig) as { readonly users: readonly { readonly user: object }[] };
    const tokenFile = await file('token', token);
    for (const user of [{ tokenFile }, users[0]?.user ?? {}]) expect(await reads(configFor(user, { 'proxy-url': `socks5://127.0.0.1:${proxy.port}` }))).toEqual({ a: 'b' });
    expect(new Set(proxy.targets)).toEqual(new Set([`127.0.0.1:${server.port}`]));
  });

  it('of no known kind is refused', async () => {
    await expect(reads(configFor({ token }, { 'proxy-url': 'ftp://127.0.0.1' }))).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: 'The proxy ftp://127.0.0.1 of context test is of a kind that is not known.' });
    await expect(reads(configFor({ token }, { 'proxy-url': '127.0.0.1:x' }))).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: 'The proxy-url of context test is no address.' });
  });

  it('that refuses is named without its password', async () => {
    await using proxy = await startConnectProxy({ user: 'me:right' });
    const error = await reads(configFor({ token }, { 'proxy-url': `http://me:wrong@127.0.0.1:${proxy.port}` })).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'KUBE_UNREACHABLE', message: expect.stringContaining(`through the proxy http://127.0.0.1:${proxy.port}: the proxy answered 407`) });
    expect(JSON.stringify(error)).not.toContain('wrong');
  });

  it('of the environment is used for names', async () => {
    await using proxy = await startConnectProxy();
    const cluster = { server: `https://api.cluster.test:${server.port}`, 'tls-server-name': 'localhost' };
    // The name leads nowhere; what counts is that the proxy was asked for it.
    await expect(reads(configFor({ token }, cluster), { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` })).rejects.toMatchObject({ code: 'KUBE_UNREACHABLE' });
    expect(proxy.targets).toEqual([`api.cluster.test:${server.port}`]);
    await expect(reads(configFor({ token }, cluster), { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: '.cluster.test' })).rejects.toMatchObject({ code: 'KUBE_UNREACHABLE' });
    expect(proxy.targets).toHaveLength(1);
  });
});

describe('where nothing is named', () => {
  const before = { KUBECONFIG: process.env['KUBECONFIG'], HOME: process.env['HOME'] };
  afterEach(() => {
    process.env['HOME'] = before.HOME;
    if (before.KUBECONFIG === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = before.KUBECONFIG;
  });

  it('what KUBECONFIG names is taken, as the official client finds it or as it is handed over', async () => {
    const path = await kubeconfig(configFor({ token }));
    process.env['KUBECONFIG'] = path;
    for (const options of [{}, { context: 'other' }, { environment: { KUBECONFIG: path } }]) {
      const api = await connectKubernetes(options);
      expect(await api.read(there)).toBeDefined();
      api.close();
    }
    await expect(connectKubernetes({ context: 'prod' })).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID', hint: 'There are: test, other.' });
  });

  it('it says so when there is nothing, or nothing good', async () => {
    process.env['HOME'] = folder;
    delete process.env['KUBECONFIG'];
    for (const options of [{}, { environment: {} }]) await expect(connectKubernetes(options)).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: `The kubeconfig ${join(folder, '.kube', 'config')} can't be read: it is not there.` });
    for (const [text, says] of [['', 'it is empty or no YAML'], [`users: [${token}`, 'it is empty or no YAML']] as const) {
      process.env['KUBECONFIG'] = await file('broken', text);
      const error = await connectKubernetes().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: expect.stringContaining(says) });
      expect(String((error as Error).stack)).not.toContain(token.slice(0, 20));
    }
  });
});

describe('no cluster', () => {
  it('is told at once where nobody listens', async () => {
    const unused = createServer();
    await new Promise<void>((resolve) => unused.listen(0, '127.0.0.1', resolve));
    const { port } = unused.address() as AddressInfo;
    await new Promise((resolve) => unused.close(resolve));
    await expect(reads(configFor({ token }, { server: `https://127.0.0.1:${port}` }))).rejects.toMatchObject({ code: 'KUBE_UNREACHABLE', message: `The API server https://127.0.0.1:${port} of context test can't be reached: nobody listens there (ECONNREFUSED).` });
  });

  it('is told where somebody listens who speaks no TLS, or ends every connection', async () => {
    for (const [answer, says] of [['HTTP/1.1 400 Bad Request\r\n\r\n', 'it does not speak TLS'], ['', 'the connection was cut']] as const) {
      const other = createServer((socket) => socket.on('error', () => undefined).resume().end(answer));
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      await expect(reads(configFor({ token }, { server: `https://127.0.0.1:${(other.address() as AddressInfo).port}` }))).rejects.toMatchObject({ code: 'KUBE_UNREACHABLE', message: expect.stringContaining(says) });
      await new Promise((resolve) => other.close(resolve));
    }
  });

  it('is told where somebody listens who never says a word', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    await expect(reads(configFor({ token }, { server: `https://127.0.0.1:${(silent.address() as AddressInfo).port}` }))).rejects.toMatchObject({ code: 'KUBE_UNREACHABLE', message: expect.stringContaining('it did not answer in time') });
    await new Promise((resolve) => silent.close(resolve));
  });

  it('is told where the certificate is of another authority or name, or can not be read', async () => {
    const [mine = ''] = /-----BEGIN[^]*?-----END CERTIFICATE-----/.exec(server.ca) ?? [];
    const { ca: other } = await (await import('../../../../../tools/kube-test-env/certificates.ts')).makeAuthority('another');
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    await expect(reads(configFor({ token }, { 'certificate-authority-data': base64(other) }))).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: expect.stringContaining('was not signed by the authority') });
    await expect(reads(configFor({ token }, { 'certificate-authority-data': base64(mine), 'tls-server-name': 'kubernetes' }))).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: expect.stringContaining('is for another name') });
    const broken = base64('-----BEGIN CERTIFICATE-----\nsecret\n-----END CERTIFICATE-----\n');
    const error = await reads(configFor({ 'client-certificate-data': broken, 'client-key-data': broken })).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: expect.stringContaining('certificates of context test') });
    await expect(reads(configFor({ tokenFile: '/nowhere/token' }))).rejects.toMatchObject({ code: 'KUBE_CONFIG_INVALID', message: expect.stringContaining('/nowhere/token') });
    // Whoever says so may do without.
    expect(await reads(configFor({ token }, { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true }))).toEqual({ a: 'b' });
  });
});

describe('a KubeConfig that somebody has already', () => {
  const loaded = (config: object): KubeConfig => {
    const made = new KubeConfig();
    made.loadFromString(JSON.stringify(config));
    return made;
  };

  it('is used with its certificates, tokens and plugins, and keeps its current context', async () => {
    const configs = [loaded(JSON.parse(server.admin.kubeconfig) as object), loaded(configFor({ token })), loaded(configFor(await plugin(printing(JSON.stringify(token)))))];
    for (const config of configs) {
      const api = kubernetesApi(config);
      expect((await api.read(there))?.['data']).toEqual({ a: 'b' });
      api.close();
    }
    const config = loaded(configFor({ token }));
    const api = kubernetesApi(config, 'other');
    expect([api.context, config.getCurrentContext(), api.server]).toEqual(['other', 'test', server.url]);
    expect(await api.read(there)).toBeDefined();
    api.close();
  });

  it('is refused for a context that it does not have', () => {
    expect(() => kubernetesApi(loaded(configFor({ token })), 'prod')).toThrow(expect.objectContaining({ code: 'KUBE_CONFIG_INVALID', hint: 'There are: test, other.' }));
    expect(() => kubernetesApi(new KubeConfig())).toThrow(expect.objectContaining({ code: 'KUBE_CONFIG_INVALID' }));
  });
});
