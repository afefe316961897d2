import { PodscopeError } from '@podscope/core';
import { z } from 'zod';
import { defineFault } from '../definition/defineFault.ts';
import type { KubernetesTarget } from '../definition/targets.ts';
import { accessesOf } from '../kubernetes/api/refs.ts';
import type { ObjectRef } from '../kubernetes/api/types.ts';

const deploymentOf = (namespace: string, name: string): ObjectRef => ({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name });
const markOf = (namespace: string, name: string): ObjectRef => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: `${name}-mark` });

async function read({ api }: KubernetesTarget, namespace: string, name: string) {
  const found = await api.read(deploymentOf(namespace, name));
  if (!found) throw new PodscopeError('FAULT_TARGET_UNFIT', `There is no Deployment ${namespace}/${name}.`);
  return { uid: found.metadata.uid ?? '', replicas: (found['spec'] as { readonly replicas: number }).replicas };
}

/** A fault of two writes on a cluster: the replicas of a Deployment, and a ConfigMap beside it. For tests of the engine. */
export const sampleObjectFault = defineFault({
  id: 'sample-object',
  title: 'A sample of two writes',
  params: z.object({
    namespace: z.string().default('shop').describe('the namespace'),
    deployment: z.string().default('web').describe('the Deployment'),
    replicas: z.int().min(0).max(100).default(5).describe('how many replicas it gets'),
    padding: z.int().min(0).max(10_000_000).default(0).describe('how many bytes its state from before is longer'),
  }),
  provable: 'control-plane',
  symptom: 'Another number of replicas.',
  targets: {
    kubernetes: {
      accesses: ({ namespace, deployment }) => [
        ...accessesOf(deploymentOf(namespace, deployment), ['get', 'patch/scale']),
        ...accessesOf(markOf(namespace, deployment), ['create', 'get', 'delete']),
      ],
      observe: async (target, { namespace, deployment, padding }) => ({
        ...(await read(target, namespace, deployment)),
        // Does not get smaller when it is compressed.
        padding: Array.from({ length: padding / 8 }, (_, index) => ((index * 2_654_435_761) >>> 0).toString(16).padStart(8, '0')).join(''),
      }),
      plan: (before, { deployment, replicas }) => ({ changes: [{ kind: 'Deployment', name: deployment, action: 'update', reason: `replicas ${before.replicas} → ${replicas}` }] }),
      blastRadius: (_before, { namespace, deployment, replicas }) => ({
        unit: 'pods',
        count: replicas,
        of: 20,
        objects: [{ ...deploymentOf(namespace, deployment), paths: ['spec.replicas'], replicas }, markOf(namespace, deployment)],
      }),
      async inject({ id, target: { api }, step }, { namespace, deployment, replicas }) {
        await step('scale', () => api.patch(deploymentOf(namespace, deployment), { spec: { replicas } }, { subresource: 'scale' }));
        const { apiVersion, kind, name } = markOf(namespace, deployment);
        await step('mark', () => api.create({ apiVersion, kind, metadata: { name, namespace, labels: { 'podscope.dev/fault': id } } }));
      },
      async verify({ target }, { namespace, deployment, replicas }) {
        const now = await read(target, namespace, deployment);
        return { symptom: now.replicas === replicas ? 'present' : 'absent', findings: [`${now.replicas} replicas`] };
      },
      async changedSince({ target, before }, { namespace, deployment, replicas }) {
        const now = await read(target, namespace, deployment);
        if (now.uid !== before.uid) return [`Deployment ${namespace}/${deployment} was deleted and made anew`];
        return now.replicas === replicas || now.replicas === before.replicas ? [] : [`spec.replicas: ${replicas} → ${now.replicas}`];
      },
      async revert({ id, target, before, step }, { namespace, deployment }) {
        const mark = await target.api.read(markOf(namespace, deployment));
        if (mark?.metadata.labels?.['podscope.dev/fault'] === id) await step('unmark', () => target.api.remove(markOf(namespace, deployment)));
        const now = await read(target, namespace, deployment);
        if (now.uid !== before.uid || now.replicas === before.replicas) return;
        await step('scale back', () => target.api.patch(deploymentOf(namespace, deployment), { spec: { replicas: before.replicas } }, { subresource: 'scale' }));
      },
      async restored({ target, before }, { namespace, deployment }) {
        const now = await read(target, namespace, deployment);
        const whole = now.uid !== before.uid || now.replicas === before.replicas;
        return { symptom: whole ? 'absent' : 'present', findings: [`${now.replicas} replicas`] };
      },
    },
  },
});
