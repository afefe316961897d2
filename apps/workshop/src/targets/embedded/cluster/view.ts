import type { ClusterState, DeploymentState, NodeState, PodState } from '@podscope/console/api';
import type { ClusterModel } from './model.ts';
import { allocation } from './reduce.ts';

/** What the simulation shows of itself. */
export function viewOf(model: ClusterModel): Pick<ClusterState, 'nodes' | 'deployments' | 'pods'> {
  const taken = allocation(model);
  return {
    nodes: model.nodes.map((node): NodeState => ({ ...node, allocated: taken.get(node.name) ?? 0 })),
    deployments: model.deployments.map(({ namespace, name, desired }): DeploymentState => {
      const available = model.pods.filter((pod) => pod.deployment === name && pod.ready).length;
      return { namespace, name, desired, available, unavailable: Math.max(0, desired - available) };
    }),
    pods: model.pods.map(({ ready: _ready, terminating: _terminating, ...pod }): PodState => pod),
  };
}
