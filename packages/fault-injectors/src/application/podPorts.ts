import type { Access } from '../kubernetes/api/types.ts';

/** What speaking to ports of pods takes. A forward by WebSocket is a GET, which the API server also checks as `create`. */
export function portAccesses(namespace: string): readonly Access[] {
  const pods = { group: '', resource: 'pods', namespace };
  return [
    // Before an injection a pod is asked for its opt-in label.
    { ...pods, verb: 'get' },
    { ...pods, verb: 'list' },
    { ...pods, verb: 'get', subresource: 'portforward' },
    { ...pods, verb: 'create', subresource: 'portforward' },
  ];
}
