import { isPodscopeError } from '@podscope/core';
import { observeReindex, planReindex, type ReindexOptions, type ReindexResult, runReindex } from '@podscope/index-manager';
import type { CommandContext } from '../command.ts';
import type { Cluster } from './cluster.ts';
import { interruptedError, listenForInterrupts } from './interrupts.ts';
import { createMeter } from './meter.ts';

/** Does what takes its time with a reindex: shows progress, and breaks off in order on Ctrl-C. */
export async function withProgress<Result>({ output, environment }: CommandContext, name: string, doing: (options: ReindexOptions) => Promise<Result>): Promise<Result> {
  const meter = createMeter({ silent: output.json, live: process.stderr.isTTY && !environment.plain });
  using interrupts = listenForInterrupts(() => {
    meter.end();
    output.note('Ending, and letting writes in … (Ctrl-C once more ends at once)');
  });
  try {
    return await doing({ onProgress: meter.update, signal: interrupts.signal });
  } catch (error) {
    // What went wrong while it was ending says more than that it was ended.
    if (!interrupts.isWanted || isPodscopeError(error)) throw error;
    throw interruptedError(`Interrupted while reindexing "${name}"; what was done so far is written down in the cluster.`, `Go on with "podscope indices reindex resume ${name}", or undo it with "podscope indices reindex rollback ${name}".`);
  } finally {
    meter.end();
  }
}

/**
 * Writes what a stream holds anew, with the mapping of its template. Where the server can't, nothing is done, and the notes
 * say what can be.
 */
export async function reindexStream(context: CommandContext, { client }: Cluster, source: string): Promise<ReindexResult> {
  const { name, steps, notes } = planReindex(await observeReindex(client, source), { source });
  if (steps.length === 0) return { name, indices: [], notes };
  return withProgress(context, source, (options) => runReindex(client, { source }, options));
}
