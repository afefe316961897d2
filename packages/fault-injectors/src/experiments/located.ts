import { isPodscopeError, PodscopeError } from '@podscope/core';
import { type Document, isMap, isPair, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type ExperimentIssue, invalidExperiment, pathText } from './checkExperiment.ts';

/** A larger file is no experiment. */
const MOST_BYTES = 1_048_576;
/** An alias repeats what it names; so many of them are a bomb. */
const MOST_ALIASES = 100;

/** A file's data, and where in it something is. */
export interface LocatedData {
  readonly data: unknown;
  /** `experiment.yaml:3:5` of the value at a path, or of the closest that is there. */
  placeOf(path: readonly (string | number)[]): string;
}

/** Issues as lines with their place. */
export function linesOf(issues: readonly ExperimentIssue[], { placeOf }: LocatedData): readonly string[] {
  return issues.map(({ path, message }) => `${placeOf(path)} ${pathText(path)}: ${message}`);
}

/** Parses YAML (of which JSON is a part). @throws PodscopeError EXPERIMENT_INVALID */
export function locate(text: string, file: string): LocatedData {
  if (Buffer.byteLength(text) > MOST_BYTES) throw invalidExperiment(file, [`${file}: is larger than 1 MiB`]);
  const lines = new LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  let document: Document.Parsed;
  let data: unknown;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    const wrong = document.errors.map(({ pos: [offset], message }) => `${at(offset)} ${message.split('\n')[0] ?? ''}`);
    if (wrong.length > 0) throw invalidExperiment(file, wrong);
    data = document.toJS({ maxAliasCount: MOST_ALIASES });
    if (holdsItself(data)) throw invalidExperiment(file, [`${at(0)} an alias stands within what it names`]);
  } catch (cause) {
    if (isPodscopeError(cause)) throw cause;
    // Nested too deeply for the parser, or an alias bomb.
    throw new PodscopeError('EXPERIMENT_INVALID', `${file} can't be read: ${cause instanceof RangeError ? 'it is nested too deeply' : cause instanceof Error ? cause.message : 'it is no YAML'}.`, { hint: 'Write it plainly; nothing was run.' });
  }
  return { data, placeOf: (path) => at(offsetOf(document.contents, path)) };
}

/** True for data without an end: nobody could walk through it. */
function holdsItself(data: unknown, above: ReadonlySet<object> = new Set(), known = new Set<object>()): boolean {
  if (typeof data !== 'object' || data === null) return false;
  if (above.has(data)) return true;
  if (known.has(data)) return false;
  known.add(data);
  const within = new Set(above).add(data);
  return Object.values(data).some((each) => holdsItself(each, within, known));
}

/** Where a value begins; of a key that is wrong itself, where the key does. */
function offsetOf(root: Node | null, path: readonly (string | number)[]): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((each) => isPair(each) && keyText(each.key) === String(key));
      if (pair === undefined) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

const keyText = (key: unknown): string => (typeof key === 'object' && key !== null && 'value' in key ? String((key as { readonly value: unknown }).value) : String(key));
