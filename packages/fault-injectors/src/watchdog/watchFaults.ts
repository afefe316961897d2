import { GRACE_MS } from '../engine/alive.ts';
import { type RecoveredFault, type RecoverOptions, recoverFaults } from '../engine/recover.ts';

const INTERVAL_MS = 5_000;

/** What {@link watchFaults} takes. */
export interface WatchFaultsOptions extends Omit<RecoverOptions, 'force'> {
  /** Between two looks at the store, milliseconds. @default 5,000 */
  readonly intervalMs?: number;
  /** Told of each fault that was reverted, or could not be: then it is tried again at the next look. */
  readonly onOutcome?: (outcome: RecoveredFault) => void;
  /** Told when the store itself could not be read. */
  readonly onError?: (error: unknown) => void;
  /** Told after each look, with how many faults are left. */
  readonly onLook?: (left: number) => void;
}

/** A watch that runs. `await using` ends it. */
export interface FaultWatch extends AsyncDisposable {
  /** Ends the watch; resolves when a revert that is under way is over. */
  close(): Promise<void>;
}

/**
 * Looks at the store again and again, for a process that outlives the injectors: reverts, by force, every fault whose injector is gone, and whose
 * time has been over for `graceMs` and whose injector did not revert it.
 */
export function watchFaults(options: WatchFaultsOptions): FaultWatch {
  const { intervalMs = INTERVAL_MS, graceMs = GRACE_MS, store, onOutcome, onError, onLook } = options;
  let looking: Promise<void> = Promise.resolve();
  let busy = false;
  const look = async (): Promise<void> => {
    busy = true;
    try {
      for (const outcome of await recoverFaults({ ...options, graceMs, force: true })) if (outcome.outcome !== 'unreadable') onOutcome?.(outcome);
      if (onLook) onLook((await store.list()).length);
    } catch (error) {
      onError?.(error);
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => {
    if (!busy) looking = look();
  }, intervalMs);
  const close = async (): Promise<void> => {
    clearInterval(timer);
    await looking;
  };
  return { close, [Symbol.asyncDispose]: close };
}
