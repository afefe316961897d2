import type { Difference, JsonValue } from '../model.ts';
import { type Paint, safe } from './paint.ts';

/** What fits on a line beside a path. */
const SHORT = 90;
/** What is shown of a longer one. */
const CUT = 200;
/** Lines of one difference. */
const MOST_LINES = 30;
/** Unchanged lines beside a changed one. */
const AROUND = 2;
/** Beyond it, comparing line by line would take longer than anybody waits. */
const MOST_CELLS = 1_000_000;

interface Line {
  readonly sign: '+' | '-' | ' ';
  readonly text: string;
}

/**
 * One difference as lines: before and after on one where they are short; texts of several lines and lists as what came and
 * went in them.
 */
export function differenceLines({ path, before, after, note }: Difference, paint: Paint): readonly string[] {
  const remark = note === undefined ? '' : paint('dim', `  # ${safe(note)}`);
  if (before === undefined || after === undefined) {
    const [sign, how] = before === undefined ? (['+', 'green'] as const) : (['-', 'red'] as const);
    const [first = '', ...rest] = linesOf(before ?? after ?? null);
    return [`${paint(how, `${sign} ${safe(path)}:${first === '' ? '' : ` ${safe(first)}`}`)}${remark}`, ...limited(rest.map((text) => paint(how, `    ${safe(text)}`)))];
  }
  const head = paint('yellow', `~ ${safe(path)}:`);
  const [one, other] = [JSON.stringify(before), JSON.stringify(after)];
  const [was, is] = [partsOf(before), partsOf(after)];
  const large = isText(before) || isText(after) || one.length + other.length > SHORT;
  if (was === undefined || is === undefined || !large) return [`${head} ${paint('red', safe(cut(one)))} ${paint('dim', '→')} ${paint('green', safe(cut(other)))}${remark}`];
  return [`${head}${remark}`, ...limited(folded(compare(was, is)).map((line) => painted(line, paint)))];
}

function painted({ sign, text }: Line, paint: Paint): string {
  const line = `  ${sign} ${safe(text)}`;
  return sign === ' ' ? paint('dim', line) : paint(sign === '+' ? 'green' : 'red', line);
}

/** A value that is there or not: in whole where it is short, else member by member. */
function linesOf(value: JsonValue): readonly string[] {
  const text = JSON.stringify(value);
  if (isText(value)) return ['', ...value.split('\n')];
  return text.length <= SHORT || typeof value !== 'object' ? [cut(text)] : JSON.stringify(value, null, 2).split('\n');
}

/** What a text or a list is made of; undefined for what is one thing. */
function partsOf(value: JsonValue): readonly string[] | undefined {
  if (Array.isArray(value)) return value.map((item: JsonValue) => cut(JSON.stringify(item)));
  return typeof value === 'string' ? value.split('\n') : undefined;
}

function isText(value: JsonValue): value is string {
  return typeof value === 'string' && value.includes('\n');
}

function cut(text: string): string {
  return text.length > CUT ? `${text.slice(0, CUT)}…` : text;
}

function limited(lines: readonly string[]): readonly string[] {
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES - 1), `    … ${lines.length - MOST_LINES + 1} more lines`];
}

/** The longest common run of lines stays; what is between came or went. */
function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const same = (lines: readonly string[]): readonly Line[] => lines.map((text) => ({ sign: ' ', text }));
  return [...same(before.slice(0, start)), ...between(before.slice(start, before.length - end), after.slice(start, after.length - end)), ...same(before.slice(before.length - end))];
}

function between(before: readonly string[], after: readonly string[]): readonly Line[] {
  const gone = before.map((text): Line => ({ sign: '-', text }));
  const come = after.map((text): Line => ({ sign: '+', text }));
  if (before.length === 0 || after.length === 0 || before.length * after.length > MOST_CELLS) return [...gone, ...come];
  // By position in both: how many lines from there on are common.
  const common = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  const at = (one: number, other: number): number => common[one]?.[other] ?? 0;
  for (let one = before.length - 1; one >= 0; one -= 1) {
    const row = common[one] as Uint32Array;
    for (let other = after.length - 1; other >= 0; other -= 1) row[other] = before[one] === after[other] ? at(one + 1, other + 1) + 1 : Math.max(at(one + 1, other), at(one, other + 1));
  }
  const lines: Line[] = [];
  let [one, other] = [0, 0];
  while (one < before.length || other < after.length) {
    if (one < before.length && other < after.length && before[one] === after[other]) {
      lines.push({ sign: ' ', text: before[one] as string });
      [one, other] = [one + 1, other + 1];
    } else if (other >= after.length || (one < before.length && at(one + 1, other) >= at(one, other + 1))) {
      lines.push(gone[one] as Line);
      one += 1;
    } else {
      lines.push(come[other] as Line);
      other += 1;
    }
  }
  return lines;
}

/** Unchanged lines far from a change become one that counts them. */
function folded(lines: readonly Line[]): readonly Line[] {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ sign }) => sign !== ' '));
  const shown: Line[] = [];
  for (let at = 0; at < lines.length; ) {
    if (near[at] === true) {
      shown.push(lines[at] as Line);
      at += 1;
      continue;
    }
    let next = at;
    while (next < lines.length && near[next] === false) next += 1;
    shown.push({ sign: ' ', text: `… ${next - at} unchanged` });
    at = next;
  }
  return shown;
}
