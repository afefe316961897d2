import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesApi, ObjectToWrite } from '@podscope/fault-injectors/kubernetes';
import { startKubeCluster, type StartedKubeCluster } from '../../../../../../tools/kube-test-env/cluster.ts';
import { printed } from '../../../../../../tools/kube-test-env/fixtures/printed.ts';
import { diffObjects } from '../diff/diff.ts';
import { untilGone } from '../remove/gone.ts';
import { type Connected, connected, noting } from '../testing/connected.ts';
import { inventory, scaledOut } from '../testing/inventory.ts';
import { configMap, deployment, namespace, noteKind, workshopObjects } from '../testing/objects.ts';
import { waitForWorkloads } from '../wait/waitForWorkloads.ts';
import { applyObjects, type ApplyOptions } from './apply.ts';
import { APPLYSET, type ApplySetId, applySetLabel, titleOf } from './applySet.ts';
import { observeApplySet } from './observe.ts';
import { type ApplyPlan, isUnchanged, planApply, type PlanOptions } from './plan.ts';

let cluster: StartedKubeCluster;
let admin: Connected;
let api: KubernetesApi;
beforeAll(async () => {
  cluster = await startKubeCluster({ nodes: [{ pods: 40 }, { pods: 40 }], onProgress: printed });
  admin = await connected(cluster.admin.kubeconfig);
  ({ api } = admin);
}, 45 * 60_000);
afterAll(async () => {
  await admin?.[Symbol.asyncDispose]();
  await cluster?.stop();
});

const setOf = (name: string): ApplySetId => ({ name, namespace: 'default' });
const planned = async (id: ApplySetId, objects: readonly ObjectToWrite[], options?: PlanOptions): Promise<ApplyPlan> => planApply(await observeApplySet(api, id, objects), objects, options);
const applied = async (id: ApplySetId, objects: readonly ObjectToWrite[], options?: ApplyOptions) => applyObjects(api, await planned(id, objects), options);
const actions = ({ changes }: ApplyPlan): Readonly<Record<string, number>> => Object.fromEntries([...new Set(changes.map(({ action }) => action))].map((action) => [action, changes.filter((change) => change.action === action).length]));
const changeOf = ({ changes }: ApplyPlan, title: string) => changes.find(({ ref }) => titleOf(ref) === title);
const withSpec = (object: ObjectToWrite, spec: object): ObjectToWrite => ({ ...object, spec: { ...(object['spec'] as object), ...spec } });

describe('the workshop’s own manifests', () => {
  const id = setOf('workshop');
  const objects = workshopObjects('one');

  it('are all made, in an order that the server takes, with a book that kubectl could read', async () => {
    const plan = await planned(id, objects);
    expect(actions(plan)).toEqual({ create: objects.length });
    const steps: string[] = [];
    const { warnings } = await applyObjects(api, plan, { onProgress: ({ step, done, total }) => steps.push(`${step} ${done}/${total}`) });
    expect(warnings).toEqual([]);
    expect(steps.at(-1)).toBe(`on top ${objects.length}/${objects.length}`);
    const book = await api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'workshop' });
    expect(book?.metadata.labels).toEqual({ [APPLYSET.id]: applySetLabel(id) });
    expect(book?.metadata.annotations).toMatchObject({ [APPLYSET.namespaces]: 'one-agents,one-guestbook,one-logging', [APPLYSET.groupKinds]: expect.stringContaining('DaemonSet.apps,Deployment.apps,HorizontalPodAutoscaler.autoscaling'), [APPLYSET.tooling]: expect.stringMatching(/^podscope\/\d/) });
  });

  it('are unchanged right after, and nothing is written', async () => {
    const noted = noting(api);
    const plan = await planned(id, objects);
    expect(actions(plan)).toEqual({ unchanged: objects.length });
    expect(isUnchanged(plan)).toBe(true);
    await applyObjects(noted.api, plan);
    expect(noted.writes).toEqual([]);
    expect(await diffObjects(api, id, objects)).toEqual({ objects: [], blocked: [] });
  });

  it('are unchanged when controllers have done their part', async () => {
    await waitForWorkloads(api, objects);
    expect(actions(await planned(id, objects))).toEqual({ unchanged: objects.length });
  });

  it('change where an option changes them, and what was of the old form goes', async () => {
    const without = workshopObjects('one', { endpoint: 'https://other.search.svc:9200' });
    const plan = await planned(id, without);
    // Configurations are named by their content: new ones are made, and the old ones go.
    expect(plan.changes.filter(({ action }) => action === 'create').map(({ ref }) => ref.kind)).toEqual(plan.changes.filter(({ action }) => action === 'prune').map(({ ref }) => ref.kind));
    expect(actions(plan)['update']).toBeGreaterThan(0);
    await applyObjects(api, plan);
    expect(actions(await planned(id, without))).toEqual({ unchanged: without.length });
  });
});

