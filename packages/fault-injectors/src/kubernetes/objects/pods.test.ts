import { expect, it } from 'vitest';
import { isPodOf } from './pods.ts';

const workload = (kind: string, name: string) => ({ kind, metadata: { name } });

it.each([
  ['of its ReplicaSet', workload('Deployment', 'web'), 'ReplicaSet/web-5d4f8c', true],
  ['of the ReplicaSet of a canary', workload('Deployment', 'web'), 'ReplicaSet/web-canary-5d4f8c', false],
  ['of the canary itself', workload('Deployment', 'web-canary'), 'ReplicaSet/web-canary-5d4f8c', true],
  ['of a StatefulSet by its name', workload('Deployment', 'web'), 'StatefulSet/web', false],
  ['of its own', workload('StatefulSet', 'store'), 'StatefulSet/store', true],
  ['of one whose name is longer', workload('DaemonSet', 'agent'), 'DaemonSet/agent-2', false],
  ['of nobody', workload('Deployment', 'web'), undefined, false],
])('a workload has pods %s, or not', (_what, owner, controller, expected) => {
  expect(isPodOf(owner, { controller })).toBe(expected);
});
