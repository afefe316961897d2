import { PodscopeError } from '@podscope/core';
import { isAlive } from './alive.ts';
import type { FaultRecord, FaultStore } from './types.ts';

const INTERVAL_MS = 5_000;
/** Of one grace: three of them may be lost or late. */
const BEATS = 4;

/** What a beat found out. `taken`: somebody else reverts the fault. `gone`: it is reverted. `stopped`: the kill switch is on. */
export type Finding = 'taken' | 'gone' | 'stopped';

/** Signs of life of an injector. */
export interface Heart {
  /** Called with what the beats find from now on, instead of an earlier listener. */
  listen(listener: (finding: Finding) => void): void;
  end(): void;
}

/** Milliseconds between two beats for whoever waits `graceMs` for one. */
export function beatEvery(graceMs: number, intervalMs = INTERVAL_MS): number {
  return Math.min(intervalMs, graceMs / BEATS);
}

/** Renews `aliveAt` until its end, and looks on the way what became of the fault. A beat that fails is made up for by the next. */
export function beatHeart({ record, store, now, intervalMs }: { readonly record: FaultRecord; readonly store: FaultStore; readonly now: () => number; readonly intervalMs: number }): Heart {
  let listener: ((finding: Finding) => void) | undefined;
  let beating = false;
  const beat = async (): Promise<Finding | undefined> => {
    const current = await store.update(record.id, (each) => ({ ...each, aliveAt: new Date(now()).toISOString() }));
    if (!current) return 'gone';
    if (current.reverter && current.reverter.by !== record.injector && isAlive(current.reverter, now())) return 'taken';
    return (await store.stopped()) === undefined ? undefined : 'stopped';
  };
  const timer = setInterval(() => {
    if (beating) return;
    beating = true;
    beat()
      .then((found) => found && listener?.(found))
      .catch(() => undefined)
      .finally(() => (beating = false));
  }, intervalMs);
  timer.unref();
  return {
    listen(next) {
      listener = next;
    },
    end() {
      listener = undefined;
      clearInterval(timer);
    },
  };
}

/** A signal that is aborted when a beat finds that the fault is not to be injected any further. */
export function lettingGo(heart: Heart): AbortSignal {
  const controller = new AbortController();
  const reasons = { taken: 'somebody else reverts it', gone: 'somebody else has reverted it', stopped: 'all faults were aborted' } as const;
  heart.listen((finding) => controller.abort(new PodscopeError('FAULT_ENDED', `The fault was not injected to its end: ${reasons[finding]}.`, { hint: 'See who did, and why, before you inject it again.' })));
  return controller.signal;
}
