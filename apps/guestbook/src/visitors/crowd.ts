import { seededRandom } from '../seededRandom.ts';
import type { Sender } from './sender.ts';
import { averageSession, planSession, type Session, type SessionAverages } from './session.ts';

/** No more visits at a time than this, however slow the guestbook is. */
const MOST_VISITS = 5_000;

/** How far back a visit that is in the middle of its steps may have begun, in average visits' lengths. */
const WINDOW = 5;

interface Visit {
  readonly session: Session;
  step: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The ordinary visitors. Visits begin independently of each other (exponential gaps), as many as the rate needs on
 * average; each goes through its steps with its pauses. A new rate takes effect at once: visits in the middle of their
 * steps are added, or leave.
 */
export class Crowd {
  readonly #sender: Sender;
  readonly #seed: string;
  readonly #archivePages: number;
  readonly #averages: SessionAverages;
  /** Draws arrivals only, so that the visits themselves stay the same at every rate. */
  readonly #arrivals;
  readonly #visits = new Set<Visit>();
  #rate = 0;
  #next = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(sender: Sender, seed: string, archivePages: number) {
    this.#sender = sender;
    this.#seed = seed;
    this.#archivePages = archivePages;
    this.#averages = averageSession(seed, archivePages);
    this.#arrivals = seededRandom(`${seed}:arrivals`);
  }

  /** Requests in a second that the visitors make together. */
  get rate(): number {
    return this.#rate;
  }

  /** Changes the rate; 0 sends everybody home. */
  setRate(rate: number): void {
    const before = this.#rate;
    this.#rate = rate;
    clearTimeout(this.#timer);
    if (rate < before) {
      const stay = rate / before;
      for (const visit of [...this.#visits]) if (this.#arrivals.next() >= stay) this.#leave(visit);
    } else {
      const { requests, duration } = this.#averages;
      // Those who would have come within the window; the ones whose visit is over by now don't begin at all.
      const present = Math.round((((rate - before) / requests) * WINDOW * duration) / 1000);
      for (let count = 0; count < present; count++) this.#begin(true);
    }
    this.#await();
  }

  #await(): void {
    if (this.#rate <= 0) return;
    const gap = this.#arrivals.exponential((1000 * this.#averages.requests) / this.#rate);
    this.#timer = setTimeout(() => {
      this.#begin(false);
      this.#await();
    }, gap);
  }

  #begin(inTheMiddle: boolean): void {
    if (this.#visits.size >= MOST_VISITS) {
      this.#sender.skip();
      return;
    }
    const session = planSession(this.#seed, this.#next++, this.#archivePages);
    const visit: Visit = { session, step: 0, timer: undefined };
    let passed = 0;
    if (inTheMiddle) {
      passed = this.#arrivals.next() * WINDOW * this.#averages.duration;
      for (let step = session.steps[0]; step && passed > step.afterMs; step = session.steps[visit.step]) {
        passed -= step.afterMs;
        visit.step++;
      }
    }
    if (visit.step >= session.steps.length) return;
    this.#visits.add(visit);
    this.#schedule(visit, passed);
  }

  #schedule(visit: Visit, passed: number): void {
    const step = visit.session.steps[visit.step];
    if (step === undefined) {
      this.#visits.delete(visit);
      return;
    }
    visit.timer = setTimeout(() => {
      const { address, userAgent } = visit.session.person;
      visit.step++;
      void this.#sender.send({ ...step, address, userAgent }).then(() => {
        if (this.#visits.has(visit)) this.#schedule(visit, 0);
      });
    }, step.afterMs - passed);
  }

  #leave(visit: Visit): void {
    clearTimeout(visit.timer);
    this.#visits.delete(visit);
  }
}
