import { isPodscopeError } from '@podscope/core';
import type { FaultType } from './defineFault.ts';
import { revertEntry } from './inject.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { FaultTarget } from './target.ts';

/** What became of one leftover. */
export interface RecoveredFault {
  readonly id: string;
  /**
   * `reverted`: the state from before is restored. `failed`: it could not be; the entry stays. `unreadable`: the key is
   * gone or the file was changed, so the state from before is unknown; the entry stays.
   */
  readonly outcome: 'reverted' | 'failed' | 'unreadable';
  /** One line: why, and what to do. */
  readonly message: string;
}

/** What {@link recoverFaults} takes. */
export interface RecoverOptions {
  readonly target: FaultTarget;
  readonly journal: Journal;
  /** The kinds of fault that may be in the journal. */
  readonly faults: readonly FaultType[];
  /** Entries to leave alone: faults that are meant to be there. */
  readonly except?: ReadonlySet<string>;
  /** Only those whose time has been over for so many milliseconds. Without it, all. */
  readonly expiredFor?: number;
}

/**
 * Reverts, by force, every fault that a dead injector left behind.
 *
 * A journal whose key is gone cannot be read: those leftovers are reported honestly as `unreadable`. Their effects can
 * only be undone by comparing the target with its baseline, or by setting it up anew; then remove the entries.
 */
export async function recoverFaults(options: RecoverOptions): Promise<readonly RecoveredFault[]> {
  const outcomes: RecoveredFault[] = [];
  for (const item of await options.journal.list()) {
    if (options.except?.has(item.id)) continue;
    if (item.entry === null) {
      outcomes.push({
        id: item.id,
        outcome: 'unreadable',
        message: `${item.reason} The state from before is unknown: set the target up anew or compare it with its baseline, then discard this entry.`,
      });
      continue;
    }
    if (options.expiredFor !== undefined && Date.parse(item.entry.expiresAt) + options.expiredFor > Date.now()) continue;
    outcomes.push(await recoverOne(options, item.entry));
  }
  return outcomes;
}

async function recoverOne(options: RecoverOptions, entry: JournalEntry): Promise<RecoveredFault> {
  const failed = (message: string): RecoveredFault => ({ id: entry.id, outcome: 'failed', message });
  if (entry.target !== options.target.id) return failed(`It belongs to the target ${entry.target}: recover it there.`);
  const type = options.faults.find((each) => each.kind === entry.kind);
  if (!type) return failed('Its kind of fault is not installed here: recover it with the configuration that injected it.');
  try {
    await revertEntry(type.restore(entry.params), entry, options, true);
  } catch (error) {
    return failed(isPodscopeError(error) ? `${error.message} ${error.hint ?? ''}`.trim() : String(error));
  }
  return { id: entry.id, outcome: 'reverted', message: 'The state from before the fault is restored.' };
}
