import { z } from 'zod';
import { defineFault, type FaultOn, type Unchanged } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import { type EditedBefore, takenBy } from '../../kubernetes/objects/editedObjects.ts';
import { cordon, cordonAccesses, nodeParam, untilCordoned, untilUncordoned } from '../../kubernetes/objects/nodes.ts';

/** What is stored from before. */
interface Before extends EditedBefore {
  /** How many nodes there are. */
  readonly nodes: number;
}

const params = z.object({ node: nodeParam() });

const onKubernetes: FaultOn<KubernetesTarget, { readonly node: string }, Before> = {
  ...cordon,
  accesses: cordonAccesses,
  async observe(target, params): Promise<Before> {
    const nodes = await target.api.list({ apiVersion: 'v1', kind: 'Node' }, () => 1);
    return { ...(await cordon.observe(target, params)), nodes: nodes.length };
  },
  blastRadius: (before) => ({ unit: 'nodes', count: 1, of: before.nodes, objects: takenBy(before) }),
  verify: untilCordoned,
  restored: untilUncordoned,
};

/** Parameters of {@link nodeCordon}. */
export type NodeCordonParams = Unchanged<z.input<typeof params>>;

/** Lets no new pods onto a node. */
export const nodeCordon = defineFault({
  id: 'node-cordon',
  title: 'A node that takes no new pods',
  params,
  provable: 'control-plane',
  symptom: 'In metricbeat-*, kubernetes.node.status.unschedulable is true; pods that find no other room stay kubernetes.pod.status.phase: pending, and in kubernetes-*, kubernetes.event.reason is FailedScheduling.',
  targets: { kubernetes: onKubernetes },
});
