import { PodscopeError } from '@podscope/core';
import type { z } from 'zod';
import { PROBE_KINDS } from '../probes/specs.ts';
import { type Experiment, type ExperimentInput, experimentSchema, type Step, stepSchemas } from './experiment.ts';
import { suggestion } from '../definition/nearest.ts';
import { readVariables, substitute } from './variables.ts';

/** Something wrong in an experiment, and where: `['method', 0, 'params', 'replicas']`. */
export interface ExperimentIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Steps may stand in steps; deeper than this nobody means. */
const DEEPEST = 20;

const stepKeys = [...Object.keys(stepSchemas), 'parallel', 'sequence'];

/** What came of looking at an experiment's data. */
export interface CheckedExperiment {
  /** There when there are no issues. */
  readonly experiment?: Experiment;
  /** Values of secret variables: they are masked wherever they would be seen. */
  readonly secrets: readonly string[];
  readonly issues: readonly ExperimentIssue[];
}

/** Puts the variables into an experiment's data and checks its shape: with no issues, it is one. */
export function checkExperiment(written: unknown, environment: Readonly<Record<string, string | undefined>> = {}): CheckedExperiment {
  const issues: ExperimentIssue[] = [];
  const variables = readVariables(isRecord(written) ? written['variables'] : undefined, environment, issues);
  const { secrets } = variables;
  const data = isRecord(written) ? Object.fromEntries(Object.entries(written).map(([key, value]) => [key, key === 'variables' ? value : substitute(value, variables, [key], issues)])) : written;
  const result = experimentSchema.safeParse(data);
  if (!result.success) issues.push(...issuesOf(result.error, data, []));
  const method = isRecord(data) && Array.isArray(data['method']) ? checkSteps(data['method'], ['method'], issues, 0) : [];
  if (!result.success || issues.length > 0) return { issues, secrets };
  const experiment: Experiment = { ...result.data, method };
  checkNames(experiment, issues);
  return issues.length > 0 ? { issues, secrets } : { experiment, issues, secrets };
}

/**
 * An experiment as data in TypeScript, checked, with its variables put in.
 *
 * @param environment where variables with `env` take their values
 * @throws PodscopeError EXPERIMENT_INVALID
 */
export function defineExperiment(experiment: ExperimentInput, environment: Readonly<Record<string, string | undefined>> = {}): Experiment {
  const checked = checkExperiment(experiment, environment);
  if (checked.experiment !== undefined) return checked.experiment;
  throw invalidExperiment('the experiment', checked.issues.map(({ path, message }) => `${pathText(path)}: ${message}`));
}

/** The error of an experiment that can't be run. */
export function invalidExperiment(what: string, lines: readonly string[]): PodscopeError<'EXPERIMENT_INVALID'> {
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : '';
  return new PodscopeError('EXPERIMENT_INVALID', `${what} can't be run: ${lines[0] ?? 'it is empty'}${more}.`.replace(/([.?!])\.$/, '$1'), { hint: 'Correct the places below; nothing was run.', details: lines });
}

