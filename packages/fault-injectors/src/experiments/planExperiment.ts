import { planFault } from '../engine/checks.ts';
import type { PlannedFault } from '../engine/types.ts';
import type { Experiment } from './experiment.ts';
import { type PreparedFault, type Prepared, prepareExperiment } from './prepare.ts';
import { limitsOf, type RunExperimentOptions } from './runExperiment.ts';
import { masked } from './variables.ts';

/** A fault of an experiment, planned. */
export interface PlannedStep {
  /** What the experiment calls it. */
  readonly name: string;
  readonly planned: PlannedFault;
}

/**
 * Dry run: makes everything that the experiment names, looks up what it finds by labels, and plans each fault on the target as it is now. Writes
 * nothing. Secrets are masked in what it gives, but for the parameters of each fault, which may be injected.
 *
 * @throws PodscopeError EXPERIMENT_INVALID, FAULT_TARGET_UNFIT, PROBE_TARGET_UNFIT, and what reading the target throws
 */
export async function planExperiment(experiment: Experiment, options: Pick<RunExperimentOptions, 'target' | 'store' | 'faults' | 'watchdog' | 'despiteOwners' | 'secrets'>): Promise<readonly PlannedStep[]> {
  const { target, store, watchdog, despiteOwners = false, secrets = [] } = options;
  const { method } = await prepareExperiment(experiment, target, options.faults);
  const steps: PlannedStep[] = [];
  for (const { name, fault } of preparedFaults(method)) {
    const planned = await planFault(fault, { target, store, despiteOwners, ...limitsOf(experiment), ...(watchdog === undefined ? {} : { watchdog }) });
    steps.push({ name: masked(name, secrets), planned: { ...planned, plan: masked(planned.plan, secrets), refusals: masked(planned.refusals, secrets) } });
  }
  return steps;
}

function preparedFaults(steps: readonly Prepared[]): readonly PreparedFault[] {
  return steps.flatMap((step) => (step.kind === 'fault' ? [step] : step.kind === 'parallel' || step.kind === 'sequence' ? preparedFaults(step.steps) : []));
}
