import { setTimeout as sleep } from 'node:timers/promises';
import { isPodscopeError } from '@podscope/core';
import type { InjectedFault, InjectOptions, JournalEvent } from '../engine/types.ts';
import { injectFault } from '../engine/inject.ts';
import { checkProbes } from '../probes/probe.ts';
import { watchProbes } from '../probes/watchProbes.ts';
import type { FaultActivity, JournalError } from './journal.ts';
import type { PreparedFault } from './prepare.ts';
import { isoNow, journalError, type Recorder, withoutSecrets } from './recorder.ts';

/** Why an experiment doesn't go on. */
export interface Stop {
  readonly status: 'failed' | 'aborted' | 'interrupted';
  readonly reason: string;
}

/** What all steps of one experiment share. */
export interface Run {
  readonly recorder: Recorder;
  readonly inject: Omit<InjectOptions, 'abortWhen' | 'steadyState' | 'signal' | 'journal' | 'ttl' | 'verifyMs'>;
  /** Aborted with a {@link Stop} when the experiment is to end. */
  readonly signal: AbortSignal;
  stop(stop: Stop): void;
  /** Faults that are there, the oldest first. Several may have one name: without a name of its own, a step has that of its kind of fault. */
  readonly standing: Set<Standing>;
  onEvent(event: JournalEvent): void;
  readonly force: boolean;
}

/** A fault that is there. */
export interface Standing {
  readonly handle: InjectedFault;
  readonly name: string;
  change(change: Partial<FaultActivity>): FaultActivity;
  /** Ends what watches it. */
  readonly over: AbortController;
  revert(): Promise<JournalError | undefined>;
}

/** Injects a fault as often as its step says; the last one stays where the step has no duration. */
export async function runFault(prepared: PreparedFault, step: string, run: Run): Promise<void> {
  const { repeat } = prepared.step;
  for (let iteration = 1; iteration <= repeat; iteration += 1) {
    if (run.signal.aborted) return;
    const standing = await bringIn(prepared, step, iteration, run);
    if (standing === undefined) return;
    const checks = prepared.checks.length === 0 ? [] : await checkProbes(prepared.checks, run.signal);
    // A check that doesn't hold is the experiment's result, not its end.
    standing.change({ checks });
    if (prepared.durationMs === undefined && iteration === repeat) return;
    await waitFor(prepared.durationMs ?? 0, AbortSignal.any([run.signal, standing.over.signal]));
    await takeBack(standing, run);
    if (iteration < repeat) await waitFor(prepared.pauseMs, run.signal);
  }
}

/** Waits; an abort ends it. */
export async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}

async function bringIn(prepared: PreparedFault, step: string, iteration: number, run: Run): Promise<Standing | undefined> {
  const { fault, name } = prepared;
  const change = run.recorder.add<FaultActivity>({
    kind: 'fault',
    name,
    step,
    fault: fault.id,
    title: fault.title,
    symptom: fault.symptom,
    provable: fault.provable,
    params: withoutSecrets(fault.params),
    state: 'planned',
    iteration,
    iterations: prepared.step.repeat,
    status: 'interrupted',
    start: isoNow(),
    findings: [],
    checks: [],
  });
  // Handed on only until the fault is there: then it is the experiment that reverts it, and records that.
  const injecting = new AbortController();
  const pass = (): void => injecting.abort(run.signal.reason);
  run.signal.addEventListener('abort', pass, { once: true });
  if (run.signal.aborted) pass();
  const over = new AbortController();
  if (prepared.abortWhen.length > 0) {
    void watchProbes(prepared.abortWhen, {
      signal: over.signal,
      onHolds(probe, finding) {
        change({ endedEarly: `the abort condition "${probe.name}" holds: ${finding}` });
        run.stop({ status: 'aborted', reason: `the abort condition "${probe.name}" of "${prepared.name}" holds: ${finding}` });
      },
    });
  }
  try {
    const handle = await injectFault(fault, {
      ...run.inject,
      ttl: prepared.step.ttl,
      verifyMs: prepared.verifyMs,
      signal: injecting.signal,
      journal: (event) => {
        run.onEvent(event);
        change(ofEvent(event));
      },
    });
    const standing = stand({ prepared, handle, change, over }, run);
    const unverified = handle.state === 'injected-unverified' && prepared.verifyMs > 0;
    const { unit, count, of } = handle.blastRadius;
    if (unverified && prepared.step.unverified === 'fail') {
      change({ status: 'failed', blastRadius: { unit, count, of }, error: { code: 'FAULT_UNVERIFIABLE', message: `Nothing here can show the symptom of ${fault.id}, and the step asks for it.` } });
      run.stop({ status: 'failed', reason: `the symptom of "${name}" can't be seen here` });
      return undefined;
    }
    change({ status: 'succeeded', blastRadius: { unit, count, of } });
    return standing;
  } catch (error) {
    over.abort();
    const interrupted = run.signal.aborted;
    change({ status: interrupted ? 'interrupted' : 'failed', end: isoNow(), error: journalError(error) });
    if (!interrupted) run.stop({ status: 'failed', reason: `"${name}" could not be injected: ${isPodscopeError(error) ? error.message : 'see its error'}` });
    return undefined;
  } finally {
    run.signal.removeEventListener('abort', pass);
  }
}