describe('one object after another', () => {
  const id = setOf('small');
  const base = [namespace('small'), configMap('small', 'settings', { colour: 'green', size: '1' }), deployment('small', 'web')];
  beforeAll(() => applied(id, base));

  it('names the fields that change, and changes nothing else', async () => {
    const changed = [base[0], configMap('small', 'settings', { colour: 'blue', shape: 'round' }), withSpec(deployment('small', 'web', { container: { image: 'registry.example.com/main:2' } }), { replicas: 2 })] as ObjectToWrite[];
    const plan = await planned(id, changed);
    expect(changeOf(plan, 'Namespace small')?.action).toBe('unchanged');
    expect(changeOf(plan, 'ConfigMap small/settings')?.fields).toEqual([
      { path: 'data.colour', change: 'changed' },
      { path: 'data.shape', change: 'added' },
      { path: 'data.size', change: 'removed' },
    ]);
    expect(changeOf(plan, 'Deployment small/web')?.reason).toBe('spec.replicas, spec.template.spec.containers[name="main"].image changed');
    expect(await diffObjects(api, id, changed)).toEqual({
      objects: [
        {
          ref: expect.objectContaining({ kind: 'ConfigMap', name: 'settings' }),
          action: 'update',
          conflicts: [],
          changes: [{ path: 'data.colour', from: 'green', to: 'blue' }, { path: 'data.shape', to: 'round' }, { path: 'data.size', from: '1' }],
        },
        {
          ref: expect.objectContaining({ kind: 'Deployment', name: 'web' }),
          action: 'update',
          conflicts: [],
          changes: [{ path: 'spec.replicas', from: 1, to: 2 }, { path: 'spec.template.spec.containers[name="main"].image', from: 'registry.example.com/main:1', to: 'registry.example.com/main:2' }],
        },
      ],
      blocked: [],
    });
    await applyObjects(api, plan);
    expect(await api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'small', name: 'settings' })).toMatchObject({ data: { colour: 'blue', shape: 'round' } });
    await applied(id, base);
    expect(isUnchanged(await planned(id, base))).toBe(true);
  });

  it('finds somebody else’s change of a field of ours, names who and where, and takes it back by force only', async () => {
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'small', name: 'web' };
    await api.patch(ref, { spec: { replicas: 3 } }, { fieldManager: 'somebody' });
    const plan = await planned(id, base);
    expect(changeOf(plan, 'Deployment small/web')).toMatchObject({ action: 'update', lost: [{ path: 'spec.replicas', managers: ['somebody'] }], reason: 'spec.replicas was changed by somebody' });
    await expect(applyObjects(api, plan)).rejects.toMatchObject({ code: 'KUBE_CONFLICT', message: expect.stringContaining('Nothing was written.'), details: [expect.stringMatching(/spec\.replicas.*"somebody"/)] });
    expect(await api.read(ref)).toMatchObject({ spec: { replicas: 3 } });
    await applyObjects(api, plan, { forceConflicts: true });
    expect(await api.read(ref)).toMatchObject({ spec: { replicas: 1 } });
    expect(isUnchanged(await planned(id, base))).toBe(true);
  });

  it('finds a change through the scale subresource, and one of an item of a list', async () => {
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'small', name: 'web' };
    await api.patch(ref, { spec: { replicas: 2 } }, { fieldManager: 'scaler', subresource: 'scale' });
    await api.patch(ref, [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.example.com/other:1' }], { fieldManager: 'image-updater' });
    expect(changeOf(await planned(id, base), 'Deployment small/web')?.lost).toEqual([
      { path: 'spec.replicas', managers: ['scaler'] },
      { path: 'spec.template.spec.containers[name="main"].image', managers: ['image-updater'] },
    ]);
    await applied(id, base, { forceConflicts: true });
  });

  it('puts back what somebody removed, without a conflict', async () => {
    await api.patch({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'small', name: 'settings' }, { data: { colour: null } }, { fieldManager: 'somebody' });
    const plan = await planned(id, base);
    expect(changeOf(plan, 'ConfigMap small/settings')).toMatchObject({ action: 'update', lost: [{ path: 'data.colour', managers: [] }] });
    await applyObjects(api, plan);
    expect(await api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'small', name: 'settings' })).toMatchObject({ data: { colour: 'green' } });
  });

  it('leaves alone what others add', async () => {
    await api.patch({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'small', name: 'web' }, { metadata: { annotations: { note: 'theirs' } }, spec: { revisionHistoryLimit: 3 } }, { fieldManager: 'somebody' });
    expect(isUnchanged(await planned(id, base))).toBe(true);
  });

  it('removes what is no longer wanted, but not what others made with our label', async () => {
    await applied(id, [...base, configMap('small', 'passing')]);
    await api.create({ ...configMap('small', 'theirs'), metadata: { namespace: 'small', name: 'theirs', labels: { [APPLYSET.partOf]: applySetLabel(id) } } }, { fieldManager: 'somebody' });
    const plan = await planned(id, base);
    expect(changeOf(plan, 'ConfigMap small/passing')?.action).toBe('prune');
    expect(changeOf(plan, 'ConfigMap small/theirs')).toMatchObject({ action: 'leave', reason: expect.stringContaining('somebody') });
    await applyObjects(api, plan);
    expect(await api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'small', name: 'passing' })).toBeUndefined();
    expect(await api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'small', name: 'theirs' })).toBeDefined();
  });

  it('keeps in the book what was told to go and is held by a finalizer', async () => {
    const held: ObjectToWrite = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: 'small', name: 'held', finalizers: ['example.com/hold'] } };
    await applied(id, [...base, held]);
    const { ending } = await applied(id, base);
    expect(ending).toEqual([{ ref: expect.objectContaining({ name: 'held' }), why: ['it waits for the finalizer example.com/hold'] }]);
    const kinds = async () => (await api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'small' }))?.metadata.annotations?.[APPLYSET.groupKinds];
    expect(await kinds()).toContain('ServiceAccount');
    await api.patch({ apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'small', name: 'held' }, { metadata: { finalizers: null } });
    await applied(id, [...base, configMap('small', 'another')]);
    expect(await kinds()).not.toContain('ServiceAccount');
  });

  it('binds a role that is made along with it, for who may not bind freely', async () => {
    const rules = [{ apiGroups: [''], resources: ['configmaps', 'namespaces'], verbs: ['get', 'list', 'create', 'patch'] }, { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles', 'rolebindings'], verbs: ['get', 'list', 'create', 'patch'] }];
    const { kubeconfig } = await cluster.user('binder', { rules });
    await using binder = await connected(kubeconfig);
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { namespace: 'small', name: 'reader' }, rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }] };
    const binding = { ...role, kind: 'RoleBinding', rules: undefined, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' }, subjects: [] };
    const objects: readonly ObjectToWrite[] = [binding, role];
    await applyObjects(binder.api, planApply(await observeApplySet(binder.api, setOf('bound'), objects), objects));
    expect(await api.read({ apiVersion: role.apiVersion, kind: 'RoleBinding', namespace: 'small', name: 'reader' })).toBeDefined();
  });

  it('takes over no object that somebody else made, unless it is told to', async () => {
    await api.apply(configMap('small', 'foreign', { key: 'theirs' }), { fieldManager: 'somebody' });
    const objects = [...base, configMap('small', 'foreign', { other: 'ours' })];
    await expect(applied(id, objects)).rejects.toMatchObject({ code: 'KUBE_NOT_OURS', message: expect.stringContaining('ConfigMap small/foreign') });
    await applyObjects(api, await planned(id, objects, { adopt: true }));
    expect(await api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'small', name: 'foreign' })).toMatchObject({ data: { key: 'theirs', other: 'ours' } });
  });

  it('takes no object of another set', async () => {
    await expect(applied(setOf('other'), [configMap('small', 'settings')])).rejects.toMatchObject({ code: 'KUBE_NOT_OURS', message: expect.stringContaining('another set') });
  });

  it('defines a kind and makes one of it, in one go and then without a change', async () => {
    const objects = [...base, ...noteKind('apply.example.com', 'small')];
    await applied(id, objects);
    expect(await api.read({ apiVersion: 'apply.example.com/v1', kind: 'Note', namespace: 'small', name: 'note' })).toMatchObject({ spec: { text: 'hello' } });
    expect(isUnchanged(await planned(id, objects))).toBe(true);
    await applied(id, base);
    const definition = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'notes.apply.example.com' };
    // Its own finalizer removes its objects first.
    await untilGone(api, [{ ref: definition }], { signal: AbortSignal.timeout(60_000), onGone: () => undefined });
    expect(await api.read(definition)).toBeUndefined();
  });

  it('shows no value of a Secret: not in a plan, not in a diff, not in an error', async () => {
    const secret = (password: string, more: object = {}): ObjectToWrite => ({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'small', name: 'login' }, stringData: { password }, ...more });
    const values = ['first-secret', 'second-secret'] as const;
    const hidden = [...values, ...values.map((value) => Buffer.from(value).toString('base64'))];
    await applied(id, [...base, secret(values[0])]);
    expect(isUnchanged(await planned(id, [...base, secret(values[0])]))).toBe(true);
    const plan = await planned(id, [...base, secret(values[1])]);
    const diff = await diffObjects(api, id, [...base, secret(values[1])]);
    const error: unknown = await applied(id, [...base, secret(values[1], { dota: {} })]).catch((thrown: unknown) => thrown);
    expect(diff.objects.flatMap(({ changes }) => changes)).toContainEqual({ path: 'data.password', from: '*** (before)', to: '*** (after)' });
    expect(error).toMatchObject({ code: 'KUBE_UNKNOWN_FIELD' });
    for (const text of [JSON.stringify(plan), JSON.stringify(diff), JSON.stringify(error)]) for (const value of hidden) expect(text).not.toContain(value);
  });

  it('collects what the server warns of', async () => {
    const strict = namespace('strict', { 'pod-security.kubernetes.io/warn': 'restricted' });
    const { warnings } = await applied(setOf('warned'), [strict]).then(() => applied(setOf('warned'), [strict, deployment('strict', 'bold', { container: { securityContext: { privileged: true } } })]));
    expect(warnings).toEqual([{ ref: expect.objectContaining({ name: 'bold' }), text: expect.stringContaining('would violate PodSecurity') }]);
  });
});

