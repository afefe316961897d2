import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';

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
