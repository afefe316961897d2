import { isUtf8 } from 'node:buffer';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';
import type { Located, TextProblem } from './tree.ts';

/** A file that was read. */
export interface Source {
  /** From the folder on, with `/`. */
  readonly file: string;
  readonly text: string;
  /** Undefined where there is nothing to go on with. */
  readonly tree?: Located;
  readonly problems: readonly TextProblem[];
}

const BYTE_ORDER_MARK = '\uFEFF';

/** What stands in a file of these bytes. */
export function sourceOf(file: string, bytes: Buffer): Source {
  const undecodable = decodingProblem(bytes);
  if (undecodable !== undefined) return { file, text: undecodable.before, problems: [undecodable.problem] };
  const decoded = bytes.toString('utf8').replaceAll('\r\n', '\n');
  const text = decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
  if (text.trim() === '') return { file, text, problems: [EMPTY] };
  const { tree, problems } = file.endsWith('.json') ? readJson(text) : readYaml(text);
  if (tree === undefined) return { file, text, problems: problems.length === 0 ? [EMPTY] : problems };
  return { file, text, tree, problems };
}

const EMPTY: TextProblem = { at: 0, what: 'is empty', allowed: 'what the thing or section consists of; a file that is not needed can be deleted' };

/** Bytes that are no text, with the text before them. */
function decodingProblem(bytes: Buffer): { readonly before: string; readonly problem: TextProblem } | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'UTF-16' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'UTF-16' : undefined;
  if (encoding !== undefined) return { before: '', problem: { at: 0, what: `is ${encoding}`, allowed: 'UTF-8' } };
  const zero = bytes.indexOf(0);
  if (zero >= 0) return placed(bytes, zero, 'is no text file: it has a zero byte');
  return isUtf8(bytes) ? undefined : placed(bytes, firstNotUtf8(bytes), 'is not UTF-8');
}

function placed(bytes: Buffer, offset: number, what: string): { readonly before: string; readonly problem: TextProblem } {
  const before = bytes.subarray(0, offset).toString('utf8').replaceAll('\r\n', '\n');
  return { before, problem: { at: before.length, what, allowed: 'a text in UTF-8' } };
}

/** Halves what is known to hold the first wrong byte; a character has four bytes at most. */
function firstNotUtf8(bytes: Buffer): number {
  let [right, wrong] = [0, bytes.length];
  while (wrong - right > 4) {
    let middle = right + Math.floor((wrong - right) / 2);
    // Back to where a character begins.
    while (middle > right && ((bytes[middle] ?? 0) & 0xc0) === 0x80) middle -= 1;
    if (middle === right) break;
    if (isUtf8(bytes.subarray(right, middle))) right = middle;
    else wrong = middle;
  }
  // Then character by character: bytes that no character begins with can't be stepped back over.
  for (;;) {
    const length = [1, 2, 3, 4].find((count) => isUtf8(bytes.subarray(right, right + count)));
    if (length === undefined || right >= bytes.length) return right;
    right += length;
  }
}

/** `line:column` of a place in a text, both from 1. */
export function positionIn(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `${line}:${at - before.lastIndexOf('\n')}`;
}