describe('drift', () => {
  const id = setOf('drift');
  const full = deployment('drift', 'web', {
    replicas: 2,
    pod: { terminationGracePeriodSeconds: 20, tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }], volumes: [{ name: 'cache', emptyDir: { sizeLimit: '1Gi' } }] },
    container: { env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }], args: ['one', 'two'], volumeMounts: [{ name: 'cache', mountPath: '/cache' }], readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 7 } },
  });

  /** Every value that is written, as a JSON pointer; not the selector, which the server lets nobody change, and what has to go with it. */
  function pointers(value: unknown, path = ''): readonly (readonly [string, unknown])[] {
    if (typeof value !== 'object' || value === null) return [[path, value]];
    return Object.entries(value).flatMap(([key, inner]) => pointers(inner, `${path}/${key}`));
  }
  const another = (value: unknown): unknown => (typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : value === '1Gi' ? '2Gi' : value === '10m' ? '11m' : value === '/cache' ? '/other' : value === 'RuntimeDefault' ? 'Unconfined' : `${String(value)}x`);

  it('is found whatever value of ours somebody changes, and nowhere else', async () => {
    const objects = [namespace('drift'), full];
    await applied(id, objects);
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'drift', name: 'web' };
    const values = pointers(full['spec'], '/spec').filter(([path]) => !/selector|\/labels\/|\/name$|runAsNonRoot|operator|effect/.test(path));
    expect(values.length).toBeGreaterThan(15);
    const missed: string[] = [];
    for (const [path, value] of values) {
      await api.patch(ref, [{ op: 'replace', path, value: another(value) }], { fieldManager: 'somebody' });
      const change = changeOf(await planned(id, objects), 'Deployment drift/web');
      if (change?.action !== 'update' || change.lost.length !== 1 || !change.lost[0]?.managers.includes('somebody')) missed.push(`${path}: ${change?.action} ${JSON.stringify(change?.lost)}`);
      await applied(id, objects, { forceConflicts: true });
    }
    expect(missed).toEqual([]);
    expect(isUnchanged(await planned(id, objects))).toBe(true);
  });
});

