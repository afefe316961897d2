import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printed } from '../../../../../tools/kube-test-env/fixtures/printed.ts';
import { startKubeApiServer, type StartedKubeApiServer } from '../../../../../tools/kube-test-env/start.ts';
import { clusterRoleFor, accessesFor, type ResourceName, type RightsObject, type Rule } from '../../targets/kubernetes/preflight/rights.ts';
import { rightsObjects } from '../../targets/kubernetes/run/prospect.ts';
import { synthTarget } from '../../targets/kubernetes/target.ts';
import { type Ended, runPodscope } from './program.fixture.ts';

let server: StartedKubeApiServer;
let folder: string;
const CONTEXT = 'podscope-test';

beforeAll(async () => {
  server = await startKubeApiServer({ onProgress: printed });
  folder = mkdtempSync(join(tmpdir(), 'podscope-bad-'));
}, 45 * 60_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let runs = 0;

/** Runs with a kubeconfig, in a run directory of its own. */
async function podscopeWith(kubeconfig: string, ...args: readonly string[]): Promise<Ended & { readonly runDir: string }> {
  const runDir = join(folder, `run-${(runs += 1)}`);
  const path = join(folder, `kubeconfig-${runs}`);
  writeFileSync(path, kubeconfig, { mode: 0o600 });
  return { ...(await runPodscope({ PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1', KUBECONFIG: path, PODSCOPE_RUN_DIR: runDir }, ...args)), runDir };
}

/** An error with this code, and nothing remembered or made. */
async function refused(ended: Ended & { readonly runDir: string }, code: string, says: RegExp): Promise<void> {
  expect(ended.code, ended.stdout).toBe(1);
  const { error } = JSON.parse(ended.stdout) as { readonly error: { readonly code: string; readonly message: string; readonly hint?: string } };
  expect(error).toMatchObject({ code, message: expect.stringMatching(says), hint: expect.stringMatching(/\w/u) });
  expect(existsSync(ended.runDir) ? readdirSync(ended.runDir) : []).toEqual([]);
  expect(await namespaces()).toEqual([]);
}

async function namespaces(): Promise<readonly string[]> {
  const { body } = await server.admin.client.request({ path: '/api/v1/namespaces' });
  return (body as { readonly items: readonly { readonly metadata: { readonly name: string } }[] }).items.map(({ metadata }) => metadata.name).filter((name) => !/^(default|kube-)/u.test(name));
}

/** A kubeconfig whose user has this in place of its certificate. */
function changed(kubeconfig: string, change: { readonly user?: object; readonly server?: string }): string {
  const config = JSON.parse(kubeconfig) as { clusters: [{ name: string; cluster: object }]; users: [{ name: string; user: object }] };
  if (change.user !== undefined) config.users[0].user = change.user;
  if (change.server !== undefined) config.clusters[0].cluster = { server: change.server };
  return JSON.stringify(config);
}

const up = ['up', '--target', 'kubernetes', '--context', CONTEXT, '--json'] as const;
const MINE = ['opensearch', 'guestbook', 'logging', 'node-agents'];

describe('up --target kubernetes changes nothing', () => {
  it('on a context that nobody named or confirmed', async () => {
    await refused(await podscopeWith(server.admin.kubeconfig, 'up', '--target', 'kubernetes', '--json'), 'KUBE_CONTEXT_UNCONFIRMED', /podscope-test \(https:\/\/127\.0\.0\.1:\d+\) was neither named nor confirmed/u);
  });

  it('on a context that there isn’t', async () => {
    await refused(await podscopeWith(server.admin.kubeconfig, 'up', '--target', 'kubernetes', '--context', 'production', '--json'), 'KUBE_CONFIG_INVALID', /no context production/u);
    await refused(await podscopeWith(server.admin.kubeconfig, 'up', '--target', 'kubernetes', '--context', 'in-cluster', '--json'), 'KUBE_CONFIG_INVALID', /no pod of a cluster|no context in-cluster/u);
  });

  it('without a cluster', { timeout: 180_000 }, async () => {
    await refused(await podscopeWith(changed(server.admin.kubeconfig, { server: 'https://127.0.0.1:9' }), ...up), 'KUBE_UNREACHABLE', /127\.0\.0\.1:9/u);
  });

  it('with a token that the server doesn’t take', async () => {
    await refused(await podscopeWith(changed(server.admin.kubeconfig, { user: { token: 'expired-token-of-somebody' } }), ...up), 'KUBE_UNAUTHORIZED', /podscope/u);
  });

  it('without the rights, which are named', async () => {
    const { kubeconfig } = await server.user('reader', { rules: [{ apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['list'] }] });
    const ended = await podscopeWith(kubeconfig, ...up);
    await refused(ended, 'KUBE_PREFLIGHT_FAILED', /^Rights: \d+ actions are not allowed/u);
    const { error } = JSON.parse(ended.stdout) as { readonly error: { readonly details: readonly string[] } };
    expect(error.details.map((line) => line.trim())).toEqual(expect.arrayContaining(['get, list, watch, create, patch, delete statefulsets.apps in opensearch', 'create pods/portforward in opensearch', 'list storageclasses.storage.k8s.io of the cluster']));
    expect(error.details.join('\n')).not.toMatch(/list nodes/u);
  });

  it('into a namespace that is being deleted, and says what holds it', async () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'guestbook' } };
    await server.admin.client.apply(namespace);
    await server.admin.client.remove(namespace);
    const ended = await podscopeWith(server.admin.kubeconfig, ...up);
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code: 'KUBE_PREFLIGHT_FAILED', details: expect.arrayContaining(['    guestbook: held by kubernetes']) } });
    // As the namespace controller does, which doesn't run here.
    await server.admin.client.request({ method: 'PUT', path: '/api/v1/namespaces/guestbook/finalize', body: { ...namespace, spec: { finalizers: [] } } });
    expect(await namespaces()).toEqual([]);
  });

  it.each([
    [['--namespace', 'Logging'], /no name of a namespace/u],
    [['--namespace', 'guestbook'], /same name/u],
    [['--opensearch-storage', 'lots'], /no size of a volume/u],
    [['--opensearch-url', 'https://user:secret@search.example.com'], /carries credentials/u],
    [['--opensearch-url', 'search'], /no address/u],
    [['--opensearch-ca', '/nowhere'], /none is named/u],
    [['--opensearch-nodes', '2'], /Allowed choices are 1, 3/u],
    [['--ignore', 'everything'], /no check "everything"/u],
    [['--console-port', '1234'], /belongs to the embedded target/u],
  ])('for %j', async (more, says) => {
    const ended = await podscopeWith(server.admin.kubeconfig, ...up, ...more);
    expect([ended.code, JSON.parse(ended.stdout).error.code]).toEqual([2, 'CLI_USAGE']);
    expect(JSON.parse(ended.stdout).error.message).toMatch(says);
    expect(ended.stdout).not.toContain('secret');
    expect(await namespaces()).toEqual([]);
  });

  it('with --opensearch operator where there is none', async () => {
    await refused(await podscopeWith(server.admin.kubeconfig, ...up, '--opensearch', 'operator'), 'KUBE_KIND_UNKNOWN', /operator is not installed/u);
  });

  it('with --dry-run, for an account that has exactly the documented rights', async () => {
    const options = { namespaces: { logging: 'logging', agents: 'node-agents', guestbook: 'guestbook', opensearch: 'opensearch' }, pattern: 'workshop', opensearch: { how: 'built-in', nodes: 1, storage: '10Gi', major: 2 }, dashboards: true, guestbook: 'podscope', guestbookImage: undefined, imageMirror: undefined, storageClass: undefined } as const;
    const objects = rightsObjects(synthTarget(options, '1.35'), options);
    const { rules } = clusterRoleFor(accessesFor(objects, await resources(objects))) as { readonly rules: readonly Rule[] };
    const { kubeconfig } = await server.user('deployer', { rules: rules.map(({ apiGroups, resources: of, verbs }) => ({ apiGroups: [...apiGroups], resources: [...of], verbs: [...verbs] })) });
    // Nothing schedules here, and there are no nodes and no storage.
    const ended = await podscopeWith(kubeconfig, ...up, '--dry-run', '--ignore', 'capacity', 'storage');
    expect(ended.code, ended.stdout).toBe(0);
    const { checks, plan } = JSON.parse(ended.stdout) as { readonly checks: readonly { readonly id: string; readonly verdict: string }[]; readonly plan: { readonly changes: readonly { readonly kind: string; readonly namespace: string | null }[] } };
    expect(checks.filter(({ id }) => id === 'rights' || id === 'admission').map(({ verdict }) => verdict)).toEqual(['ok', 'ok']);
    expect(new Set(plan.changes.filter(({ kind }) => kind === 'Secret').map(({ namespace }) => namespace))).toEqual(new Set(['opensearch', 'logging']));
    expect(MINE.every((name) => plan.changes.some(({ namespace }) => namespace === name))).toBe(true);
    expect(await namespaces()).toEqual([]);
  });
});

