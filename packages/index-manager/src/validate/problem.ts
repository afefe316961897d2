import { PodscopeError, redactText } from '@podscope/core';
import { type LifecyclePolicyProblem, UNKNOWN } from '../lifecycle/shape.ts';
import { isObject } from '../normalise/json.ts';
import type { SetupSection } from './sections.ts';

/** A place in a setup: its section, then the name of the thing, then members and list positions. Empty for the setup itself. */
export type SetupPath = readonly (string | number)[];

/** What is wrong at one place of a setup. */
export interface SetupProblem {
  readonly path: SetupPath;
  /** A whole sentence, with what it is about. */
  readonly what: string;
  readonly allowed?: string;
  /** The name that was probably meant. */
  readonly didYouMean?: string;
  /** The other place that is needed to understand it. */
  readonly also?: SetupPath;
  /** Where it is only that something is not there: the section that would have it. */
  readonly missing?: SetupSection;
  /** Where a member is not known at all. */
  readonly unknown?: true;
}

/** A problem on one line, without its place. */
export function lineOf({ what, allowed, didYouMean }: SetupProblem): string {
  return `${what}${allowed === undefined ? '' : `; allowed: ${allowed}`}${didYouMean === undefined ? '' : `; did you mean "${didYouMean}"?`}`;
}

/** The error that says everything that is wrong with a setup. */
export function invalidSetup(lines: readonly string[]): PodscopeError<'INDEX_SETUP_INVALID'> {
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : '';
  const details = lines.map(redactText);
  return new PodscopeError('INDEX_SETUP_INVALID', `The index setup is not usable: ${details[0]}${more}.`, {
    hint: 'Correct the definition that is named; nothing was sent to the server.',
    details,
  });
}

/** What a shape says of a value that stands at a path, as a problem of the setup. */
export function problemOf(subject: string, path: SetupPath, value: unknown, { path: dotted, what, allowed, didYouMean }: LifecyclePolicyProblem): SetupProblem {
  return {
    path: [...path, ...segmentsOf(value, dotted)],
    what: `${subject}${dotted === '' ? '' : `, ${dotted}`} ${what}`,
    allowed,
    ...(what === UNKNOWN ? { unknown: true } : {}),
    ...(didYouMean === undefined ? {} : { didYouMean }),
  };
}

/**
 * The members that a dotted path names. Names may have dots themselves: of the ways to read the path, the first of which
 * everything is there, else the one that goes furthest.
 */
export function segmentsOf(value: unknown, dotted: string): SetupPath {
  if (dotted === '') return [];
  if (Array.isArray(value)) {
    const [position = '', ...rest] = dotted.split('.');
    return [Number(position), ...segmentsOf(value[Number(position)], rest.join('.'))];
  }
  if (!isObject(value)) return [dotted];
  const ways = Object.keys(value)
    .filter((key) => dotted === key || dotted.startsWith(`${key}.`))
    .map((key) => [key, ...segmentsOf(value[key], dotted.slice(key.length + 1))]);
  return ways.find((way) => has(value, way)) ?? ways.sort((one, other) => other.length - one.length)[0] ?? [dotted];
}

function has(value: unknown, path: SetupPath): boolean {
  let at: unknown = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Readonly<Record<string | number, unknown>>)[key];
  }
  return true;
}
