import type { Access } from '../kubernetes/api/types.ts';

/**
 * What speaking to ports of pods takes, and asking them and their controllers for the opt-in label. A forward by WebSocket is a GET, which the
 * API server also checks as `create`.
 */
export function portAccesses(namespace: string): readonly Access[] {
  const pods = { group: '', resource: 'pods', namespace };
  return [
    { verb: 'get', group: '', resource: 'namespaces', name: namespace },
    { ...pods, verb: 'get' },
    { ...pods, verb: 'list' },
    { ...pods, verb: 'get', subresource: 'portforward' },
    { ...pods, verb: 'create', subresource: 'portforward' },
    ...['deployments', 'replicasets', 'statefulsets'].map((resource) => ({ verb: 'get', group: 'apps', resource, namespace })),
  ];
}
