import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type FaultStore, type KubernetesTarget, localWatchdog, type Watchdog } from '@podscope/fault-injectors';
import { clusterStore, kubernetesTarget } from '@podscope/fault-injectors/kubernetes';
import type { CommandContext } from '../../../commands/command.ts';
import { packageRoot } from '../../embedded/entry.ts';
import { asker, connectCluster, IN_CLUSTER } from '../connection/connect.ts';
import { targetFolder } from '../connection/confirmed.ts';
import { faultWatchdog } from '../faultWatchdog.ts';
import { readRecordFor } from '../record/record.ts';
import type { WatchdogOrder } from './watchdogSetup.ts';

/** A cluster that faults are injected into, where they are kept, and who reverts them when their injector is gone. */
export interface FaultCluster extends Disposable {
  readonly target: KubernetesTarget;
  readonly store: FaultStore;
  readonly watchdog: Watchdog;
  readonly context: string;
  readonly server: string;
}

type Options = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/**
 * Connects with the cluster that flags name, or the one of the last `up`.
 *
 * @throws PodscopeError KUBE_CONTEXT_UNCONFIRMED, KUBE_CONFIG_INVALID, KUBE_UNREACHABLE, KUBE_UNAUTHORIZED, KUBE_FORBIDDEN; FAULT_WATCHDOG_FAILED
 */
export async function openFaultCluster({ environment, output }: CommandContext, options: Options): Promise<FaultCluster> {
  const named = text(options['context']);
  const record = readRecordFor(environment.runDir, named);
  const own = record !== undefined && (named === undefined || named === record.context) && options['kubeconfig'] === undefined ? record : undefined;
  const kubeconfig = text(options['kubeconfig']) ?? own?.kubeconfig;
  const api = await connectCluster({ kubeconfig, context: named ?? own?.context }, { environment, output, ask: asker(output) });
  try {
    const optInLabel = text(options['optInLabel']);
    const target = await kubernetesTarget(api, optInLabel === undefined ? {} : { optInLabel });
    const image = text(options['watchdogImage']);
    const order: WatchdogOrder = {
      kubeconfig: kubeconfig === undefined ? undefined : resolve(kubeconfig),
      context: api.context === IN_CLUSTER ? undefined : api.context,
      optInLabel,
      environment: environment.kubernetes,
    };
    const watchdog = image === undefined
      ? localWatchdog({ setup: setupUrl(), options: order, directory: join(targetFolder(environment.runDir), 'faults', `${target.id}-${wayOf(order)}`) })
      : faultWatchdog(api, image);
    return { target, store: clusterStore(api), watchdog, context: api.context, server: api.server, [Symbol.dispose]: () => api.close() };
  } catch (error) {
    api.close();
    throw error;
  }
}

/** A watchdog acts as the user who started it: whoever comes another way, or allows other objects, has one of their own. */
function wayOf(order: WatchdogOrder): string {
  return createHash('sha256').update(JSON.stringify(order)).digest('hex').slice(0, 12);
}

/** The module that the watchdog's process opens the cluster with: TypeScript in the repository, the bundle's file once published. */
function setupUrl(): URL {
  return pathToFileURL(import.meta.filename.endsWith('.ts') ? join(import.meta.dirname, 'watchdogSetup.ts') : join(packageRoot(), 'dist', 'fault-watchdog.js'));
}