describe('kubectl', () => {
  /** As it prunes sets; that is behind a switch in 1.35 still. */
  const prune = (set: string, file: string) => cluster.kubectl(['apply', '--prune', `--applyset=configmaps/${set}`, '--namespace=default', '--server-side', '-f', file], { environment: { KUBECTL_APPLYSET: 'true' } });
  let file: string;
  beforeAll(async () => {
    file = join(admin.kubeconfig, '../by-kubectl.json');
    await writeFile(file, JSON.stringify(configMap('default', 'by-kubectl')));
  });

  it('names a set as we do', async () => {
    expect(await prune('named', file)).toMatchObject({ exitCode: 0 });
    const label = applySetLabel(setOf('named'));
    expect((await api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'named' }))?.metadata.labels).toEqual({ [APPLYSET.id]: label });
    expect((await api.read({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'by-kubectl' }))?.metadata.labels).toEqual({ [APPLYSET.partOf]: label });
    await expect(planned(setOf('named'), [configMap('default', 'ours')])).rejects.toMatchObject({ code: 'KUBE_NOT_OURS' });
  });

  it('finds the members of a set by its label, and leaves the set to its tool', async () => {
    await applied(setOf('listed'), [configMap('default', 'member')]);
    const { stdout } = await cluster.kubectl(['get', 'configmaps', '--namespace=default', '--output=name', `--selector=${APPLYSET.partOf}=${applySetLabel(setOf('listed'))}`]);
    expect(stdout).toBe('configmap/member\n');
    expect((await prune('listed', file)).stderr).toContain('is managed by tooling "podscope" instead of "kubectl"');
  });
});

