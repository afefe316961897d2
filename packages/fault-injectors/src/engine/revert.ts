import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { Fault, FaultLook, FaultOnTarget } from '../definition/defineFault.ts';
import type { AnyTarget } from '../definition/targets.ts';
import { nameMyself, storeClock } from './alive.ts';
import { claimOf } from '../stores/admission.ts';
import { giveBackLease, isUntouched, keepLease, takeLease } from './lease.ts';
import { faultSteps, hooked, type StepTeller, tell, toldError } from './steps.ts';
import type { FaultRecord, FaultStore, InjectOptions, Probe, RevertOptions } from './types.ts';
import { lookUntil, sleep } from './until.ts';

const RESTORE_MS = 120_000;
const AGAIN_MS = 500;

/** Where a fault is reverted. */
export interface RevertWhere extends Pick<InjectOptions, 'journal' | 'onStep'> {
  readonly target: AnyTarget;
  readonly store: FaultStore;
  /** Must hold afterwards; a forced revert doesn't ask. */
  readonly steadyState?: readonly Probe[];
  /** Who reverts. @default a new name */
  readonly myself?: string;
}

/** What a fault does on a target of any kind, or the error that it can't. @throws PodscopeError FAULT_TARGET_UNFIT */
export function onTarget(fault: Fault, target: AnyTarget): FaultOnTarget<AnyTarget> {
  const on = fault.on(target.kind) as FaultOnTarget<AnyTarget> | undefined;
  if (on) return on;
  throw new PodscopeError('FAULT_TARGET_UNFIT', `${fault.id} can't be done on a target of the kind "${target.kind}".`, {
    hint: '"podscope fault list" shows which targets each fault is for. Nothing was changed.',
  });
}

/**
 * Reverts one fault, waits until everything is as before, and removes its record.
 *
 * @returns false when there is no record any more: then nothing was done.
 * @throws PodscopeError FAULT_TARGET_CHANGED, FAULT_REVERT_FAILED
 */
export async function revertRecord(fault: Fault, id: string, where: RevertWhere, options: RevertOptions): Promise<boolean> {
  const { target, store, myself = nameMyself() } = where;
  const teller: StepTeller = { id, fault: fault.id, target: target.id, journal: where.journal, onStep: where.onStep };
  const on = onTarget(fault, target);
  const now = await storeClock(store);
  const lease = await takeLease({ store, id, myself, now, step: hooked(teller, 'revert') });
  if (!lease) return false;
  const { record, earlier } = lease;
  const look: FaultLook<AnyTarget, unknown> = { id, target, before: record.before, signal: new AbortController().signal };
  const renewal = keepLease({ store, id, myself, now });
  try {
    if (!isUntouched(earlier)) await restore(on, look, record, { where, options, teller });
    await release(record, where, teller);
    return true;
  } catch (error) {
    const keep = error instanceof PodscopeError && error.code === 'FAULT_TARGET_CHANGED' ? earlier : 'reverting';
    await giveBackLease({ store, id, myself }, keep).catch(() => undefined);
    throw error;
  } finally {
    await renewal.end();
  }
}

/**
 * Reverts a fault that has no record any more, by what its injector remembers. Mostly somebody else has reverted it, and nothing is left to do. But a
 * record is also gone with the store's namespace, or by hand, and then nobody else can. What somebody else has changed, or has taken for a
 * fault of his own by now, is never trampled on.
 *
 * @returns true when there was something to restore.
 * @throws PodscopeError FAULT_TARGET_CHANGED, FAULT_REVERT_FAILED, and what reading the target throws
 */
export async function revertWithoutRecord(fault: Fault, record: FaultRecord, where: RevertWhere, { restoreMs }: Pick<RevertOptions, 'restoreMs'>): Promise<boolean> {
  const { target, store } = where;
  const { id } = record;
  const teller: StepTeller = { id, fault: fault.id, target: target.id, journal: where.journal, onStep: where.onStep };
  const on = onTarget(fault, target);
  const look: FaultLook<AnyTarget, unknown> = { id, target, before: record.before, signal: new AbortController().signal };
  const { symptom } = await on.restored(look);
  if (symptom === 'absent' || symptom === 'unverifiable') return false;
  const { taken } = claimOf(record);
  const isTakenAgain = (await store.list()).some((other) => other.record !== null && other.record.target.id === target.id && claimOf(other.record).taken.some((each) => taken.includes(each)));
  if (isTakenAgain) return false;
  const changed = await on.changedSince(look);
  if (changed.length > 0) {
    throw new PodscopeError('FAULT_TARGET_CHANGED', `Fault ${id} has no record any more, and somebody else changed what it had changed: nothing was restored.`, {
      hint: 'See below what is there now, and set it right by hand.',
      details: changed,
    });
  }
  await restore(on, look, record, { where, options: restoreMs === undefined ? {} : { restoreMs }, teller });
  await release(record, where, teller);
  return true;
}

