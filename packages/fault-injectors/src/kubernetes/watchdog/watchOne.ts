import type { FaultKind } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import { storeClock } from '../../engine/alive.ts';
import { isLeftover } from '../../engine/recover.ts';
import { revertRecord } from '../../engine/revert.ts';
import { toldError } from '../../engine/steps.ts';
import type { JournalEvent } from '../../engine/types.ts';
import { sleep } from '../../engine/until.ts';
import type { ClusterStore } from '../store/clusterStore.ts';

const LOOK_MS = 2_000;
/** After a revert that failed. */
const RETRY_MS = 10_000;

/** What a watchdog of one fault takes. */
export interface WatchOneOptions {
  readonly id: string;
  readonly target: KubernetesTarget;
  readonly store: ClusterStore;
  readonly faults: readonly FaultKind[];
  /** How long an injector may give no sign of life, and may be late at the end of its time, milliseconds. */
  readonly graceMs: number;
  /** Told what it does, one line each. */
  readonly tell: (line: JournalEvent | { readonly time: string; readonly id: string; readonly finding: string }) => void;
}

/**
 * Watches one fault until it is gone: reverts it, by force, when its injector gives no sign of life, when its time is over, or when all faults are
 * aborted. Tries again as long as it fails.
 */
export async function watchOne({ id, target, store, faults, graceMs, tell }: WatchOneOptions): Promise<void> {
  const say = (finding: string): void => tell({ time: new Date().toISOString(), id, finding });
  const now = await storeClock(store);
  for (;;) {
    const record = await store.peek(id);
    if (!record) {
      say('the fault is reverted');
      return;
    }
    const isStopped = (await store.stopped()) !== undefined;
    if (!isStopped && !isLeftover({ ...record, before: null }, now(), graceMs)) {
      await sleep(LOOK_MS);
      continue;
    }
    say(isStopped ? 'all faults are aborted' : 'its injector is gone, or its time is over');
    const kind = faults.find((each) => each.id === record.fault);
    try {
      if (!kind) throw new Error('This program does not know its kind of fault.');
      await revertRecord(kind.from(record.params), id, { target, store, journal: tell }, { force: true });
    } catch (error) {
      const { code, message } = toldError(error);
      say(`it could not be reverted, and is tried again: ${code} ${message}`);
      await sleep(RETRY_MS);
    }
  }
}
