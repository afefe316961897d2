import { randomBytes } from 'node:crypto';
import type { ClusterState, HuntView } from '@podscope/console/api';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import { createStoreKey, diskStore, type Fault, type InjectedFault, injectFault, type LocalTarget, type SystemTarget } from '@podscope/fault-injectors';
import { beginAttempt, gradeAttempt, type HuntAttempt, keepAnswers, markRunning, type SearchAnswer, type SearchBody, stopAttempt, takeHint, viewOf } from '@podscope/mystery-hunts';
import type { HuntControl } from '../control/handlers.ts';
import { huntCatalogue } from './catalogue.ts';
import { createFaultService, type InTurn, whenEnded } from './faultService.ts';
import { type PublicState, readPublicState, type WorkshopHunt } from './publicState.ts';

/** Four hours. */
const HUNT_TTL_MS = 14_400_000;

/** What the hunts need of the system that they run on. */
export interface HuntServiceOptions {
  readonly target: SystemTarget;
  /** Its processes, where it is one of this machine. @default faults on processes are refused */
  readonly local?: LocalTarget | undefined;
  /** The cluster's public state. */
  state(): Promise<ClusterState>;
  /** A search of an index pattern. */
  search(index: string, body: SearchBody): Promise<SearchAnswer>;
  /** Where the states from before faults are kept, sealed. */
  readonly journalDir: string;
  /** 32 bytes that seal them. Never written anywhere. @default a new random key */
  readonly key?: Uint8Array;
  /** Remembers the system as it is; what it gives puts back whatever learners have changed since. @default nothing */
  keepBaseline?(): Promise<() => Promise<void>>;
  /** Hunts beside the workshop's own. */
  readonly hunts?: readonly WorkshopHunt[];
  /** Faults beside the workshop's own, with their parameters. */
  readonly faults?: readonly Fault[];
  /** A hunt that lasts longer is stopped, and its fault reverts itself. Milliseconds. @default 14,400,000 (4 hours) */
  readonly ttlMs?: number;
  /** Told one line when something happened that nobody asked for, such as a fault that reverted itself. */
  readonly onNote?: (line: string) => void;
}

interface Running {
  readonly attempt: HuntAttempt<PublicState>;
  readonly fault: InjectedFault | null;
  /** Puts back what the learner changed beside the fault; `null` when that is done. */
  readonly restore: (() => Promise<void>) | null;
}

/**
 * Plays hunts, one at a time. The truth of an attempt stays in this process' memory and, sealed, in the store of faults.
 *
 * Every method may throw HUNT_UNKNOWN, HUNT_BUSY, HUNT_NOT_RUNNING, HUNT_BAD_ANSWER, HUNT_NO_HINTS, or what the faults throw.
 */
