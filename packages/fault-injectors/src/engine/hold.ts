import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { FaultState } from '../definition/check.ts';
import { watchProbes } from '../probes/watchProbes.ts';
import type { Injection } from './inject.ts';
import { revertRecord, type RevertWhere, revertWithoutRecord } from './revert.ts';
import { tell, toldError } from './steps.ts';
import type { InjectedFault, RevertOptions } from './types.ts';

/** A revert that nobody asked for and that failed is tried again after this. */
const RETRY_MS = 15_000;

/** Who restored what was before; `memory`: this injector, without a record. */
type RevertedBy = 'injector' | 'memory' | 'somebody else';
const TOUCHED: readonly FaultState[] = ['injected', 'injected-unverified', 'partial', 'not-injected'];

/** Keeps an injected fault until it is reverted: by hand, at the end of its time, by an abort condition, by the kill switch, or by somebody else. */
export function holdFault(injection: Injection, first: FaultState): InjectedFault {
  const { fault, on, record, options, teller, heart, now } = injection;
  const { target, store } = options;
  const ended = new AbortController();
  const done = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  let state = first;
  let reverting: Promise<RevertedBy> | undefined;
  let left = false;

  const letGo = (): void => {
    heart.end();
    for (const timer of timers) clearTimeout(timer);
    options.signal?.removeEventListener('abort', onSignal);
    done.abort();
  };
  const finish = (): void => {
    state = 'reverted';
    letGo();
  };
  const revertOnce = async (revertOptions: RevertOptions): Promise<RevertedBy> => {
    const earlier = state;
    state = 'reverting';
    const restoreMs = revertOptions.restoreMs ?? options.restoreMs;
    const where: RevertWhere = { target, store, myself: record.injector, steadyState: options.steadyState ?? [], ...(options.journal && { journal: options.journal }), ...(options.onStep && { onStep: options.onStep }) };
    const how = { ...revertOptions, ...(restoreMs === undefined ? {} : { restoreMs }) };
    try {
      const byRecord = await revertRecord(fault, record.id, where, how).catch((error: unknown) => {
        if (isPodscopeError(error, 'FAULT_RECORD_UNREADABLE')) return false;
        throw error;
      });
      const by = byRecord ? 'injector' : (await revertWithoutRecord(fault, record, where, how)) ? 'memory' : 'somebody else';
      finish();
      return by;
    } catch (error) {
      state = TOUCHED.includes(earlier) ? earlier : state;
      throw error;
    }
  };
  const revert = async (revertOptions: RevertOptions = {}): Promise<void> => {
    if (state === 'reverted') return;
    reverting ??= revertOnce(revertOptions).finally(() => (reverting = undefined));
    await reverting;
  };

  const end = (reason: string): void => {
    if (!ended.signal.aborted) ended.abort(new PodscopeError('FAULT_ENDED', `Fault ${record.id} was reverted: ${reason}.`, { hint: 'Its state from before is restored.' }));
  };
  const after = (milliseconds: number, task: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      task();
    }, milliseconds);
    timer.unref();
    timers.add(timer);
  };
  /** What is reverted without anybody's asking is reverted by force: a fault that outlives its time is worse. */
  const revertBy = (reason: string): void => {
    if (done.signal.aborted) return;
    tell(teller, { state, findings: [`it is reverted: ${reason}`] });
    revert({ force: true }).then(
      () => end(reason),
      (error: unknown) => {
        tell(teller, { state: 'reverting', error: toldError(error) });
        after(RETRY_MS, () => revertBy(reason));
      },
    );
  };
  /** Its record is gone, and what it changed could not be given back: the next beat finds the record gone again. */
  const onLost = (error: unknown): void => {
    if (!isPodscopeError(error, 'FAULT_TARGET_CHANGED')) return;
    letGo();
    ended.abort(new PodscopeError('FAULT_ENDED', error.message, { hint: 'See below what is there now, and set it right by hand.', details: error.details }));
  };
  const onSignal = (): void => revertBy('its injector was interrupted');

  after(Math.max(Date.parse(record.expiresAt) - now(), 1), () => revertBy('its time is over'));
  heart.listen((finding) => {
    if (finding === 'stopped') revertBy('all faults were aborted');
    if (finding !== 'gone' || reverting || state === 'reverted') return;
    reverting = revertOnce({}).finally(() => (reverting = undefined));
    reverting.then((by) => end(by === 'somebody else' ? 'somebody else did' : 'its record was gone from the store'), onLost);
  });
  options.signal?.addEventListener('abort', onSignal, { once: true });
  if (options.signal?.aborted) onSignal();
  if (options.abortWhen && options.abortWhen.length > 0) {
    void watchProbes(options.abortWhen, { signal: done.signal, onHolds: (probe, finding) => revertBy(`the abort condition "${probe.name}" holds: ${finding}`) });
  }

  return {
    id: record.id,
    fault: fault.id,
    get state() {
      return state;
    },
    expiresAt: record.expiresAt,
    blastRadius: record.blastRadius,
    ended: ended.signal,
    verify: () => on.verify({ id: record.id, target, before: record.before, signal: new AbortController().signal }),
    revert,
    async leave() {
      await store.update(record.id, (current) => ({ ...current, unattended: true }));
      left = true;
      letGo();
    },
    [Symbol.asyncDispose]: () => (left ? Promise.resolve() : revert({ force: true })),
  };
}
