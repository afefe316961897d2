import type { SearchAnswer, SearchBody } from '@podscope/mystery-hunts';
import type { ControlClient } from '../control/api.ts';

/** Answers by question id. */
export type Answers = Readonly<Record<string, string>>;

/** What a rehearsal may use: the public verbs and searches, as a learner does. */
export interface RehearsalSystem {
  readonly control: ControlClient;
  search(index: string, body: SearchBody): Promise<SearchAnswer>;
  /** When this attempt was started, ISO 8601. */
  readonly startedAt: string;
  /** When its fault was in, ISO 8601. */
  readonly injectedAt: string;
}

/** How one hunt is played without knowing its truth. */
export interface Rehearsal {
  /** Does the data show that something is wrong? */
  notices(system: RehearsalSystem): Promise<boolean>;
  /** Finds the answers in the data. */
  investigate(system: RehearsalSystem): Promise<Answers>;
  /** One answer replaced by a wrong one. */
  mistake(right: Answers): Answers;
  readonly bluntFixes: readonly {
    readonly name: string;
    /** A part of what the verdict must say of it. */
    readonly because: string;
    apply(system: RehearsalSystem): Promise<void>;
    undo?(system: RehearsalSystem): Promise<void>;
  }[];
  fixA(system: RehearsalSystem): Promise<void>;
  fixB(system: RehearsalSystem): Promise<void>;
}

/** Asks again every half second until there is an answer. @throws Error after `seconds`, naming `what`. */
export async function until<Value>(what: string, seconds: number, ask: () => Promise<Value | null>): Promise<Value> {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    const value = await ask();
    if (value !== null) return value;
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${seconds} s`);
    await pause(500);
  }
}

/** Waits. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
