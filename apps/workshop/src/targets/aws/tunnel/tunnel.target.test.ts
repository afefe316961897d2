import { mkdtemp, rm } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client as OpenSearchClient, type Client } from '@opensearch-project/opensearch';
import { type SecuredOpenSearch, startOpenSearch } from '@podscope/embedded-opensearch';
import { importSavedObjects } from '@podscope/saved-objects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../../../tools/kube-test-env/cluster.ts';
import { printed } from '../../../../../../tools/kube-test-env/fixtures/printed.ts';
import { type LiveProduct, startLiveProduct } from '../../../commands/dashboards/live.fixture.ts';
import { workshopObjects } from '../../../dashboards/index.ts';
import { dataStreams, workshopIndexSetup } from '../../../indices/setup.ts';
import { startPodscope } from '../../../commands/kubernetes/program.fixture.ts';
import { AUTHORITY_SECRET, type TargetOptions } from '../../kubernetes/options.ts';
import { type TargetRecord, writeRecord } from '../../kubernetes/record/record.ts';
import { healthOf, putIndices } from '../../kubernetes/run/indices.ts';
import { connected, type Connected, noting } from '../../kubernetes/testing/connected.ts';
import { grantDomainAccess, revokeDomainAccess } from '../domain/grants.ts';
import { RELAY, TUNNEL_NAMESPACE } from './objects.ts';
import { openDomain, type OpenDomainOptions, type OpenedDomain } from './openDomain.ts';
import { RELAY_PORT } from './relay.ts';
import { removeRelay } from './relayPod.ts';
import { type DomainGateway, passOn, startDomainGateway } from './testing/domainGateway.ts';
import type { Keys } from './testing/signature.ts';

const CONTEXT = 'podscope-test';
/** Who signs; each has a user of the real server that stands for the role of IAM behind the keys. */
const WHO = ['maker', 'shippers', 'presenter', 'stranger'] as const;
type Who = (typeof WHO)[number];
const roleOf = (who: Who): string => `arn:aws:iam::123456789012:role/${who}`;
const keysOf = (who: Who): Keys => ({ accessKeyId: `ASIA${who.toUpperCase().padEnd(16, '7')}`, secretAccessKey: `${who}/K7MDENG+bPxRfiCYEXAMPLEKEY`, sessionToken: `token-of-${who}` });

let cluster: StartedKubeCluster;
let connection: Connected;
let server: SecuredOpenSearch;
let dashboards: LiveProduct;
let gateway: DomainGateway;
let route: AsyncDisposable;
const users = new Map<string, { readonly username: string; readonly password: string }>();

const optionsFor = (who: Who, change: Partial<OpenDomainOptions> = {}): OpenDomainOptions => ({ host: gateway.host, region: gateway.region, ca: gateway.ca, credentials: async () => keysOf(who), ...change });
const open = (who: Who): Promise<OpenedDomain> => openDomain(connection.api, optionsFor(who));

beforeAll(async () => {
  [cluster, server, dashboards] = await Promise.all([
    startKubeCluster({ onProgress: printed }),
    startOpenSearch({ version: '2.19.4', security: {}, settings: { 'plugins.security.restapi.roles_enabled': ['all_access', 'security_rest_api_access'] } }),
    startLiveProduct(),
  ]);
  connection = await connected(cluster.admin.kubeconfig);
  const root = new OpenSearchClient(server.clientOptions());
  for (const who of WHO) {
    const user = { username: who, password: 'Correct-horse-battery-77' };
    users.set(keysOf(who).accessKeyId, who === 'maker' ? server.clientOptions().auth : user);
    await root.transport.request({ method: 'PUT', path: `/_plugins/_security/api/internalusers/${who}`, body: { password: user.password, backend_roles: [roleOf(who)] } });
  }
  await root.close();
  gateway = await startDomainGateway({
    keys: WHO.map(keysOf),
    answer(passed, outgoing) {
      const auth = users.get(passed.keys.accessKeyId) ?? { username: '', password: '' };
      const isPage = passed.target.startsWith('/_dashboards/');
      passOn(isPage ? { ...passed, target: passed.target.slice('/_dashboards'.length) } : passed, outgoing, isPage ? { node: dashboards.url, auth, ssl: { ca: '' } } : { ...server.clientOptions(), auth });
    },
  });
  // The relay's program is tested beside it; kwok leads its port to where it would lead.
  route = await cluster.routePort({ namespace: TUNNEL_NAMESPACE, pods: { labels: { app: RELAY } }, port: RELAY_PORT, to: { host: '127.0.0.1', port: gateway.port } });
}, 45 * 60_000);

afterAll(async () => {
  await route?.[Symbol.asyncDispose]();
  await gateway?.[Symbol.asyncDispose]();
  await dashboards?.[Symbol.asyncDispose]();
  await connection?.[Symbol.asyncDispose]();
  await Promise.all([cluster?.stop(), server?.stop()]);
}, 120_000);

/** A document for the stream of web logs. */
const DOCUMENT = `{"create":{}}\n{"@timestamp":"2026-11-30T12:00:00Z","message":"GET /"}\n`;
const WEB = dataStreams.apache;

