import { isPodscopeError, type PodscopeError } from '@podscope/core';
import type { FaultKind } from '../definition/defineFault.ts';
import type { AnyTarget } from '../definition/targets.ts';
import { GRACE_MS, isTended, storeClock } from './alive.ts';
import { revertRecord } from './revert.ts';
import type { FaultRecord, FaultStore, InjectOptions, RevertOptions } from './types.ts';

/** What became of one leftover. */
export interface RecoveredFault {
  readonly id: string;
  /**
   * `reverted`: the state from before is restored. `changed`: somebody else changed the same things since; revert it by force. `failed`: it
   * could not be reverted; its record stays. `unreadable`: the key is gone or the record was changed, so the state from before is unknown; it
   * stays.
   */
  readonly outcome: 'reverted' | 'changed' | 'failed' | 'unreadable';
  /** One line: why, and what to do. */
  readonly message: string;
  /** What somebody else changed, one line each. */
  readonly details?: readonly string[];
}

/** What {@link recoverFaults} takes. */
export interface RecoverOptions extends RevertOptions, Pick<InjectOptions, 'journal' | 'onStep'> {
  readonly target: AnyTarget;
  readonly store: FaultStore;
  /** The kinds of fault that may be in the store. */
  readonly faults: readonly FaultKind[];
  /** Faults to leave alone: they are meant to be there. */
  readonly except?: ReadonlySet<string>;
  /**
   * Whose injector has given a sign of life within so many milliseconds, and whose time is not over, is no leftover. 0: whatever is in the store
   * is one.
   *
   * @default 30,000
   */
  readonly graceMs?: number;
}

/** True for a fault that its injector will not revert: that is gone, or its time has been over for as long. One that was left on purpose is one at the end of its time. */
export function isLeftover(record: FaultRecord, now: number, graceMs: number): boolean {
  if (graceMs === 0) return true;
  if (record.unattended === true) return Date.parse(record.expiresAt) <= now;
  return !isTended(record, now, graceMs) || Date.parse(record.expiresAt) + graceMs <= now;
}

/**
 * Reverts every fault that a dead injector left behind, also one of another machine.
 *
 * What can't be read is told honestly as `unreadable`: its effects can only be undone by comparing the target with its baseline, or by setting it
 * up anew; then remove the record.
 */
export async function recoverFaults(options: RecoverOptions): Promise<readonly RecoveredFault[]> {
  const { store, except, graceMs = GRACE_MS } = options;
  const now = await storeClock(store);
  const outcomes: RecoveredFault[] = [];
  for (const item of await store.list()) {
    if (except?.has(item.id) === true) continue;
    try {
      if (item.record === null) outcomes.push(unreadable(item.id, item.reason));
      else if (isLeftover(item.record, now(), graceMs)) outcomes.push(await recoverOne(options, item.record));
    } catch {
      // Somebody has written into it; the others are to be recovered all the same.
      outcomes.push(unreadable(item.id, 'Something is missing in it.'));
    }
  }
  // Can wait for the next one; what was recovered must be told.
  await store.tidy?.().catch(() => undefined);
  return outcomes;
}

function unreadable(id: string, reason: string): RecoveredFault {
  return { id, outcome: 'unreadable', message: `${reason} The state from before is unknown: set the target up anew or compare it with its baseline, then discard this record.` };
}

async function recoverOne(options: RecoverOptions, record: FaultRecord): Promise<RecoveredFault> {
  const { id } = record;
  const failed = (message: string): RecoveredFault => ({ id, outcome: 'failed', message });
  if (record.target.id !== options.target.id) return failed(`It belongs to the target ${record.target.id}: recover it there.`);
  const kind = options.faults.find((each) => each.id === record.fault);
  if (!kind) return failed('Its kind of fault is not installed here: recover it with the configuration that injected it.');
  try {
    await revertRecord(kind.from(record.params), id, options, options);
  } catch (error) {
    if (!isPodscopeError(error)) return failed(String(error));
    if (error.code === 'FAULT_TARGET_CHANGED') return { id, outcome: 'changed', message: lineOf(error), details: error.details };
    return failed(lineOf(error));
  }
  return { id, outcome: 'reverted', message: 'The state from before the fault is restored.' };
}

function lineOf({ message, hint }: PodscopeError): string {
  return `${message} ${hint ?? ''}`.trim();
}
