import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@opensearch-project/opensearch';
import { type SecuredOpenSearch, startOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../../tools/kube-test-env/cluster.ts';
import { type MountedFiles, startMounted } from '../../../../../tools/kube-test-env/fixtures/mountedServer.ts';
import { printed } from '../../../../../tools/kube-test-env/fixtures/printed.ts';
import { startLiveProduct } from '../dashboards/live.fixture.ts';
import { examplesOf, lacks } from '../reference.fixture.ts';
import { runPodscope, startPodscope } from './program.fixture.ts';

let cluster: StartedKubeCluster;
let folder: string;
let environment: NodeJS.ProcessEnv;
const CONTEXT = 'podscope-test';
/** Longer than anything here takes. */
const LONG = 300_000;

beforeAll(async () => {
  cluster = await startKubeCluster({ onProgress: printed });
  folder = mkdtempSync(join(tmpdir(), 'podscope-target-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, cluster.admin.kubeconfig, { mode: 0o600 });
  environment = { PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1', KUBECONFIG: kubeconfig, PODSCOPE_RUN_DIR: join(folder, 'run'), PODSCOPE_BROWSER: 'true' };
}, 45 * 60_000);
afterAll(async () => {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const podscope = (...args: readonly string[]) => runPodscope(environment, ...args);

interface ReadObject {
  readonly data?: Readonly<Record<string, string>>;
}

async function read(kind: 'Secret' | 'ConfigMap', namespace: string, name: string): Promise<Readonly<Record<string, string>> | undefined> {
  const object = (await cluster.admin.client.read({ apiVersion: 'v1', kind, metadata: { namespace, name } })) as ReadObject | undefined;
  if (object?.data === undefined) return undefined;
  return kind === 'ConfigMap' ? object.data : Object.fromEntries(Object.entries(object.data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]));
}

async function namespacesLeft(): Promise<readonly string[]> {
  const { body } = await cluster.admin.client.request({ path: '/api/v1/namespaces' });
  return (body as { readonly items: readonly { readonly metadata: { readonly name: string } }[] }).items.map(({ metadata }) => metadata.name).filter((name) => !/^(default|kube-)/u.test(name));
}

describe('an OpenSearch in the cluster, whose pods’ port leads to a real server on the files that they have mounted', () => {
  it('comes up with security, dashboards and least rights; is shown, compared, kept and taken down', { timeout: 2 * LONG }, async () => {
    await using dashboards = await startLiveProduct();
    const up = startPodscope(environment, 'up', '--target', 'kubernetes', '--context', CONTEXT, '--json');
    // What `up` has put there for the pods is what the server is started on.
    const files = await expect.poll(() => mountedFiles(), { timeout: LONG, interval: 500 }).toBeTruthy().then(mountedFiles);
    await using server = await startMounted(files ?? {});
    await using _http = await cluster.routePort({ namespace: 'opensearch', pods: { labels: { app: 'opensearch' } }, port: 9200, to: { host: '127.0.0.1', port: server.port } });
    await using _pages = await cluster.routePort({ namespace: 'opensearch', pods: { labels: { app: 'opensearch-dashboards' } }, port: 5601, to: { host: '127.0.0.1', port: Number(new URL(dashboards.url).port) } });
    const { code, stdout, stderr } = await up.ended;
    expect(code, `${stdout}\n${stderr}\n${(await server.log()).split('\n').slice(-20).join('\n')}`).toBe(0);
    const document = JSON.parse(stdout) as object;
    expect(document).toMatchObject({ target: 'kubernetes', healthy: true, context: CONTEXT, opensearch: { how: 'built-in', nodes: 1 }, applied: { prune: 0 } });
    expect(lacks(examplesOf('up')[1], document)).toEqual([]);
    expect([...dashboards.kept.keys()].filter((key) => key.startsWith('dashboard:'))).toHaveLength(5);
    // As the administrator, with the password that only the Secret has.
    const users = (await read('Secret', 'opensearch', 'opensearch-users')) ?? {};
    expect(dashboards.asked[0]?.authorization).toBe(`Basic ${Buffer.from(`admin:${users['admin']}`).toString('base64')}`);
    for (const secret of Object.values(users)) expect(`${stdout}${stderr}`).not.toContain(secret);
    await leastRights(server.port, users);

    const status = await podscope('status', '--json');
    expect(status.code, status.stdout).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({ healthy: true, opensearch: { nodes: 1, problem: null }, dashboards: { installed: 5, wanted: 5, problem: null } });
    expect(lacks(examplesOf('status')[1], JSON.parse(status.stdout))).toEqual([]);

    const same = await podscope('diff', '--json');
    expect(JSON.parse(same.stdout), same.stdout).toMatchObject({ changed: false });
    expect(same.code).toBe(0);
    const other = await podscope('diff', '--guestbook-image', 'registry.example.com/guestbook:2', '--json');
    expect(other.code).toBe(2);
    expect(lacks(examplesOf('diff')[0], JSON.parse(other.stdout))).toEqual([]);
    expect(JSON.parse(other.stdout).plan.changes.map(({ kind, name }: { readonly kind: string; readonly name: string }) => `${kind} ${name}`)).toContain('Deployment frontend');

    await consoleShows();

    // Nobody is there to be asked about the data.
    const unasked = await podscope('down', '--json');
    expect([unasked.code, JSON.parse(unasked.stdout).error.code]).toEqual([2, 'CLI_USAGE']);
    const kept = await podscope('down', '--keep-data', '--json');
    expect(kept.code, kept.stdout).toBe(0);
    expect(JSON.parse(kept.stdout).kept.toSorted()).toEqual([
      'Namespace opensearch', 'PersistentVolumeClaim opensearch/data-opensearch-0', 'Secret opensearch/opensearch-certificates', 'Secret opensearch/opensearch-security-config', 'Secret opensearch/opensearch-users',
    ]);
    expect(await namespacesLeft()).toEqual(['opensearch']);
    const again = await podscope('up', '--target', 'kubernetes', '--json');
    expect(again.code, again.stdout).toBe(0);
    expect(await read('Secret', 'opensearch', 'opensearch-users')).toEqual(users);
    const down = await podscope('down', '--yes', '--json');
    expect(down.code, down.stdout).toBe(0);
    expect(lacks(examplesOf('down')[1], JSON.parse(down.stdout))).toEqual([]);
    expect(JSON.parse(down.stdout)).toMatchObject({ left: [], kept: [] });
    expect(await namespacesLeft()).toEqual([]);
  });
});

/** The files of the folder of the configuration, when all of them are there. */
async function mountedFiles(): Promise<MountedFiles | undefined> {
  const [config, certificates, security] = await Promise.all([read('ConfigMap', 'opensearch', 'opensearch-config'), read('Secret', 'opensearch', 'opensearch-certificates'), read('Secret', 'opensearch', 'opensearch-security-config')]);
  if (config === undefined || certificates === undefined || security === undefined) return undefined;
  const within = (directory: string, files: Readonly<Record<string, string>>): MountedFiles => Object.fromEntries(Object.entries(files).map(([name, text]) => [`${directory}/${name}`, text]));
  return { ...config, ...within('certificates', certificates), ...within('opensearch-security', security) };
}

/** The shippers write the five families and nothing else; the console's user reads them. */
async function leastRights(port: number, users: Readonly<Record<string, string>>): Promise<void> {
  const ca = (await read('Secret', 'logging', 'podscope-opensearch-ca'))?.['ca.crt'] ?? '';
  const shipping = await read('Secret', 'logging', 'podscope-opensearch');
  expect(shipping).toEqual({ username: 'podscope-shipper', password: users['podscope-shipper'] });
  const as = (username: string) => new Client({ node: `https://127.0.0.1:${port}`, auth: { username, password: users[username] ?? '' }, ssl: { ca } });
  const [shipper, reader] = [as('podscope-shipper'), as('podscope-reader')];
  const statusOf = async (asked: Promise<{ readonly statusCode: number | null }>): Promise<number> => asked.then(({ statusCode }) => statusCode ?? 0, (error: { readonly statusCode?: number }) => error.statusCode ?? 0);
  const bulk = async (client: Client, index: string): Promise<number> => {
    const { body } = await client.bulk({ body: [{ create: { _index: index } }, { '@timestamp': new Date().toISOString() }] });
    return body.items[0]?.create?.status ?? 0;
  };
  expect(await statusOf(shipper.info())).toBe(200);
  for (const family of ['filebeat', 'metricbeat', 'kubernetes', 'redis', 'apache']) expect(await bulk(shipper, `${family}-podscope`), family).toBe(201);
  expect(await bulk(shipper, 'orders-podscope')).toBe(403);
  expect(await statusOf(shipper.search({ index: 'apache-*' }))).toBe(403);
  expect(await statusOf(shipper.indices.delete({ index: 'apache-podscope' }))).toBe(403);
  expect(await statusOf(reader.msearch({ body: [{ index: 'apache-*' }, { size: 0 }] }))).toBe(200);
  expect(await statusOf(reader.search({ index: '.opendistro_security' }))).toBe(403);
  await expect(bulk(reader, 'apache-podscope')).rejects.toMatchObject({ statusCode: 403 });
  await Promise.all([shipper.close(), reader.close()]);
}

/** Forwarded until Ctrl-C: the console shows the cluster's own state and the real server's health. */
async function consoleShows(): Promise<void> {
  const open = startPodscope(environment, 'open', 'console');
  let printedUrl = '';
  open.child.stdout?.on('data', (text: string) => (printedUrl += text));
  await open.says(/until Ctrl-C/u);
  const overview = (await (await fetch(`${printedUrl.trim()}/api/overview`)).json()) as { readonly health: string; readonly shipping: readonly { readonly total: number }[]; readonly state: { readonly pods: readonly { readonly deployment: string }[] } };
  expect(overview).toMatchObject({ state: { target: 'kubernetes', context: CONTEXT } });
  expect(['green', 'yellow']).toContain(overview.health);
  expect(overview.shipping.map(({ total }) => total)).toEqual([1, 1, 1, 1, 1]);
  expect(overview.state.pods.filter(({ deployment }) => deployment === 'frontend')).toHaveLength(3);
  open.child.kill('SIGINT');
  const { code, stdout } = await open.ended;
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\n$/u)]);
}

describe('an OpenSearch that is there', () => {
  let opensearch: SecuredOpenSearch;
  let secured: NodeJS.ProcessEnv;
  beforeAll(async () => {
    opensearch = await startOpenSearch({ version: '2.19.4', security: {}, settings: { 'plugins.security.restapi.roles_enabled': ['all_access'] } });
    const { auth, ssl } = opensearch.clientOptions();
    writeFileSync(join(folder, 'ca.crt'), ssl.ca);
    secured = { ...environment, PODSCOPE_RUN_DIR: join(folder, 'run-url'), PODSCOPE_OPENSEARCH_USERNAME: auth.username, PODSCOPE_OPENSEARCH_PASSWORD: auth.password };
  }, LONG);
  afterAll(() => opensearch?.stop());

  it('gets a user for the shippers, which goes again; what was there before stays', { timeout: 2 * LONG }, async () => {
    await cluster.admin.client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'guestbook', labels: { owner: 'somebody' } } }, { fieldManager: 'somebody' });
    const ca = ['--opensearch-ca', join(folder, 'ca.crt')];
    const up = await runPodscope(secured, 'up', '--target', 'kubernetes', '--context', CONTEXT, '--opensearch-url', opensearch.url, ...ca, '--no-dashboards', '--json');
    expect(up.code, up.stdout).toBe(0);
    expect(JSON.parse(up.stdout)).toMatchObject({ healthy: true, opensearch: { how: 'url', endpoint: opensearch.url }, dashboards: null });
    const { username, password } = (await read('Secret', 'logging', 'podscope-opensearch')) ?? {};
    expect(username).toBe('podscope-shipper');
    const shipper = new Client({ ...opensearch.clientOptions(), auth: { username: username ?? '', password: password ?? '' } });
    expect((await shipper.info()).statusCode).toBe(200);
    // The same again changes nothing, and needs no flags.
    const again = await runPodscope(secured, 'up', '--target', 'kubernetes', '--json');
    expect(JSON.parse(again.stdout), again.stdout).toMatchObject({ healthy: true, indices: 0, applied: { create: 0, update: 0, prune: 0 } });
    // Less is wanted: what goes is only removed when that was said.
    const less = await runPodscope(secured, 'up', '--target', 'kubernetes', '--pattern', 'direct', '--json');
    expect(JSON.parse(less.stdout), less.stdout).toMatchObject({ healthy: true, applied: { prune: 0 } });
    const pruned = await runPodscope(secured, 'up', '--target', 'kubernetes', '--yes', '--json');
    expect(JSON.parse(pruned.stdout).applied.prune, pruned.stdout).toBeGreaterThan(10);
    const down = await runPodscope(secured, 'down', '--json');
    expect(down.code, down.stdout).toBe(0);
    expect(JSON.parse(down.stdout)).toMatchObject({ left: [] });
    await expect(shipper.info()).rejects.toMatchObject({ statusCode: 401 });
    await shipper.close();
    expect(await namespacesLeft()).toEqual(['guestbook']);
    const namespace = await cluster.admin.client.read({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'guestbook' } });
    expect(namespace?.metadata.labels).toEqual({ owner: 'somebody', 'kubernetes.io/metadata.name': 'guestbook' });
    await cluster.admin.client.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'guestbook' } });
  });
});
