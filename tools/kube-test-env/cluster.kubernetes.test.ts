import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from './cluster.ts';
import { hasCluster, NEEDS_CLUSTER } from './fixtures/cluster.ts';
import { isGone } from './fixtures/gone.ts';
import { deployment, modest } from './fixtures/objects.ts';
import { phases } from './fixtures/pods.ts';
import { printed } from './fixtures/printed.ts';
import type { KubeObject } from './objects.ts';

const here = dirname(fileURLToPath(import.meta.url));
interface Pods {
  readonly items: readonly { readonly status: { readonly conditions?: readonly { readonly type: string; readonly reason?: string; readonly message?: string }[] } }[];
}

const WAIT = { timeout: 60_000, interval: 100 };

describe.skipIf(!hasCluster)(`a started cluster (${NEEDS_CLUSTER})`, () => {
  let cluster: StartedKubeCluster;
  const named = (kind: string, name: string, apiVersion = 'v1'): KubeObject => ({ apiVersion, kind, metadata: { name, namespace: 'default' } });
  const read = async (object: KubeObject) => (await cluster.admin.client.read(object)) as unknown as { readonly spec: Record<string, unknown>; readonly status: Record<string, unknown>; readonly metadata: KubeObject['metadata'] } | undefined;
  // The first time, the programs are built here.
  beforeAll(async () => {
    cluster = await startKubeCluster({ onProgress: printed, stateMetrics: true });
  }, 60 * 60_000);
  afterAll(() => cluster?.stop());

  it('runs 39 of 100 pods, and says of the other 61 that no node has room', async () => {
    const { client } = cluster.admin;
    const storm = deployment(modest, { name: 'storm', spec: { replicas: 100 } });
    await client.apply(storm);
    await expect.poll(() => phases(client), WAIT).toEqual({ Running: 39, Pending: 61 });
    const reasons = async () => {
      const { body } = await client.request({ path: '/api/v1/namespaces/default/pods', query: { fieldSelector: 'status.phase=Pending' } });
      return (body as Pods).items.map(({ status }) => status.conditions?.find(({ type }) => type === 'PodScheduled'));
    };
    // The scheduler comes to each of them in its turn.
    await expect.poll(async () => (await reasons()).map((condition) => condition?.reason), WAIT).toEqual(Array(61).fill('Unschedulable'));
    expect((await reasons())[0]?.message).toContain('4 Too many pods');
    await client.remove(storm);
    await expect.poll(() => phases(client), WAIT).toEqual({});
  });

  it('tells kube-state-metrics of it', async () => {
    const metrics = async () => (await (await fetch(`${cluster.stateMetricsUrl}/metrics`)).text()).split('\n');
    await cluster.admin.client.apply(deployment(modest, { name: 'seen', spec: { replicas: 2 } }));
    await expect.poll(async () => (await metrics()).filter((line) => line.includes('deployment="seen"')), WAIT).toContain('kube_deployment_status_replicas_ready{namespace="default",deployment="seen"} 2');
    await cluster.admin.client.remove(deployment(modest, { name: 'seen' }));
  });

  it('binds a claim by its volume controller, and takes the volume away with the claim', async () => {
    const claim = { ...named('PersistentVolumeClaim', 'data'), spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
    await cluster.admin.client.apply(claim);
    await expect.poll(async () => (await read(claim))?.status['phase'], WAIT).toBe('Bound');
    const bound = await read(claim);
    expect(bound?.spec['storageClassName']).toBe('standard');
    expect(bound?.metadata['annotations']).toMatchObject({ 'pv.kubernetes.io/bound-by-controller': 'yes' });
    const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: String(bound?.spec['volumeName']) } };
    expect((await read(volume))?.status['phase']).toBe('Bound');
    await cluster.admin.client.remove(claim);
    await expect.poll(() => read(volume), WAIT).toBeUndefined();
  });

  it('ends a Job, and a namespace with all that is in it', async () => {
    const { client } = cluster.admin;
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'short' } };
    await client.apply(namespace);
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once', namespace: 'short' }, spec: { template: { spec: { restartPolicy: 'Never', containers: [modest] } } } };
    await expect.poll(() => client.read({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'short' } }), WAIT).toBeDefined();
    await client.apply(job);
    await expect.poll(async () => (await read(job))?.status['succeeded'], WAIT).toBe(1);
    await client.remove(namespace);
    await expect.poll(() => client.read(namespace), WAIT).toBeUndefined();
  });

  it('gives a service account a token that stands for it, and refuses one that is too old', async () => {
    await cluster.admin.client.apply(named('ServiceAccount', 'reader'));
    await expect(cluster.serviceAccount('default', 'nobody')).rejects.toMatchObject({ code: 'KUBE_NOT_FOUND', message: expect.stringContaining('nobody') });
    const reader = await cluster.serviceAccount('default', 'reader');
    const who = { method: 'POST', path: '/apis/authentication.k8s.io/v1/selfsubjectreviews', body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' } } as const;
    expect((await reader.client.request(who)).body).toMatchObject({ status: { userInfo: { username: 'system:serviceaccount:default:reader' } } });
    await expect(reader.client.read(named('Secret', 'any'))).rejects.toMatchObject({ code: 'KUBE_FORBIDDEN' });

    const late = await cluster.expiredServiceAccount('default', 'reader');
    expect((await late.client.request(who)).status).toBe(401);
    const config = new KubeConfig();
    config.loadFromString(late.kubeconfig);
    await expect(config.makeApiClient(CoreV1Api).listNamespace()).rejects.toMatchObject({ code: 401 });
  });

  it('takes commands of kubectl, of its own version', async () => {
    const map = { ...named('ConfigMap', 'by-kubectl'), data: { colour: 'green' } };
    expect(await cluster.kubectl(['apply', '--server-side', '-f', '-'], { stdin: JSON.stringify(map) })).toMatchObject({ exitCode: 0, stdout: 'configmap/by-kubectl serverside-applied\n' });
    const { stdout } = await cluster.kubectl(['version', '--output=json']);
    expect(JSON.parse(stdout)).toMatchObject({ clientVersion: { gitVersion: cluster.version }, serverVersion: { gitVersion: cluster.version } });
    const other = await cluster.user('kubectl-reader', { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }], namespace: 'default' });
    expect(await cluster.kubectl(['delete', 'configmap', 'by-kubectl'], { as: other })).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('cannot delete resource "configmaps"') });
  });

  it('goes on with all its objects after its API server was killed', async () => {
    const { client } = cluster.admin;
    const kept = deployment(modest, { name: 'kept', spec: { replicas: 3 } });
    await client.apply(kept);
    await expect.poll(() => phases(client, 'default', 'app=kept'), WAIT).toEqual({ Running: 3 });
    const before = cluster.pids;
    await cluster.restartApiServer({ downMs: 300 });
    expect(cluster.pids).toMatchObject({ ...before, apiServer: expect.not.toSatisfy((pid: number) => pid === before.apiServer) });
    expect((await read(kept))?.spec['replicas']).toBe(3);
    await client.apply({ ...kept, spec: { ...(kept['spec'] as object), replicas: 5 } });
    await expect.poll(() => phases(client, 'default', 'app=kept'), WAIT).toEqual({ Running: 5 });
    await client.remove(kept);
  });

  it('starts its scheduler again when that ends by itself', async () => {
    const { client } = cluster.admin;
    const { scheduler } = cluster.pids;
    process.kill(scheduler, 'SIGKILL');
    const late = deployment(modest, { name: 'late', spec: { replicas: 2 } });
    await client.apply(late);
    await expect.poll(() => phases(client, 'default', 'app=late'), WAIT).toEqual({ Running: 2 });
    expect(cluster.pids.scheduler).not.toBe(scheduler);
    await client.remove(late);
  });
});

