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

const versionOf = ({ opensearch }: Pick<TargetOptions, 'opensearch'>): string => (opensearch.how === 'operator' ? opensearch.operatorApi : undefined) ?? OPERATOR_APIS[0];

/** What the operator says of its cluster now. @throws what the API throws */
export async function operatedNow(api: KubernetesApi, options: TargetOptions): Promise<string> {
  const object = await api.read({ apiVersion: versionOf(options), kind: 'OpenSearchCluster', namespace: options.namespaces.opensearch, name: OPENSEARCH });
  return object === undefined ? 'its OpenSearchCluster is not there' : operatedLine((object['status'] ?? {}) as ClusterStatus);
}

/**
 * Waits until the operator says that its cluster runs.
 *
 * @throws PodscopeError KUBE_NOT_READY with what the operator says of its parts; the signal's reason
 */
export async function untilOperated(api: KubernetesApi, options: TargetOptions, { timeoutMs, signal, onProgress }: { readonly timeoutMs: number; readonly signal: AbortSignal; readonly onProgress: (message: string) => void }): Promise<void> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const done = new AbortController();
  let last: ClusterStatus = {};
  try {
    const selection = { apiVersion: versionOf(options), kind: 'OpenSearchCluster', namespace: options.namespaces.opensearch, fieldSelector: `metadata.name=${OPENSEARCH}` };
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
