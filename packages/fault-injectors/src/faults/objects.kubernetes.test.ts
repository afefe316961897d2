import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startKubeCluster, type StartedKubeCluster } from '../../../../tools/kube-test-env/cluster.ts';
import { EXIT_CODE } from '../../../../tools/kube-test-env/cluster/stages.ts';
import { hasCluster, NEEDS_CLUSTER } from '../../../../tools/kube-test-env/fixtures/cluster.ts';
import { printed } from '../../../../tools/kube-test-env/fixtures/printed.ts';
import { clusterState, type ClusterState, diffStates, stateHash } from '../../../../tools/kube-test-env/stateHash.ts';
import type { Fault } from '../definition/defineFault.ts';
import { planFault } from '../engine/checks.ts';
import { injectFault } from '../engine/inject.ts';
import { recoverFaults } from '../engine/recover.ts';
import type { InjectOptions, JournalEvent } from '../engine/types.ts';
import { connectKubernetes } from '../kubernetes/api/api.ts';
import type { KubernetesObject, ObjectRef } from '../kubernetes/api/types.ts';
import { restrictedNamespace, restrictedWorkload } from '../kubernetes/objects/fixtures/restricted.ts';
import { cacheObjects, SHOP, type Scene, scenes, shopObjects } from '../kubernetes/objects/fixtures/scenes.ts';
import { openShop, type Shop } from '../kubernetes/objects/fixtures/shop.ts';
import { objectTarget } from '../kubernetes/objects/fixtures/target.ts';
import { podSeen } from '../kubernetes/objects/pods.ts';
import { FAULT_MANAGER } from '../kubernetes/objects/ownership.ts';
import { clusterStore } from '../kubernetes/store/clusterStore.ts';
import { faultCatalogue } from './catalogue.ts';

const titled = scenes().map((scene) => [[scene.fault, scene.of].filter(Boolean).join(', '), scene] as const);

function faultOf({ fault, params }: Pick<Scene, 'fault' | 'params'>): Fault {
  const kind = faultCatalogue.find(({ id }) => id === fault);
  if (kind === undefined) throw new Error(`There is no fault ${fault}.`);
  return kind.from(params);
}

