import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@opensearch-project/opensearch';
import { type SecuredOpenSearch, startOpenSearch } from '@podscope/embedded-opensearch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../../../tools/kube-test-env/cluster.ts';
import { printed } from '../../../../../../tools/kube-test-env/fixtures/printed.ts';
import { type LiveProduct, startLiveProduct } from '../../../commands/dashboards/live.fixture.ts';
import { workshopObjects } from '../../../dashboards/index.ts';
import { dataStreams, workshopIndexSetup } from '../../../indices/setup.ts';
import { isFit } from '../../kubernetes/preflight/checks.ts';
import type { TargetRecord } from '../../kubernetes/record/record.ts';
import { findDashboards } from '../../kubernetes/run/savedObjects.ts';
import { openOpenSearch } from '../../kubernetes/opensearch/access.ts';
import { planDown, takeDown } from '../../kubernetes/run/takeDown.ts';
import { connected, type Connected } from '../../kubernetes/testing/connected.ts';
import { RELAY, TUNNEL_NAMESPACE } from '../tunnel/objects.ts';
import { RELAY_PORT } from '../tunnel/relay.ts';
import { removeRelay } from '../tunnel/relayPod.ts';
import { type DomainGateway, passOn, startDomainGateway } from '../tunnel/testing/domainGateway.ts';
import { deploy, type DeployRequest, lookAtCluster } from './deploy.ts';
import { awsTargetOptions, EBS_CLASS } from './options.ts';

const KEYS = { accessKeyId: 'ASIAPLANTEDMAKER7777', secretAccessKey: 'maker/PLANTED+bPxRfiCYEXAMPLEKEY', sessionToken: 'planted-token-of-maker' };
const ROLE = 'arn:aws:iam::123456789012:role/podscope-shippers';

let cluster: StartedKubeCluster;
let connection: Connected;
let server: SecuredOpenSearch;
let dashboards: LiveProduct;
let gateway: DomainGateway;
let route: AsyncDisposable;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podscope-deploy-'));
  [cluster, server, dashboards] = await Promise.all([
    startKubeCluster({ onProgress: printed, nodes: [30, 30, 30].map((pods) => ({ pods })) }),
    startOpenSearch({ version: '2.19.4', security: {} }),
    startLiveProduct(),
  ]);
  connection = await connected(cluster.admin.kubeconfig);
  gateway = await startDomainGateway({
    keys: [KEYS],
    answer(passed, outgoing) {
      const isPage = passed.target.startsWith('/_dashboards/');
      passOn(isPage ? { ...passed, target: passed.target.slice('/_dashboards'.length) } : passed, outgoing, isPage ? { node: dashboards.url, auth: { username: '', password: '' }, ssl: { ca: '' } } : server.clientOptions());
    },
  });
  route = await cluster.routePort({ namespace: TUNNEL_NAMESPACE, pods: { labels: { app: RELAY } }, port: RELAY_PORT, to: { host: '127.0.0.1', port: gateway.port } });
}, 45 * 60_000);

afterAll(async () => {
  await route?.[Symbol.asyncDispose]();
  await gateway?.[Symbol.asyncDispose]();
  await dashboards?.[Symbol.asyncDispose]();
  await connection?.[Symbol.asyncDispose]();
  await Promise.all([cluster?.stop(), server?.stop()]);
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

const asker = () => ({ credentials: async () => KEYS, ca: gateway.ca });

it('brings up by the Kubernetes target what runs in the cluster, with the domain behind the tunnel, and nothing changes the second time', { timeout: 10 * 60_000 }, async () => {
  const { api } = connection;
  const options = awsTargetOptions({ event: 'podscope', region: gateway.region, egress: 'nat' }, { endpoint: gateway.host, shipperRole: ROLE });
  const looked = await lookAtCluster(api, options);
  expect(looked.checks.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  expect(isFit(looked.checks)).toBe(true);
  let record: TargetRecord | undefined;
  const said: string[] = [];
  const request: DeployRequest = {
    api, looked, kubeconfig: undefined, asker: asker(), indices: workshopIndexSetup, savedObjects: workshopObjects, signal: new AbortController().signal,
    keep: (kept) => (record = kept), tell: (step, message) => said.push(`${step}: ${message}`), done: () => undefined, note: (line) => said.push(line),
  };
  const result = await deploy(request);
  expect(result.workloads.every(({ state }) => state === 'done')).toBe(true);
  expect([result.dashboards?.imported, result.opensearch.nodes]).toEqual([workshopObjects.length, 1]);
  expect([...dashboards.kept.keys()].filter((key) => key.startsWith('dashboard:'))).toHaveLength(5);
  // All of it was asked with signatures that hold.
  expect([gateway.refused, gateway.passed.length > 20]).toEqual([[], true]);
  const client = new Client(server.clientOptions());
  const { body } = await client.indices.getDataStream();
  expect(body.data_streams.map(({ name }) => name).toSorted()).toEqual(Object.values(dataStreams).toSorted());
  await client.close();

  // Volumes are of the class that was made for them, and the shippers' accounts have their role.
  const claims = await api.list<{ readonly spec?: { readonly storageClassName?: string }; readonly status?: { readonly phase?: string } } & object>({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' }, (object) => object as never);
  expect(claims.length).toBeGreaterThan(0);
  expect(new Set(claims.map(({ spec, status }) => `${spec?.storageClassName} ${status?.phase}`))).toEqual(new Set([`${EBS_CLASS} Bound`]));
  expect((await api.read({ apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'logging', name: 'logstash' }))?.metadata.annotations?.['eks.amazonaws.com/role-arn']).toBe(ROLE);
  expect((await api.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'logging' })).map(({ metadata }) => metadata.name)).toEqual([]);

  const again = await deploy(request);
  expect([again.indices, again.applied.changes.filter(({ action }) => action !== 'unchanged')]).toEqual([0, []]);
  // Later commands ask the domain by the record alone.
  if (record === undefined) throw new TypeError('No record was kept.');
  await using access = await openOpenSearch(api, record.options, { user: undefined, ...asker() });
  expect(await findDashboards(api, record.options, access)).toEqual({ installed: 5, wanted: 5 });
  expect((await fetch(`${access.url}/_cluster/health`)).status).toBe(200);
  const written = JSON.stringify([record, said, result, await api.list({ apiVersion: 'v1', kind: 'ConfigMap' })]);
  expect(Object.values(KEYS).filter((secret) => written.includes(secret))).toEqual([]);
});

it('is taken away again, with the class and the relay', { timeout: 5 * 60_000 }, async () => {
  const { api } = connection;
  const { plan } = await planDown(api, { logging: 'logging', agents: 'node-agents', guestbook: 'guestbook', opensearch: 'opensearch' });
  const receipt = await takeDown(api, plan, { signal: new AbortController().signal, timeoutMs: 4 * 60_000, onProgress: () => undefined });
  expect(receipt.left).toEqual([]);
  expect(await removeRelay(api)).toEqual({ wasThere: true, left: [] });
  expect(await api.read({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', name: EBS_CLASS })).toBeUndefined();
  expect((await api.list({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' })).length).toBe(0);
});
