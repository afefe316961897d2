import { distance } from 'fastest-levenshtein';

/**
 * How much a problem spoils. `error`: the program refuses the configuration, or data is lost or never arrives.
 * `warning`: it works until something else fails.
 */
export type Severity = 'error' | 'warning';

/** Where in a configuration a problem is. */
export interface ConfigPlace {
  /** The file's name, where one was given. */
  readonly file?: string;
  /** 1-based line in that file, where the configuration was read from text. */
  readonly line?: number;
  /** The way to it, such as `inputs[0].Mem_Buf_Limit` or `output.logstash.hosts`. */
  readonly path: string;
}

/** Something that is wrong with a configuration. */
export interface Problem<Rule extends string = string> {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly at: ConfigPlace;
  /** What is wrong, one line. Never a secret's value. */
  readonly message: string;
  /** What to write instead. */
  readonly hint?: string;
}

/** A rule of a linter, for lists of rules. */
export interface LintRule {
  readonly severity: Severity;
  /** What it is about. */
  readonly title: string;
  /** The documentation or source that says so. */
  readonly source: string;
}

/** The one of `known` that `given` was most likely meant to be; undefined when none is near. Case doesn't count. */
export function nearest(given: string, known: Iterable<string>): string | undefined {
  // What is as long as this is no slip of a name, and comparing it takes long.
  if (given.length > LONGEST_NAME) return undefined;
  const wanted = given.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of known) {
    const far = distance(wanted, name.toLowerCase());
    if (far < least) [best, least] = [name, far];
  }
  return best;
}

const LONGEST_NAME = 200;
const LONGEST_MESSAGE = 500;

/** A text of a problem, cut where it holds a value of any length. */
export function cut(text: string): string {
  return text.length <= LONGEST_MESSAGE ? text : `${text.slice(0, LONGEST_MESSAGE)}…`;
}
