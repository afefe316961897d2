import type { FaultState } from '../definition/check.ts';
import { isAlive, isTended } from './alive.ts';
import type { FaultRecord, FaultStore, StoreStep } from './types.ts';
import { sleep } from './until.ts';

const RENEW_MS = 5_000;
const WAIT_MS = 250;

interface LeaseOf {
  readonly store: FaultStore;
  readonly id: string;
  readonly myself: string;
}

/** The right to revert a fault, and in which state it was before. */
export interface Lease {
  readonly record: FaultRecord;
  readonly earlier: FaultState;
}

/** True when there is nothing to restore: nothing was changed yet, or all is restored and only the record is left. */
export function isUntouched(state: FaultState): boolean {
  return state === 'planned' || state === 'reverted';
}

/** True while an injector may still write to the target. */
function isBeingInjected(record: FaultRecord, now: number): boolean {
  return (record.state === 'planned' || record.state === 'injecting') && isTended(record, now);
}

/**
 * Takes the right to revert a fault. Waits while another reverter lives; and while the injector is in the middle of it, which lets go as soon as
 * it sees that somebody wants to revert, at its next heartbeat at the latest.
 *
 * @returns undefined when the fault is gone.
 */
export async function takeLease({ store, id, myself, now, step }: LeaseOf & { readonly now: () => number; readonly step: StoreStep }): Promise<Lease | undefined> {
  for (;;) {
    let earlier: FaultState | undefined;
    const record = await store.update(
      id,
      (current) => {
        earlier = undefined;
        if (current.reverter && current.reverter.by !== myself && isAlive(current.reverter, now())) return undefined;
        const reverter = { by: myself, aliveAt: new Date(now()).toISOString() };
        if (current.injector !== myself && isBeingInjected(current, now())) return { ...current, reverter };
        earlier = current.state;
        // Stays so: should this reverter die, nothing is to be restored either.
        return { ...current, reverter, state: isUntouched(current.state) ? current.state : 'reverting' };
      },
      step,
    );
    if (!record) return undefined;
    if (earlier !== undefined) return { record, earlier };
    await sleep(WAIT_MS);
  }
}

/** Renews a lease until its end. */
export function keepLease({ store, id, myself, now }: LeaseOf & { readonly now: () => number }): { end(): Promise<void> } {
  let renewing: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    renewing = store
      .update(id, (current) => (current.reverter?.by === myself ? { ...current, reverter: { by: myself, aliveAt: new Date(now()).toISOString() } } : undefined))
      // One that is lost is made up for by the next.
      .catch(() => undefined);
  }, RENEW_MS);
  timer.unref();
  return {
    async end() {
      clearInterval(timer);
      await renewing;
    },
  };
}

/** Lets others revert. */
export async function giveBackLease({ store, id, myself }: LeaseOf, state: FaultState): Promise<void> {
  await store.update(id, (current) => {
    if (current.reverter?.by !== myself) return undefined;
    const { reverter: _mine, ...rest } = current;
    return { ...rest, state };
  });
}
