import type { PartState } from '../../../control/api.ts';

/** Keeps count of one process over its lives, for those who ask how it is. */
export class PartWatch {
  #state: PartState;
  #starts = 0;

  constructor(name: string) {
    this.#state = { name, running: false, pid: null, restarts: 0, problem: 'it has not started yet' };
  }

  get part(): PartState {
    return this.#state;
  }

  started(pid: number | undefined): void {
    this.#state = { ...this.#state, running: true, pid: pid ?? null, restarts: this.#starts++, problem: null };
  }

  failed(message: string): void {
    this.#state = { ...this.#state, running: false, pid: null, problem: `it cannot be started now: ${message}` };
  }

  ended(reason: string): void {
    this.#state = { ...this.#state, running: false, pid: null, problem: `it ended (${reason}); see "podscope logs supervisor"` };
  }
}