interface Restoring {
  readonly where: RevertWhere;
  readonly options: RevertOptions;
  readonly teller: StepTeller;
}

async function restore(on: FaultOnTarget<AnyTarget>, look: FaultLook<AnyTarget, unknown>, record: FaultRecord, { where, options, teller }: Restoring): Promise<void> {
  const { id } = record;
  try {
    const changed = await on.changedSince(look);
    if (changed.length > 0 && options.force !== true) throw changedSince(id, changed);
    tell(teller, { state: 'reverting', ...(changed.length > 0 ? { findings: changed.map((line) => `restored over somebody else's change: ${line}`) } : {}) });
    await persist(() => on.revert({ ...look, step: faultSteps(teller, 'revert', 'reverting', look.signal) }), options.restoreMs ?? RESTORE_MS);
    const check = await lookUntil(() => on.restored(look), ({ symptom }) => symptom === 'absent' || symptom === 'unverifiable', options.restoreMs ?? RESTORE_MS, look.signal);
    if (check.symptom === 'present' || check.symptom === 'partial') {
      throw new PodscopeError('FAULT_REVERT_FAILED', `Fault ${id} was reverted on ${where.target.id}, but not everything is as before yet.`, {
        hint: 'Look at what is missing below; then revert it again. Its record stays until then.',
        details: check.findings,
      });
    }
    if (options.force !== true) await askSteadyState(where.steadyState ?? [], options.restoreMs ?? RESTORE_MS, id);
  } catch (cause) {
    const error = cause instanceof PodscopeError && (cause.code === 'FAULT_TARGET_CHANGED' || cause.code === 'FAULT_REVERT_FAILED')
      ? cause
      : new PodscopeError('FAULT_REVERT_FAILED', `Fault ${id} could not be reverted on ${where.target.id}.`, {
          hint: 'Its record stays: revert it again, or recover, when the target is healthy.',
          cause,
        });
    tell(teller, { state: error.code === 'FAULT_TARGET_CHANGED' ? 'refused' : 'reverting', error: toldError(error) });
    throw error;
  }
}

/** Reverts again while it only fails because the API server is away, or because somebody else writes to the same object: a revert may be repeated. */
async function persist(revert: () => Promise<void>, milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  for (;;) {
    try {
      await revert();
      return;
    } catch (error) {
      const isPassing = isPodscopeError(error, 'KUBE_UNREACHABLE') || isPodscopeError(error, 'KUBE_CONFLICT');
      if (!isPassing || performance.now() > end) throw error;
      await sleep(AGAIN_MS);
    }
  }
}

function changedSince(id: string, changes: readonly string[]): PodscopeError<'FAULT_TARGET_CHANGED'> {
  return new PodscopeError('FAULT_TARGET_CHANGED', `Fault ${id} was not reverted: somebody else changed what it had changed.`, {
    hint: 'Look at the changes below, then revert with force to restore the state from before the fault.',
    details: changes,
  });
}

async function askSteadyState(probes: readonly Probe[], milliseconds: number, id: string): Promise<void> {
  const { signal } = new AbortController();
  for (const probe of probes) {
    const look = async () => {
      const { holds, finding } = await probe.check(signal);
      return { symptom: holds ? ('absent' as const) : ('present' as const), findings: [`${probe.name}: ${finding}`] };
    };
    const { symptom, findings } = await lookUntil(look, (check) => check.symptom === 'absent', milliseconds, signal);
    if (symptom === 'absent') continue;
    throw new PodscopeError('FAULT_REVERT_FAILED', `Fault ${id} is reverted, but the steady state "${probe.name}" does not hold again.`, {
      hint: 'See what else is wrong; then revert it again, or with force, which does not ask for the steady state.',
      details: findings,
    });
  }
}

/** Takes the watchdog away, then the record: what is still there after a crash in between is found by its record. */
async function release(record: FaultRecord, { target, store, onStep }: RevertWhere, teller: StepTeller): Promise<void> {
  const step = hooked({ ...teller, onStep }, 'release');
  if (target.kind === 'kubernetes') {
    for (const ref of record.watchdog ?? []) await step(`remove the watchdog's ${ref.kind}`, () => target.api.remove(ref, { propagation: 'Background' }));
  }
  await store.remove(record.id, step);
  tell(teller, { state: 'reverted' });
}
