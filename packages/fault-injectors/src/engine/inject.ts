import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { FaultCheck, FaultState } from '../definition/check.ts';
import type { Fault, FaultLook, FaultOnTarget } from '../definition/defineFault.ts';
import type { AnyTarget } from '../definition/targets.ts';
import { watchProbes } from '../probes/watchProbes.ts';
import { createFaultId, GRACE_MS, nameMyself, storeClock } from './alive.ts';
import { observeAndCheck } from './checks.ts';
import { readDuration } from './duration.ts';
import { beatEvery, beatHeart, type Heart, lettingGo } from './heart.ts';
import { holdFault } from './hold.ts';
import { onTarget, revertRecord } from './revert.ts';
import { faultSteps, hooked, type StepTeller, tell, toldError } from './steps.ts';
import type { FaultRecord, InjectedFault, InjectOptions, Probe } from './types.ts';
import { lookUntil } from './until.ts';

const TTL = '10m';
const VERIFY_MS = 60_000;

/** A fault on its way into a target. */
export interface Injection {
  readonly fault: Fault;
  readonly on: FaultOnTarget<AnyTarget>;
  readonly record: FaultRecord;
  readonly options: InjectOptions;
  readonly teller: StepTeller;
  /** The store's clock. */
  readonly now: () => number;
  readonly heart: Heart;
}

/**
 * Injects a fault: looks whether it may, keeps the exact state from before, changes the target step by step, and waits for the symptom. What
 * fails in the middle is undone before the error is thrown.
 *
 * @throws PodscopeError FAULT_BAD_PARAMETERS, FAULT_TARGET_UNFIT, FAULT_FORBIDDEN, FAULT_NOT_OPTED_IN, FAULT_OWNED, FAULT_BLAST_RADIUS,
 *   FAULT_OBJECT_TAKEN, FAULT_STOPPED, FAULT_NOT_STEADY (nothing was changed), FAULT_INJECT_FAILED, FAULT_NO_SYMPTOM (undone)
 */
export async function injectFault(fault: Fault, options: InjectOptions): Promise<InjectedFault> {
  const { target, store } = options;
  const ttlMs = readDuration(options.ttl ?? TTL, 'ttl');
  const on = onTarget(fault, target);
  const id = createFaultId();
  const teller: StepTeller = { id, fault: fault.id, target: target.id, journal: options.journal, onStep: options.onStep };
  const { before, blastRadius } = await refusing(teller, () => observeAndCheck(fault, on, options));
  const now = await storeClock(store);
  const time = (at: number) => new Date(at).toISOString();
  const created = now();
  const watchdog = options.watchdog?.objects(id, fault) ?? [];
  const record: FaultRecord = {
    version: 1,
    id,
    fault: fault.id,
    params: fault.params,
    target: { kind: target.kind, id: target.id },
    blastRadius,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    before,
    state: 'planned',
    createdAt: time(created),
    expiresAt: time(created + ttlMs),
    injector: nameMyself(),
    aliveAt: time(created),
    ...(watchdog.length === 0 ? {} : { watchdog }),
  };
  await refusing(teller, () => store.reserve(record, hooked(teller, 'reserve')));
  tell(teller, { state: 'planned' });
  const heart = beatHeart({ record, store, now, intervalMs: beatEvery(options.watchdog?.graceMs ?? GRACE_MS, options.heartbeatMs) });
  const injection: Injection = { fault, on, record, options, teller, now, heart };
  try {
    const state = await bringIn(injection);
    return holdFault(injection, state);
  } catch (error) {
    heart.end();
    throw error;
  }
}

/** Tells of what is refused before anything is changed. */
async function refusing<Value>(teller: StepTeller, task: () => Promise<Value>): Promise<Value> {
  try {
    return await task();
  } catch (error) {
    tell(teller, { state: 'refused', error: toldError(error) });
    throw error;
  }
}

async function bringIn(injection: Injection): Promise<FaultState> {
  const { on, record, options, teller, heart } = injection;
  const over = new AbortController();
  const signal = AbortSignal.any([lettingGo(heart), untilCondition(options.abortWhen ?? [], over.signal), AbortSignal.timeout(Date.parse(record.expiresAt) - Date.parse(record.createdAt)), ...(options.signal ? [options.signal] : [])]);
  const look: FaultLook<AnyTarget, unknown> = { id: record.id, target: options.target, before: record.before, signal };
  let check: FaultCheck | undefined;
  try {
    await options.watchdog?.start(record, injection.fault, hooked(teller, 'reserve'));
    await enter(injection, 'injecting', signal);
    await on.inject({ ...look, step: faultSteps(teller, 'inject', 'injecting', signal) });
    signal.throwIfAborted();
    const verifyMs = options.verifyMs ?? VERIFY_MS;
    if (verifyMs > 0) {
      check = await lookUntil(() => on.verify(look), ({ symptom }) => symptom === 'present' || symptom === 'unverifiable', verifyMs, signal);
    }
    const state = stateOf(check);
    if (state === 'not-injected' && options.keepWithoutSymptom !== true) throw withoutSymptom(injection, check);
    await enter(injection, state, signal, check);
    return state;
  } catch (cause) {
    throw await undo(injection, cause);
  } finally {
    over.abort();
  }
}

