import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesApi, KubernetesObject } from '@podscope/fault-injectors/kubernetes';

/** What comes and goes by itself, whoever does what. */
const RESTLESS = new Set(['Event', 'Lease', 'ComponentStatus', 'PersistentVolume', 'IPAddress']);

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly verbs: readonly string[] }[];
}

/**
 * The name of every object of a cluster, of every kind that it has: `Deployment.apps guestbook/frontend`, sorted. Left out are events
 * and leases, and what a controller keeps for as long as it likes.
 */
export async function inventory(api: KubernetesApi): Promise<readonly string[]> {
  const groups = (await api.request({ path: '/apis' })).body as { readonly groups: readonly { readonly name: string; readonly preferredVersion: { readonly groupVersion: string } }[] };
  const versions = ['v1', ...groups.groups.filter(({ name }) => name !== 'events.k8s.io').map(({ preferredVersion }) => preferredVersion.groupVersion)];
  const names = await Promise.all(
    versions.map(async (apiVersion) => {
      const { resources } = (await api.request({ path: apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}` })).body as ResourceList;
      const kinds = resources.filter(({ name, kind, verbs }) => !name.includes('/') && verbs.includes('list') && verbs.includes('delete') && !RESTLESS.has(kind));
      return Promise.all(kinds.map(({ kind }) => api.list({ apiVersion, kind }, ({ metadata: { namespace = '', name } }) => `${kind} ${namespace}/${name}`)));
    }),
  );
  return names.flat(2).sort();
}

interface Autoscaler extends KubernetesObject {
  readonly spec: { readonly minReplicas?: number; readonly scaleTargetRef: { readonly apiVersion: string; readonly kind: string; readonly name: string } };
}

interface Scaled extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly readyReplicas?: number };
}

/** Waits until autoscalers have given their workloads as many pods as they want at least: they look every 15 s. @throws after a minute */
export async function scaledOut(api: KubernetesApi): Promise<void> {
  const deadline = performance.now() + 60_000;
  const isScaled = async (autoscaler: Autoscaler): Promise<boolean> => {
    const { minReplicas = 1, scaleTargetRef } = autoscaler.spec;
    const workload = (await api.read({ ...scaleTargetRef, namespace: autoscaler.metadata.namespace })) as Scaled | undefined;
    const { replicas = 1 } = workload?.spec ?? {};
    return workload === undefined || (replicas >= minReplicas && workload.status?.readyReplicas === replicas);
  };
  for (;;) {
    const autoscalers = (await api.list({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' })) as readonly Autoscaler[];
    const states = await Promise.all(autoscalers.map(isScaled));
    if (states.every(Boolean)) return;
    if (performance.now() > deadline) throw new Error(`Not scaled out: ${autoscalers.filter((_, index) => states[index] !== true).map(({ metadata: { name } }) => name).join(', ')}`);
    await sleep(100);
  }
}