describe.skipIf(!hasCluster)(`a Job whose program a test runs (${NEEDS_CLUSTER})`, () => {
  it('is done when the test says so, as it says, on nodes as the test shapes them', async () => {
    await using cluster = await startKubeCluster({ jobs: 'run', nodes: [{ name: 'small', pods: 3, labels: { disk: 'fast' } }] });
    const { client } = cluster.admin;
    const job = (name: string): KubeObject => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace: 'default' }, spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', nodeSelector: { disk: 'fast' }, containers: [modest] } } } });
    for (const [name, code, condition] of [['good', '0', 'Complete'], ['bad', '3', 'Failed']] as const) {
      await client.apply(job(name));
      await expect.poll(() => phases(client, 'default', `job-name=${name}`), WAIT).toEqual({ Running: 1 });
      const { stdout } = await cluster.kubectl(['get', 'pods', '-l', `job-name=${name}`, '-o', 'jsonpath={.items[0].metadata.name}']);
      await cluster.kubectl(['annotate', 'pod', stdout, `podscope.test/exit-code=${code}`]);
      await expect.poll(async () => ((await client.read(job(name)))?.['status'] as { readonly conditions?: readonly { readonly type: string }[] }).conditions?.map(({ type }) => type) ?? [], WAIT).toContain(condition);
      const pod = await client.read({ apiVersion: 'v1', kind: 'Pod', metadata: { name: stdout, namespace: 'default' } });
      expect(pod?.['status']).toMatchObject({ containerStatuses: [{ state: { terminated: { exitCode: Number(code) } } }] });
    }
  });
});

describe.skipIf(!hasCluster)(`a cluster's programs (${NEEDS_CLUSTER})`, () => {
  it('end with the handle and leave nothing', async () => {
    const cluster = await startKubeCluster();
    const { pids, logFiles } = cluster;
    await cluster.stop();
    expect(Object.entries(pids).filter(([, pid]) => !isGone(pid))).toEqual([]);
    expect(existsSync(dirname(logFiles.etcd))).toBe(false);
  });

  it('end when their owner is killed', async () => {
    const holder = spawn(process.execPath, ['--conditions=@podscope/source', join(here, 'fixtures/hold-cluster.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: holder.stdout }), 'line')) as [string];
    const { pids, folder } = JSON.parse(line) as { readonly pids: Readonly<Record<string, number>>; readonly folder: string };
    expect(Object.keys(pids).sort()).toEqual(['apiServer', 'controllerManager', 'etcd', 'kwok', 'scheduler', 'stateMetrics']);
    expect(Object.values(pids).map(isGone)).toEqual(Array(6).fill(false));
    holder.kill('SIGKILL');
    await expect.poll(() => [...Object.values(pids).map(isGone), existsSync(folder)], { timeout: 15_000 }).toEqual([...Array(6).fill(true), false]);
  });

  it('say which of them failed, and what it said', async () => {
    const error = await startKubeCluster({ schedulerFlags: { 'no-such-flag': 'x' } }).then(() => undefined, (reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'KUBE_START_FAILED', message: expect.stringContaining('kube-scheduler'), details: expect.arrayContaining([expect.stringContaining('no-such-flag')]) });
  });
});
