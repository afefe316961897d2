import { setTimeout } from 'node:timers/promises';
import type { FaultCheck } from '../definition/check.ts';

const SHORTEST_MS = 25;
const LONGEST_MS = 2_000;

/**
 * Looks again and again until `isEnough` or the time is over, and gives the last look. The pause grows; a look that took time
 * itself, because it waited for a change, is followed by the next at once.
 *
 * @throws what `look` throws when time is over; before, it counts as nothing seen. Also the signal's reason.
 */
export async function lookUntil(look: () => Promise<FaultCheck>, isEnough: (check: FaultCheck) => boolean, milliseconds: number, signal: AbortSignal): Promise<FaultCheck> {
  const end = performance.now() + milliseconds;
  for (let pause = SHORTEST_MS; ; pause = Math.min(pause * 1.5, LONGEST_MS)) {
    signal.throwIfAborted();
    const begin = performance.now();
    let failure: unknown;
    const check = await look().catch((error: unknown) => {
      failure = error ?? new Error('The look failed without a reason.');
      return undefined;
    });
    if (check && isEnough(check)) return check;
    const now = performance.now();
    if (now >= end) {
      if (check) return check;
      throw failure;
    }
    await sleep(Math.min(Math.max(pause - (now - begin), SHORTEST_MS), end - now), signal);
  }
}

/** @throws the signal's reason, as soon as it is aborted. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, signal && { signal }).catch(() => undefined);
  signal?.throwIfAborted();
}