describe('a namespace that was there before', () => {
  it('gets the fields that are wanted, is no member, and stays without them when it is no longer wanted', async () => {
    const id = setOf('guest');
    await api.create(namespace('theirs', { team: 'them' }), { fieldManager: 'somebody' });
    const objects = [namespace('theirs', { ours: 'yes' }), configMap('theirs', 'settings')];
    await applied(id, objects);
    const read = async () => (await api.read({ apiVersion: 'v1', kind: 'Namespace', name: 'theirs' }))?.metadata;
    expect((await read())?.labels).toMatchObject({ team: 'them', ours: 'yes' });
    expect((await read())?.labels).not.toHaveProperty([APPLYSET.partOf]);
    expect(isUnchanged(await planned(id, objects))).toBe(true);
    const plan = await planned(id, [configMap('theirs', 'settings')]);
    expect(changeOf(plan, 'Namespace theirs')?.action).toBe('release');
    await applyObjects(api, plan);
    expect((await read())?.labels).toEqual({ team: 'them', 'kubernetes.io/metadata.name': 'theirs' });
    expect((await read())?.annotations ?? {}).toEqual({});
  });
});

describe('nothing is written', () => {
  beforeAll(() => scaledOut(api));

  const good = [namespace('bad'), configMap('bad', 'good')];
  const refused: readonly (readonly [string, readonly ObjectToWrite[], object])[] = [
    ['for a field that there is not, in a namespace that isn’t there yet', [...good, withSpec(deployment('bad', 'web'), { replica: 3, pause: true })], { code: 'KUBE_UNKNOWN_FIELD', message: expect.stringMatching(/^web\.yaml: Deployment bad\/web: .*spec\.pause, spec\.replica\. .*Nothing was written/) }],
    ['for a field that there is not, in a namespace that is there', [...good, withSpec(deployment('default', 'web'), { replica: 3 })], { code: 'KUBE_UNKNOWN_FIELD', message: expect.stringContaining('spec.replica') }],
    ['for a field that there is not, of an object of the cluster', [...good, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'bad' }, rule: [] }], { code: 'KUBE_UNKNOWN_FIELD', message: expect.stringContaining('ClusterRole bad') }],
    ['for a kind that there is not', [...good, { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { namespace: 'bad', name: 'thing' } }], { code: 'KUBE_KIND_UNKNOWN', message: expect.stringContaining('Thing in example.com/v1') }],
    ['for a version that there is not', [...good, { ...deployment('bad', 'web'), apiVersion: 'apps/v1beta1' }], { code: 'KUBE_KIND_UNKNOWN' }],
    ['without the namespace', [...good, configMap('nowhere', 'lost')], { code: 'KUBE_NOT_FOUND', message: expect.stringContaining('namespace nowhere') }],
    ['for a value that the server refuses', [...good, withSpec(deployment('default', 'web'), { replicas: -1 })], { code: 'KUBE_REFUSED', message: expect.stringContaining('spec.replicas') }],
    ['for what names no namespace', [...good, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'homeless' } }], { code: 'KUBE_MANIFEST_INVALID' }],
    ['for what is there twice', [...good, configMap('bad', 'good')], { code: 'KUBE_MANIFEST_INVALID' }],
  ];

  it.each(refused)('%s', async (_why, objects, error) => {
    const before = await inventory(api);
    const noted = noting(api);
    const attempt = async () => applyObjects(noted.api, await planned(setOf('bad'), objects, { sourceOf: ({ kind }) => (kind === 'Deployment' ? 'web.yaml' : undefined) }));
    await expect(attempt()).rejects.toMatchObject(error);
    expect(noted.writes).toEqual([]);
    expect(await inventory(api)).toEqual(before);
  });

  it('into a namespace that is being deleted', async () => {
    await api.create({ ...namespace('ending'), metadata: { name: 'ending', finalizers: ['example.com/hold'] } });
    await api.remove({ apiVersion: 'v1', kind: 'Namespace', name: 'ending' });
    await expect(applied(setOf('ending'), [configMap('ending', 'late')])).rejects.toMatchObject({ code: 'KUBE_NAMESPACE_ENDING', hint: expect.stringContaining('example.com/hold') });
    await api.patch({ apiVersion: 'v1', kind: 'Namespace', name: 'ending' }, { metadata: { finalizers: null } });
  });

  it('where another tool keeps the book', async () => {
    await api.create({ ...configMap('default', 'kubectls'), metadata: { namespace: 'default', name: 'kubectls', labels: { [APPLYSET.id]: applySetLabel(setOf('kubectls')) }, annotations: { [APPLYSET.tooling]: 'kubectl/v1.35' } } });
    await expect(planned(setOf('kubectls'), good)).rejects.toMatchObject({ code: 'KUBE_NOT_OURS', message: expect.stringContaining('kubectl keeps it') });
  });
});
