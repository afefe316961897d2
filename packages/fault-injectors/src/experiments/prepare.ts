import { PodscopeError } from '@podscope/core';
import type { Fault, FaultKind } from '../definition/defineFault.ts';
import type { AnyTarget } from '../definition/targets.ts';
import { milliseconds } from '../engine/duration.ts';
import type { WatchedProbe } from '../probes/probe.ts';
import { probeOf } from '../probes/probeOf.ts';
import type { ProbeSpec } from '../probes/specs.ts';
import { invalidExperiment, pathText } from './checkExperiment.ts';
import { type Experiment, type FaultStep, faultSteps, type Step } from './experiment.ts';
import { found } from './find.ts';
import { faultIssues } from './readExperiment.ts';

/** A fault step with everything that it takes to run it. */
export interface PreparedFault {
  readonly kind: 'fault';
  readonly name: string;
  readonly step: FaultStep;
  readonly fault: Fault;
  readonly durationMs: number | undefined;
  /** 0: the symptom isn't looked for. */
  readonly verifyMs: number;
  readonly pauseMs: number;
  readonly checks: readonly WatchedProbe[];
  readonly abortWhen: readonly WatchedProbe[];
}

/** A step of its own. */
export type PreparedStep =
  | PreparedFault
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'check'; readonly name: string; readonly probes: readonly WatchedProbe[] }
  | { readonly kind: 'revert'; readonly fault: string };

/** A step, ready to be run: its faults and probes are made, so that nothing can be wrong with them any more. */
export type Prepared = PreparedStep | { readonly kind: 'parallel'; readonly steps: readonly Prepared[] } | { readonly kind: 'sequence'; readonly steps: readonly Prepared[] };

/** An experiment, ready to be run. */
export interface PreparedExperiment {
  readonly steadyState: readonly WatchedProbe[];
  readonly abortWhen: readonly WatchedProbe[];
  readonly checks: readonly WatchedProbe[];
  readonly method: readonly Prepared[];
}

/**
 * Makes all faults and probes of an experiment, before any of them is used.
 *
 * @throws PodscopeError EXPERIMENT_INVALID, FAULT_TARGET_UNFIT, PROBE_TARGET_UNFIT; what the cluster throws where something is looked up by labels
 */
export async function prepareExperiment(experiment: Experiment, target: AnyTarget, faults: readonly FaultKind[]): Promise<PreparedExperiment> {
  const issues = faultIssues(experiment.method, faults, ['method']);
  if (issues.length > 0) throw invalidExperiment(`"${experiment.title}"`, issues.map(({ path, message }) => `${pathText(path)}: ${message}`));
  for (const { fault } of faultSteps(experiment.method)) {
    const type = faults.find(({ id }) => id === fault);
    if (type?.targets.includes(target.kind) === true) continue;
    throw new PodscopeError('FAULT_TARGET_UNFIT', `${fault} can't be done on a target of the kind "${target.kind}".`, { hint: `It is for ${type?.targets.join(', ') ?? 'another'}. Nothing was run.` });
  }
  const probes = (specs: readonly ProbeSpec[]): readonly WatchedProbe[] => specs.map((spec) => probeOf(spec, { target }));
  const all = async (steps: readonly Step[]): Promise<readonly Prepared[]> => {
    const prepared: Prepared[] = [];
    for (const step of steps) prepared.push(await prepare(step));
    return prepared;
  };
  const prepare = async (step: Step): Promise<Prepared> => {
    if ('parallel' in step) return { kind: 'parallel', steps: await all(step.parallel) };
    if ('sequence' in step) return { kind: 'sequence', steps: await all(step.sequence) };
    if ('fault' in step) {
      const fault = faults.find(({ id }) => id === step.fault)?.from(await found(step, target));
      if (fault === undefined) throw invalidExperiment(`"${experiment.title}"`, [`there is no fault "${step.fault}"`]);
      return {
        kind: 'fault',
        name: step.name ?? step.fault,
        step,
        fault,
        durationMs: step.duration === undefined ? undefined : milliseconds(step.duration),
        verifyMs: step.verify === false ? 0 : milliseconds(step.verify),
        pauseMs: milliseconds(step.pause),
        checks: probes(step.checks),
        abortWhen: probes(step.abortWhen),
      };
    }
    if ('check' in step) {
      const asked = probes(Array.isArray(step.check) ? step.check : [step.check]);
      return { kind: 'check', name: step.name ?? asked[0]?.name ?? 'check', probes: asked };
    }
    return 'revert' in step ? { kind: 'revert', fault: step.revert } : { kind: 'pause', ms: milliseconds(step.pause) };
  };
  return {
    steadyState: probes(experiment.steadyState?.probes ?? []),
    abortWhen: probes(experiment.abortWhen),
    checks: probes(experiment.checks),
    method: await all(experiment.method),
  };
}
