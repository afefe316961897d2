import { type Plan, PodscopeError } from '@podscope/core';
import type { Fault, FaultChange, FaultCheck } from './defineFault.ts';
import { createFaultId, type Journal, type JournalEntry } from './journal.ts';
import type { FaultTarget } from './target.ts';

const DEFAULT_TTL_MS = 600_000;
/** A timer of Node takes no more: a longer one would end at once. About 24 days. */
const LONGEST_TTL_MS = 2_147_483_647;
/** A revert at the end of a fault's time that failed is tried again after this. */
const RETRY_MS = 15_000;

/** What {@link injectFault} takes beside the fault. */
export interface InjectOptions {
  readonly target: FaultTarget;
  readonly journal: Journal;
  /** After this time the fault reverts itself, milliseconds, at most 24 days. @default 600,000 (10 minutes) */
  readonly ttlMs?: number;
  /** Told when the fault reverted itself at the end of its time, with the error if that failed; it is tried again. */
  readonly onExpired?: (id: string, error?: unknown) => void;
}

/** How to revert. */
export interface RevertOptions {
  /** Revert although somebody else has changed the same things since. @default false */
  readonly force?: boolean;
}

/** A fault that is in the target. `await using` reverts it, by force, at the end of the block. */
export interface InjectedFault extends AsyncDisposable {
  /** Opaque: 16 hexadecimal digits. */
  readonly id: string;
  readonly kind: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** Is the symptom really there? */
  verify(): Promise<FaultCheck>;
  /**
   * Restores the state from before and removes the journal's entry. Again: does nothing.
   * @throws PodscopeError FAULT_TARGET_CHANGED when somebody else changed the same things and `force` is not set.
   * @throws PodscopeError FAULT_REVERT_FAILED when the target refuses; the entry stays.
   */
  revert(options?: RevertOptions): Promise<void>;
}

/** Dry run: reads the target and says what the fault would change. Changes nothing. */
export async function planFault(fault: Fault, options: { readonly target: FaultTarget }): Promise<Plan<FaultChange>> {
  return fault.plan(await fault.observe(options.target));
}

/**
 * Stores the exact state before, then injects. A failed injection is undone before the error is thrown.
 *
 * @throws PodscopeError FAULT_BAD_PARAMETERS, FAULT_TARGET_UNFIT, FAULT_INJECT_FAILED
 */
export async function injectFault(fault: Fault, options: InjectOptions): Promise<InjectedFault> {
  const { target, journal, ttlMs = DEFAULT_TTL_MS } = options;
  if (!(ttlMs > 0 && ttlMs <= LONGEST_TTL_MS)) {
    throw new PodscopeError('FAULT_BAD_PARAMETERS', `A fault cannot last ${ttlMs} ms.`, { hint: `Give a time from 1 to ${LONGEST_TTL_MS} ms (24 days).` });
  }
  const before = await fault.observe(target);
  const now = Date.now();
  const entry: JournalEntry = {
    id: createFaultId(),
    target: target.id,
    kind: fault.kind,
    params: fault.params,
    before,
    state: 'prepared',
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + ttlMs).toISOString(),
  };
  await journal.write(entry);
  try {
    await fault.inject(target, before);
    await journal.write({ ...entry, state: 'injected' });
  } catch (cause) {
    // The message names no parameter: a hunt's truth would be in it.
    const undone = await revertEntry(fault, entry, options, true).then(() => true, () => false);
    throw new PodscopeError('FAULT_INJECT_FAILED', `The fault could not be injected into ${target.id}.`, {
      hint: undone ? 'What had been changed was restored. Check that the target is healthy and try again.' : `Restoring failed as well: recover fault ${entry.id} when the target is healthy.`,
      cause,
    });
  }
  return handleOf(fault, entry, options);
}

function handleOf(fault: Fault, entry: JournalEntry, options: InjectOptions): InjectedFault {
  let reverting: Promise<void> | undefined;
  const revert = (revertOptions: RevertOptions = {}): Promise<void> => {
    reverting ??= revertEntry(fault, entry, options, revertOptions.force ?? false)
      .then(() => clearTimeout(timer))
      .catch((error: unknown) => {
        reverting = undefined;
        throw error;
      });
    return reverting;
  };
  let timer: NodeJS.Timeout;
  const revertExpired = async (): Promise<void> => {
    // A watchdog may have been quicker: what was changed since then is not this fault's.
    const items = await options.journal.list();
    if (items.some(({ id }) => id === entry.id)) await revert({ force: true });
  };
  const revertAfter = (delay: number): void => {
    timer = setTimeout(() => {
      revertExpired().then(
        () => options.onExpired?.(entry.id),
        (error: unknown) => {
          revertAfter(RETRY_MS);
          options.onExpired?.(entry.id, error);
        },
      );
    }, delay);
    timer.unref();
  };
  revertAfter(Date.parse(entry.expiresAt) - Date.now());
  return {
    id: entry.id,
    kind: fault.kind,
    expiresAt: entry.expiresAt,
    verify: () => fault.verify(options.target, entry.before),
    revert,
    [Symbol.asyncDispose]: () => revert({ force: true }),
  };
}

/** Reverts one journalled fault and removes its entry. */
export async function revertEntry(
  fault: Fault,
  entry: JournalEntry,
  where: { readonly target: FaultTarget; readonly journal: Journal },
  force: boolean,
): Promise<void> {
  if (!force) {
    const foreign = await fault.foreignChanges(where.target, entry.before);
    if (foreign.length > 0) {
      throw new PodscopeError('FAULT_TARGET_CHANGED', `Fault ${entry.id} was not reverted: somebody else changed what it had changed.`, {
        hint: 'Look at the changes below, then revert with force to restore the state from before the fault.',
        details: foreign,
      });
    }
  }
  try {
    await fault.revert(where.target, entry.before);
  } catch (cause) {
    throw new PodscopeError('FAULT_REVERT_FAILED', `Fault ${entry.id} could not be reverted on ${where.target.id}.`, {
      hint: 'Its entry stays in the journal: revert it again, or recover, when the target is healthy.',
      cause,
    });
  }
  await where.journal.remove(entry.id);
}