async function statusOf(client: Client, method: string, path: string, body?: object | string): Promise<number> {
  const { statusCode } = await client.transport.request({ method, path, ...(body === undefined ? {} : typeof body === 'string' ? { bulkBody: body } : { body }) }, { ignore: [401, 403, 404, 409] });
  return statusCode ?? 0;
}

describe('the way to a domain, on a real API server, with a real OpenSearch with security behind signatures that are worked out anew,', () => {
  it('makes the relay, and lets the maker set up the domain and give rights', { timeout: 180_000 }, async () => {
    await using maker = await open('maker');
    const health = await healthOf(maker.client);
    expect(await putIndices(maker.client, workshopIndexSetup, health)).toBeGreaterThan(0);
    await using before = await open('shippers');
    expect(await statusOf(before.client, 'POST', `/${WEB}/_bulk`, DOCUMENT)).toBe(403);
    await grantDomainAccess(maker.client, { shippers: [roleOf('shippers')], presenters: [roleOf('presenter')] });
    await grantDomainAccess(maker.client, { shippers: [roleOf('shippers')], presenters: [roleOf('presenter')] });
    expect(gateway.refused).toEqual([]);
    expect(new Set(gateway.passed.map(({ headers }) => headers.host))).toEqual(new Set([gateway.host]));
  });

  it('lets the shippers write, and nothing else', async () => {
    await using shippers = await open('shippers');
    const { body } = await shippers.client.transport.request({ method: 'POST', path: `/${WEB}/_bulk`, querystring: { refresh: 'true' }, bulkBody: DOCUMENT });
    expect(body).toMatchObject({ errors: false });
    expect(await statusOf(shippers.client, 'GET', `/${WEB}/_search`)).toBe(403);
    expect(await statusOf(shippers.client, 'PUT', '/elsewhere/_doc/1', { x: 1 })).toBe(403);
    expect(await statusOf(shippers.client, 'GET', '/_plugins/_security/api/roles')).toBe(403);
  });

  it('lets presenters see and set up what the workshop has, and give no rights', async () => {
    await using presenter = await open('presenter');
    const { body } = await presenter.client.search({ index: 'apache-*' });
    expect(body.hits.hits.length).toBeGreaterThan(0);
    expect(await healthOf(presenter.client)).toMatchObject({ nodes: 1 });
    expect(await statusOf(presenter.client, 'PUT', '/_index_template/apache-mine', { index_patterns: ['apache-mine-*'], template: {} })).toBe(200);
    expect(await statusOf(presenter.client, 'POST', `/${WEB}/_rollover`)).toBe(200);
    expect(await statusOf(presenter.client, 'PUT', '/.kibana_1/_doc/x?refresh=true', { x: 1 })).toBe(201);
    expect(await statusOf(presenter.client, 'GET', '/_cat/indices')).toBe(200);
    expect(await statusOf(presenter.client, 'PUT', '/elsewhere/_doc/1', { x: 1 })).toBe(403);
    expect(await statusOf(presenter.client, 'PUT', '/_plugins/_security/api/roles/mine', { cluster_permissions: ['*'] })).toBe(403);
    expect(await statusOf(presenter.client, 'PUT', '/_cluster/settings', { transient: { 'search.max_buckets': 9000 } })).toBe(403);
    expect(await statusOf(presenter.client, 'GET', '/.opendistro_security/_search')).toBe(403);
    await expect(grantDomainAccess(presenter.client, { shippers: [], presenters: [roleOf('stranger')] })).rejects.toMatchObject({ code: 'AWS_DOMAIN_ACCESS' });
  });

  it('lets others of the account in nowhere', async () => {
    await using stranger = await open('stranger');
    expect(await statusOf(stranger.client, 'GET', `/${WEB}/_search`)).toBe(403);
    expect(await statusOf(stranger.client, 'GET', '/_cluster/health')).toBe(403);
  });

  it('leaves the relay alone where it is as it should be, and makes it so where it is not', { timeout: 60_000 }, async () => {
    const relay = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: TUNNEL_NAMESPACE, name: RELAY };
    const { api, writes } = noting(connection.api);
    await (await openDomain(api, optionsFor('presenter')))[Symbol.asyncDispose]();
    expect(writes).toEqual([]);
    await connection.api.patch(relay, { spec: { template: { spec: { containers: [{ name: 'relay', image: 'registry.example.com/other:1', command: ['node'] }] } } } });
    await connection.api.remove({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace: TUNNEL_NAMESPACE, name: RELAY });
    await (await openDomain(api, optionsFor('presenter')))[Symbol.asyncDispose]();
    expect(writes).toContain(`apply NetworkPolicy ${RELAY}`);
    expect(JSON.stringify((await connection.api.read(relay))?.['spec'])).toContain(gateway.host);
  });

  it('opens both for any program, without credentials, at its address', async () => {
    await using presenter = await open('presenter');
    const answer = await fetch(`${presenter.url}/apache-*/_count`);
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ count: 1 })]);
    await importSavedObjects({ url: presenter.dashboardsUrl }, { objects: workshopObjects }, { overwrite: true });
    expect([...dashboards.kept.keys()].filter((key) => key.startsWith('dashboard:'))).toHaveLength(5);
    expect(await foreign(presenter.url)).toBe(403);
  });

  it.each(['opensearch', 'dashboards'])('opens %s by the command, until Ctrl-C, with the credentials of whoever runs it', { timeout: 120_000 }, async (page) => {
    const runDir = await recorded();
    const { accessKeyId, secretAccessKey, sessionToken = '' } = keysOf('presenter');
    const environment = { PATH: process.env['PATH'], HOME: runDir, NO_COLOR: '1', PODSCOPE_RUN_DIR: runDir, PODSCOPE_BROWSER: 'true', AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken };
    const command = startPodscope(environment, 'open', page, '--target', 'kubernetes', '--context', CONTEXT);
    let printed = '';
    command.child.stdout?.on('data', (text: string) => void (printed += text));
    await command.says(/until Ctrl-C/u);
    const url = printed.trim();
    expect(url).toMatch(page === 'dashboards' ? /^http:\/\/127\.0\.0\.1:\d+\/_dashboards$/u : /^http:\/\/127\.0\.0\.1:\d+$/u);
    expect((await fetch(page === 'dashboards' ? `${url}/api/status` : `${url}/apache-*/_count`)).status).toBe(200);
    expect(gateway.passed.at(-1)?.keys.accessKeyId).toBe(accessKeyId);
    command.child.kill('SIGINT');
    const { code, stdout, stderr } = await command.ended;
    expect(code, stderr).toBe(0);
    for (const secret of [secretAccessKey, sessionToken, accessKeyId]) expect(`${stdout}${stderr}`).not.toContain(secret);
    await expect(fetch(url)).rejects.toThrow();
    await rm(runDir, { recursive: true, force: true });
  });

  it('says that a session has ended, without saying whose', async () => {
    const said: string[] = [];
    const credentials = async (): Promise<never> => Promise.reject(Object.assign(new Error(`expired: ${keysOf('presenter').secretAccessKey}`), { name: 'ExpiredTokenException' }));
    await using opened = await openDomain(connection.api, optionsFor('presenter', { credentials, onError: (line) => said.push(line) }));
    const answer = await fetch(`${opened.url}/_count`);
    const text = `${await answer.text()}${said.join('')}`;
    expect([answer.status, text]).toEqual([502, expect.stringContaining('AWS_SESSION_EXPIRED')]);
    expect(text).not.toContain(keysOf('presenter').secretAccessKey);
  });

  it('can be taken away, with the rights in the domain, and nothing else', { timeout: 60_000 }, async () => {
    await using maker = await open('maker');
    await revokeDomainAccess(maker.client);
    await revokeDomainAccess(maker.client);
    await using shippers = await open('shippers');
    expect(await statusOf(shippers.client, 'POST', `/${WEB}/_bulk`, DOCUMENT)).toBe(403);
    expect(await removeRelay(connection.api)).toEqual({ wasThere: true, left: [] });
    expect(await connection.api.read({ apiVersion: 'v1', kind: 'Namespace', name: TUNNEL_NAMESPACE })).toBeUndefined();
    expect(await removeRelay(connection.api)).toEqual({ wasThere: false, left: [] });
    await cluster.admin.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: TUNNEL_NAMESPACE } });
    await expect(open('maker')).rejects.toMatchObject({ code: 'AWS_TUNNEL_FAILED' });
    await expect(removeRelay(connection.api)).rejects.toMatchObject({ code: 'AWS_TUNNEL_FAILED' });
  });
});

