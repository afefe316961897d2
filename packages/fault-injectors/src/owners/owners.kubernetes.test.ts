import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployment, modest } from '../../../../tools/kube-test-env/fixtures/objects.ts';
import { startKubeApiServer, type StartedKubeApiServer } from '../../../../tools/kube-test-env/start.ts';
import { connectKubernetes } from '../kubernetes/api/api.ts';
import type { KubernetesApi, ObjectToWrite } from '../kubernetes/api/types.ts';
import { conditionProbe } from '../probes/conditionProbe.ts';
import { readyProbe } from '../probes/readyProbe.ts';
import { watchProbes } from '../probes/watchProbes.ts';
import { findOwners, opposing, ownerText } from './findOwners.ts';

const folder = mkdtempSync(join(tmpdir(), 'podscope-owners-'));
let server: StartedKubeApiServer;
let api: KubernetesApi;

async function connected(name: string, kubeconfig: string): Promise<KubernetesApi> {
  const path = join(folder, name);
  writeFileSync(path, kubeconfig);
  return await connectKubernetes({ kubeconfig: path });
}

/** A definition like the real one's, but that it takes any spec. */
const definition = (group: string, kind: string, version: string): ObjectToWrite => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  // Groups of Kubernetes itself are protected: their definitions must say whether they were approved.
  metadata: { name: `${kind.toLowerCase()}s.${group}`, ...(group.endsWith('.k8s.io') ? { annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' } } : {}) },
  spec: { group, scope: 'Namespaced', names: { kind, plural: `${kind.toLowerCase()}s`, singular: kind.toLowerCase(), listKind: `${kind}List` }, versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } }] },
});
const DEFINITIONS = [['keda.sh', 'ScaledObject', 'v1alpha1'], ['autoscaling.k8s.io', 'VerticalPodAutoscaler', 'v1'], ['argoproj.io', 'Application', 'v1alpha1'], ['kustomize.toolkit.fluxcd.io', 'Kustomization', 'v1'], ['helm.toolkit.fluxcd.io', 'HelmRelease', 'v2']] as const;

const ref = (name: string) => ({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name });
async function deploy(name: string, metadata: object = {}, spec: object = {}, fieldManager = 'podscope'): Promise<void> {
  const object = deployment(modest, { name, spec: { replicas: 2, ...spec } });
  await api.apply({ ...object, metadata: { ...object.metadata, ...metadata, name } } as ObjectToWrite, { fieldManager });
}
const make = (apiVersion: string, kind: string, name: string, spec: object, metadata: object = {}) => api.apply({ apiVersion, kind, metadata: { name, namespace: 'default', ...metadata }, spec });
const seen = async (name: string, paths?: readonly string[], replicas?: number) => {
  const { owners } = await findOwners(api, [{ object: ref(name), paths, replicas }]);
  return owners.map(({ kind, effect, keeps }) => `${kind} ${effect} ${keeps.join()}`);
};

