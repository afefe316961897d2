import { z } from 'zod';
import { defineFault, type Unchanged } from '../../definition/defineFault.ts';
import { namespaceParam, objectName } from '../../kubernetes/objects/workloads.ts';
import { stormOnKubernetes } from './storm.ts';

const params = z.object({
  namespace: namespaceParam().default('guestbook').describe('The namespace, on a cluster.'),
  deployment: objectName().describe('The Deployment.'),
  replicas: z.int().min(1).max(5_000).describe('How many replicas it is scaled to: more than fit.'),
});

/** Parameters of {@link replicaStorm}. */
export type ReplicaStormParams = Unchanged<z.input<typeof params>>;

/** Asks for more replicas of a deployment than the cluster has room for, so that pods stay pending. */
export const replicaStorm = defineFault({
  id: 'replica-storm',
  title: 'More replicas than fit',
  params,
  provable: 'control-plane',
  symptom: 'In metricbeat-*, kubernetes.deployment.replicas.desired is far above kubernetes.deployment.replicas.available, and pods have kubernetes.pod.status.phase: pending; in kubernetes-*, kubernetes.event.reason is FailedScheduling.',
  targets: {
    kubernetes: stormOnKubernetes,
    system: {
      observe: async (target, { deployment }) => ({ replicas: await target.replicas(deployment) }),
      plan: (before, { deployment, replicas }) => ({
        changes: [
          {
            kind: 'deployment',
            name: deployment,
            action: before.replicas === replicas ? 'none' : 'update',
            reason: `replicas ${before.replicas} → ${replicas}`,
            desired: { replicas },
          },
        ],
      }),
      blastRadius(before, { deployment, replicas }) {
        const count = Math.max(before.replicas, replicas);
        return { unit: 'instances', count, of: count, objects: [], things: [`deployment:${deployment}`] };
      },
      inject: ({ target, step }, { deployment, replicas }) => step('scale', () => target.setReplicas(deployment, replicas)),
      async verify({ target }, { deployment, replicas }) {
        const asked = await target.replicas(deployment);
        return { symptom: asked === replicas ? 'present' : 'absent', findings: [`${deployment} asks for ${asked} replicas`] };
      },
      async changedSince({ target, before }, { deployment, replicas }) {
        const asked = await target.replicas(deployment);
        if (asked === replicas || asked === before.replicas) return [];
        return [`${deployment} has ${asked} replicas; the fault had set ${replicas}, and before it were ${before.replicas}`];
      },
      async revert({ target, before, step }, { deployment }) {
        if ((await target.replicas(deployment)) !== before.replicas) await step('scale back', () => target.setReplicas(deployment, before.replicas));
      },
      async restored({ target, before }, { deployment }) {
        const asked = await target.replicas(deployment);
        return { symptom: asked === before.replicas ? 'absent' : 'present', findings: [`${deployment} asks for ${asked} replicas, before it were ${before.replicas}`] };
      },
    },
  },
});