/** A signal that is aborted when an abort condition holds: the target may suffer long before the symptom is there. */
function untilCondition(conditions: readonly Probe[], over: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const onHolds = ({ name }: Probe, finding: string): void =>
    controller.abort(new PodscopeError('FAULT_ENDED', `The fault was not injected to its end: the abort condition "${name}" holds: ${finding}`, { hint: 'See what it did to the target before you inject it again.' }));
  if (conditions.length > 0) void watchProbes(conditions, { signal: over, onHolds });
  return controller.signal;
}

function stateOf(check: FaultCheck | undefined): FaultState {
  if (check === undefined) return 'injected-unverified';
  return ({ present: 'injected', partial: 'partial', absent: 'not-injected', unverifiable: 'injected-unverified' } as const)[check.symptom];
}

/** Writes a new state. @throws the signal's reason, or an error, when the fault is not this injector's any more. */
async function enter({ record, options, teller }: Injection, state: FaultState, signal: AbortSignal, check?: FaultCheck): Promise<void> {
  signal.throwIfAborted();
  const isFirst = state === 'injecting';
  const step = hooked(teller, isFirst ? 'inject' : 'verify');
  const next = await options.store.update(record.id, (current) => (current.reverter ? undefined : { ...current, state }), (name, write) => step(`${name}: ${state}`, write));
  if (next?.state !== state) throw new Error('Somebody else reverts the fault.');
  tell(teller, { state, ...(check === undefined ? {} : { findings: check.findings }) });
}

function withoutSymptom({ record, fault, teller }: Injection, check: FaultCheck | undefined): PodscopeError<'FAULT_NO_SYMPTOM'> {
  tell(teller, { state: 'not-injected', findings: check?.findings ?? [] });
  return new PodscopeError('FAULT_NO_SYMPTOM', `${fault.id} was done (${record.id}), but its symptom did not come in time.`, {
    hint: 'See below what was found instead. Wait longer for it, choose stronger parameters, or keep the fault without its symptom.',
    details: check?.findings ?? [],
  });
}

/** What `AbortSignal.timeout` is aborted with. */
function isTimeOver(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'TimeoutError';
}

/** Undoes half an injection, and gives the error to be thrown. Leaves it to whoever reverts it already. */
async function undo({ fault, on, record, options, teller }: Injection, cause: unknown): Promise<PodscopeError> {
  tell(teller, { state: 'reverting', error: toldError(cause) });
  const { store, target } = options;
  const undone = await undoing();
  if (isPodscopeError(cause, 'FAULT_NO_SYMPTOM') && undone) return cause;
  // The message names no parameter: a hunt's truth would be in it.
  return new PodscopeError('FAULT_INJECT_FAILED', `The fault could not be injected into ${target.id}.`, {
    hint: undone ? 'What had been changed was restored. Check that the target is healthy and try again.' : `Restoring failed as well: recover fault ${record.id} when the target is healthy.`,
    cause,
    ...(isPodscopeError(cause) ? { details: [cause.message] } : isTimeOver(cause) ? { details: ['Its time was over before its symptom was seen: give it a longer one.'] } : {}),
  });

  async function undoing(): Promise<boolean> {
    const where = { target, store, myself: record.injector, ...(options.journal && { journal: options.journal }), ...(options.onStep && { onStep: options.onStep }) };
    try {
      // Lets go for somebody who waits to revert it.
      const stored = await store.update(record.id, (current) => (current.reverter ? { ...current, injector: '' } : undefined));
      if (!stored) {
        // Somebody took this injector for dead and reverted; what it wrote since then has no record.
        const { signal } = new AbortController();
        await on.revert({ id: record.id, target, before: record.before, signal, step: faultSteps(teller, 'revert', 'reverting', signal) });
        await store.remove(record.id);
      }
      await revertRecord(fault, record.id, where, { force: true, ...(options.restoreMs === undefined ? {} : { restoreMs: options.restoreMs }) });
      return true;
    } catch {
      return false;
    }
  }
}
