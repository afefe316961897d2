import type { Problem } from '../../lint/problem.ts';
import { type FluentdRule, RULES } from './rules.ts';

/** Where a problem is: the way to it, and the line of its directive. */
export interface Place {
  readonly path: string;
  readonly line?: number | undefined;
}

/** Gathers problems. */
export class Report {
  readonly problems: Problem<FluentdRule>[] = [];
  readonly #file: string | undefined;

  constructor(file: string | undefined) {
    this.#file = file;
  }

  add(rule: FluentdRule, { path, line }: Place, message: string, hint: string): void {
    this.problems.push({ rule, severity: RULES[rule].severity, at: { path, ...(this.#file === undefined ? {} : { file: this.#file }), ...(line === undefined ? {} : { line }) }, message, hint });
  }
}
