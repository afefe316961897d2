import { setTimeout as sleep } from 'node:timers/promises';
import type { Probe } from '../engine/types.ts';
import { type ProbeFinding, watchable, type WatchedProbe } from './probe.ts';

/** What {@link watchProbes} takes. */
export interface WatchProbesOptions {
  /** Ends the watching. */
  readonly signal: AbortSignal;
  /** Called once, for the first that holds; then nothing is watched any more. */
  readonly onHolds: (probe: Probe, finding: string) => void;
  /** Whether an abort condition that can't be asked any more counts as one that holds: so many times in a row, with its pause between. @default 10 */
  readonly unansweredTimes?: number;
}

const UNANSWERED_TIMES = 10;

/**
 * Follows abort conditions: those of a cluster by watch, so that a change is seen at once, the others every second or so. A condition that
 * nobody can ask any more counts as one that holds: a fault must not go on unwatched.
 *
 * @returns when one holds, or the signal ends it
 */
export async function watchProbes(probes: readonly Probe[], options: WatchProbesOptions): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  let told = false;
  const holds = (probe: Probe, finding: string): void => {
    if (told || signal.aborted) return;
    told = true;
    over.abort();
    options.onHolds(probe, finding);
  };
  await Promise.all(probes.map(watchable).map((probe) => follow(probe, { signal, holds, times: options.unansweredTimes ?? UNANSWERED_TIMES })));
}

interface Following {
  readonly signal: AbortSignal;
  readonly times: number;
  holds(probe: Probe, finding: string): void;
}

async function follow(probe: WatchedProbe, { signal, holds, times }: Following): Promise<void> {
  let since: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let unanswered = 0;
  const take = (found: ProbeFinding): void => {
    unanswered = found.answered === false ? unanswered + 1 : 0;
    if (unanswered >= times) return holds(probe, `it could not be asked ${unanswered} times in a row: ${found.finding}`);
    if (!found.holds) {
      since = undefined;
      clearTimeout(timer);
      return;
    }
    if (probe.forMs === 0) return holds(probe, found.finding);
    if (since !== undefined) return;
    since = Date.now();
    timer = setTimeout(() => holds(probe, found.finding), probe.forMs);
  };
  try {
    while (!signal.aborted) {
      if (probe.watch !== undefined) await followWatch(probe.watch.bind(probe), signal, take);
      else take(await probe.once(signal).catch((error: unknown): ProbeFinding => ({ holds: false, answered: false, finding: String(error) })));
      await sleep(probe.everyMs, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** A watch that broke off is begun again by the caller. */
async function followWatch(watch: (signal: AbortSignal) => AsyncIterable<ProbeFinding>, signal: AbortSignal, take: (found: ProbeFinding) => void): Promise<void> {
  try {
    for await (const found of watch(signal)) {
      take(found);
      if (signal.aborted) return;
    }
  } catch (error) {
    if (!signal.aborted) take({ holds: false, answered: false, finding: error instanceof Error ? error.message : String(error) });
  }
}
