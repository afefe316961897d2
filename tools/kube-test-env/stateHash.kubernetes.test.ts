import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from './cluster.ts';
import { hasCluster, NEEDS_CLUSTER } from './fixtures/cluster.ts';
import { deployment, modest, noteDefinition } from './fixtures/objects.ts';
import { podNames } from './fixtures/pods.ts';
import { printed } from './fixtures/printed.ts';
import type { KubeObject } from './objects.ts';
import { clusterState, diffStates, stateHash, type ClusterState } from './stateHash.ts';

const WAIT = { timeout: 60_000, interval: 100 };

describe.skipIf(!hasCluster)(`the state of a cluster (${NEEDS_CLUSTER})`, () => {
  let cluster: StartedKubeCluster;
  let before: ClusterState;
  const container = { ...modest, env: [{ name: 'COLOUR', value: 'blue' }] };
  const app = deployment(container, { name: 'frontend', spec: { replicas: 3 } });
  const meta = (name: string): KubeObject['metadata'] => ({ name, namespace: 'default' });
  const objects: readonly KubeObject[] = [
    app,
    { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: meta('store'), spec: { replicas: 2, serviceName: 'store', selector: { matchLabels: { app: 'store' } }, template: { metadata: { labels: { app: 'store' } }, spec: { containers: [container] } } } },
    { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: meta('agent'), spec: { updateStrategy: { type: 'OnDelete' }, selector: { matchLabels: { app: 'agent' } }, template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [container] } } } },
    { apiVersion: 'v1', kind: 'Service', metadata: meta('frontend'), spec: { selector: { app: 'frontend' }, ports: [{ port: 80 }] } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta('settings'), data: { level: 'info' } },
    { apiVersion: 'v1', kind: 'Secret', metadata: meta('credentials'), stringData: { password: 'not-for-reading' } },
    { apiVersion: 'batch/v1', kind: 'CronJob', metadata: meta('nightly'), spec: { schedule: '0 0 31 2 *', jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: [modest] } } } } } },
  ];
  const note: KubeObject = { apiVersion: 'podscope.test/v1', kind: 'Note', metadata: meta('first'), spec: { text: 'hello' } };
  const now = () => clusterState(cluster.admin.client);
  const kubectl = async (...args: string[]): Promise<void> => {
    const { exitCode, stderr } = await cluster.kubectl(args);
    expect(exitCode, stderr).toBe(0);
  };
  const merge = (path: string, body: object) => cluster.admin.client.request({ method: 'PATCH', path, body, contentType: 'application/merge-patch+json' });

  /** Holds once it is as it was. */
  const asBefore = async (): Promise<void> => {
    await expect.poll(async () => diffStates(before, await now()), WAIT).toEqual([]);
    expect(stateHash(await now())).toBe(stateHash(before));
  };

  beforeAll(async () => {
    cluster = await startKubeCluster({ onProgress: printed });
    const { client } = cluster.admin;
    await client.apply(noteDefinition);
    await client.established('notes.podscope.test');
    for (const object of [...objects, note]) await client.apply(object);
    await vi.waitFor(async () => {
      const state = await now();
      expect(state.get('apps/Deployment default/frontend')).toMatchObject({ pods: { ready: 3, current: 3, outdated: 0 } });
      expect(state.get('apps/StatefulSet default/store')).toMatchObject({ pods: { ready: 2, current: 2, outdated: 0 } });
      expect(state.get('apps/DaemonSet default/agent')).toMatchObject({ pods: { ready: 4, current: 4, outdated: 0 } });
    }, WAIT);
    before = await now();
  }, 60 * 60_000);
  afterAll(() => cluster?.stop());

  it('has what users made, custom resources too, and no value of a secret', () => {
    for (const id of ['apps/Deployment default/frontend', 'Service default/frontend', 'ConfigMap default/settings', 'podscope.test/Note default/first', 'batch/CronJob default/nightly', 'Node node-1', 'Namespace default', 'storage.k8s.io/StorageClass standard']) expect([...before.keys()]).toContain(id);
    expect([...before.keys()].filter((id) => /^(?:Pod|apps\/ReplicaSet|apps\/ControllerRevision|Event|Endpoints|coordination\.k8s\.io|kwok) ?/.test(id))).toEqual([]);
    const text = JSON.stringify([...before]);
    expect(text).not.toContain('not-for-reading');
    expect(text).not.toContain(Buffer.from('not-for-reading').toString('base64'));
    expect(before.get('Secret default/credentials')).toMatchObject({ data: { password: expect.stringMatching(/^sha256:/) } });
    for (const field of ['resourceVersion', 'managedFields', 'creationTimestamp', 'generation', 'status']) expect(text).not.toContain(`"${field}":`);
  });

  const deploymentPath = '/apis/apps/v1/namespaces/default/deployments/frontend';
  it.each([
    ['a replica', deploymentPath, { spec: { replicas: 4 } }, { spec: { replicas: 3 } }, 'apps/Deployment default/frontend', 'spec.replicas'],
    ['a label', deploymentPath, { metadata: { labels: { team: 'a' } } }, { metadata: { labels: null } }, 'apps/Deployment default/frontend', 'metadata.labels.team'],
    // Of a Service: an undone rollout brings back the annotations that a Deployment had at that revision.
    ['an annotation', '/api/v1/namespaces/default/services/frontend', { metadata: { annotations: { 'example.test/note': 'x' } } }, { metadata: { annotations: { 'example.test/note': null } } }, 'Service default/frontend', 'metadata.annotations["example.test/note"]'],
    ['an environment variable', deploymentPath, { spec: { template: { spec: { containers: [{ ...container, env: [{ name: 'COLOUR', value: 'red' }] }] } } } }, { spec: { template: { spec: { containers: [container] } } } }, 'apps/Deployment default/frontend', 'spec.template.spec.containers[0].env[0].value'],
    ['a setting', '/api/v1/namespaces/default/configmaps/settings', { data: { level: 'debug' } }, { data: { level: 'info' } }, 'ConfigMap default/settings', 'data.level'],
    ['a secret', '/api/v1/namespaces/default/secrets/credentials', { stringData: { password: 'other' } }, { stringData: { password: 'not-for-reading' } }, 'Secret default/credentials', 'data.password'],
    ['a field of a custom resource', '/apis/podscope.test/v1/namespaces/default/notes/first', { spec: { text: 'bye' } }, { spec: { text: 'hello' } }, 'podscope.test/Note default/first', 'spec.text'],
    ['a cordon', '/api/v1/nodes/node-1', { spec: { unschedulable: true } }, { spec: { unschedulable: null } }, 'Node node-1', 'spec.unschedulable'],
    ['a finalizer', '/api/v1/namespaces/default/configmaps/settings', { metadata: { finalizers: ['example.test/hold'] } }, { metadata: { finalizers: null } }, 'ConfigMap default/settings', 'metadata.finalizers'],
  ] as const)('is another with %s changed, says where, and is the same when that is undone', async (_what, path, change, undo, id, where) => {
    expect((await merge(path, change)).status).toBe(200);
    const changed = await now();
    expect(stateHash(changed)).not.toBe(stateHash(before));
    expect(diffStates(before, changed).map((difference) => `${difference.id} ${difference.path}`)).toContain(`${id} ${where}`);
    await merge(path, undo);
    await asBefore();
  });

  it('is another with an object more or less', async () => {
    const extra = { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta('extra') };
    await cluster.admin.client.apply(extra);
    expect(diffStates(before, await now())).toEqual([expect.objectContaining({ id: 'ConfigMap default/extra', path: '', before: undefined })]);
    await cluster.admin.client.remove(extra);
    await cluster.admin.client.remove(note);
    expect(diffStates(before, await now())).toEqual([expect.objectContaining({ id: 'podscope.test/Note default/first', path: '', after: undefined })]);
    await cluster.admin.client.apply(note);
    await asBefore();
  });

  it('is the same after its pods were deleted and came again, and another while they are away', async () => {
    for (const name of ['node-1', 'node-2', 'node-3', 'node-4']) await kubectl('cordon', name);
    for (const name of await podNames(cluster.admin.client, 'app=frontend')) await cluster.admin.client.remove({ apiVersion: 'v1', kind: 'Pod', metadata: meta(name) });
    await expect.poll(async () => (await now()).get('apps/Deployment default/frontend'), WAIT).toMatchObject({ pods: { ready: 0, current: 3 } });
    for (const name of ['node-1', 'node-2', 'node-3', 'node-4']) await kubectl('uncordon', name);
    await asBefore();
  });

  it('is another after a restart of a rollout, and the same when that is undone', async () => {
    await kubectl('rollout', 'restart', 'deployment/frontend');
    await kubectl('rollout', 'status', 'deployment/frontend', '--timeout=60s');
    expect(diffStates(before, await now()).map(({ path }) => path)).toContain('spec.template.metadata.annotations');
    await kubectl('rollout', 'undo', 'deployment/frontend');
    await kubectl('rollout', 'status', 'deployment/frontend', '--timeout=60s');
    await asBefore();
  });

  it('sees pods of an earlier template that are still there', async () => {
    await merge(deploymentPath, { spec: { paused: true, template: { spec: { containers: [{ ...container, image: 'example.test/app:2' }] } } } });
    expect((await now()).get('apps/Deployment default/frontend')).toMatchObject({ pods: { ready: 3, current: 0, outdated: 3 } });
    await merge(deploymentPath, { spec: { paused: null, template: { spec: { containers: [container] } } } });
    await asBefore();
  });

  it.each([
    ['StatefulSet', 'store', { type: 'RollingUpdate', rollingUpdate: { partition: 2 } }, { type: 'RollingUpdate', rollingUpdate: { partition: 0 } }, 2],
    ['DaemonSet', 'agent', { type: 'OnDelete' }, { type: 'OnDelete' }, 4],
  ] as const)('sees pods of an earlier template of a %s, too', async (kind, name, held, free, count) => {
    const path = `/apis/apps/v1/namespaces/default/${kind.toLowerCase()}s/${name}`;
    await merge(path, { spec: { updateStrategy: held, template: { spec: { containers: [{ ...container, image: 'example.test/app:2' }] } } } });
    expect((await now()).get(`apps/${kind} default/${name}`)).toMatchObject({ pods: { ready: count, current: 0, outdated: count } });
    // A template that was there before is a revision that was there before.
    await merge(path, { spec: { updateStrategy: free, template: { spec: { containers: [container] } } } });
    await asBefore();
  });

  it('is the same after objects were deleted and made again as they were', async () => {
    const [service] = objects.filter(({ kind }) => kind === 'Service');
    const found = await cluster.admin.client.read(service as KubeObject);
    await cluster.admin.client.remove(service as KubeObject);
    await cluster.admin.client.apply({ ...(service as KubeObject), spec: { ...(service?.['spec'] as object), clusterIP: (found?.['spec'] as { readonly clusterIP: string }).clusterIP } });
    await cluster.admin.client.remove(app);
    await cluster.admin.client.apply(app);
    await asBefore();
  });

  it('is the same after the API server was restarted', async () => {
    await cluster.restartApiServer();
    await asBefore();
  });
});
