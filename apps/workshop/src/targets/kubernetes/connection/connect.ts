import { createInterface } from 'node:readline/promises';
import { PodscopeError } from '@podscope/core';
import { connectKubernetes, type KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import type { Environment } from '../../../environment.ts';
import type { Output } from '../../../terminal/output.ts';
import { isConfirmed, rememberContext } from './confirmed.ts';

/** The name that the account of a pod is asked for by: it is in no kubeconfig. */
export const IN_CLUSTER = 'in-cluster';

/** Which cluster, as flags or a record name it. */
export interface WantedCluster {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

/** The API of a cluster by its names, {@link IN_CLUSTER} among them. Nothing is sent. @throws PodscopeError KUBE_CONFIG_INVALID */
export function connectNamed({ kubeconfig, context }: WantedCluster, environment: Environment['kubernetes']): Promise<KubernetesApi> {
  return connectKubernetes({ kubeconfig, environment, ...(context === IN_CLUSTER && kubeconfig === undefined ? {} : { context }) });
}

/** What connecting needs of a command. */
export interface Connecting {
  readonly environment: Pick<Environment, 'runDir' | 'kubernetes'>;
  readonly output: Pick<Output, 'json' | 'note'>;
  /** Asks a question on the terminal; undefined where nobody is there to answer. */
  readonly ask?: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * The API of the cluster that is meant. Nothing is asked of a server whose context was neither named nor confirmed once: a kubeconfig's
 * current context is whatever somebody worked on last.
 *
 * @throws PodscopeError KUBE_CONTEXT_UNCONFIRMED, KUBE_CONFIG_INVALID
 */
export async function connectCluster({ kubeconfig, context }: WantedCluster, connecting: Connecting): Promise<KubernetesApi> {
  const { runDir, kubernetes } = connecting.environment;
  const api = await connectNamed({ kubeconfig, context }, kubernetes);
  if (context === IN_CLUSTER && api.context !== IN_CLUSTER) {
    api.close();
    throw new PodscopeError('KUBE_CONFIG_INVALID', 'This is no pod of a cluster, or a kubeconfig goes before its account.', { hint: 'Name a context of the kubeconfig with --context.' });
  }
  if (context !== undefined || isConfirmed(runDir, api)) return api;
  try {
    const yes = await (connecting.ask ?? nobody(api))(`Work on the context ${api.context} (${api.server})?`);
    if (!yes) throw unconfirmed(api, 'was not confirmed');
    rememberContext(runDir, api);
    return api;
  } catch (error) {
    api.close();
    throw error;
  }
}

function nobody(api: KubernetesApi): (question: string) => Promise<boolean> {
  return async () => {
    throw unconfirmed(api, 'was neither named nor confirmed before');
  };
}

function unconfirmed({ context, server }: KubernetesApi, why: string): PodscopeError<'KUBE_CONTEXT_UNCONFIRMED'> {
  return new PodscopeError('KUBE_CONTEXT_UNCONFIRMED', `The context ${context} (${server}) ${why}. Nothing was asked of it.`, { hint: `Give --context ${context} if it is the one, or the name of another.` });
}

/** Asks on standard error, where somebody is there; undefined elsewhere. */
export function asker({ json }: Pick<Output, 'json'>): ((question: string) => Promise<boolean>) | undefined {
  if (json || !process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (question) => {
    const reader = createInterface({ input: process.stdin, output: process.stderr });
    const wish = new AbortController();
    reader.once('SIGINT', () => wish.abort()).once('close', () => wish.abort());
    try {
      return /^y(?:es)?$/iu.test((await reader.question(`${question} [y/N] `, { signal: wish.signal })).trim());
    } catch (error) {
      if (!wish.signal.aborted) throw error;
      throw new PodscopeError('INTERRUPTED', 'Interrupted before anything was changed.', { hint: 'Run it again when you have decided.' });
    } finally {
      reader.close();
    }
  };
}
