import { isPodscopeError } from '@podscope/core';
import type { FaultKind } from '../../definition/defineFault.ts';
import type { KubernetesTarget } from '../../definition/targets.ts';
import { storeClock } from '../../engine/alive.ts';
import { isLeftover } from '../../engine/recover.ts';
import { revertRecord } from '../../engine/revert.ts';
import { toldError } from '../../engine/steps.ts';
import type { FaultRecord, JournalEvent } from '../../engine/types.ts';
import { sleep } from '../../engine/until.ts';
import type { ClusterStore } from '../store/clusterStore.ts';

const LOOK_MS = 2_000;
/** After a revert that failed. */
const RETRY_MS = 10_000;
/** So many refusals in a row are no new role that is not known everywhere yet. */
const REFUSALS = 10;

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

type Seen = 'tended' | 'gone' | Omit<FaultRecord, 'before'>;

/**
 * Watches one fault until it is gone: reverts it, by force, when its injector gives no sign of life, when its time is over, or when all faults are
 * aborted. Tries again as long as it fails.
 *
 * @throws PodscopeError KUBE_FORBIDDEN, KUBE_UNAUTHORIZED when its rights are gone for good, as they are with the fault
 */
export async function watchOne({ id, target, store, faults, graceMs, tell }: WatchOneOptions): Promise<void> {
  const say = (finding: string): void => tell({ time: new Date().toISOString(), id, finding });
  const now = await storeClock(store);
  let refused = 0;

  async function look(): Promise<Seen> {
    const record = await store.peek(id);
    if (!record) return 'gone';
    const isDue = (await store.stopped()) !== undefined || isLeftover({ ...record, before: null }, now(), graceMs);
    return isDue ? record : 'tended';
  }
  async function lookOnce(): Promise<Seen> {
    try {
      const seen = await look();
      refused = 0;
      return seen;
    } catch (error) {
      const isRefused = isPodscopeError(error, 'KUBE_FORBIDDEN') || isPodscopeError(error, 'KUBE_UNAUTHORIZED');
      refused = isRefused ? refused + 1 : 0;
      if (refused >= REFUSALS) throw error;
      say(`it could not look: ${textOf(error)}`);
      return 'tended';
    }
  }
  async function revert(record: Omit<FaultRecord, 'before'>): Promise<boolean> {
    say('its injector is gone, its time is over, or all faults are aborted');
    try {
      const kind = faults.find((each) => each.id === record.fault);
      if (!kind) throw new Error('This program does not know its kind of fault.');
      await revertRecord(kind.from(record.params), id, { target, store, journal: tell }, { force: true });
      return true;
    } catch (error) {
      say(`it could not be reverted, and is tried again: ${textOf(error)}`);
      return false;
    }
  }

  for (;;) {
    const seen = await lookOnce();
    // With its record this watchdog's own rights go: there is no other look afterwards.
    if (seen === 'gone' || (seen !== 'tended' && (await revert(seen)))) break;
    await sleep(seen === 'tended' ? LOOK_MS : RETRY_MS);
  }
  say('the fault is reverted');
}

function textOf(error: unknown): string {
  const { code, message } = toldError(error);
  return `${code}: ${message}`;
}
