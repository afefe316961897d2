import type { NodeFacts, PodFacts, Requests, Taint, Toleration, WorkloadFacts } from './clusterFacts.ts';

/**
 * How many more pods of a workload a node takes: by its count of pods, its CPU and its memory, whichever is used up first; none where the
 * scheduler would not put them. What the scheduler knows beside that (affinity, spreading, volumes) is left out: the workshop's web pods have
 * none of it.
 */
export function roomOn(node: NodeFacts, onNode: readonly PodFacts[], workload: Pick<WorkloadFacts, 'requests' | 'nodeSelector' | 'tolerations'>): number {
  if (node.closed || node.taints.some((taint) => keepsOut(taint, workload.tolerations))) return 0;
  if (Object.entries(workload.nodeSelector).some(([key, value]) => node.labels[key] !== value)) return 0;
  const running = onNode.filter(({ phase }) => phase === 'Pending' || phase === 'Running');
  const free = (read: (requests: Requests) => number): number => {
    const wanted = read(workload.requests);
    const left = read(node.allocatable) - running.reduce((sum, { requests }) => sum + read(requests), 0);
    return wanted === 0 ? Number.POSITIVE_INFINITY : Math.floor(left / wanted);
  };
  return Math.max(0, Math.min(node.pods - running.length, free(({ cpu }) => cpu), free(({ memory }) => memory)));
}

function keepsOut(taint: Taint, tolerations: readonly Toleration[]): boolean {
  if (taint.effect === 'PreferNoSchedule') return false;
  return !tolerations.some(({ key, operator = 'Equal', value, effect }) => {
    if (effect !== undefined && effect !== taint.effect) return false;
    if (key === undefined) return operator === 'Exists';
    return key === taint.key && (operator === 'Exists' || (value ?? '') === (taint.value ?? ''));
  });
}
