import { faultCatalogue, type Watched, type WatchdogSetup } from '@podscope/fault-injectors';
import { clusterStore, connectKubernetes, kubernetesTarget } from '@podscope/fault-injectors/kubernetes';

/** What the watchdog's process is told, by a pipe: which cluster, and the way to it. */
export interface WatchdogOrder {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly optInLabel: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Opens the cluster in the process of the local watchdog, as the same user. */
const setup: WatchdogSetup = async (options): Promise<Watched> => {
  const { kubeconfig, context, optInLabel, environment } = options as WatchdogOrder;
  const api = await connectKubernetes({ kubeconfig, environment, ...(context === undefined ? {} : { context }) });
  return { target: await kubernetesTarget(api, optInLabel === undefined ? {} : { optInLabel }), store: clusterStore(api), faults: faultCatalogue };
};
export default setup;
