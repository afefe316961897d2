import { redactText } from '@podscope/core';
import { isObject } from '../normalise/json.ts';
import { parseSize, parseTime, SIZE_FORM, TIME_FORM } from './units.ts';

/** What is wrong at one place of a policy. */
export interface LifecyclePolicyProblem {
  /** Member names and list positions, joined by `.`; empty for the policy itself. */
  readonly path: string;
  /** What is wrong, without the path. */
  readonly what: string;
  readonly allowed: string;
  /** The name that was probably meant. */
  readonly didYouMean?: string;
}

/** Checks one value, and reports what is wrong with it. */
export type Shape = (value: unknown, path: string, report: (problem: LifecyclePolicyProblem) => void) => void;

/** A shape for each member; a name that ends in `!` must be there. */
export interface Members {
  readonly [name: string]: Shape;
}

export const text: Shape = expecting('a text', (value) => typeof value === 'string');
export const name: Shape = expecting('a text that is not empty', (value) => typeof value === 'string' && value.trim() !== '');
export const flag: Shape = expecting('true or false', (value) => typeof value === 'boolean' || value === 'true' || value === 'false');
export const time: Shape = expecting(TIME_FORM, (value) => parseTime(value) !== undefined);
export const size: Shape = expecting(`${SIZE_FORM}, more than 0`, (value) => (parseSize(value) ?? 0) > 0);
export const anything: Shape = () => undefined;
export const anyObject: Shape = expecting('an object', isObject);
export const fraction: Shape = expecting('a number between 0 and 1', (value) => typeof value === 'number' && value > 0 && value < 1);

/** A whole number; servers take it as text too. */
export function whole(least: number): Shape {
  return expecting(`a whole number from ${least}`, (value) => (typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value))) && Number.isSafeInteger(Number(value)) && Number(value) >= least);
}

/** One of a few texts. */
export function oneOf(...values: readonly string[]): Shape {
  return (value, path, report) => {
    if (typeof value === 'string' && values.includes(value)) return;
    report({ path, what: `${show(value)} is not allowed`, allowed: values.join(', '), ...meant(String(value), values) });
  };
}

/** `null` or the shape. */
export function orNull(shape: Shape): Shape {
  return (value, path, report) => {
    if (value !== null) shape(value, path, report);
  };
}

/** Any of several shapes: the first that is right, else what the last says. */
export function either(...shapes: readonly Shape[]): Shape {
  return (value, path, report) => {
    const all = shapes.map((shape) => collect(shape, value, path));
    if (all.some((problems) => problems.length === 0)) return;
    for (const problem of all.at(-1) ?? []) report(problem);
  };
}

/** A list with at least so many items. */
export function list(shape: Shape, least = 0): Shape {
  return (value, path, report) => {
    if (!Array.isArray(value) || value.length < least) {
      report({ path, what: `is ${show(value)}`, allowed: least === 0 ? 'a list' : `a list of at least ${least}` });
      return;
    }
    for (const [position, item] of value.entries()) shape(item, join(path, String(position)), report);
  };
}

/** An object whose members are free, each of the one shape. */
export function record(shape: Shape): Shape {
  return (value, path, report) => {
    if (!isObject(value)) return anyObject(value, path, report);
    for (const [key, item] of Object.entries(value)) shape(item, join(path, key), report);
  };
}

/** What is said of a member that a shape has none for. */
export const UNKNOWN = 'is not known';

/** An object with exactly these members, then whatever `further` says about the whole. */
export function object(members: Members, further: Shape = anything): Shape {
  const shapes = new Map(Object.entries(members).map(([key, shape]) => [key.replace(/!$/, ''), shape]));
  const needed = Object.keys(members).flatMap((key) => (key.endsWith('!') ? [key.slice(0, -1)] : []));
  const allowed = [...shapes.keys()].join(', ') || 'no member';
  return (value, path, report) => {
    if (!isObject(value)) return anyObject(value, path, report);
    for (const [key, item] of Object.entries(value)) {
      const shape = shapes.get(key);
      if (item === undefined) continue;
      if (shape === undefined) report({ path: join(path, key), what: UNKNOWN, allowed, ...meant(key, [...shapes.keys()]) });
      else shape(item, join(path, key), report);
    }
    for (const key of needed) if (value[key] === undefined) report({ path: join(path, key), what: 'is missing', allowed: `${key} must be given` });
    further(value, path, report);
  };
}

/** An object of which exactly one of some members is there. */
export function exactlyOne(...names: readonly string[]): Shape {
  return (value, path, report) => {
    const given = names.filter((key) => isObject(value) && value[key] !== undefined);
    if (given.length !== 1) report({ path, what: `has ${given.length === 0 ? 'none' : given.join(' and ')} of ${names.join(', ')}`, allowed: 'exactly one of them' });
  };
}

/** An object with at least one member. */
export const notEmpty: Shape = (value, path, report) => {
  if (isObject(value) && Object.keys(value).length === 0) report({ path, what: 'is empty', allowed: 'at least one member' });
};

/** What a shape says about a value. */
export function collect(shape: Shape, value: unknown, path = ''): readonly LifecyclePolicyProblem[] {
  const problems: LifecyclePolicyProblem[] = [];
  shape(value, path, (problem) => problems.push(problem));
  return problems;
}

/** A path with one more member. */
export function join(path: string, member: string): string {
  return path === '' ? member : `${path}.${member}`;
}

/** The known name next to a wrong one, if one is near. */
export function meant(wrong: string, known: readonly string[]): { readonly didYouMean?: string } {
  const plain = (word: string) => word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const [best] = known.map((word) => ({ word, away: distance(plain(wrong), plain(word)) })).sort((one, other) => one.away - other.away);
  // Two letters that changed places are two steps away.
  const most = Math.max(plain(wrong).length < 4 ? 1 : 2, Math.floor(plain(wrong).length / 3));
  return best !== undefined && best.away <= most ? { didYouMean: best.word } : {};
}

/** A value for which a test holds. */
export function expecting(allowed: string, right: (value: unknown) => boolean): Shape {
  return (value, path, report) => {
    if (!right(value)) report({ path, what: `is ${show(value)}`, allowed });
  };
}

const LONGEST_SHOWN = 40;

function show(value: unknown): string {
  // What JSON can't hold, such as a bigint or a circle, is named by its kind.
  let json: string;
  try {
    json = JSON.stringify(value) ?? 'nothing';
  } catch {
    json = `a ${typeof value}`;
  }
  // Before it is cut: half a secret is not recognised as one.
  json = redactText(json);
  return json.length > LONGEST_SHOWN ? `${json.slice(0, LONGEST_SHOWN)}…` : json;
}

/** Levenshtein's distance. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let at = 1; at <= one.length; at += 1) {
    const above = row;
    row = [at];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (one[at - 1] === other[column - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1));
    }
  }
  return row.at(-1) ?? 0;
}