function stand({ prepared, handle, change, over }: Omit<Standing, 'name' | 'revert'> & { readonly prepared: PreparedFault }, run: Run): Standing {
  let reverting: Promise<JournalError | undefined> | undefined;
  const revertOnce = async (): Promise<JournalError | undefined> => {
    change({ revertingAt: isoNow() });
    try {
      await handle.revert({ force: run.force });
    } catch (error) {
      const told = journalError(error);
      change({ state: handle.state, status: 'failed', end: isoNow(), error: told });
      return told;
    }
    const now = isoNow();
    change({ state: 'reverted', revertedAt: now, end: now });
    return undefined;
  };
  const standing: Standing = {
    handle,
    name: prepared.name,
    change,
    over,
    revert() {
      over.abort();
      reverting ??= revertOnce();
      return reverting;
    },
  };
  run.standing.add(standing);
  // Its time was over, the kill switch was turned, somebody else reverted it.
  const onEnded = (): void => {
    if (over.signal.aborted) return;
    const reason = isPodscopeError(handle.ended.reason) ? handle.ended.reason.message : 'it ended by itself';
    const now = isoNow();
    change({ state: 'reverted', endedEarly: reason, revertedAt: now, end: now });
    run.standing.delete(standing);
    over.abort();
    run.stop({ status: 'aborted', reason });
  };
  handle.ended.addEventListener('abort', onEnded, { once: true });
  if (handle.ended.aborted) onEnded();
  return standing;
}

/** Reverts the faults of a name; the first error, where one stays. */
export async function takeBackNamed(name: string, run: Run): Promise<JournalError | undefined> {
  const errors: JournalError[] = [];
  for (const standing of [...run.standing].reverse()) {
    const error = standing.name === name ? await takeBack(standing, run) : undefined;
    if (error !== undefined) errors.push(error);
  }
  return errors[0];
}

/** Reverts a fault; the error, where it stays. */
async function takeBack(standing: Standing, run: Run): Promise<JournalError | undefined> {
  if (!run.standing.has(standing)) return undefined;
  const error = await standing.revert();
  if (error === undefined) run.standing.delete(standing);
  else run.stop({ status: 'failed', reason: `"${standing.name}" could not be reverted: ${error.message}` });
  return error;
}

/** What a line of the engine's journal says of the fault. */
function ofEvent({ id, state, step, phase, time, findings }: JournalEvent): Partial<FaultActivity> {
  if (step !== undefined) return state === 'injecting' && phase === 'done' ? { id, changedAt: time } : {};
  const seen = state === 'injected' || state === 'injected-unverified' || state === 'partial' || state === 'not-injected';
  return {
    ...(state === 'planned' || state === 'refused' ? {} : { id }),
    state,
    ...(seen ? { symptomAt: time, findings: findings ?? [] } : {}),
    ...(state === 'reverting' ? { revertingAt: time } : {}),
    ...(state === 'reverted' ? { revertedAt: time, end: time } : {}),
  };
}
