import { isPodscopeError } from '@podscope/core';
import type { FaultKind } from '../definition/defineFault.ts';
import { convertChaosToolkit, isChaosToolkit } from './chaosToolkit/convert.ts';
import { checkExperiment, type ExperimentIssue, invalidExperiment, pathText } from './checkExperiment.ts';
import type { Experiment, Step } from './experiment.ts';
import { withPlaceholders } from './find.ts';
import { linesOf, locate } from './located.ts';
import { suggestion } from '../definition/nearest.ts';

/** What {@link readExperiment} takes. */
export interface ReadExperimentOptions {
  /** Named in errors. @default 'experiment' */
  readonly file?: string;
  /** Where variables with `env` take their values. @default nothing */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The faults that it may name; their parameters are checked. Without it, neither is. */
  readonly faults?: readonly FaultKind[];
}

/** An experiment out of a file. */
export interface ReadExperiment {
  readonly experiment: Experiment;
  /** Values of secret variables, for `runExperiment` to mask. */
  readonly secrets: readonly string[];
  /** What of a Chaos Toolkit experiment was left out because it changes nothing here. */
  readonly notes: readonly string[];
}

/**
 * Reads an experiment, in YAML or JSON: one of ours, or one of Chaos Toolkit as far as it can be carried over.
 *
 * @throws PodscopeError EXPERIMENT_INVALID, its details naming line and column of everything that is wrong
 */
export function readExperiment(text: string, options: ReadExperimentOptions = {}): ReadExperiment {
  const { file = 'experiment', environment = {}, faults } = options;
  const located = locate(text, file);
  const foreign = isChaosToolkit(located.data) ? convertChaosToolkit(located.data, located, file) : undefined;
  const { experiment, secrets, issues } = checkExperiment(foreign?.experiment ?? located.data, environment);
  const all = experiment === undefined || faults === undefined ? issues : faultIssues(experiment.method, faults, ['method']);
  if (experiment !== undefined && all.length === 0) return { experiment, secrets, notes: foreign?.notes ?? [] };
  // What was converted stands at other places than in the file.
  throw invalidExperiment(file, foreign === undefined ? linesOf(all, located) : all.map(({ path, message }) => `${file}, as an experiment of ours, ${pathText(path)}: ${message}`));
}

/** Faults that nobody knows, and parameters that they don't take. */
export function faultIssues(steps: readonly Step[], faults: readonly FaultKind[], path: readonly (string | number)[]): readonly ExperimentIssue[] {
  return steps.flatMap((step, index): readonly ExperimentIssue[] => {
    const here = [...path, index];
    if ('parallel' in step) return faultIssues(step.parallel, faults, [...here, 'parallel']);
    if ('sequence' in step) return faultIssues(step.sequence, faults, [...here, 'sequence']);
    if (!('fault' in step)) return [];
    const type = faults.find(({ id }) => id === step.fault);
    if (type === undefined) return [{ path: [...here, 'fault'], message: `there is no fault "${step.fault}"; ${suggestion(step.fault, faults.map(({ id }) => id))}` }];
    try {
      type.from(withPlaceholders(step));
      return [];
    } catch (error) {
      if (!isPodscopeError(error, 'FAULT_BAD_PARAMETERS')) throw error;
      const lines = error.details.length > 0 ? error.details : [error.message];
      return lines.map((line) => {
        const [, name, message] = /^([\w.[\]-]+): (.*)$/s.exec(line) ?? [];
        const keys = name === undefined ? [] : [...name.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, at, key]) => (at === undefined ? (key ?? '') : Number(at)));
        return { path: [...here, 'params', ...keys], message: message ?? line };
      });
    }
  });
}
