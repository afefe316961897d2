import { type RecoveredFault, type RecoverOptions, recoverFaults } from './recover.ts';

const DEFAULT_INTERVAL_MS = 5_000;
const DEFAULT_GRACE_MS = 10_000;

/** What {@link watchFaults} takes. */
export interface WatchOptions extends Omit<RecoverOptions, 'expiredFor'> {
  /** Between two looks at the journal, milliseconds. @default 5,000 */
  readonly intervalMs?: number;
  /** How long after the end of its time a fault is left to its own injector, milliseconds. @default 10,000 */
  readonly graceMs?: number;
  /** Told of each fault that was reverted, or could not be: then it is tried again at the next look. */
  readonly onOutcome?: (outcome: RecoveredFault) => void;
  /** Told when the journal itself could not be read. */
  readonly onError?: (error: unknown) => void;
}

/** A watchdog that runs. `await using` ends it. */
export interface FaultWatch extends AsyncDisposable {
  /** Ends the watch; resolves when a revert that is under way is over. */
  close(): Promise<void>;
}

/**
 * A watchdog for a process that outlives the injectors: it looks at the journal again and again, and reverts every fault
 * whose time is over and whose injector did not revert it, because it died or because its revert failed.
 */
export function watchFaults(options: WatchOptions): FaultWatch {
  const { intervalMs = DEFAULT_INTERVAL_MS, graceMs = DEFAULT_GRACE_MS, onOutcome, onError } = options;
  let looking: Promise<void> = Promise.resolve();
  let busy = false;
  const look = async (): Promise<void> => {
    busy = true;
    try {
      for (const outcome of await recoverFaults({ ...options, expiredFor: graceMs })) if (outcome.outcome !== 'unreadable') onOutcome?.(outcome);
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
