import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@opensearch-project/opensearch';
import { PodscopeError } from '@podscope/core';
import { applyPlan, type IndexSetup, planFor } from '@podscope/index-manager';
import { replicated } from '../../../indices/setup.ts';

/** How an OpenSearch is. */
export interface OpenSearchHealth {
  readonly status: 'green' | 'yellow' | 'red';
  readonly nodes: number;
}

/** The health of a cluster of OpenSearch. */
export async function healthOf(client: Client): Promise<OpenSearchHealth> {
  const { body } = await client.cluster.health();
  return { status: body.status as OpenSearchHealth['status'], nodes: body.number_of_nodes };
}

const PATIENCE_MS = 120_000;
const PAUSE_MS = 1_000;

/**
 * Waits until an OpenSearch answers its administrator and isn't red: its pods are ready a moment before.
 *
 * @throws PodscopeError OPENSEARCH_NOT_READY; the signal's reason
 */
export async function untilHealthy(client: Client, signal: AbortSignal | undefined): Promise<OpenSearchHealth> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    signal?.throwIfAborted();
    const found = await healthOf(client).then(
      (health) => (health.status === 'red' ? 'its health is red' : health),
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    if (typeof found !== 'string') return found;
    if (performance.now() > deadline) throw new PodscopeError('OPENSEARCH_NOT_READY', `OpenSearch was not ready within ${PATIENCE_MS / 1000} s: ${found}.`, { hint: 'See the log of its pods; "podscope status" says more.' });
    await sleep(PAUSE_MS, undefined, signal === undefined ? {} : { signal });
  }
}

/**
 * Puts templates, pipelines and streams in place, by the same plan as the embedded target.
 *
 * @returns how many had to be made or changed
 */
export async function putIndices(client: Client, setup: IndexSetup, { nodes }: OpenSearchHealth): Promise<number> {
  const wanted = nodes > 1 ? replicated(setup) : setup;
  return (await applyPlan(client, await planFor(client, wanted), { destructive: true })).length;
}
