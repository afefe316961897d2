import type { BranchLayout, LogstashBranch, LogstashCondition, LogstashNode, LogstashSection } from './model.ts';
import { parseCondition } from './parseCondition.ts';
import { parsePlugin } from './parseValue.ts';
import { Scanner } from './scanner.ts';

/** The sections of a text, and what stands after the last. */
export interface ReadSections {
  readonly sections: readonly LogstashSection[];
  readonly end: string;
}

const SECTIONS = ['input', 'filter', 'output'] as const;

/**
 * Reads a pipeline by Logstash's own grammar (`logstash-core/lib/logstash/compiler/lscl/lscl_grammar.treetop`).
 *
 * @throws PodscopeError SHIPPER_BAD_SYNTAX, with the place.
 */
export function parseSections(text: string, file: string | undefined): ReadSections {
  const scan = new Scanner(text, file);
  const sections: LogstashSection[] = [];
  for (;;) {
    const section = scan.attempt(() => parseSection(scan));
    if (section === undefined) break;
    sections.push(section);
  }
  const end = scan.trivia();
  if (scan.at < text.length) {
    scan.miss('input, filter or output');
    throw scan.refusal();
  }
  return { sections, end };
}

function parseSection(scan: Scanner): LogstashSection | undefined {
  const before = scan.trivia();
  const from = scan.at;
  const section = SECTIONS.find((name) => scan.word(name));
  if (section === undefined) return undefined;
  scan.trivia();
  if (!scan.word('{')) return undefined;
  const open = scan.text.slice(from, scan.at);
  const { body, close } = parseBody(scan);
  return close === undefined ? undefined : { section, body, layout: { before, open, close } };
}

/** Plugins and conditions up to the closing brace. */
function parseBody(scan: Scanner): { readonly body: readonly LogstashNode[]; readonly close: string | undefined } {
  const body: LogstashNode[] = [];
  for (;;) {
    const node = scan.attempt((): LogstashNode | undefined => {
      const before = scan.trivia();
      return parseBranch(scan, before) ?? parsePlugin(scan, before);
    });
    if (node === undefined) break;
    body.push(node);
  }
  const from = scan.at;
  scan.trivia();
  return { body, close: scan.word('}') ? scan.text.slice(from, scan.at) : undefined };
}

function parseBranch(scan: Scanner, before: string): LogstashBranch | undefined {
  return scan.attempt(() => {
    const line = scan.line(scan.at);
    const first = parseClause(scan, before, 'if');
    if (first?.when === undefined) return undefined;
    const clauses: BranchLayout['clauses'][number][] = [first.layout];
    const conditions: LogstashBranch['if'][number][] = [{ when: first.when, body: first.body }];
    for (;;) {
      const next = scan.attempt(() => parseClause(scan, scan.trivia(), 'else if'));
      if (next?.when === undefined) break;
      clauses.push(next.layout);
      conditions.push({ when: next.when, body: next.body });
    }
    const last = scan.attempt(() => parseClause(scan, scan.trivia(), 'else'));
    if (last !== undefined) clauses.push(last.layout);
    return { if: conditions, ...(last === undefined ? {} : { else: last.body }), layout: { line, clauses } };
  });
}

interface Clause {
  readonly when: LogstashCondition | undefined;
  readonly body: readonly LogstashNode[];
  readonly layout: BranchLayout['clauses'][number];
}

function parseClause(scan: Scanner, before: string, kind: 'if' | 'else if' | 'else'): Clause | undefined {
  const from = scan.at;
  if (kind !== 'if' && !scan.word('else')) return undefined;
  if (kind === 'else if') scan.trivia();
  if (kind !== 'else' && !scan.word('if')) return undefined;
  scan.trivia();
  const when = kind === 'else' ? undefined : parseCondition(scan);
  if (kind !== 'else' && when === undefined) return undefined;
  scan.trivia();
  if (!scan.word('{')) return undefined;
  const head = scan.text.slice(from, scan.at);
  const { body, close } = parseBody(scan);
  return close === undefined ? undefined : { when, body, layout: { before, head, ...(when === undefined ? {} : { when }), close } };
}