describe.skipIf(!hasCluster)(`faults on objects (${NEEDS_CLUSTER})`, () => {
  let cluster: StartedKubeCluster;
  let shop: Shop;
  let folder: string;
  const state = () => clusterState(cluster.admin.client);
  const differences = async (before: ClusterState) => diffStates(before, await state());
  const options = (more: Partial<InjectOptions> = {}): InjectOptions => ({ target: shop.target, store: clusterStore(shop.admin), ...more });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podscope-audit-'));
    const policy = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', omitStages: ['RequestReceived', 'ResponseStarted'], rules: [{ level: 'Metadata' }] };
    await writeFile(join(folder, 'policy.yaml'), JSON.stringify(policy));
    cluster = await startKubeCluster({ onProgress: printed, flags: { 'audit-policy-file': join(folder, 'policy.yaml'), 'audit-log-path': join(folder, 'audit.log'), 'audit-log-maxsize': '2000' } });
    shop = await openShop(cluster);
  }, 45 * 60_000);
  afterAll(async () => {
    await shop?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    await recoverFaults({ ...options(), faults: faultCatalogue, graceMs: 0, force: true });
    await shop.settled();
  });

  /** Which of a fault's accesses its account has not used, by the API server's own audit. Whoever lists need not watch, where all is there at once. */
  async function unused(fault: Fault, user: string): Promise<readonly string[]> {
    const events = (await readFile(join(folder, 'audit.log'), 'utf8')).split('\n').filter((line) => line.includes(`"${user}"`)).map((line) => JSON.parse(line) as { readonly verb: string; readonly objectRef?: { readonly resource?: string; readonly subresource?: string } });
    const used = new Set(events.map(({ verb, objectRef }) => `${verb} ${objectRef?.resource ?? ''}${objectRef?.subresource === undefined ? '' : `/${objectRef.subresource}`}`));
    const declared = (fault.on('kubernetes')?.accesses() ?? []).map(({ verb, resource, subresource }) => `${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}`);
    return [...new Set(declared)].filter((each) => !used.has(each) && !(each.startsWith('watch ') && used.has(each.replace('watch', 'list')))).sort();
  }

  it.each(titled)('%s: is injected, verified and reverted by an account with exactly its Role, and all is as before', async (_, scene) => {
    const fault = faultOf(scene);
    const account = await shop.accountFor(fault);
    const before = await state();
    const { target } = account;
    const store = clusterStore(target.api);

    const planned = await planFault(fault, { target, store });
    expect(planned.refusals).toEqual([]);
    expect(await differences(before)).toEqual([]);

    const journal: JournalEvent[] = [];
    const injected = await injectFault(fault, { target, store, journal: (event) => journal.push(event) });
    expect(injected.state).toBe(scene.symptom === 'present' ? 'injected' : 'injected-unverified');
    // A killed pod is made again at once; all else differs for as long as the fault is there.
    if (!scene.fault.startsWith('pod-kill')) expect(await differences(before)).not.toEqual([]);
    // What the plan says is made is there under that name.
    for (const { kind, name } of planned.plan.changes.filter(({ action }) => action === 'create')) expect((await differences(before)).map((each) => each.id)).toContain(`${kind === 'NetworkPolicy' ? 'networking.k8s.io/' : ''}${kind} ${name.replace('<id>', injected.id)}`);
    expect(await injected.verify()).toMatchObject({ symptom: scene.symptom, findings: expect.arrayContaining([expect.stringMatching(scene.finding)]) });
    await injected.revert();

    expect(await differences(before)).toEqual([]);
    expect(stateHash(await state())).toBe(stateHash(before));
    expect((await unused(fault, account.name)).filter((each) => !(scene.spare ?? []).includes(each))).toEqual([]);
    await account.end();
    // Whoever owns what was changed owns it again, and is in nobody's way when applying it once more.
    const changed = injected.blastRadius.objects.filter(({ paths }) => paths === undefined || paths.length > 0);
    for (const ref of changed) {
      const { managedFields = [] } = (await shop.admin.read(ref) as KubernetesObject).metadata;
      expect(managedFields).not.toContainEqual(expect.objectContaining({ manager: FAULT_MANAGER }));
      const own = shopObjects().find(({ kind, metadata }) => kind === ref.kind && metadata.name === ref.name);
      if (own === undefined) continue;
      await shop.apply(own);
      expect(managedFields).toEqual(((await shop.admin.read(ref)) as KubernetesObject).metadata.managedFields);
    }
  });

  it('has a scene for every fault that only asks the API server', () => {
    const ids = new Set(scenes().map(({ fault }) => fault));
    // Those of applications are tried where there are applications: kubernetes/application.
    expect([...ids].sort()).toEqual(faultCatalogue.filter(({ provable, targets }) => targets.includes('kubernetes') && provable !== 'application').map(({ id }) => id).sort());
  });

  it('says of an account without the Role which verb and resource it lacks, and changes nothing', async () => {
    const { kubeconfig } = await cluster.user('nobody');
    const api = await connectKubernetes({ kubeconfig: await shop.fileOf(kubeconfig) });
    const before = await state();
    for (const scene of scenes()) {
      const refused = injectFault(faultOf(scene), options({ target: objectTarget(api) }));
      await expect(refused, scene.fault).rejects.toMatchObject({ code: 'FAULT_FORBIDDEN', message: expect.stringMatching(/may not (get|list|create|delete|patch) [a-z/.]+/) });
    }
    expect(await differences(before)).toEqual([]);
    api.close();
  });

  describe('after kill -9', () => {
    const program = join(import.meta.dirname, '../kubernetes/objects/fixtures/dyingInjector.ts');

    async function run(scene: Pick<Scene, 'fault' | 'params'>, at: string, kubeconfig: string): Promise<{ readonly said: string; readonly killed: boolean }> {
      const child = spawn(process.execPath, ['--conditions=@podscope/source', program, kubeconfig, scene.fault, JSON.stringify(scene.params), at], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.on('data', (chunk) => (said += String(chunk)));
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
      expect(code ?? signal).toSatisfy((end) => end === 0 || end === 'SIGKILL');
      return { said: said.trim(), killed: signal !== null };
    }

    // One step of each of these, early and late; `npm run test:soak` takes every step of every fault.
    const few: readonly (readonly [string, number])[] = [['replica-storm', 5], ['bad-config, ConfigMap', 9], ['node-drain', 7], ['network-cut-off', 8], ['service-selector-typo', 14], ['pvc-full', 12], ['quota-too-small', 6], ['scale-to-zero', 12]];
    it.each(few)('%s at step %i: recover brings everything back', async (title, at) => {
      const scene = titled.find(([each]) => each === title)?.[1] as Scene;
      const before = await state();
      const { said, killed } = await run(scene, String(at), await shop.fileOf(cluster.admin.kubeconfig));
      expect(killed, said).toBe(true);
      const outcomes = await recoverFaults({ ...options(), faults: faultCatalogue });
      expect(outcomes.filter(({ outcome }) => outcome !== 'reverted'), said).toEqual([]);
      await shop.settled();
      expect(await differences(before), said).toEqual([]);
    });

    it('500 pods are told by watching', async () => {
      const before = await state();
      const { said } = await run({ fault: 'replica-storm', params: { namespace: SHOP, deployment: 'web', replicas: 500 } }, 'never', await shop.fileOf(cluster.admin.kubeconfig));
      const { state: ended, found } = JSON.parse(said) as { readonly state: string; readonly found: readonly string[] };
      expect(ended).toBe('reverted');
      expect(found[0]).toMatch(/^4\d\d of 500 pods are Pending with the reason Unschedulable, 3\d are Running$/);
      expect(await differences(before)).toEqual([]);
    });
  });

  describe('beside somebody else', () => {
    const web: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: SHOP, name: 'web' };
    const store: ObjectRef = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: SHOP, name: 'store' };
    const params = { namespace: SHOP, workload: 'web' };
    const storm = (replicas: number) => faultOf({ fault: 'replica-storm', params: { namespace: SHOP, deployment: 'web', replicas } });
    const own = (ref: ObjectRef) => shopObjects().find(({ kind, metadata }) => kind === ref.kind && metadata.name === ref.name) as ReturnType<typeof shopObjects>[number];
    const spec = async (ref: ObjectRef) => ((await shop.admin.read(ref))?.['spec'] ?? {}) as { readonly replicas?: number; readonly template: { readonly metadata: { readonly annotations?: object }; readonly spec: { readonly containers: readonly { readonly image: string; readonly env: readonly { readonly name: string; readonly value?: string }[] }[] } } };

    it('lets no second fault at an object, nor at a namespace', async () => {
      await using first = await injectFault(faultOf({ fault: 'bad-image', params }), options());
      await expect(injectFault(faultOf({ fault: 'crash-loop', params }), options())).rejects.toMatchObject({ code: 'FAULT_OBJECT_TAKEN', message: expect.stringContaining(first.id) });
      await using other = await injectFault(faultOf({ fault: 'scale-to-zero', params: { namespace: SHOP, workload: 'statefulset/store' } }), options());
      expect(other.state).toBe('injected');
      await Promise.all([first.revert(), other.revert()]);
      await using quota = await injectFault(faultOf({ fault: 'quota-too-small', params: { namespace: SHOP, pods: 100 } }), options({ verifyMs: 0 }));
      await expect(injectFault(faultOf({ fault: 'quota-too-small', params: { namespace: SHOP } }), options())).rejects.toMatchObject({ code: 'FAULT_OBJECT_TAKEN', message: expect.stringContaining(quota.id) });
    });

    it('keeps what others change elsewhere in the same object', async () => {
      const before = await state();
      const fault = await injectFault(faultOf({ fault: 'bad-config', params: { ...params, env: 'COLOUR' } }), options());
      await shop.admin.patch(web, { metadata: { labels: { team: 'blue' } }, spec: { template: { metadata: { annotations: { note: 'kept' } } } } }, { fieldManager: 'somebody' });
      const { template } = await spec(web);
      await shop.admin.patch(web, [{ op: 'add', path: '/spec/template/spec/containers/0/env/0', value: { name: 'NEW', value: 'kept' } }], { fieldManager: 'somebody' });
      expect(template.spec.containers[0]?.env[1]).toEqual({ name: 'COLOUR', value: 'nowhere.invalid' });
      await fault.revert();
      expect((await spec(web)).template.spec.containers[0]?.env).toEqual([{ name: 'NEW', value: 'kept' }, { name: 'FIRST', value: 'one' }, { name: 'COLOUR', value: 'blue' }, { name: 'LAST', value: 'three' }]);
      expect((await spec(web)).template.metadata.annotations).toEqual({ note: 'kept' });
      const managers = ((await shop.admin.read(web)) as KubernetesObject).metadata.managedFields?.map((each) => (each as { readonly manager: string }).manager);
      expect(managers).toContain('somebody');
      expect(managers).not.toContain(FAULT_MANAGER);
      await shop.admin.patch(web, [{ op: 'remove', path: '/metadata/labels/team' }, { op: 'remove', path: '/spec/template/metadata/annotations' }, { op: 'remove', path: '/spec/template/spec/containers/0/env/0' }], { fieldManager: 'somebody' });
      await shop.settled();
      expect(await differences(before)).toEqual([]);
    });

    it('does not revert over a change in the same place, but by force', async () => {
      const fault = await injectFault(storm(97), options());
      await shop.admin.patch(web, { spec: { replicas: 12 } }, { fieldManager: 'somebody' });
      await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: ['Deployment shop/web: spec.replicas: 97 → 12'] });
      expect((await spec(web)).replicas).toBe(12);
      await fault.revert({ force: true });
      expect((await spec(web)).replicas).toBe(3);
      await shop.apply(own(web));
    });

    it('leaves an object alone that was deleted and made anew', async () => {
      const fault = await injectFault(storm(90), options());
      await shop.admin.remove(web, { propagation: 'Foreground' });
      await expect.poll(() => shop.admin.read(web), { timeout: 60_000 }).toBeUndefined();
      await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: ['Deployment shop/web was deleted'] });
      await shop.apply({ ...own(web), spec: { ...(own(web)['spec'] as object), replicas: 2 } });
      await expect(fault.revert()).rejects.toMatchObject({ code: 'FAULT_TARGET_CHANGED', details: ['Deployment shop/web was deleted and made anew'] });
      await fault.revert({ force: true });
      expect((await spec(web)).replicas).toBe(2);
      expect(await clusterStore(shop.admin).list()).toEqual([]);
      await shop.apply(own(web));
    });

    it('finds what it made deleted by somebody else, and nothing of that name made by somebody else is touched', async () => {
      const quotas = () => shop.admin.list({ apiVersion: 'v1', kind: 'ResourceQuota', namespace: SHOP });
      const fault = await injectFault(faultOf({ fault: 'quota-too-small', params: { namespace: SHOP } }), options());
      const [made] = await quotas();
      const ref = { apiVersion: 'v1', kind: 'ResourceQuota', namespace: SHOP, name: made?.metadata.name ?? '' };
      await shop.admin.remove(ref);
      await shop.admin.create({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: ref.name, namespace: SHOP }, spec: { hard: { pods: '500' } } });
      await fault.revert();
      expect(await quotas()).toMatchObject([{ metadata: { name: ref.name }, spec: { hard: { pods: '500' } } }]);
      await shop.admin.remove(ref);
    });

    it('replaces the pod of a StatefulSet that never got ready, which its controller would wait for', async () => {
      const before = await state();
      const fault = await injectFault(faultOf({ fault: 'bad-image', params: { namespace: SHOP, workload: 'statefulset/store' } }), options());
      const pods = async () => shop.admin.list({ apiVersion: 'v1', kind: 'Pod', namespace: SHOP, labelSelector: 'app=store' }, (pod) => ({ ...podSeen(pod), image: (pod as unknown as { readonly spec: { readonly containers: readonly { readonly image: string }[] } }).spec.containers[0]?.image }));
      await expect.poll(pods, { timeout: 30_000 }).toContainEqual(expect.objectContaining({ image: expect.stringContaining('registry.invalid') }));
      const stuck = (await pods()).find(({ image }) => image?.includes('registry.invalid'));
      const pod: ObjectRef = { apiVersion: 'v1', kind: 'Pod', namespace: SHOP, name: stuck?.name ?? '' };
      // What a kubelet would say of it; kwok's rules let it be ready.
      const status = { conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }, { type: 'ContainersReady', status: 'False' }] };
      await shop.admin.patch(pod, { status }, { subresource: 'status' });
      await expect.poll(async () => ((await shop.admin.read(store))?.['status'] as { readonly readyReplicas?: number }).readyReplicas, { timeout: 30_000 }).toBeLessThan(2);
      await fault.revert();
      expect((await shop.admin.read(pod))?.metadata.uid).not.toBe(stuck?.uid);
      expect(await differences(before)).toEqual([]);
    });

    it.each([
      ['a pod that may have written something', 'ContainerCreating', true],
      ['a pod that got no image', 'ImagePullBackOff', false],
    ])('cleans a volume after %s, or needs not', async (_, reason, cleans) => {
      const before = await state();
      const steps: string[] = [];
      const fault = await injectFault(faultOf({ fault: 'pvc-full', params: { namespace: SHOP, claim: 'data' } }), options({ journal: ({ step }) => steps.push(step ?? '') }));
      const fill: ObjectRef = { apiVersion: 'v1', kind: 'Pod', namespace: SHOP, name: `podscope-fault-${fault.id}-fill` };
      // What a kubelet would say of it.
      await shop.admin.patch(fill, { status: { containerStatuses: [{ name: 'fault', image: '', imageID: '', ready: false, restartCount: 0, state: { waiting: { reason } } }] } }, { subresource: 'status' });
      await fault.revert();
      expect(steps.some((step) => step.endsWith('-clean'))).toBe(cleans);
      expect(await differences(before)).toEqual([]);
    });

    it('asks PodDisruptionBudgets, and takes no for an answer', async () => {
      const budget = own({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', namespace: SHOP, name: 'web' });
      await shop.apply({ ...budget, spec: { ...(budget['spec'] as object), maxUnavailable: 0 } });
      await expect.poll(async () => ((await shop.admin.read({ ...web, apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' }))?.['status'] as { readonly disruptionsAllowed?: number }).disruptionsAllowed, { timeout: 30_000 }).toBe(0);
      await expect(injectFault(faultOf({ fault: 'pod-kill', params: { ...params, respectBudgets: true } }), options())).rejects.toMatchObject({ code: 'FAULT_INJECT_FAILED', cause: { code: 'KUBE_DISRUPTION_REFUSED' } });
      const nodes = new Set(await shop.admin.list({ apiVersion: 'v1', kind: 'Pod', namespace: SHOP, labelSelector: 'app=web' }, (pod) => podSeen(pod).node));
      const [node] = [...nodes].filter((each): each is string => each !== undefined);
      await shop.admin.patch({ apiVersion: 'v1', kind: 'Node', name: node ?? '' }, { metadata: { labels: { 'podscope.dev/faults': 'allowed' } } });
      const marked = await state();
      const drain = await injectFault(faultOf({ fault: 'node-drain', params: { node, namespaces: [SHOP], evictSeconds: 0 } }), options({ verifyMs: 5_000, keepWithoutSymptom: true }));
      expect(['partial', 'not-injected']).toContain(drain.state);
      expect((await drain.verify()).findings.join()).toMatch(/shop\/web-\S+ is still there/);
      await drain.revert();
      expect(await differences(marked)).toEqual([]);
      await shop.apply(budget);
    });
  });

  describe('on workloads of an unusual shape', () => {
    const namespace = 'odd';
    const params = { namespace, workload: 'web' };
    const ref = (kind: string, name = 'web'): ObjectRef => ({ apiVersion: 'apps/v1', kind, namespace, name });
    const otherImage = [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.example/web:2.0' }];
    // What is 0 is left out.
    const statusOf = async (kind: string) => ({ updatedReplicas: 0, ...((await shop.admin.read(ref(kind)))?.['status'] as object) });
    async function made(kind: 'Deployment' | 'StatefulSet', spec: object = {}): Promise<void> {
      await shop.apply(restrictedWorkload(namespace, 'web', { kind, replicas: 2, spec }));
      await expect.poll(() => statusOf(kind), { timeout: 60_000 }).toMatchObject({ readyReplicas: 2, replicas: 2, updatedReplicas: 2 });
    }

    beforeAll(() => shop.apply(restrictedNamespace(namespace)));
    afterEach(async () => {
      await Promise.all(['Deployment', 'StatefulSet'].map((kind) => shop.admin.remove(ref(kind))));
      await expect.poll(() => shop.admin.list({ apiVersion: 'v1', kind: 'Pod', namespace }), { timeout: 60_000 }).toEqual([]);
    });

    it('kills no pod of a canary whose labels the selector covers', async () => {
      const canary = restrictedWorkload(namespace, 'web-canary', { replicas: 1 });
      const { template, ...spec } = canary['spec'] as { readonly template: object };
      const labels = { app: 'web', track: 'canary' };
      await shop.apply({ ...canary, spec: { ...spec, selector: { matchLabels: labels }, template: { ...template, metadata: { labels } } } });
      await made('Deployment');
      await expect.poll(() => shop.admin.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector: 'track=canary' }), { timeout: 30_000 }).toHaveLength(1);
      const { plan } = await planFault(faultOf({ fault: 'pod-kill', params: { ...params, count: 100 } }), options());
      expect(plan.changes.map(({ name }) => name)).toEqual([expect.stringMatching(/^odd\/web-[^-]+-[^-]+$/), expect.stringMatching(/^odd\/web-[^-]+-[^-]+$/)]);
      const zero = await injectFault(faultOf({ fault: 'scale-to-zero', params }), options());
      expect(zero.state).toBe('injected');
      await zero.revert();
      await shop.admin.remove(ref('Deployment', 'web-canary'));
    });

    it.each([
      ['a paused rollout', 'Deployment', { paused: true }, 'scale-to-zero', 0],
      ['a rollout to a part', 'StatefulSet', { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } }, 'pod-kill', 1],
    ] as const)('brings back %s as it was, and asks for no more', async (_, kind, spec, fault, updated) => {
      await made(kind);
      await shop.admin.patch(ref(kind), { spec });
      await shop.admin.patch(ref(kind), otherImage);
      await expect.poll(() => statusOf(kind), { timeout: 60_000 }).toMatchObject({ updatedReplicas: updated, readyReplicas: 2 });
      const injected = await injectFault(faultOf({ fault, params: { namespace, workload: `${kind.toLowerCase()}/web` } }), options({ restoreMs: 30_000 }));
      await injected.revert();
      expect(await statusOf(kind)).toMatchObject({ updatedReplicas: updated, readyReplicas: 2 });
    });

    it.each([
      ['pods', { fault: 'pod-kill', params }],
      ['endpoints', { fault: 'service-selector-typo', params: { namespace, service: 'web' } }],
    ])('waits for no %s that somebody has scaled away since', async (_, scene) => {
      await made('Deployment');
      await shop.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } });
      await expect.poll(async () => (await planFault(faultOf({ fault: 'service-selector-typo', params: { namespace, service: 'web' } }), options())).blastRadius.count, { timeout: 30_000 }).toBe(2);
      const injected = await injectFault(faultOf(scene), options({ restoreMs: 30_000 }));
      await shop.admin.patch(ref('Deployment'), { spec: { replicas: 1 } }, { fieldManager: 'autoscaler' });
      await expect.poll(() => statusOf('Deployment'), { timeout: 60_000 }).toMatchObject({ readyReplicas: 1, replicas: 1 });
      await injected.revert();
    });

    it('counts no pods that are done when it makes a quota too small', async () => {
      await made('Deployment');
      const { template } = restrictedWorkload(namespace, 'done')['spec'] as { readonly template: { readonly spec: object } };
      const done: ObjectRef = { apiVersion: 'v1', kind: 'Pod', namespace, name: 'done' };
      await shop.admin.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'done', namespace, annotations: { [EXIT_CODE]: '0' } }, spec: { ...template.spec, restartPolicy: 'Never' } });
      await expect.poll(async () => ((await shop.admin.read(done))?.['status'] as { readonly phase?: string }).phase, { timeout: 30_000 }).toBe('Succeeded');
      const quota = await injectFault(faultOf({ fault: 'quota-too-small', params: { namespace } }), options());
      expect(quota).toMatchObject({ state: 'injected', blastRadius: { count: 2, of: 2 } });
      await quota.revert();
      await shop.admin.remove(done);
    });
  });

  describe('refuses, and changes nothing:', () => {
    const params = { namespace: SHOP, workload: 'web' };
    const refused: readonly (readonly [string, Pick<Scene, 'fault' | 'params'>, RegExp])[] = [
      ['a namespace that is not there', { fault: 'bad-image', params: { ...params, namespace: 'nowhere' } }, /no Deployment nowhere\/web/],
      ['a workload that is not there', { fault: 'scale-to-zero', params: { ...params, workload: 'statefulset/web' } }, /no StatefulSet shop\/web/],
      ['a container that is not there', { fault: 'crash-loop', params: { ...params, container: 'sidecar' } }, /no container sidecar/],
      ['a variable that is not there', { fault: 'bad-config', params: { ...params, env: 'NONE' } }, /no environment variable NONE/],
      ['a ConfigMap that is not there', { fault: 'bad-config', params: { ...params, configMap: 'none', key: 'a' } }, /no ConfigMap shop\/none/],
      ['a storm that is none', { fault: 'replica-storm', params: { namespace: SHOP, deployment: 'web', replicas: 3 } }, /asks for 3 replicas already/],
      ['a limit that is as low already', { fault: 'memory-limit-too-low', params: { ...params, memoryMiB: 64 } }, /has a limit of 64Mi already/],
      ['a port that another container of the pod listens on', { fault: 'failing-readiness-probe', params: { ...params, container: 'helper', port: 8080 } }, /listens on port 8080/],
      ['a port that the container listens on', { fault: 'failing-readiness-probe', params: { ...params, port: 8080 } }, /listens on port 8080/],
      ['pods that keep data in an emptyDir', { fault: 'node-drain', params: { node: 'node-1', namespaces: ['cache'] } }, /keep data in an emptyDir/],
      ['a node that is not there', { fault: 'node-cordon', params: { node: 'node-99' } }, /no Node node-99/],
      ['a claim that is not there', { fault: 'pvc-full', params: { namespace: SHOP, claim: 'none' } }, /no PersistentVolumeClaim shop\/none/],
      ['one direction where a policy is for both', { fault: 'network-cut-off', params: { namespace: 'cache', workload: 'cache', direction: 'ingress' } }, /is for both directions/],
      ['paused rollouts', { fault: 'bad-image', params: { namespace: 'cache', workload: 'paused' } }, /are paused/],
      ['no replicas', { fault: 'crash-loop', params: { namespace: 'cache', workload: 'none' } }, /asks for no pods/],
      ['replacement by hand only', { fault: 'crash-loop', params: { namespace: 'cache', workload: 'statefulset/by-hand' } }, /OnDelete/],
    ];

    beforeAll(async () => {
      for (const object of cacheObjects()) await shop.apply(object);
      const ready = async () => (await shop.admin.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'cache' }, podSeen)).filter((pod) => pod.ready).length;
      while ((await ready()) < 2) await sleep(50);
    });

    it.each(refused)('%s', async (_, scene, message) => {
      const before = await state();
      await expect(injectFault(faultOf(scene), options())).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: expect.stringMatching(message), hint: expect.stringMatching(/\w/) });
      expect(await differences(before)).toEqual([]);
    });

    it('a namespace that is ending', async () => {
      const ref = { apiVersion: 'v1', kind: 'Namespace', name: 'cache' };
      await shop.admin.patch({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'cache', name: 'kept' }, { metadata: { finalizers: ['podscope.test/kept'] } });
      await shop.admin.remove(ref);
      await expect(injectFault(faultOf({ fault: 'bad-config', params: { namespace: 'cache', workload: 'cache', configMap: 'kept', key: 'a' } }), options())).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: expect.stringMatching(/is being deleted/) });
      await expect(injectFault(faultOf({ fault: 'quota-too-small', params: { namespace: 'cache' } }), options())).rejects.toMatchObject({ code: 'FAULT_TARGET_UNFIT', message: 'The namespace cache is being deleted.' });
      await shop.admin.patch({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'cache', name: 'kept' }, { metadata: { finalizers: [] } });
    });
  });
});
