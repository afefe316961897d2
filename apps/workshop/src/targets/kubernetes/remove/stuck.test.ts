import { expect, it } from 'vitest';
import type { KubernetesObject } from '@podscope/fault-injectors/kubernetes';
import { whyLeft } from './stuck.ts';

const ending = (kind: string, metadata: object, more: object = {}): KubernetesObject => ({ apiVersion: 'v1', kind, metadata: { name: 'x', deletionTimestamp: '2026-01-01T00:00:00Z', ...metadata }, ...more });

it.each([
  ['one that nobody deletes', { ...ending('ConfigMap', {}), metadata: { name: 'x' } }, ['it is not being deleted']],
  ['one with finalizers', ending('ConfigMap', { finalizers: ['a.example.com', 'b.example.com'] }), ['it waits for the finalizers a.example.com, b.example.com']],
  ['one that waits for its pods', ending('Deployment', { finalizers: ['foregroundDeletion'] }), ['it waits for what it owns to be gone']],
  ['a pod in its grace period', ending('Pod', {}), ['it ends within its grace period']],
  ['a namespace that the server is about to empty', ending('Namespace', {}, { spec: { finalizers: ['kubernetes'] } }), ['the server has not emptied it yet (kubernetes)']],
  ['a namespace whose kinds can’t be listed', ending('Namespace', {}, { spec: { finalizers: ['kubernetes'] }, status: { conditions: [{ type: 'NamespaceDeletionDiscoveryFailure', status: 'True', message: 'Discovery failed for some groups' }, { type: 'NamespaceContentRemaining', status: 'False', message: 'All content successfully removed' }] } }), ['Discovery failed for some groups']],
])('%s says why it is still there', (_what, object, why) => {
  expect(whyLeft(object)).toEqual(why);
});
