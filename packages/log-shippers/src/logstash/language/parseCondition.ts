import type { LogstashCondition, LogstashExpression, LogstashField, LogstashOperand, LogstashPattern } from './model.ts';
import { parseArray, parseString } from './parseValue.ts';
import type { Scanner } from './scanner.ts';

const SELECTOR = /(?:\[[^\][,]+\])+/y;
const NUMBER = /-?[0-9]+(?:\.[0-9]*)?/y;
const METHOD = /[A-Za-z_][A-Za-z0-9_]+/y;
/** A slash after a backslash doesn't end it, wherever that leaves the text. */
const PATTERN = /\/(?:\\\/|(?!\\\/)[^/])*\//y;
const COMPARE = /==|!=|<=|>=|<|>/y;
const MATCHES = /=~|!~/y;
const BOOLEAN = /and|or|xor|nand/y;
const NOT_IN = /not (?:[ \t\r\n]+|#[^\r\n]*\r?\n)*in/y;

/** Rule `condition`. */
export function parseCondition(scan: Scanner): LogstashCondition | undefined {
  return scan.attempt(() => {
    const first = parseExpression(scan);
    if (first === undefined) return undefined;
    const rest: { operator: 'and' | 'or' | 'xor' | 'nand'; expression: LogstashExpression }[] = [];
    for (;;) {
      const next = scan.attempt(() => {
        scan.trivia();
        const operator = scan.take(BOOLEAN, 'and, or') as 'and' | 'or' | 'xor' | 'nand' | undefined;
        if (operator === undefined) return undefined;
        scan.trivia();
        const expression = parseExpression(scan);
        return expression === undefined ? undefined : { operator, expression };
      });
      if (next === undefined) break;
      rest.push(next);
    }
    return rest.length === 0 ? first : { kind: 'chain', first, rest };
  });
}

function parseExpression(scan: Scanner): LogstashExpression | undefined {
  return scan.attempt(() => parseGroup(scan)) ?? scan.attempt(() => parseNot(scan)) ?? parseOperators(scan);
}

function parseGroup(scan: Scanner): { readonly kind: 'group'; readonly condition: LogstashCondition } | undefined {
  if (!scan.word('(')) return undefined;
  scan.trivia();
  const condition = parseCondition(scan);
  if (condition === undefined) return undefined;
  scan.trivia();
  return scan.word(')') ? { kind: 'group', condition } : undefined;
}

function parseNot(scan: Scanner): LogstashExpression | undefined {
  if (!scan.word('!')) return undefined;
  scan.trivia();
  const of = scan.attempt(() => parseGroup(scan)) ?? parseField(scan);
  return of === undefined ? undefined : { kind: 'not', of };
}

function parseField(scan: Scanner): LogstashField | undefined {
  const path = scan.take(SELECTOR, 'a field');
  return path === undefined ? undefined : { kind: 'field', path };
}

/** The left side once, then each operator in the grammar's order; where none fits, the side stands for itself. */
function parseOperators(scan: Scanner): LogstashExpression | undefined {
  const left = parseOperand(scan);
  if (left === undefined) return undefined;
  const right = <Result>(operator: RegExp, parse: (operator: string) => Result | undefined): Result | undefined =>
    scan.attempt(() => {
      scan.trivia();
      const found = scan.take(operator, 'an operator');
      if (found === undefined) return undefined;
      scan.trivia();
      return parse(found);
    });
  const side = (): LogstashOperand | undefined => parseOperand(scan);
  return (
    right(/in/y, (): LogstashExpression | undefined => given(side(), (value) => ({ kind: 'in', negated: false, left, right: value }))) ??
    right(NOT_IN, (): LogstashExpression | undefined => given(side(), (value) => ({ kind: 'in', negated: true, left, right: value }))) ??
    right(COMPARE, (operator): LogstashExpression | undefined =>
      given(side(), (value) => ({ kind: 'compare', operator: operator as '==', left, right: value })),
    ) ??
    right(MATCHES, (operator): LogstashExpression | undefined =>
      given(scan.attempt(() => parseString(scan)) ?? parsePattern(scan), (source) => ({ kind: 'matches', negated: operator === '!~', left, pattern: source })),
    ) ?? { kind: 'value', value: left }
  );
}

function given<Value, Result>(value: Value | undefined, make: (value: Value) => Result): Result | undefined {
  return value === undefined ? undefined : make(value);
}

function parsePattern(scan: Scanner): LogstashPattern | undefined {
  const found = scan.take(PATTERN, 'a regular expression');
  return found === undefined ? undefined : { kind: 'pattern', source: found.slice(1, -1) };
}

/** Rule `rvalue`. A list of one, such as `["a"]`, is read as a field here: so the grammar has it. */
function parseOperand(scan: Scanner): LogstashOperand | undefined {
  const text = scan.attempt(() => parseString(scan));
  if (text !== undefined) return text;
  const number = scan.take(NUMBER, 'a value');
  if (number !== undefined) return Number(number);
  return (
    parseField(scan) ??
    given(scan.attempt(() => parseArray(scan)), (values): LogstashOperand => ({ kind: 'array', values })) ??
    scan.attempt(() => parseCall(scan)) ??
    parsePattern(scan)
  );
}

function parseCall(scan: Scanner): LogstashOperand | undefined {
  const method = scan.take(METHOD, 'a value');
  if (method === undefined) return undefined;
  scan.trivia();
  if (!scan.word('(')) return undefined;
  scan.trivia();
  const given: LogstashOperand[] = [];
  for (let first = true; ; first = false) {
    const next = scan.attempt(() => {
      if (!first) {
        scan.trivia();
        if (!scan.word(',')) return undefined;
        scan.trivia();
      }
      return parseOperand(scan);
    });
    if (next === undefined) break;
    given.push(next);
  }
  scan.trivia();
  return scan.word(')') ? { kind: 'call', method, arguments: given } : undefined;
}
