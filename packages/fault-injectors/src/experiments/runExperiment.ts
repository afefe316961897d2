import type { FaultKind } from '../definition/defineFault.ts';
import type { AnyTarget } from '../definition/targets.ts';
import type { FaultStore, InjectOptions, JournalEvent, Watchdog } from '../engine/types.ts';
import { checkProbes, type ProbeResult } from '../probes/probe.ts';
import { watchProbes } from '../probes/watchProbes.ts';
import type { Experiment } from './experiment.ts';
import { type Run, runFault, type Standing, type Stop, takeBackNamed, waitFor } from './faultRun.ts';
import type { Activity, CheckActivity, ExperimentJournal, PlainActivity } from './journal.ts';
import { passedActivity } from './passedActivity.ts';
import { prepareExperiment, type Prepared, type PreparedExperiment, type PreparedStep } from './prepare.ts';
import { createRecorder, isoNow, withoutSecrets } from './recorder.ts';
import { masked } from './variables.ts';

/** What {@link runExperiment} takes. */
export interface RunExperimentOptions {
  readonly target: AnyTarget;
  readonly store: FaultStore;
  /** The faults that it may name, such as `faultCatalogue`. */
  readonly faults: readonly FaultKind[];
  /** Reverts faults when this process is gone. */
  readonly watchdog?: Watchdog;
  /** Values to be masked in the journal, as `readExperiment` gives them. */
  readonly secrets?: readonly string[];
  /** The file it came from, for the journal. */
  readonly source?: string;
  /** A name of the target for people, such as its context. */
  readonly targetName?: string;
  /** Ends the experiment: everything is reverted, and the journal is given all the same. */
  readonly signal?: AbortSignal;
  /** Injects although an owner would undo it. @default false */
  readonly despiteOwners?: boolean;
  /** Reverts although somebody else changed the same since. @default false: told as left over */
  readonly force?: boolean;
  /** Told of each activity that begins or changes. */
  readonly onActivity?: (activity: Activity) => void;
  /** Told of each phase. */
  readonly onPhase?: (phase: 'steady state before' | 'method' | 'checks' | 'revert' | 'steady state after') => void;
  /** The engine's lines, as they come. */
  readonly journal?: (event: JournalEvent) => void;
  readonly onStep?: InjectOptions['onStep'];
}

/**
 * Runs an experiment: steady state → method → checks → revert → steady state. Whatever happens after its beginning, everything is reverted
 * and the journal given; nothing is thrown then.
 *
 * @throws PodscopeError EXPERIMENT_INVALID, FAULT_TARGET_UNFIT, PROBE_TARGET_UNFIT, before anything is asked or changed
 */
export async function runExperiment(experiment: Experiment, options: RunExperimentOptions): Promise<ExperimentJournal> {
  const { target, store, secrets = [], signal: outer } = options;
  const onPhase = listening(options.onPhase);
  const onActivity = listening(options.onActivity);
  const prepared = await prepareExperiment(experiment, target, options.faults);
  const start = isoNow();
  const begun = performance.now();
  const ending = new AbortController();
  let stopped: Stop | undefined;
  const stop = (reason: Stop): void => {
    stopped ??= reason;
    ending.abort(reason.reason);
  };
  const onOuter = (): void => stop({ status: 'interrupted', reason: 'it was interrupted' });
  outer?.addEventListener('abort', onOuter, { once: true });
  if (outer?.aborted === true) onOuter();

  const recorder = createRecorder((activity) => onActivity(masked(activity, secrets)));
  const standing = new Set<Standing>();
  const run: Run = {
    recorder,
    standing,
    signal: ending.signal,
    stop,
    force: options.force ?? false,
    inject: {
      target,
      store,
      despiteOwners: options.despiteOwners ?? false,
      ...limitsOf(experiment),
      ...(options.watchdog === undefined ? {} : { watchdog: options.watchdog }),
      ...(options.onStep === undefined ? {} : { onStep: options.onStep }),
    },
    onEvent(event) {
      recorder.event(event);
      options.journal?.(masked(event, secrets));
    },
  };

  const seen = await perform(prepared, run, stop, onPhase);
  if (standing.size > 0) onPhase('revert');
  const leftOver = await revertAll(run);
  // Asked although it was interrupted: whether the system is well again is what everybody wants to know.
  let after: readonly ProbeResult[] = [];
  const afterAt = isoNow();
  if (prepared.steadyState.length > 0 && recorder.activities.some((activity) => activity.kind === 'fault' && activity.id !== undefined)) {
    onPhase('steady state after');
    after = await checkProbes(prepared.steadyState, new AbortController().signal);
  }
  outer?.removeEventListener('abort', onOuter);
  ending.abort();

  const deviated = after.some(({ holds }) => !holds);
  const status = stopped?.status ?? 'completed';
  const held = seen.checks.every(({ holds }) => holds) && recorder.activities.every(passedActivity);
  const journal: ExperimentJournal = {
    version: 1,
    experiment: withoutSecrets(experiment),
    ...(options.source === undefined ? {} : { source: options.source }),
    target: { kind: target.kind, id: target.id, ...(options.targetName === undefined ? {} : { name: options.targetName }) },
    start,
    end: isoNow(),
    durationMs: Math.round(performance.now() - begun),
    status,
    passed: status === 'completed' && held && !deviated && leftOver.length === 0,
    deviated,
    ...(stopped === undefined ? {} : { reason: stopped.reason }),
    steadyState: { before: seen.before, after, beforeAt: start, ...(after.length === 0 ? {} : { afterAt }) },
    activities: recorder.activities,
    checks: seen.checks,
    leftOver,
    events: recorder.events,
  };
  return masked(journal, secrets);
}

