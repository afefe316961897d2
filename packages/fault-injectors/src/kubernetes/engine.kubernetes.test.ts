import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../tools/kube-test-env/cluster.ts';
import { hasCluster, NEEDS_CLUSTER } from '../../../../tools/kube-test-env/fixtures/cluster.ts';
import { printed } from '../../../../tools/kube-test-env/fixtures/printed.ts';
import { planFault } from '../engine/checks.ts';
import { injectFault } from '../engine/inject.ts';
import { recoverFaults } from '../engine/recover.ts';
import { abortAll, revertFault } from '../engine/revertFault.ts';
import type { InjectOptions } from '../engine/types.ts';
import { clusterTarget } from '../testing/clusterTarget.ts';
import { sampleObjectFault } from '../testing/sampleObjectFault.ts';
import { sampleRecord } from '../testing/sampleRecord.ts';
import { connectKubernetes } from './api/api.ts';
import type { KubernetesApi, ObjectRef } from './api/types.ts';
import { faultRole } from './role/faultRole.ts';
import { clusterStore } from './store/clusterStore.ts';

const NAMESPACE = 'podscope-faults';
const faults = [sampleObjectFault];
const web: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const mark: ObjectRef = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web-mark' };

describe.skipIf(!hasCluster)(`faults in a cluster (${NEEDS_CLUSTER})`, () => {
  let cluster: StartedKubeCluster;
  let folder: string;
  let admin: KubernetesApi;
  let files = 0;

  const connect = async (kubeconfig: string): Promise<KubernetesApi> => connectKubernetes({ kubeconfig: await fileOf(kubeconfig) });
  async function fileOf(kubeconfig: string): Promise<string> {
    const path = join(folder, `${(files += 1)}.kubeconfig`);
    await writeFile(path, kubeconfig, { mode: 0o600 });
    return path;
  }
  const replicas = async (): Promise<unknown> => ((await admin.read(web))?.['spec'] as { replicas?: number } | undefined)?.replicas;
  const deployWeb = (labels: Readonly<Record<string, string>> = { 'podscope.dev/faults': 'allowed' }) =>
    admin.apply(
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: 'shop', labels },
        spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } } },
      },
      { force: true },
    );
  /** Everything that a fault or its store may leave. */
  const left = async (): Promise<readonly string[]> => {
    const kinds = [['v1', 'Secret', NAMESPACE], ['v1', 'ConfigMap', NAMESPACE], ['v1', 'ConfigMap', 'shop']] as const;
    const found = await Promise.all(kinds.map(([apiVersion, kind, namespace]) => admin.list({ apiVersion, kind, namespace }, ({ metadata }) => `${kind} ${metadata.name}`)));
    return found.flat().filter((name) => name !== 'ConfigMap kube-root-ca.crt');
  };
  const options = (more: Partial<InjectOptions> = {}): InjectOptions => ({ target: clusterTarget(admin), store: clusterStore(admin), ...more });

  beforeAll(async () => {
    cluster = await startKubeCluster({ onProgress: printed });
    folder = await mkdtemp(join(tmpdir(), 'podscope-engine-'));
    admin = await connect(cluster.admin.kubeconfig);
    await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'podscope.dev/faults': 'allowed' } } });
    await deployWeb();
  }, 45 * 60_000);
  afterAll(async () => {
    admin?.close();
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await clusterStore(admin).resume();
    await recoverFaults({ ...options(), faults, graceMs: 0, force: true });
    expect(await left()).toEqual([]);
  });

  it('injects, verifies and reverts, and leaves nothing', async () => {
    const { store } = options();
    await using fault = await injectFault(sampleObjectFault({}), options());
    expect(fault.state).toBe('injected');
    expect(await replicas()).toBe(5);
    expect(await store.list()).toMatchObject([{ id: fault.id, record: { before: { replicas: 2 }, state: 'injected', fault: 'sample-object' } }]);
    expect(await left()).toEqual(expect.arrayContaining([`Secret fault-${fault.id}`, 'ConfigMap fault-registry', 'ConfigMap web-mark']));
    await fault.revert();
    expect(await replicas()).toBe(2);
    expect(await left()).toEqual([]);
  });

  it('gives everything back although the namespace of its store is deleted', async () => {
    const store = clusterStore(admin, { namespace: 'faults-that-end' });
    const fault = await injectFault(sampleObjectFault({}), options({ store, heartbeatMs: 200 }));
    expect(await replicas()).toBe(5);
    await admin.remove({ apiVersion: 'v1', kind: 'Namespace', name: 'faults-that-end' });
    await expect.poll(() => fault.state, { timeout: 60_000, interval: 200 }).toBe('reverted');
    expect(fault.ended.reason).toMatchObject({ message: expect.stringContaining('its record was gone') });
    expect(await replicas()).toBe(2);
    expect(await admin.read(mark)).toBeUndefined();
  });

  it('does not take a record that was damaged for a fault that is reverted', async () => {
    const store = clusterStore(admin);
    const record = sampleRecord();
    await store.reserve(record);
    await admin.patch({ apiVersion: 'v1', kind: 'Secret', namespace: NAMESPACE, name: `fault-${record.id}` }, { data: { head: 'e30=' } });
    await expect(clusterStore(admin).peek(record.id)).rejects.toMatchObject({ code: 'FAULT_RECORD_UNREADABLE' });
    expect(await store.list()).toMatchObject([{ id: record.id, record: null }]);
    await store.remove(record.id);
    expect(await clusterStore(admin).peek(record.id)).toBeUndefined();
  });

  it('plans without a write', async () => {
    const before = await left();
    expect(await planFault(sampleObjectFault({}), options())).toMatchObject({ refusals: [], plan: { changes: [{ reason: 'replicas 2 → 5' }] } });
    expect(await left()).toEqual(before);
  });

  it('keeps a state from before of several megabytes, exactly, and of a few bytes', async () => {
    const store = clusterStore(admin);
    const noise = Array.from({ length: 400_000 }, (_, index) => Math.imul(index + 1, 0x9e3779b1).toString(36)).join('');
    const record = sampleRecord({ before: { noise, text: 'ä\u0000' } });
    await store.reserve(record);
    expect((await left()).filter((name) => name.startsWith('Secret')).length).toBeGreaterThan(2);
    expect(await clusterStore(admin).read(record.id)).toEqual(record);
    expect(await clusterStore(admin).update(record.id, (each) => ({ ...each, state: 'injected' }))).toEqual({ ...record, state: 'injected' });
    await admin.remove({ apiVersion: 'v1', kind: 'Secret', namespace: NAMESPACE, name: `fault-${record.id}-1` });
    expect(await store.list()).toMatchObject([{ id: record.id, record: null, reason: expect.stringContaining('missing') }]);
    await store.remove(record.id);
    await expect.poll(left, { timeout: 30_000 }).toEqual([]);
  });

  it('lets one of many injectors in that want the same, or that break a limit together', async () => {
    const stores = Array.from({ length: 6 }, () => clusterStore(admin));
    const record = (index: number, things: string[]) => sampleRecord({ id: index.toString(16).padStart(16, '0'), limits: { count: 3 }, blastRadius: { unit: 'pods', count: 1, of: 10, objects: [], things } });
    const same = await Promise.allSettled(stores.map((store, index) => store.reserve(record(index, ['one']))));
    expect(same.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(same.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'FAULT_OBJECT_TAKEN' } });
    const others = await Promise.allSettled(stores.map((store, index) => store.reserve(record(index + 100, [`thing ${index}`]))));
    expect(others.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(others.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'FAULT_BLAST_RADIUS' } });
    for (const { id } of await clusterStore(admin).list()) await clusterStore(admin).remove(id);
  });

  it('loses no update of two that change a record at once, and brings none back that is removed', async () => {
    const { id } = sampleRecord();
    const [one, other] = [clusterStore(admin), clusterStore(admin)];
    await one.reserve(sampleRecord({ params: { count: 0 } }));
    const count = (store: typeof one) => store.update(id, (each) => ({ ...each, params: { count: Number(each.params['count']) + 1 } }));
    await Promise.all([count(one), count(other), count(one), count(other), count(other)]);
    expect((await one.read(id))?.params).toEqual({ count: 5 });
    await other.remove(id);
    expect(await count(one)).toBeUndefined();
    expect(await one.list()).toEqual([]);
  });

  it('refuses what has not opted in, what an autoscaler keeps, and a second fault on one object', async () => {
    await deployWeb({});
    await expect(injectFault(sampleObjectFault({}), options())).rejects.toMatchObject({ code: 'FAULT_NOT_OPTED_IN', details: ['Deployment shop/web'] });
    await deployWeb();
    const hpa = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web', namespace: 'shop' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 4 } };
    await admin.apply(hpa);
    await expect(injectFault(sampleObjectFault({}), options())).rejects.toMatchObject({ code: 'FAULT_OWNED', details: [expect.stringContaining('HorizontalPodAutoscaler shop/web')] });
    await admin.remove({ apiVersion: hpa.apiVersion, kind: hpa.kind, namespace: 'shop', name: 'web' });
    expect(await left()).toEqual([]);
    await using first = await injectFault(sampleObjectFault({}), options());
    await expect(injectFault(sampleObjectFault({ replicas: 3 }), options())).rejects.toMatchObject({ code: 'FAULT_OBJECT_TAKEN', message: expect.stringContaining(first.id) });
    expect(await replicas()).toBe(5);
  });

  it('does not revert over somebody else’s change, nor a Deployment that was made anew', async () => {
    const fault = await injectFault(sampleObjectFault({}), options());
    await admin.patch(web, { spec: { replicas: 7 } });
    await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: ['spec.replicas: 5 → 7'] });
    expect(await recoverFaults({ ...options(), faults, graceMs: 0 })).toMatchObject([{ outcome: 'changed' }]);
    await admin.remove(web, { propagation: 'Foreground' });
    await expect.poll(() => admin.read(web), { timeout: 30_000 }).toBeUndefined();
    await deployWeb();
    await admin.patch(web, { spec: { replicas: 9 } });
    await expect(revertFault(fault.id, { ...options(), faults })).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: [expect.stringContaining('made anew')] });
    await fault.revert({ force: true });
    expect(await replicas()).toBe(9);
    await deployWeb();
  });

  it('stops everything by the kill switch, also for the injector of another store', async () => {
    const fault = await injectFault(sampleObjectFault({}), options({ heartbeatMs: 100 }));
    const ended = once(fault.ended, 'abort');
    expect(await abortAll({ ...options(), faults, by: 'somebody' })).toMatchObject([{ id: fault.id, outcome: 'reverted' }]);
    await ended;
    expect(await replicas()).toBe(2);
    await expect(injectFault(sampleObjectFault({}), options())).rejects.toMatchObject({ code: 'FAULT_STOPPED', message: expect.stringContaining('somebody') });
  });

  it('is done by an account with exactly the documented Role, and refused with the verb and resource that another lacks', async () => {
    const user = await cluster.user('injector');
    const api = await connect(user.kubeconfig);
    const own = options({ target: clusterTarget(api), store: clusterStore(api) });
    await expect(injectFault(sampleObjectFault({}), own)).rejects.toMatchObject({ code: 'FAULT_FORBIDDEN', message: expect.stringContaining('get deployments.apps web in namespace shop'), details: expect.arrayContaining([expect.stringContaining('patch deployments/scale.apps')]) });
    const role = faultRole([sampleObjectFault({})], { subject: { kind: 'User', name: 'injector' } });
    for (const object of role) await admin.apply(object);
    await using fault = await injectFault(sampleObjectFault({}), own);
    expect(fault.state).toBe('injected');
    await fault.revert();
    expect(await recoverFaults({ target: own.target, store: own.store, faults })).toEqual([]);
    for (const { apiVersion, kind, metadata } of role) await admin.remove({ apiVersion, kind, ...metadata });
    api.close();
  });

  it('is brought back after the injector was killed at any step', async () => {
    const kubeconfig = await fileOf(cluster.admin.kubeconfig);
    const program = join(import.meta.dirname, '../testing/dyingClusterInjector.ts');
    const died: string[] = [];
    for (let at = 0; ; at += 1) {
      // With a state from before that is split, so that its parts are steps, too.
      const child = spawn(process.execPath, ['--conditions=@podscope/source', program, kubeconfig, String(at), '1200000'], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.on('data', (chunk) => (said += String(chunk)));
      const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
      if (signal === null) {
        expect(said.trim()).toBe('end');
        break;
      }
      died.push(said.trim());
      const outcomes = await recoverFaults({ ...options(), faults });
      expect(outcomes.filter(({ outcome }) => outcome !== 'reverted'), said).toEqual([]);
      expect(await replicas(), said).toBe(2);
      await expect.poll(left, { timeout: 30_000, message: said }).toEqual([]);
    }
    expect(died).toEqual(expect.arrayContaining(['reserve: after keep part 1', 'reserve: before take the claim', 'inject: after scale', 'inject: after mark', 'revert: after scale back', 'release: after remove the record']));
    expect(await admin.read(mark)).toBeUndefined();
  }, 900_000);

  it('goes on when the API server is killed in the middle of an injection and of a revert', async () => {
    let restarts: Promise<void> | undefined;
    // Each of them once: a write that failed because of it is tried again.
    const at = new Set(['mark', 'scale back']);
    const onStep: InjectOptions['onStep'] = ({ step, when }) => {
      if (when === 'before' && at.delete(step)) restarts = cluster.restartApiServer({ downMs: 300 });
    };
    const fault = await injectFault(sampleObjectFault({}), options({ onStep }));
    await restarts;
    expect(fault.state).toBe('injected');
    expect(await replicas()).toBe(5);
    await fault.revert();
    await restarts;
    expect(await replicas()).toBe(2);
  }, 300_000);
});
