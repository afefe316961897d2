import type { FaultStore, KubernetesTarget, Watchdog } from '@podscope/fault-injectors';
import { clusterStore, kubernetesTarget } from '@podscope/fault-injectors/kubernetes';
import type { CommandContext } from '../../../commands/command.ts';
import { asker, connectCluster } from '../connection/connect.ts';
import { readRecord } from '../record/record.ts';

/** A cluster that faults are injected into, and where they are kept. */
export interface FaultCluster extends Disposable {
  readonly target: KubernetesTarget;
  readonly store: FaultStore;
  /** Reverts a fault when its injector is gone; undefined where there is none. */
  readonly watchdog: Watchdog | undefined;
  readonly context: string;
  readonly server: string;
}

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/**
 * Connects with the cluster that flags name, or the one of the last `up`.
 *
 * @throws PodscopeError KUBE_CONTEXT_UNCONFIRMED, KUBE_CONFIG_INVALID, KUBE_UNREACHABLE, KUBE_UNAUTHORIZED, KUBE_FORBIDDEN
 */
export async function openFaultCluster({ environment, output }: CommandContext, options: Readonly<Record<string, unknown>>): Promise<FaultCluster> {
  const record = readRecord(environment.runDir);
  const named = text(options['context']);
  const own = record !== undefined && (named === undefined || named === record.context) && options['kubeconfig'] === undefined ? record : undefined;
  const api = await connectCluster({ kubeconfig: text(options['kubeconfig']) ?? own?.kubeconfig, context: named ?? own?.context }, { environment, output, ask: asker(output) });
  try {
    const target = await kubernetesTarget(api, { ...(options['optInLabel'] === undefined ? {} : { optInLabel: String(options['optInLabel']) }) });
    return { target, store: clusterStore(api), watchdog: undefined, context: api.context, server: api.server, [Symbol.dispose]: () => api.close() };
  } catch (error) {
    api.close();
    throw error;
  }
}
