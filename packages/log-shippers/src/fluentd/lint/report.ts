import { cut, type Problem, type Severity } from '../../lint/problem.ts';
import type { FluentdConfig } from '../model/config.ts';
import { parseSyntax } from '../syntax/parseSyntax.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
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
  readonly #nodes: readonly SyntaxNode[];

  constructor(origin: FluentdConfig['origin']) {
    this.#file = origin?.file;
    this.#nodes = origin === undefined ? [] : parseSyntax(origin.text, origin.file);
  }

  add(rule: FluentdRule, { path, line: directiveLine }: Place, message: string, hint: string, severity: Severity = RULES[rule].severity): void {
    const line = directiveLine === undefined ? undefined : lineIn(this.#nodes, path, directiveLine);
    this.problems.push({ rule, severity, at: { path, ...(this.#file === undefined ? {} : { file: this.#file }), ...(line === undefined ? {} : { line }) }, message: cut(message), hint: cut(hint) });
  }
}

/** The line of what a path names inside of a directive, as far as the text has it; the directive's own where it hasn't. */
function lineIn(nodes: readonly SyntaxNode[], path: string, directiveLine: number): number {
  let items = directiveAt(nodes, directiveLine);
  let line = directiveLine;
  const names = path.split('.');
  for (const name of names.slice(names.findLastIndex((each) => /^\w+\[\d+\]$/.test(each)) + 1)) {
    const found = items.filter((item) => item.name === name);
    const [only] = found;
    // Which of several it is, the path doesn't say.
    if (only === undefined || found.length > 1) break;
    line = only.line;
    items = only.kind === 'element' ? only.items : [];
  }
  return line;
}

function directiveAt(nodes: readonly SyntaxNode[], line: number): readonly SyntaxNode[] {
  for (const node of nodes) {
    if (node.kind !== 'element') continue;
    if (node.line === line) return node.items;
    const inside = directiveAt(node.items, line);
    if (inside.length > 0) return inside;
  }
  return [];
}