describe('the record of an earlier up', () => {
  const recorded = (change: object = {}): string => JSON.stringify({
    version: 1, context: CONTEXT, server: 'https://127.0.0.1:1', at: '', foundNamespaces: [], onServer: { user: false, setup: false },
    options: { namespaces: { logging: 'logging', agents: 'node-agents', guestbook: 'guestbook', opensearch: 'opensearch' }, pattern: 'workshop', opensearch: { how: 'built-in', nodes: 1, storage: '10Gi', major: 2 }, dashboards: true, guestbook: 'podscope' }, ...change,
  });

  /** Runs where that record is, on the real server. */
  async function withRecord(text: string, ...args: readonly string[]): Promise<Ended & { readonly kept: string }> {
    const runDir = join(folder, `run-${(runs += 1)}`);
    const path = join(folder, `kubeconfig-${runs}`);
    writeFileSync(path, server.admin.kubeconfig, { mode: 0o600 });
    mkdirSync(join(runDir, 'kubernetes'), { recursive: true });
    const file = join(runDir, 'kubernetes', 'target.json');
    writeFileSync(file, text);
    const ended = await runPodscope({ PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1', KUBECONFIG: path, PODSCOPE_RUN_DIR: runDir }, ...args, '--json');
    return { ...ended, kept: existsSync(file) ? readFileSync(file, 'utf8') : '' };
  }
  const codeOf = ({ stdout }: Ended): string => (JSON.parse(stdout) as { readonly error: { readonly code: string } }).error.code;

  it('is left aside by who names the context, where it can’t be read or its server is another by now', async () => {
    for (const text of ['{', recorded()]) {
      const asked = await withRecord(text, 'status', '--target', 'kubernetes', '--context', CONTEXT);
      expect(codeOf(asked), asked.stdout).toBe('NOT_RUNNING');
    }
    expect(codeOf(await withRecord('{', 'status', '--target', 'kubernetes'))).toBe('LEDGER_UNREADABLE');
    expect(codeOf(await withRecord(recorded(), 'status'))).toBe('KUBE_CONTEXT_UNCONFIRMED');
  });

  it('sends no credentials where only the cluster says to', async () => {
    const seen: string[] = [];
    const listener = createServer((request, response) => {
      seen.push(request.headers.authorization ?? 'none');
      response.writeHead(401).end();
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    try {
      const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
      const { options } = JSON.parse(recorded()) as { readonly options: object };
      const { client } = server.admin;
      const data = { 'target.json': recorded({ context: '', server: '', options: { ...options, opensearch: { how: 'url', url, engine: 'opensearch@2', secured: true, hasAuthority: false } } }) };
      await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'logging' } });
      await client.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'logging', name: 'podscope-target' }, data });
      const path = join(folder, 'kubeconfig-planted');
      writeFileSync(path, server.admin.kubeconfig, { mode: 0o600 });
      const planted = { PATH: process.env['PATH'], HOME: folder, NO_COLOR: '1', KUBECONFIG: path, PODSCOPE_RUN_DIR: join(folder, 'run-planted'), PODSCOPE_OPENSEARCH_USERNAME: 'admin', PODSCOPE_OPENSEARCH_PASSWORD: 'planted-secret' };
      const status = (...args: readonly string[]) => runPodscope(planted, 'status', '--target', 'kubernetes', '--context', CONTEXT, '--json', ...args);
      const refused = await status();
      expect(codeOf(refused), refused.stdout).toBe('OPENSEARCH_UNCONFIRMED');
      expect(refused.stdout).toContain(`--opensearch-url ${url}`);
      expect(seen).toEqual([]);
      // Named once, it is remembered.
      for (const args of [['--opensearch-url', url], []]) expect(JSON.parse((await status(...args)).stdout)).toMatchObject({ opensearch: { endpoint: url, status: 'unreachable', problem: 'it wants other credentials (401)' } });
      expect(new Set(seen)).toEqual(new Set([`Basic ${Buffer.from('admin:planted-secret').toString('base64')}`]));
    } finally {
      listener.close();
      await server.admin.client.remove({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'logging', name: 'podscope-target' } });
      await server.admin.client.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'logging' } });
    }
  });

  it('is not removed by a down of another place', async () => {
    for (const [text, args] of [[recorded({ context: 'production' }), ['--context', CONTEXT]], [recorded({ server: server.url }), ['--namespace', 'elsewhere']]] as const) {
      const down = await withRecord(text, 'down', '--target', 'kubernetes', ...args);
      expect([down.code, JSON.parse(down.stdout)], down.stdout).toMatchObject([0, { ended: [], left: [] }]);
      expect(down.kept).toBe(text);
    }
    const own = await withRecord(recorded({ server: server.url }), 'down', '--target', 'kubernetes');
    expect([own.code, own.kept]).toEqual([0, '']);
  });
});

async function resources(objects: readonly RightsObject[]): Promise<(object: RightsObject) => ResourceName | undefined> {
  const groups = new Map<string, readonly { readonly kind: string; readonly name: string; readonly namespaced: boolean }[]>();
  for (const apiVersion of new Set(objects.map((object) => object.apiVersion))) {
    const { body } = await server.admin.client.request({ path: apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}` });
    groups.set(apiVersion, (body as { readonly resources: readonly { readonly kind: string; readonly name: string; readonly namespaced: boolean }[] }).resources);
  }
  return ({ apiVersion, kind }) => {
    const found = groups.get(apiVersion)?.find((resource) => resource.kind === kind && !resource.name.includes('/'));
    return found === undefined ? undefined : { group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '', resource: found.name, namespaced: found.namespaced };
  };
}
