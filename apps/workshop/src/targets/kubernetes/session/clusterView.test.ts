import { expect, it } from 'vitest';
import { nodeFacts, podFacts, workloadFacts } from './clusterFacts.ts';
import { clusterView, eventView } from './clusterView.ts';

const web = (name: string, node: string | undefined, more: object = {}) => podFacts({
  apiVersion: 'v1', kind: 'Pod',
  metadata: { name, namespace: 'guestbook', labels: { app: 'frontend' }, creationTimestamp: '2026-01-01T00:00:00Z', ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'frontend-6d4', uid: '1', controller: true }] },
  spec: { ...(node === undefined ? {} : { nodeName: node }), containers: [{ name: 'frontend', resources: { requests: { cpu: '50m', memory: '96Mi' } } }] },
  status: { phase: node === undefined ? 'Pending' : 'Running', conditions: node === undefined ? [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] : [{ type: 'Ready', status: 'True' }], containerStatuses: node === undefined ? [] : [{ name: 'frontend', containerID: 'containerd://abc', restartCount: 2, state: {} }] },
  ...more,
});
const deployment = workloadFacts({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'frontend', namespace: 'guestbook' },
  spec: { replicas: 3, selector: { matchLabels: { app: 'frontend' } }, template: { spec: { containers: [{ name: 'frontend', resources: { requests: { cpu: '50m', memory: '96Mi' } } }] } } },
  status: { availableReplicas: 2 },
});
const redis = workloadFacts({
  apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'redis-primary', namespace: 'guestbook' },
  spec: { replicas: 1, selector: { matchLabels: { app: 'redis-primary' } }, template: { spec: { containers: [] } } }, status: { availableReplicas: 1 },
});
const node = nodeFacts({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' }, status: { allocatable: { cpu: '4', memory: '8Gi', pods: '5' }, conditions: [{ type: 'Ready', status: 'True' }] } });
const foreign = podFacts({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'dns', namespace: 'kube-system' }, spec: { nodeName: 'node-1', containers: [{ name: 'dns' }] }, status: { phase: 'Running' } });
const primary = podFacts({
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'redis-primary-0', namespace: 'guestbook', labels: { app: 'redis-primary' }, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'redis-primary', uid: '2', controller: true }] },
  spec: { nodeName: 'node-1', containers: [{ name: 'redis' }] }, status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
});

const view = (roles = new Map<string, 'primary' | 'replica'>(), ports = new Map<string, number>()) => clusterView({ nodes: [node], pods: [web('frontend-6d4-a', 'node-1'), web('frontend-6d4-b', undefined), foreign, primary], workloads: [deployment, redis] }, { namespaces: ['guestbook'], redis: { roles, ports } });

it('says of a node how many of the workshop’s pods fit, beside those of others', () => {
  // Five pods at most; three are there, one of them somebody else's.
  expect(view().nodes).toEqual([{ name: 'node-1', capacity: 4, allocated: 2 }]);
});

it('shows workloads and their pods as the embedded cluster does', () => {
  expect(view().deployments).toEqual([
    { namespace: 'guestbook', name: 'frontend', desired: 3, available: 2, unavailable: 1 },
    { namespace: 'guestbook', name: 'redis-primary', desired: 1, available: 1, unavailable: 0 },
  ]);
  expect(view().pods.map(({ name, deployment: of, reason, role, restarts, containerId, port }) => ({ name, of, reason, role, restarts, containerId, port }))).toEqual([
    { name: 'frontend-6d4-a', of: 'frontend', reason: null, role: undefined, restarts: 2, containerId: 'abc', port: null },
    { name: 'frontend-6d4-b', of: 'frontend', reason: 'Unschedulable', role: undefined, restarts: 0, containerId: '', port: null },
    { name: 'redis-primary-0', of: 'redis-primary', reason: null, role: 'primary', restarts: 0, containerId: '', port: null },
  ]);
});

it('believes what an instance calls itself more than its label', () => {
  expect(view(new Map([['redis-primary-0', 'replica']]), new Map([['redis-primary-0', 40_001]])).pods.find(({ name }) => name === 'redis-primary-0')).toMatchObject({ role: 'replica', port: 40_001 });
});

it('reads events of both kinds', () => {
  expect(eventView({ apiVersion: 'v1', kind: 'Event', metadata: { name: 'e', namespace: 'guestbook', creationTimestamp: '1' }, type: 'Warning', reason: 'FailedScheduling', message: '0/4 nodes are available', eventTime: '2026-01-01T00:00:01Z', lastTimestamp: null, involvedObject: { kind: 'Pod', name: 'frontend-6d4-b', namespace: 'guestbook' } })).toEqual({
    at: '2026-01-01T00:00:01Z', type: 'Warning', reason: 'FailedScheduling', namespace: 'guestbook', kind: 'Pod', name: 'frontend-6d4-b', message: '0/4 nodes are available',
  });
});
