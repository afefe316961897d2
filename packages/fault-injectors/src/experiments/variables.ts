import { variableSchema } from './experiment.ts';
import type { ExperimentIssue } from './checkExperiment.ts';

type Scalar = string | number | boolean;

/** What variables stand for, and which values must not be seen. */
export interface Variables {
  readonly values: Readonly<Record<string, Scalar>>;
  readonly secrets: readonly string[];
}

/**
 * Takes the variables of an experiment, from an environment where they say so. One that is missing there is an issue; one that is written
 * wrongly is left to the experiment's schema.
 */
export function readVariables(written: unknown, environment: Readonly<Record<string, string | undefined>>, issues: ExperimentIssue[]): Variables {
  const values: Record<string, Scalar> = {};
  const secrets: string[] = [];
  for (const [name, each] of Object.entries(typeof written === 'object' && written !== null ? written : {})) {
    const read = variableSchema.safeParse(each);
    if (!read.success) continue;
    const variable = read.data;
    if (typeof variable !== 'object') {
      values[name] = variable;
      continue;
    }
    const text = environment[variable.env];
    const value = text === undefined ? variable.default : typed(text, variable.type);
    if (value === undefined) {
      issues.push({ path: ['variables', name], message: `the environment variable ${variable.env} ${text === undefined ? 'is not set, and there is no default' : `is no ${variable.type}`}` });
      // Named all the same, so that its uses aren't told as well.
      values[name] = '';
      continue;
    }
    values[name] = value;
    // What stands in for a secret where the environment has none is one, too.
    if (variable.secret === true) secrets.push(...[value, variable.default].flatMap((each) => (each === undefined || String(each) === '' ? [] : [String(each)])));
  }
  return { values, secrets };
}

function typed(text: string, type: 'text' | 'number' | 'boolean'): Scalar | undefined {
  if (type === 'text') return text;
  if (type === 'number') return text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

const ONE = /^\$\{([A-Za-z_][A-Za-z0-9_.-]*)\}$/;
const EACH = /\$(\$)?\{([A-Za-z_][A-Za-z0-9_.-]*)\}/g;

/** Puts variables into plain data: `${name}` alone keeps the value's type, within a text it becomes text, `$${name}` stays as `${name}`. */
export function substitute(data: unknown, variables: Variables, path: readonly (string | number)[], issues: ExperimentIssue[]): unknown {
  const { values } = variables;
  if (typeof data === 'string') {
    const known = (name: string): boolean => {
      if (Object.hasOwn(values, name)) return true;
      issues.push({ path, message: `there is no variable "${name}"` });
      return false;
    };
    const [, alone] = ONE.exec(data) ?? [];
    if (alone !== undefined) return known(alone) ? values[alone] : data;
    return data.replace(EACH, (whole, escaped: string | undefined, name: string) => (escaped !== undefined ? whole.slice(1) : known(name) ? String(values[name]) : whole));
  }
  if (Array.isArray(data)) return data.map((item, index) => substitute(item, variables, [...path, index], issues));
  if (typeof data === 'object' && data !== null) return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, substitute(value, variables, [...path, key], issues)]));
  return data;
}

/** Members whose numbers are what somebody wrote, rather than what was counted or measured. */
const WRITTEN: ReadonlySet<string> = new Set(['experiment', 'params']);

/** A copy of plain data in which no secret is: neither as a part of a text, nor as a number among what was written. */
export function masked<Data>(data: Data, secrets: readonly string[]): Data {
  if (secrets.length === 0) return data;
  // One may be a part of another.
  const longestFirst = [...secrets].sort((one, other) => other.length - one.length);
  const visit = (value: unknown, isWritten: boolean): unknown => {
    if (typeof value === 'string') return longestFirst.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), value);
    if (typeof value === 'number') return isWritten && secrets.includes(String(value)) ? '[redacted]' : value;
    if (Array.isArray(value)) return value.map((item) => visit(item, isWritten));
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, visit(each, isWritten || WRITTEN.has(key))]));
    return value;
  };
  return visit(data, false) as Data;
}
