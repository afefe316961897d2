import { PodscopeError } from '@podscope/core';
import { defineFault } from '../../defineFault.ts';

/** Parameters of {@link replicaStorm}. */
export interface ReplicaStormParams {
  readonly deployment: string;
  /** How many replicas the deployment is scaled to: more than fit. */
  readonly replicas: number;
}

/** Asks for more replicas of a deployment than the cluster has room for, so that pods stay pending. */
export const replicaStorm = defineFault({
  kind: 'replica-storm',
  title: 'More replicas than fit',
  check(params: ReplicaStormParams) {
    if (params.deployment !== '' && Number.isSafeInteger(params.replicas) && params.replicas >= 0) return;
    throw new PodscopeError('FAULT_BAD_PARAMETERS', 'replica-storm needs a deployment and a whole number of replicas, 0 or more.', {
      hint: 'For example { deployment: "frontend", replicas: 100 }.',
    });
  },
  async observe(target, params) {
    return { replicas: await target.replicas(params.deployment) };
  },
  plan: (before, params) => ({
    changes: [
      {
        kind: 'deployment',
        name: params.deployment,
        action: before.replicas === params.replicas ? 'none' : 'update',
        reason: `replicas ${before.replicas} → ${params.replicas}`,
        desired: { replicas: params.replicas },
      },
    ],
  }),
  inject: (target, params) => target.setReplicas(params.deployment, params.replicas),
  async verify(target, params) {
    const replicas = await target.replicas(params.deployment);
    return { present: replicas === params.replicas, findings: [`${params.deployment} asks for ${replicas} replicas`] };
  },
  async foreignChanges(target, params, before) {
    const replicas = await target.replicas(params.deployment);
    if (replicas === params.replicas || replicas === before.replicas) return [];
    return [`${params.deployment} has ${replicas} replicas; the fault had set ${params.replicas}, and before it were ${before.replicas}`];
  },
  async revert(target, params, before) {
    if ((await target.replicas(params.deployment)) !== before.replicas) await target.setReplicas(params.deployment, before.replicas);
  },
});
