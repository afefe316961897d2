import type { ProgressMessage, SupervisorStep, SupervisorTimings } from '../protocol.ts';

/** Measures the steps of a start and tells about each. */
export class Progress {
  readonly #began = performance.now();
  readonly #timings: Partial<Record<SupervisorStep, number>> = {};
  readonly #tell: (message: ProgressMessage) => void;

  constructor(tell: (message: ProgressMessage) => void) {
    this.#tell = tell;
  }

  /** Announces a step; what it returns ends the step. */
  begin(step: SupervisorStep, message: string): (message: string) => void {
    const began = performance.now();
    this.#tell({ type: 'progress', step, state: 'start', ms: 0, message });
    return (done) => {
      const ms = Math.round(performance.now() - began);
      this.#timings[step] = ms;
      this.#tell({ type: 'progress', step, state: 'done', ms, message: done });
    };
  }

  /** Runs one step from beginning to end. */
  async step<Result>(step: SupervisorStep, message: string, run: () => Promise<Result>, done: (result: Result) => string): Promise<Result> {
    const end = this.begin(step, message);
    const result = await run();
    end(done(result));
    return result;
  }

  /** What was measured until now, in milliseconds. */
  get timings(): SupervisorTimings {
    return { ...this.#timings, total: Math.round(performance.now() - this.#began) };
  }
}
