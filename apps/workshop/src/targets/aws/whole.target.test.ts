import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { clusterStore, connectKubernetes } from '@podscope/fault-injectors/kubernetes';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { printed } from '../../../../../tools/kube-test-env/fixtures/printed.ts';
import { type StartedKubeCluster, startKubeCluster } from '../../../../../tools/kube-test-env/cluster.ts';
import { leftOver } from '../../../../../tools/aws-test-env/inventory.ts';
import { type StartedAws, startAws } from '../../../../../tools/aws-test-env/start.ts';
import { workshopObjects } from '../../dashboards/index.ts';
import { dataStreams } from '../../indices/setup.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { readRecord, writeRecord } from '../kubernetes/record/record.ts';
import { inventory, scaledOut } from '../kubernetes/testing/inventory.ts';
import { type Machine, PLACE, startWholeTarget, type WholeTarget } from './testing/wholeTarget.fixture.ts';

let aws: StartedAws;
let cluster: StartedKubeCluster;
let whole: WholeTarget;

beforeAll(async () => {
  aws = await startAws({ polls: { stack: 0, cluster: 0, domain: 0 } });
  const startCluster = async (flags: Readonly<Record<string, string>>): Promise<StartedKubeCluster> => (cluster = await startKubeCluster({ onProgress: printed, nodes: [30, 30, 30].map((pods) => ({ pods })), flags }));
  whole = await startWholeTarget({ aws, startCluster, path: process.env['PATH'] });
}, 45 * 60_000);
afterAll(async () => {
  await whole?.[Symbol.asyncDispose]();
  await Promise.all([cluster?.stop(), aws?.stop()]);
}, 120_000);

/** The document of a command that ends well. */
async function told(machine: Machine, ...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { code, stdout, stderr } = await machine.run(...args, '--json');
  expect(code, stdout + stderr).toBe(0);
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}

/** What a page of the domain answers while `podscope open` is there, which is told no target. */
async function opened(machine: Machine, page: 'opensearch' | 'dashboards', ask: (url: string) => Promise<unknown>): Promise<unknown> {
  const command = machine.start('open', page);
  let url = '';
  command.child.stdout?.on('data', (text: string) => void (url += text));
  await command.says(/until Ctrl-C/u);
  try {
    return await ask(url.trim());
  } finally {
    command.child.kill('SIGINT');
    const { code, stderr } = await command.ended;
    expect(code, stderr).toBe(0);
  }
}
const json = async (url: string, init?: RequestInit): Promise<unknown> => (await fetch(url, init)).json();

const rightsOf = async (role: string): Promise<readonly string[]> => {
  const { body } = await whole.search.transport.request({ method: 'GET', path: `/_plugins/_security/api/rolesmapping/${role}` });
  return (body as Readonly<Record<string, { readonly backend_roles: readonly string[] }>>)[role]?.backend_roles ?? [];
};
const templates = async (): Promise<readonly string[]> => (await whole.search.indices.getIndexTemplate()).body.index_templates.map(({ name }) => name);

const UP = ['up', '--target', 'aws', '--api-cidr', '203.0.113.7/32', '--yes'] as const;

const planted = (text: string): readonly string[] => Object.values(aws.credentials).filter((secret) => text.includes(secret));