/** Whoever only listens, and fails, keeps nothing from being reverted. */
function listening<Told>(listener: ((told: Told) => void) | undefined): (told: Told) => void {
  return (told) => {
    try {
      listener?.(told);
    } catch {
      // As above.
    }
  };
}

/** The limits of each fault of an experiment; nothing where it has none. */
export function limitsOf({ limits: { count, share } }: Pick<Experiment, 'limits'>): Pick<InjectOptions, 'limits'> {
  if (count === undefined && share === undefined) return {};
  return { limits: { ...(count === undefined ? {} : { count }), ...(share === undefined ? {} : { share }) } };
}

interface Seen {
  readonly before: readonly ProbeResult[];
  readonly checks: readonly ProbeResult[];
}

async function perform(prepared: PreparedExperiment, run: Run, stop: (stop: Stop) => void, onPhase: NonNullable<RunExperimentOptions['onPhase']>): Promise<Seen> {
  if (prepared.steadyState.length > 0) onPhase('steady state before');
  const before = await checkProbes(prepared.steadyState, run.signal);
  const failed = before.find(({ holds }) => !holds);
  if (failed !== undefined && !run.signal.aborted) stop({ status: 'failed', reason: `the steady state "${failed.probe}" does not hold to begin with: ${failed.finding}` });
  const performed = new AbortController();
  const watching = watchProbes(prepared.abortWhen, {
    signal: AbortSignal.any([run.signal, performed.signal]),
    onHolds: (probe, finding) => stop({ status: 'aborted', reason: `the abort condition "${probe.name}" holds: ${finding}` }),
  });
  onPhase('method');
  await runSteps(prepared.method, '', run);
  let checks: readonly ProbeResult[] = [];
  if (prepared.checks.length > 0 && !run.signal.aborted) {
    onPhase('checks');
    checks = await checkProbes(prepared.checks, run.signal);
  }
  performed.abort();
  await watching;
  return { before, checks };
}

async function runSteps(steps: readonly Prepared[], above: string, run: Run): Promise<void> {
  for (const [index, step] of steps.entries()) await runStep(step, `${above}${index + 1}`, run);
}

async function runStep(step: Prepared, at: string, run: Run): Promise<void> {
  if (step.kind === 'sequence') return runSteps(step.steps, `${at}.`, run);
  if (step.kind === 'parallel') {
    await Promise.all(step.steps.map((each, index) => runStep(each, `${at}.${index + 1}`, run)));
    return;
  }
  if (run.signal.aborted) return skip(step, at, run);
  if (step.kind === 'fault') return runFault(step, at, run);
  const start = isoNow();
  if (step.kind === 'check') {
    const change = run.recorder.add<CheckActivity>({ kind: 'check', name: step.name, step: at, status: 'interrupted', start, results: [] });
    const results = await checkProbes(step.probes, run.signal);
    change({ results, end: isoNow(), status: run.signal.aborted ? 'interrupted' : results.every(({ holds }) => holds) ? 'succeeded' : 'failed' });
    return;
  }
  const change = run.recorder.add<PlainActivity>({ kind: step.kind, name: step.kind === 'pause' ? 'pause' : `revert ${step.fault}`, step: at, status: 'interrupted', start });
  if (step.kind === 'pause') await waitFor(step.ms, run.signal);
  const error = step.kind === 'revert' ? await takeBackNamed(step.fault, run) : undefined;
  change({ end: isoNow(), status: error === undefined ? (run.signal.aborted && step.kind === 'pause' ? 'interrupted' : 'succeeded') : 'failed', ...(error === undefined ? {} : { error }) });
}

function skip(step: PreparedStep, at: string, run: Run): void {
  if (step.kind === 'fault') {
    const { fault, name } = step;
    run.recorder.add({ kind: 'fault', name, step: at, status: 'skipped', fault: fault.id, title: fault.title, symptom: fault.symptom, provable: fault.provable, params: withoutSecrets(fault.params), state: 'planned', iteration: 1, iterations: step.step.repeat, findings: [], checks: [] });
  } else if (step.kind === 'check') run.recorder.add({ kind: 'check', name: step.name, step: at, status: 'skipped', results: [] });
  else run.recorder.add({ kind: step.kind, name: step.kind === 'pause' ? 'pause' : `revert ${step.fault}`, step: at, status: 'skipped' });
}

/** Reverts what is still there, the last first; what can't be is left over. */
async function revertAll(run: Run): Promise<ExperimentJournal['leftOver']> {
  const leftOver: ExperimentJournal['leftOver'][number][] = [];
  for (const { handle, revert } of [...run.standing].reverse()) {
    const error = await revert();
    if (error !== undefined) leftOver.push({ id: handle.id, fault: handle.fault, error });
  }
  return leftOver;
}
