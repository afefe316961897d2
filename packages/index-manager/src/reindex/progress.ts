import type { ReindexProgress, ReindexState } from './model.ts';

const WINDOW_MS = 10_000;
/** Nothing comes after them; in the others, nothing is known as long as there is nothing to be done. */
const OVER: ReadonlySet<ReindexState> = new Set(['swapped', 'rolled-back']);

/** Turns counts into rates and a time left, over the last seconds: the server's pace changes. */
export class ProgressMeter {
  readonly #names: { readonly source: string; readonly target: string };
  readonly #tell: ((progress: ReindexProgress) => void) | undefined;
  #state: ReindexState | undefined;
  #points: { readonly at: number; readonly done: number }[] = [];

  constructor(names: { readonly source: string; readonly target: string }, tell: ((progress: ReindexProgress) => void) | undefined) {
    this.#names = { source: names.source, target: names.target };
    this.#tell = tell;
  }

  /** Says how far a state is. */
  report(state: ReindexState, reached: number, total: number, at = performance.now()): void {
    if (state !== this.#state) this.#points = [];
    this.#state = state;
    // A copy that is started again has all of its way before it, most of which it has made already.
    const done = Math.min(total, Math.max(reached, this.#points.at(-1)?.done ?? 0));
    this.#points = [...this.#points.filter((point) => at - point.at <= WINDOW_MS), { at, done }];
    const [first] = this.#points as [{ readonly at: number; readonly done: number }];
    const rate = at > first.at ? ((done - first.done) * 1000) / (at - first.at) : 0;
    this.#tell?.({ ...this.#names, state, done, total, rate, secondsLeft: done >= total && (total > 0 || OVER.has(state)) ? 0 : rate > 0 ? (total - done) / rate : undefined });
  }
}