beforeAll(async () => {
  server = await startKubeApiServer();
  api = await connected('admin', server.admin.kubeconfig);
  for (const [group, kind, version] of DEFINITIONS) {
    await api.apply(definition(group, kind, version));
    await server.admin.client.established(`${kind.toLowerCase()}s.${group}`);
  }
});
afterAll(async () => {
  api?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('findOwners', () => {
  it('names autoscalers for what they set, and for nothing else', async () => {
    await deploy('scaled');
    await make('autoscaling/v2', 'HorizontalPodAutoscaler', 'scaled', { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled' }, minReplicas: 2, maxReplicas: 5 });
    await make('keda.sh/v1alpha1', 'ScaledObject', 'scaled', { scaleTargetRef: { name: 'scaled' } });
    await make('keda.sh/v1alpha1', 'ScaledObject', 'paused', { scaleTargetRef: { name: 'scaled' } }, { annotations: { 'autoscaling.keda.sh/paused': 'true' } });
    await make('autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', 'scaled', { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled' } });
    expect(await seen('scaled', ['spec.replicas'])).toEqual(['hpa undoes spec.replicas', 'keda undoes spec.replicas']);
    // An autoscaler leaves 0 alone.
    expect(await seen('scaled', ['spec.replicas'], 0)).toEqual(['keda undoes spec.replicas']);
    expect(await seen('scaled', ['spec.template.spec.containers'])).toEqual(['vpa hides spec.template.spec.containers']);
    expect(await seen('scaled', ['spec.template.metadata'])).toEqual([]);
    await deploy('alone');
    expect(await seen('alone')).toEqual([]);
    expect(await seen('nobody')).toEqual([]);
  });

  it('names Argo CD where it heals itself, and not for what it ignores', async () => {
    await deploy('tracked', { annotations: { 'argocd.argoproj.io/tracking-id': 'web:apps/Deployment:default/tracked' } });
    await deploy('copied', { annotations: { 'argocd.argoproj.io/tracking-id': 'web:apps/Deployment:default/tracked' } });
    expect(await seen('tracked')).toEqual(['argo-cd may-undo *']);
    await make('argoproj.io/v1alpha1', 'Application', 'web', { syncPolicy: { automated: {} } });
    expect(await seen('tracked')).toEqual(['argo-cd later *']);
    await make('argoproj.io/v1alpha1', 'Application', 'web', { syncPolicy: { automated: { selfHeal: true } }, ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }] });
    expect(await seen('tracked', ['spec.template'])).toEqual(['argo-cd undoes *']);
    expect(await seen('tracked', ['spec.replicas'])).toEqual([]);
    expect(await seen('copied')).toEqual([]);
  });

  it('names Flux for the fields that it owns, unless it is suspended', async () => {
    const labels = { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'default' };
    await make('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'apps', { interval: '1m' });
    await deploy('fluxed', { labels }, {}, 'kustomize-controller');
    expect(await seen('fluxed', ['spec.replicas'])).toEqual(['flux-kustomization undoes spec.replicas']);
    expect(await seen('fluxed', ['spec.paused'])).toEqual([]);
    await make('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'apps', { interval: '1m', suspend: true });
    expect(await seen('fluxed', ['spec.replicas'])).toEqual([]);
    await make('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'web', { driftDetection: { mode: 'enabled' } });
    await deploy('helmed', { labels: { 'helm.toolkit.fluxcd.io/name': 'web', 'helm.toolkit.fluxcd.io/namespace': 'default' } });
    expect(await seen('helmed')).toEqual(['flux-helm-release undoes *']);
  });

  it('names controllers, marks and a pause, and keeps what only comes later apart', async () => {
    const owner = (await api.read(ref('alone')))?.metadata.uid ?? '';
    await deploy('operated', { ownerReferences: [{ apiVersion: 'example.test/v1', kind: 'Shop', name: 'mine', uid: owner, controller: true }], annotations: { 'objectset.rio.cattle.io/owner-name': 'addon' }, labels: { 'addonmanager.kubernetes.io/mode': 'Reconcile', 'olm.owner': 'csv' } });
    expect(await seen('operated')).toEqual(['rancher undoes *', 'addon-manager undoes *', 'olm undoes *', 'controller undoes *']);
    await deploy('stopped', {}, { paused: true });
    expect(await seen('stopped', ['spec.template'])).toEqual(['paused hides spec.template']);
    await deploy('released', { labels: { 'app.kubernetes.io/managed-by': 'Helm' }, annotations: { 'meta.helm.sh/release-name': 'web', 'meta.helm.sh/release-namespace': 'default' } });
    const { owners } = await findOwners(api, [{ object: ref('released') }]);
    expect(opposing(owners)).toEqual([]);
    expect(owners.map(ownerText)).toEqual(['Helm release default/web undoes changes with its next change of Deployment default/released: the release’s next upgrade undoes the change.']);
  });

  it('says what it may not look at instead of failing', async () => {
    const user = await server.user('reader', { rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }], namespace: 'default' });
    const own = await connected('reader', user.kubeconfig);
    const { owners, unasked } = await findOwners(own, [{ object: ref('scaled') }]);
    expect(owners).toEqual([]);
    expect(unasked).toEqual(expect.arrayContaining([expect.stringContaining('HorizontalPodAutoscaler')]));
    own.close();
  });
});

describe('probes of a cluster', () => {
  it('compare fields, also with each other, and say so when nothing is there', async () => {
    const { signal } = new AbortController();
    const object = ref('alone');
    expect(await conditionProbe({ api, object, field: 'spec.replicas', equals: 2 }).check(signal)).toMatchObject({ holds: true });
    expect(await conditionProbe({ api, object, field: 'status.readyReplicas', sameAs: 'spec.replicas' }).check(signal)).toMatchObject({ holds: false, finding: expect.stringContaining('status.readyReplicas of Deployment default/alone is 0, spec.replicas is 2') });
    expect(await conditionProbe({ api, object, condition: 'Available' }).check(signal)).toMatchObject({ holds: false, finding: expect.stringContaining('has no condition Available') });
    expect(await conditionProbe({ api, object: ref('nobody'), exists: false }).check(signal)).toMatchObject({ holds: true });
    expect(await conditionProbe({ api, object: { ...object, apiVersion: 'apps/v9' }, exists: true, not: true }).check(signal)).toMatchObject({ holds: false, finding: expect.stringContaining('could not be read') });
    expect(await readyProbe({ api, namespace: 'default', objects: { apiVersion: 'apps/v1', kind: 'Deployment' }, condition: 'Available', count: { equals: 0 }, total: { atLeast: 3 } }).check(signal)).toMatchObject({ holds: true });
  });

  it('are followed by watch: a change is seen without asking', async () => {
    const told: string[] = [];
    const probe = conditionProbe({ api, object: ref('alone'), field: 'spec.replicas', atLeast: 5, every: '1h' });
    const none = readyProbe({ api, namespace: 'default', objects: { apiVersion: 'apps/v1', kind: 'Deployment' }, total: { atMost: 0 }, every: '1h' });
    const watching = watchProbes([probe, none], { signal: new AbortController().signal, onHolds: (_probe, finding) => void told.push(finding) });
    await api.patch(ref('alone'), { spec: { replicas: 9 } });
    await watching;
    expect(told).toEqual(['spec.replicas of Deployment default/alone is 9']);
  });
});
