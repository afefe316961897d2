import { expect, it } from 'vitest';
import { cpuOf, type NodeFacts, type PodFacts } from './clusterFacts.ts';
import { roomOn } from './room.ts';

const node = (more: Partial<NodeFacts> = {}): NodeFacts => ({ name: 'n', pods: 10, allocatable: { cpu: 2_000, memory: 2 ** 30 }, labels: {}, closed: false, taints: [], ...more });
const pod = (cpu: number, memory: number, phase: PodFacts['phase'] = 'Running'): PodFacts => ({
  namespace: 'guestbook', name: 'p', labels: {}, owner: 'r', node: 'n', phase, ready: true, terminating: false, reason: null, restarts: 0,
  container: 'c', containerId: '', createdAt: '', requests: { cpu, memory },
});
const web = { requests: { cpu: 100, memory: 2 ** 26 }, nodeSelector: {}, tolerations: [] };

it('counts by whatever is used up first', () => {
  expect(roomOn(node(), [], web)).toBe(10);
  expect(roomOn(node({ pods: 110 }), [], web)).toBe(16); // by memory: 1 GiB of 64 MiB each
  expect(roomOn(node({ pods: 110 }), [pod(1_550, 0)], web)).toBe(4); // by CPU: 450m of 100m each
  expect(roomOn(node(), [pod(0, 0), pod(0, 0, 'Succeeded')], web)).toBe(9); // a pod that ended takes no room
  expect(roomOn(node(), [pod(5_000, 0)], web)).toBe(0);
});

it('leaves out nodes on which the scheduler puts none', () => {
  expect(roomOn(node({ closed: true }), [], web)).toBe(0);
  const tainted = node({ taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] });
  expect(roomOn(tainted, [], web)).toBe(0);
  expect(roomOn(tainted, [], { ...web, tolerations: [{ key: 'gpu', operator: 'Exists' }] })).toBe(10);
  expect(roomOn(tainted, [], { ...web, tolerations: [{ key: 'gpu', value: 'no' }] })).toBe(0);
  expect(roomOn(node({ taints: [{ key: 'gpu', effect: 'PreferNoSchedule' }] }), [], web)).toBe(10);
  expect(roomOn(node(), [], { ...web, nodeSelector: { disk: 'ssd' } })).toBe(0);
  expect(roomOn(node({ labels: { disk: 'ssd' } }), [], { ...web, nodeSelector: { disk: 'ssd' } })).toBe(10);
});

it('counts cores in whole thousandths', () => {
  expect([cpuOf('250m'), cpuOf('2'), cpuOf('0.1'), cpuOf('100n')]).toEqual([250, 2_000, 100, 1]);
});