/** `method[0].params.replicas` */
export function pathText(path: readonly (string | number)[]): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${key}`)).join('') || 'the experiment';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkSteps(steps: readonly unknown[], path: readonly (string | number)[], issues: ExperimentIssue[], depth: number): readonly Step[] {
  return steps.flatMap((step, index) => checkStep(step, [...path, index], issues, depth) ?? []);
}

function checkStep(step: unknown, path: readonly (string | number)[], issues: ExperimentIssue[], depth: number): Step | undefined {
  if (!isRecord(step)) return refuse(issues, path, `is no step; a step has one of ${stepKeys.join(', ')}`);
  if (depth > DEEPEST) return refuse(issues, path, `steps stand in steps more than ${DEEPEST} deep`);
  // A fault has a pause between its repetitions, so its own key comes first.
  const kind = stepKeys.find((key) => key in step);
  if (kind === undefined) {
    const [first] = Object.keys(step);
    return refuse(issues, first === undefined ? path : [...path, first], first === undefined ? 'is empty' : `"${first}" is no step; ${suggestion(first, stepKeys)}`);
  }
  if (kind === 'parallel' || kind === 'sequence') {
    const inner = step[kind];
    const further = Object.keys(step).filter((key) => key !== kind);
    for (const key of further) issues.push({ path: [...path, key], message: `"${key}" has no place beside "${kind}"` });
    if (!Array.isArray(inner) || inner.length === 0) return refuse(issues, [...path, kind], 'must be a list of steps');
    const steps = checkSteps(inner, [...path, kind], issues, depth + 1);
    return kind === 'parallel' ? { parallel: steps } : { sequence: steps };
  }
  const result = stepSchemas[kind as keyof typeof stepSchemas].safeParse(step);
  if (result.success) return result.data;
  issues.push(...issuesOf(result.error, step, path));
  return undefined;
}

function refuse(issues: ExperimentIssue[], path: readonly (string | number)[], message: string): undefined {
  issues.push({ path, message });
  return undefined;
}

/** Names are what steps revert and reports tell apart. */
function checkNames(experiment: Experiment, issues: ExperimentIssue[]): void {
  const known = new Set<string>();
  const visit = (steps: readonly Step[], path: readonly (string | number)[]): void => {
    steps.forEach((step, index) => {
      const here = [...path, index];
      if ('fault' in step) {
        const name = step.name ?? step.fault;
        if (step.name !== undefined && known.has(name)) issues.push({ path: [...here, 'name'], message: `two faults are called "${name}"` });
        known.add(name);
      } else if ('revert' in step) {
        if (!known.has(step.revert)) issues.push({ path: [...here, 'revert'], message: `no earlier fault is called "${step.revert}"; ${known.size === 0 ? 'there is none' : suggestion(step.revert, [...known])}` });
      } else if ('parallel' in step) visit(step.parallel, [...here, 'parallel']);
      else if ('sequence' in step) visit(step.sequence, [...here, 'sequence']);
    });
  };
  visit(experiment.method, ['method']);
}

/** Zod's issues in our words. Of a union, those of the alternative that got furthest. */
function issuesOf(error: z.core.$ZodError | z.ZodError, data: unknown, above: readonly (string | number)[]): ExperimentIssue[] {
  return error.issues.flatMap((issue) => oneIssue(issue, data, above));
}

function oneIssue(issue: z.core.$ZodIssue, data: unknown, above: readonly (string | number)[]): ExperimentIssue[] {
  const own = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const path = [...above, ...own];
  const value = own.reduce<unknown>((here, key) => (typeof here === 'object' && here !== null ? (here as Record<string, unknown>)[key] : undefined), data);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(own, value);
    return issue.keys.map((key) => ({ path: [...path, key], message: `"${key}" is not known here${known.length === 0 ? '' : `; ${suggestion(key, known)}`}` }));
  }
  if (issue.code === 'invalid_union') {
    if (issue.discriminator !== undefined) {
      // Its path ends in the key that tells the kinds apart.
      const given = isRecord(value) ? value['kind'] : value;
      const place = path.at(-1) === 'kind' ? path : [...path, 'kind'];
      return [typeof given === 'string' ? { path: place, message: `"${given}" is no kind of probe; ${suggestion(given, PROBE_KINDS)}` } : { path: place.slice(0, -1), message: `a probe needs a kind: ${PROBE_KINDS.join(', ')}` }];
    }
    const alternatives = issue.errors.map((issues) => issues.flatMap((each) => oneIssue(each, value, path)));
    // Wrong deeper down, or in fewer places: that alternative was meant.
    const meant = alternatives.sort((one, other) => depthOf(other) - depthOf(one) || one.length - other.length)[0];
    return meant ?? [{ path, message: issue.message }];
  }
  if (issue.code === 'invalid_type' && value === undefined) return [{ path: path.slice(0, -1), message: `"${String(path.at(-1))}" is missing` }];
  return [{ path, message: issue.message.charAt(0).toLowerCase() + issue.message.slice(1) }];
}

const depthOf = (issues: readonly ExperimentIssue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));

function knownKeys(path: readonly (string | number)[], value: unknown): readonly string[] {
  if (path.length === 0) return isRecord(value) && 'fault' in value ? Object.keys(stepSchemas.fault.shape) : Object.keys(experimentSchema.shape);
  return [];
}
