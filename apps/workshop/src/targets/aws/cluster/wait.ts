import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError } from '@podscope/core';
import type { AwsClients } from '../clients.ts';
import { type EksCluster, type EksNodegroup, observeEksCluster, observeNodegroup } from './observe.ts';

/** How a wait goes about it. */
export interface EksWait {
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
  /** A cluster takes some 10 minutes, a node group 3. @default 40 minutes */
  readonly timeoutMs?: number;
  /** Between two questions. @default 10 seconds */
  readonly pauseMs?: number;
}

interface Waited<Found> {
  readonly what: string;
  readonly observe: () => Promise<Found | undefined>;
  /** States from which nothing becomes active by itself. */
  readonly lost: ReadonlySet<string>;
}

async function untilActive<Found extends { readonly status: string; readonly issues: readonly string[] }>(
  { what, observe, lost }: Waited<Found>,
  { signal, onProgress, timeoutMs = 40 * 60_000, pauseMs = 10_000 }: EksWait,
): Promise<Found> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal.throwIfAborted();
    const found = await observe();
    if (found === undefined) throw new PodscopeError('AWS_CLUSTER_FAILED', `${what} is not there, or no longer.`, { hint: 'Run "podscope up --target aws" again: it makes what is missing.' });
    if (found.status === 'ACTIVE') return found;
    if (lost.has(found.status)) {
      throw new PodscopeError('AWS_CLUSTER_FAILED', `${what} is ${found.status}.`, { hint: 'Each line is a reason that EKS gives. "podscope down --target aws" removes it; then try again.', details: found.issues });
    }
    onProgress([found.status, ...found.issues].join('; '));
    if (performance.now() > deadline) {
      throw new PodscopeError('AWS_CLUSTER_FAILED', `${what} was not active within ${Math.round(timeoutMs / 60_000)} minutes; it is ${found.status}.`, { hint: 'Run "podscope up --target aws" again to wait on, or "podscope down --target aws" to remove it.', details: found.issues });
    }
    await sleep(pauseMs, undefined, { signal });
  }
}

/**
 * Waits until a cluster is active. What EKS finds wrong in the meantime is told as progress, since it may pass.
 *
 * @throws PodscopeError AWS_CLUSTER_FAILED with the reasons of EKS; AWS_…; the signal's reason
 */
export async function waitForEksCluster(clients: Pick<AwsClients, 'eks' | 'region'>, name: string, wait: EksWait): Promise<EksCluster> {
  return untilActive({ what: `The EKS cluster ${name} (${clients.region})`, observe: () => observeEksCluster(clients, name, wait.signal), lost: new Set(['FAILED', 'DELETING']) }, wait);
}

/**
 * Waits until the nodes of a group are there. A degraded group is told with its reasons, and waited for: EKS goes on trying.
 *
 * @throws PodscopeError AWS_CLUSTER_FAILED with the reasons of EKS; AWS_…; the signal's reason
 */
export async function waitForNodegroup(clients: Pick<AwsClients, 'eks' | 'region'>, cluster: string, name: string, wait: EksWait): Promise<EksNodegroup> {
  const what = `The node group ${name} of the EKS cluster ${cluster} (${clients.region})`;
  return untilActive({ what, observe: () => observeNodegroup(clients, cluster, name, wait.signal), lost: new Set(['CREATE_FAILED', 'DELETE_FAILED', 'DELETING']) }, wait);
}