/** A run directory with the record of an event whose domain is the gateway, and the authority that its certificate needs here. */
async function recorded(): Promise<string> {
  const runDir = await mkdtemp(join(tmpdir(), 'podscope-domain-'));
  const namespaces = { logging: 'logging', agents: 'node-agents', guestbook: 'guestbook', opensearch: 'opensearch' };
  const options: TargetOptions = {
    namespaces, pattern: 'workshop', dashboards: true, guestbook: 'podscope', guestbookImage: undefined, imageMirror: undefined, storageClass: undefined,
    opensearch: { how: 'url', url: `https://${gateway.host}`, urlFromHere: undefined, engine: 'amazon-opensearch-service', secured: false, hasAuthority: true, signed: { region: gateway.region, shipperRole: roleOf('shippers') } },
  };
  for (const object of [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespaces.logging } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: namespaces.logging, name: AUTHORITY_SECRET }, stringData: { 'ca.crt': gateway.ca } },
  ]) await connection.api.apply(object);
  const record: TargetRecord = { version: 1, context: connection.api.context, server: connection.api.server, kubeconfig: connection.kubeconfig, at: '2026-11-30T12:00:00Z', options, foundNamespaces: [], onServer: { user: false, setup: false } };
  writeRecord(runDir, record);
  return runDir;
}

/** The status that a page gets which a foreign name was bound to this address for: `fetch` lets nobody set a host. */
function foreign(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    plainRequest(`${url}/_search`, { headers: { host: 'evil.example.com' } }, (response) => resolve(response.resume().statusCode)).once('error', reject).end();
  });
}
