import { PodscopeError } from '@podscope/core';
import type { KubernetesApi, KubernetesObject } from '@podscope/fault-injectors/kubernetes';
import { OPENSEARCH, type TargetOptions } from '../options.ts';
import { OPERATOR_APIS } from '../opensearch/operator.ts';

interface ClusterStatus {
  readonly phase?: string;
  readonly health?: string;
  readonly availableNodes?: number;
  readonly componentsStatus?: readonly { readonly component?: string; readonly status?: string; readonly description?: string }[];
}

/** What the operator says of its cluster, in a line. */
export function operatedLine({ phase = 'not begun', health = 'unknown', availableNodes = 0 }: ClusterStatus): string {
  return `the operator says: ${phase}, ${availableNodes} nodes, health ${health}`;
}

/**
 * Waits until the operator says that its cluster runs.
 *
 * @throws PodscopeError KUBE_NOT_READY with what the operator says of its parts; the signal's reason
 */
export async function untilOperated(api: KubernetesApi, { opensearch, namespaces }: TargetOptions, { timeoutMs, signal, onProgress }: { readonly timeoutMs: number; readonly signal: AbortSignal; readonly onProgress: (message: string) => void }): Promise<void> {
  const apiVersion = (opensearch.how === 'operator' ? opensearch.operatorApi : undefined) ?? OPERATOR_APIS[0];
  const deadline = AbortSignal.timeout(timeoutMs);
  const done = new AbortController();
  let last: ClusterStatus = {};
  try {
    const selection = { apiVersion, kind: 'OpenSearchCluster', namespace: namespaces.opensearch, fieldSelector: `metadata.name=${OPENSEARCH}` };
    for await (const event of api.watch<KubernetesObject>(selection, { signal: AbortSignal.any([signal, deadline, done.signal]) })) {
      if (event.type === 'initial' || event.type === 'deleted') continue;
      last = (event.object['status'] ?? {}) as ClusterStatus;
      onProgress(operatedLine(last));
      if (last.phase === 'RUNNING' && (last.health === 'green' || last.health === 'yellow')) return;
    }
  } finally {
    done.abort();
  }
  signal.throwIfAborted();
  throw new PodscopeError('KUBE_NOT_READY', `The OpenSearch of the operator was not ready within ${Math.round(timeoutMs / 60_000)} minutes: ${operatedLine(last)}.`, {
    hint: 'See the log of the operator and the events of its StatefulSet.',
    details: (last.componentsStatus ?? []).map(({ component = '', status = '', description = '' }) => `${component}: ${status} ${description}`.trim()),
  });
}
