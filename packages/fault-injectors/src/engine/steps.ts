import { isPodscopeError } from '@podscope/core';
import type { FaultState } from '../definition/check.ts';
import type { JournalEvent, OnStep, StoreStep } from './types.ts';

/** Whose steps they are, and who is told of them. */
export interface StepTeller {
  readonly id: string;
  readonly fault: string;
  readonly target: string;
  readonly journal?: ((event: JournalEvent) => void) | undefined;
  readonly onStep?: OnStep | undefined;
}

type Phase = Parameters<OnStep>[0]['phase'];
type Told = Omit<JournalEvent, 'time' | 'id' | 'fault' | 'target'>;

/** Writes a line of the journal. One that can't be written, because the disk is full, keeps no fault from being reverted. */
export function tell({ id, fault, target, journal }: StepTeller, told: Told): void {
  try {
    journal?.({ time: new Date().toISOString(), id, fault, target, ...told });
  } catch {
    // As above.
  }
}

/** An error as the journal shows it: never its cause, which may hold what a server said of secrets. */
export function toldError(error: unknown): { readonly code: string; readonly message: string } {
  if (isPodscopeError(error)) return { code: error.code, message: error.message };
  return { code: error instanceof Error ? error.name : 'Error', message: 'An unexpected error; the one who injects has its cause.' };
}

/** Writes of a fault: the journal tells of each. Stops before the next one when the signal is aborted. */
export function faultSteps(teller: StepTeller, phase: 'inject' | 'revert', state: FaultState, signal: AbortSignal): StoreStep {
  const step = hooked(teller, phase);
  return async (name, write) => {
    signal.throwIfAborted();
    return await step(name, async () => {
      tell(teller, { state, step: name, phase: 'begin' });
      try {
        const value = await write();
        tell(teller, { state, step: name, phase: 'done' });
        return value;
      } catch (error) {
        tell(teller, { state, step: name, phase: 'failed', error: toldError(error) });
        throw error;
      }
    });
  };
}

/** Writes of the engine and its store: only a test's hook hears of them. */
export function hooked({ onStep }: StepTeller, phase: Phase): StoreStep {
  return async (step, write) => {
    await onStep?.({ phase, step, when: 'before' });
    const value = await write();
    await onStep?.({ phase, step, when: 'after' });
    return value;
  };
}
