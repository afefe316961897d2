import { z } from 'zod';
import { defineFault } from '../definition/defineFault.ts';

/** A fault of two writes on a target double: a deployment's replicas, and a client. For tests of the engine. */
export const sampleFault = defineFault({
  id: 'sample',
  title: 'A sample of two writes',
  params: z.object({
    deployment: z.string().min(1).default('frontend').describe('the deployment to scale'),
    replicas: z.int().min(0).max(5_000).describe('how many replicas it gets'),
    /** What `verify` finds. */
    shows: z.enum(['present', 'partial', 'absent', 'unverifiable']).default('present').describe('what a look finds'),
  }),
  provable: 'control-plane',
  symptom: 'Another number of replicas.',
  targets: {
    system: {
      observe: async (target, { deployment }) => ({ replicas: await target.replicas(deployment) }),
      plan: (before, { deployment, replicas }) => ({
        changes: [
          { kind: 'deployment', name: deployment, action: 'update', reason: `replicas ${before.replicas} → ${replicas}` },
          { kind: 'client', name: 'sample', action: 'create', reason: 'a client' },
        ],
      }),
      blastRadius: (_before, { deployment, replicas }) => ({ unit: 'pods', count: replicas, of: 100, objects: [], things: [`deployment:${deployment}`] }),
      async inject({ target, step }, { deployment, replicas }) {
        await step('scale', () => target.setReplicas(deployment, replicas));
        await step('start the client', () => target.startClient({ id: 'sample', userAgent: 'sample', address: '127.0.0.1', rate: 1, paths: ['/'] }));
      },
      async verify({ target }, { deployment, replicas, shows }) {
        const asked = await target.replicas(deployment);
        return { symptom: asked === replicas ? shows : 'absent', findings: [`${asked} replicas`] };
      },
      async changedSince({ target, before }, { deployment, replicas }) {
        const asked = await target.replicas(deployment);
        return asked === replicas || asked === before.replicas ? [] : [`replicas: ${replicas} → ${asked}`];
      },
      async revert({ target, before, step }, { deployment }) {
        if ((await target.clients()).includes('sample')) await step('stop the client', () => target.stopClient('sample'));
        if ((await target.replicas(deployment)) !== before.replicas) await step('scale back', () => target.setReplicas(deployment, before.replicas));
      },
      async restored({ target, before }, { deployment }) {
        const whole = (await target.replicas(deployment)) === before.replicas && !(await target.clients()).includes('sample');
        return { symptom: whole ? 'absent' : 'present', findings: [`${await target.replicas(deployment)} replicas`] };
      },
    },
  },
});