export async function createHuntService(options: HuntServiceOptions): Promise<HuntControl> {
  const hunts = [...huntCatalogue, ...(options.hunts ?? [])];
  const store = await diskStore({ directory: options.journalDir, key: options.key ?? createStoreKey() });
  const attempts = new Map<string, Running>();
  const publicState = async () => await readPublicState(await options.state());
  const note = options.onNote ?? (() => undefined);
  const isHunting = () => [...attempts.values()].some(({ attempt }) => attempt.status === 'starting' || attempt.status === 'running');
  // Starts, submissions and stops must not overtake each other, nor faults by hand.
  const { inTurn, end } = createTurns();
  const faults = createFaultService({ target: options.target, local: options.local, store, state: publicState, isHunting, inTurn, faults: options.faults ?? [], note });

  const huntOf = (id: string): WorkshopHunt => {
    const hunt = hunts.find((each) => each.id === id);
    if (hunt) return hunt;
    throw new PodscopeError('HUNT_UNKNOWN', `There is no hunt "${id.slice(0, 80)}".`, { hint: `The hunts are: ${hunts.map((each) => each.id).join(', ')}.` });
  };
  const runningOf = (id: string): Running => {
    const running = attempts.get(huntOf(id).id);
    if (running) return running;
    throw new PodscopeError('HUNT_NOT_RUNNING', `The hunt ${id} is not running.`, { hint: `Start it with "podscope hunt start ${id}".` });
  };
  const keep = (id: string, running: Running): HuntView => {
    attempts.set(id, running);
    return viewOf(huntOf(id), running.attempt);
  };

  async function start(id: string, seed: string): Promise<HuntView> {
    const hunt = huntOf(id);
    const restore = (await options.keepBaseline?.()) ?? null;
    const attempt = beginAttempt(hunt, { seed, baseline: await publicState() });
    const previous = attempts.get(id);
    attempts.set(id, { attempt, fault: null, restore });
    try {
      const fault = await injectFault(hunt.fault(attempt.truth), {
        target: options.target,
        store,
        ttl: options.ttlMs ?? HUNT_TTL_MS,
        // The index is where a hunt's symptom has to show.
        verifyMs: 0,
      });
      faults.hide(fault);
      whenEnded(fault.ended, (message) => expire(id, fault.id, message));
      return keep(id, { attempt: markRunning(attempt), fault, restore });
    } catch (error) {
      if (previous) attempts.set(id, previous);
      else attempts.delete(id);
      throw withoutTruth(error, id);
    }
  }

  /** A fault that reverted itself must not pass for a learner's fix. */
  function expire(id: string, faultId: string, message: string): void {
    note(message);
    const running = attempts.get(id);
    if (running?.fault?.id !== faultId) return;
    faults.forget(faultId);
    // At once, so that a submission that waits for its turn finds the hunt over.
    attempts.set(id, { ...running, attempt: stopAttempt(running.attempt), fault: null });
    inTurn(() => stop(id)).catch(() => note('what was changed during a hunt that ran out of time could not be put back'));
  }

  async function submit(id: string): Promise<HuntView> {
    const hunt = huntOf(id);
    const { attempt } = runningOf(id);
    const { truth, baseline, startedAt } = attempt;
    const check = await hunt.check({ search: options.search, state: publicState }, { truth, baseline, startedAt });
    // Hints and answers may have come in while the evidence was read.
    const running = runningOf(id);
    const graded = gradeAttempt(hunt, running.attempt, check);
    if (graded.status === 'solved') await cleanUp(running);
    return keep(id, graded.status === 'solved' ? { attempt: graded, fault: null, restore: null } : { ...running, attempt: graded });
  }

  /** The fault goes first: what learners changed is put back on the system as it was meant to be. */
  async function cleanUp({ fault, restore }: Running): Promise<void> {
    if (fault) {
      await fault.revert({ force: true });
      faults.forget(fault.id);
    }
    await restore?.();
  }

  async function stop(id: string): Promise<HuntView> {
    await cleanUp(runningOf(id));
    return keep(id, { attempt: stopAttempt(runningOf(id).attempt), fault: null, restore: null });
  }

  return {
    hunts: async () => hunts.map((hunt) => viewOf(hunt, attempts.get(hunt.id)?.attempt ?? null)),
    startHunt: (id, seed = randomBytes(16).toString('hex')) =>
      inTurn(async () => {
        huntOf(id);
        const busy = [...attempts.values()].find(({ attempt }) => attempt.status === 'starting' || attempt.status === 'running');
        if (!busy) {
          faults.refuseBeside(id);
          return await start(id, seed);
        }
        throw new PodscopeError('HUNT_BUSY', `The hunt ${busy.attempt.hunt} is ${busy.attempt.status}; one runs at a time.`, {
          hint: `Solve it, or end it with "podscope hunt stop ${busy.attempt.hunt}".`,
        });
      }),
    async takeHint(id) {
      const running = runningOf(id);
      return keep(id, { ...running, attempt: takeHint(huntOf(id), running.attempt) });
    },
    async answerHunt(id, answers) {
      const running = runningOf(id);
      return keep(id, { ...running, attempt: keepAnswers(huntOf(id), running.attempt, answers) });
    },
    submitHunt: (id) => inTurn(() => submit(id)),
    stopHunt: (id) => inTurn(() => stop(id)),
    ...faults.verbs,
    close: () =>
      end(async () => {
        faults.close();
        const outcomes = await Promise.allSettled([...attempts.keys()].map(stop));
        await faults.revertAll();
        for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
      }),
  };
}

/** Runs tasks one after the other, in the order in which they came; after the last one, which `end` takes, none. */
function createTurns(): { readonly inTurn: InTurn; end(task: () => Promise<void>): Promise<void> } {
  let queue: Promise<unknown> = Promise.resolve();
  let ending: Promise<void> | undefined;
  const inTurn: InTurn = (task) => {
    if (ending) return Promise.reject(new PodscopeError('PROCESS_ENDED', 'The system is ending: nothing is broken or repaired any more.', { hint: 'Run "podscope up" again.' }));
    const turn = queue.then(task, task);
    queue = turn.catch(() => undefined);
    return turn;
  };
  return { inTurn, end: (task) => (ending ??= inTurn(task)) };
}

/** An error of an injection as a learner may see it: causes and details could name what was drawn. */
function withoutTruth(error: unknown, id: string): PodscopeError {
  const code = isPodscopeError(error) ? error.code : 'unexpected error';
  return new PodscopeError('HUNT_START_FAILED', `The hunt ${id} could not be started (${code}).`, {
    hint: 'Check that the system is healthy with "podscope status", then try again.',
    cause: new Error(code),
  });
}