it('makes an event whole, from nothing to nothing', { timeout: 10 * 60_000 }, async () => {
  const machine = whole.machine();
  const up = await told(machine, ...UP);
  expect(up).toMatchObject({ healthy: true, cluster: { name: PLACE }, domain: { host: whole.gateway.host }, inCluster: { dashboards: workshopObjects.length } });
  expect((await aws.inventory()).accessEntries).toEqual([`${PLACE}/${String(up['principal'])}`]);
  expect([new Set(whole.verdicts), whole.gateway.refused]).toEqual([new Set([up['principal']]), []]);
  expect(await told(machine, 'status')).toMatchObject({ running: true, healthy: true, target: 'aws' });

  const kubeconfig = join(machine.runDir, 'mine');
  await told(machine, 'kubeconfig', '--target', 'aws', '--file', kubeconfig);
  for (const [name, value] of Object.entries(aws.environment)) vi.stubEnv(name, value);
  const api = await connectKubernetes({ kubeconfig, context: `${PLACE}.eu-central-1` });
  const accounts = await api.list<{ readonly metadata: { readonly annotations?: Readonly<Record<string, string>> } } & object>({ apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'logging' }, (account) => account as never);
  api.close();
  vi.unstubAllEnvs();
  const role = accounts.map(({ metadata }) => metadata.annotations?.['eks.amazonaws.com/role-arn']).find((each) => each !== undefined);
  expect(role).toBe(`arn:aws:iam::${aws.account}:role/podscope-eu-central-1-shippers`);
  expect(await rightsOf('podscope-shipper')).toContain(role);

  const streams = (await opened(machine, 'opensearch', (url) => json(`${url}/_data_stream`))) as { readonly data_streams: readonly { readonly name: string; readonly template: string }[] };
  expect(streams.data_streams.map(({ name }) => name).toSorted()).toEqual(Object.values(dataStreams).toSorted());
  expect(await templates()).toEqual(expect.arrayContaining(streams.data_streams.map(({ template }) => template)));
  const wanted = workshopObjects.map(({ type, id }) => ({ type, id }));
  const found = (await opened(machine, 'dashboards', (url) => json(`${url}/api/saved_objects/_bulk_get`, { method: 'POST', body: JSON.stringify(wanted) }))) as { readonly saved_objects: readonly { readonly type: string; readonly id: string; readonly error?: object }[] };
  expect(found.saved_objects.filter(({ error }) => error === undefined).map(({ type, id }) => ({ type, id }))).toEqual(wanted);

  await scaledOut(whole.api);
  const before = await inventory(whole.api);
  expect(await told(machine, ...UP)).toMatchObject({ begun: true, stacks: { expiry: 'unchanged', network: 'unchanged', cluster: 'unchanged' }, inCluster: { indices: 0 } });
  expect([await inventory(whole.api), whole.dashboards.kept.size]).toEqual([before, wanted.length]);

  expect(await told(machine, 'down', '--yes')).toMatchObject({ wasThere: true, problems: [], receipt: { left: [], lines: expect.arrayContaining([expect.objectContaining({ kind: 'domain', name: PLACE }), expect.objectContaining({ kind: 'stack', name: 'podscope-cluster' })]) } });
  expect(leftOver(await aws.inventory())).toEqual([]);
  expect((await machine.run('open', 'opensearch')).code).toBe(exitCodes.notRunning);
  expect(existsSync(join(machine.runDir, 'kubernetes', 'aws.kubeconfig'))).toBe(false);
  const inCluster = JSON.stringify(await Promise.all(['ConfigMap', 'Secret', 'Pod', 'ServiceAccount'].map((kind) => whole.api.list({ apiVersion: 'v1', kind }))));
  expect(planted(whole.written() + inCluster)).toEqual([]);
  await whole.empty();
});

