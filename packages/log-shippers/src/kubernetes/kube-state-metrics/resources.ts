import type { k8s } from 'cdk8s-plus-33';
import { badValue } from '../../quantities/quantities.ts';
import { nearest } from '../../lint/problem.ts';

/** The API group of each resource that kube-state-metrics tells of. Secrets and ConfigMaps are left out: to watch them is to read them. */
const GROUPS = {
  cronjobs: 'batch',
  daemonsets: 'apps',
  deployments: 'apps',
  endpointslices: 'discovery.k8s.io',
  horizontalpodautoscalers: 'autoscaling',
  ingresses: 'networking.k8s.io',
  jobs: 'batch',
  limitranges: '',
  namespaces: '',
  networkpolicies: 'networking.k8s.io',
  nodes: '',
  persistentvolumeclaims: '',
  persistentvolumes: '',
  poddisruptionbudgets: 'policy',
  pods: '',
  replicasets: 'apps',
  resourcequotas: '',
  services: '',
  statefulsets: 'apps',
  storageclasses: 'storage.k8s.io',
} as const;

/** A resource whose state is told. */
export type KubeStateResource = keyof typeof GROUPS;

const DEFAULT: readonly KubeStateResource[] = ['cronjobs', 'daemonsets', 'deployments', 'horizontalpodautoscalers', 'jobs', 'namespaces', 'nodes', 'pods', 'replicasets', 'statefulsets'];

/** What 1.9 asks for by versions of the API that Kubernetes 1.25 and later no longer have: it would fail on them for ever. */
const GONE_FOR_1_9: readonly KubeStateResource[] = ['cronjobs', 'endpointslices', 'horizontalpodautoscalers', 'ingresses', 'poddisruptionbudgets'];

/** The resources in a fixed order. @throws PodscopeError SHIPPER_BAD_VALUE for one that is not told of. */
export function requireResources(where: string, version: '2.15' | '1.9', given: readonly KubeStateResource[] | undefined): KubeStateResource[] {
  const resources = [...new Set(given ?? DEFAULT.filter((name) => version !== '1.9' || !GONE_FOR_1_9.includes(name)))].sort();
  for (const name of resources) {
    if (!Object.hasOwn(GROUPS, name)) {
      const meant = nearest(name, Object.keys(GROUPS));
      const hint = ['secrets', 'configmaps'].includes(name) ? 'To watch them is to read what is in them; nothing here needs it.' : meant === undefined ? `One of ${Object.keys(GROUPS).join(', ')}.` : `Did you mean ${meant}?`;
      throw badValue(`${where}: stateOf`, `${JSON.stringify(name)} is not told of.`, hint);
    }
    if (version === '1.9' && GONE_FOR_1_9.includes(name)) throw badValue(`${where}: stateOf`, `kube-state-metrics 1.9 asks for ${name} in a version of the API that is gone since Kubernetes 1.25.`, 'Leave it out, or take version 2.15.');
  }
  if (resources.length === 0) throw badValue(`${where}: stateOf`, 'it is empty.', 'Name at least one resource.');
  return resources;
}

/** The rights to list and watch these resources: one rule for each API group. */
export function kubeStateRules(resources: readonly KubeStateResource[]): k8s.PolicyRule[] {
  const groups = new Map<string, string[]>();
  for (const name of resources) groups.set(GROUPS[name], [...(groups.get(GROUPS[name]) ?? []), name]);
  return [...groups].sort(([left], [right]) => (left < right ? -1 : 1)).map(([group, names]) => ({ apiGroups: [group], resources: names, verbs: ['list', 'watch'] }));
}
