import type { RequestOptions } from 'node:https';
import { PodscopeError } from '@podscope/core';
import type { Proof } from './credentials.ts';
import type { ClusterEntry, ExecEntry } from './kubeconfig.ts';

/** A user whose credentials a program prints. */
export interface Plugin {
  readonly exec: ExecEntry;
  readonly userName: string;
  readonly context: string;
  readonly cluster: ClusterEntry;
}

/** The part of the official client that runs a plugin. */
interface Runner {
  applyAuthentication(user: { readonly name: string; readonly exec: unknown }, options: RequestOptions): Promise<void>;
}

/**
 * Proofs of an exec plugin, run and kept until they expire by the official client (its `ExecAuth` alone: the whole client takes some
 * 400 ms to load). The plugin gets `KUBERNETES_EXEC_INFO`, as from kubectl, which `ExecAuth` leaves out. Nothing that a plugin prints is
 * repeated anywhere, because what it prints are tokens.
 */
export function execProofs({ exec, userName, context, cluster }: Plugin): { current(): Promise<Proof>; renew(): boolean } {
  let runner: Runner | undefined;
  /** The question on its way: eighty requests at once must not start the plugin eighty times. */
  let asking: Promise<Proof> | undefined;

  function user(): Parameters<Runner['applyAuthentication']>[0] {
    const { apiVersion = 'client.authentication.k8s.io/v1beta1', provideClusterInfo = false, args, env } = exec;
    const about = Object.fromEntries(Object.entries(cluster).filter(([key]) => key !== 'certificate-authority'));
    const info = { apiVersion, kind: 'ExecCredential', spec: { interactive: false, ...(provideClusterInfo ? { cluster: about } : {}) } };
    return { name: userName, exec: { ...exec, args: args ?? [], env: [...(env ?? []), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }] } };
  }

  async function ask(): Promise<Proof> {
    const options: RequestOptions = { headers: {} };
    try {
      runner ??= new (await import('@kubernetes/client-node/dist/exec_auth.js')).ExecAuth();
      await runner.applyAuthentication(user(), options);
    } catch (error) {
      throw failed(error);
    }
    const { cert, key, headers } = options as { readonly cert?: string; readonly key?: string; readonly headers: Record<string, string> };
    if (headers['Authorization'] === undefined && cert === undefined) throw problem('printed no token and no certificate');
    return { headers, ...(cert !== undefined && key !== undefined ? { cert, key } : {}) };
  }

  function problem(what: string): PodscopeError {
    return new PodscopeError('KUBE_CONFIG_INVALID', `The exec plugin ${exec.command} of user ${userName} (context ${context}) ${what}.`, {
      hint: exec.installHint?.trim() || 'Run it by hand to see why; what it prints is not shown here, because it may hold a token.',
    });
  }

  function failed(error: unknown): PodscopeError {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND') {
      return new PodscopeError('KUBE_CONFIG_INVALID', `Context ${context} needs an exec plugin, and the package @kubernetes/client-node that runs it is not installed.`, { hint: 'Install @kubernetes/client-node 2 beside this package.' });
    }
    if (code === 'ENOENT') return problem('is not there');
    if (code !== undefined) return problem(`can't be started (${code})`);
    return problem(error instanceof SyntaxError || error instanceof TypeError ? 'printed something that is no credential' : 'failed');
  }

  return {
    current() {
      asking ??= ask().finally(() => (asking = undefined));
      return asking;
    },
    renew() {
      runner = undefined;
      return true;
    },
  };
}