describe('on a cluster and a domain of others', () => {
  const FLAGS = [...UP, '--event', 'guest', '--existing-cluster', PLACE, '--existing-domain', PLACE];
  let theirs: Readonly<Record<string, unknown>>;
  /** All that others have, in the account, on the cluster and in the domain. */
  const everything = async (): Promise<Readonly<Record<string, unknown>>> => ({
    account: leftOver(await aws.inventory()),
    cluster: await inventory(whole.api),
    rights: (await whole.search.transport.request({ path: '/_plugins/_security/api/rolesmapping', method: 'GET' })).body,
    roles: Object.keys((await whole.search.transport.request({ path: '/_plugins/_security/api/roles', method: 'GET' })).body as object).toSorted(),
    documents: (await whole.search.count({ index: 'orders' })).body.count,
  });

  beforeAll(async () => {
    await whole.theirs();
    await whole.api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orders' } });
    await whole.api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'orders', name: 'prices' }, data: { a: '1' } });
    await whole.search.index({ index: 'orders', body: { a: 1 }, refresh: true });
    await whole.search.transport.request({ method: 'PUT', path: '/_plugins/_security/api/roles/orders', body: { cluster_permissions: ['cluster_monitor'] } });
    await whole.search.transport.request({ method: 'PUT', path: '/_plugins/_security/api/rolesmapping/orders', body: { backend_roles: ['arn:aws:iam::123456789012:role/orders'] } });
    await vi.waitFor(async () => expect(await inventory(whole.api)).toContain('ServiceAccount orders/default'), { timeout: 30_000 });
    theirs = await everything();
  }, 120_000);

  it('is told before anything is made that the cluster lets nobody in, or can’t be reached', { timeout: 5 * 60_000 }, async () => {
    const refused = async (): Promise<string> => {
      const { code, stdout } = await whole.machine().run(...FLAGS, '--json');
      expect(code, stdout).toBe(exitCodes.failed);
      return JSON.stringify((JSON.parse(stdout) as { readonly error: object }).error);
    };
    const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', name: 'creator' };
    const { metadata, ...kept } = (await whole.api.read(binding)) ?? { metadata: { name: '' } };
    await whole.api.remove(binding);
    try {
      expect(await refused()).toMatch(/AWS_PREFLIGHT_FAILED.*Nothing was made/u);
    } finally {
      await whole.api.create({ ...kept, apiVersion: binding.apiVersion, kind: binding.kind, metadata: { name: metadata.name } });
    }
    aws.setClusterEndpoint({ url: 'https://127.0.0.1:1', ca: cluster.ca });
    try {
      expect(await refused()).toMatch(/AWS_PREFLIGHT_FAILED.*You on the cluster.*Nothing was made/u);
    } finally {
      aws.setClusterEndpoint(cluster);
    }
    expect(await everything()).toEqual(theirs);
  });

  it('gives rights and takes them back, and leaves to others what is theirs', { timeout: 10 * 60_000 }, async () => {
    const machine = whole.machine();
    expect(await told(machine, ...FLAGS)).toMatchObject({ healthy: true, cluster: { name: PLACE }, domain: { name: PLACE }, inCluster: { dashboards: workshopObjects.length } });
    expect(await rightsOf('podscope-shipper')).toEqual(expect.arrayContaining([expect.stringContaining('role/podscope-guest-')]));
    expect(await rightsOf('podscope-presenter')).toEqual(expect.arrayContaining([expect.stringContaining('role/podscope-guest-')]));
    expect(await told(machine, ...FLAGS)).toMatchObject({ inCluster: { indices: 0 } });
    // By somebody else, on whose machine nothing of it is, but another target.
    const other = whole.machine();
    const record = readRecord(machine.runDir);
    expect(record?.context).toBe(`${PLACE}.eu-central-1`);
    if (record !== undefined) writeRecord(other.runDir, { ...record, context: 'elsewhere' });
    expect(await told(other, 'down', '--target', 'aws', '--event', 'guest', '--yes')).toMatchObject({ wasThere: true, problems: [], receipt: { left: [] } });
    expect(await everything()).toEqual(theirs);
    expect(readRecord(other.runDir)?.context).toBe('elsewhere');
    expect(planted(whole.written())).toEqual([]);
  });

  it.each([
    ['when the way to the domain was just opened', /giving roles their rights/u, 'SIGKILL'],
    ['when templates are put in place', /Put templates/u, 'SIGINT'],
    ['in the middle of the manifests', /Apply the manifests: \d+ of/u, 'SIGKILL'],
  ] as const)('is broken off %s, and taken down from elsewhere', { timeout: 10 * 60_000 }, async (_when, moment, signal) => {
    const command = whole.machine().start(...FLAGS);
    await command.says(moment);
    command.child.kill(signal);
    const { code, stderr } = await command.ended;
    expect(code, stderr).toBe(signal === 'SIGINT' ? exitCodes.interrupted : null);
    expect(await told(whole.machine(), 'down', '--target', 'aws', '--event', 'guest', '--yes')).toMatchObject({ wasThere: true, problems: [], receipt: { left: [] } });
    expect(await everything()).toEqual(theirs);
    expect(planted(whole.written())).toEqual([]);
  });

  it('takes down what is on the cluster also while the domain gives no right back, and says so until it does', { timeout: 10 * 60_000 }, async () => {
    const command = whole.machine().start(...FLAGS);
    await command.says(/Put templates/u);
    command.child.kill('SIGKILL');
    await command.ended;
    // As a hunt leaves it.
    await whole.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: clusterStore(whole.api).namespace, labels: { 'app.kubernetes.io/managed-by': 'podscope' } } });
    const down = ['down', '--target', 'aws', '--event', 'guest', '--yes'];
    whole.holdRights(true);
    const held = await whole.machine().run(...down, '--json');
    whole.holdRights(false);
    expect([held.code, held.stdout]).toEqual([exitCodes.failed, expect.stringContaining(`rights in the domain ${PLACE}: `)]);
    expect(await inventory(whole.api)).toEqual(theirs['cluster']);
    expect(await told(whole.machine(), ...down)).toMatchObject({ wasThere: true, problems: [], receipt: { left: [] } });
    expect(await everything()).toEqual(theirs);
  });
});
