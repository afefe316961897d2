import { runInNewContext } from 'node:vm';
import { assert, property } from 'fast-check';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../read/storedObject.ts';
import { Code, printCode, quoted, withRaw } from './printCode.ts';

/** What the code is, when it runs. */
function ran(code: string): unknown {
  return JSON.parse(String(runInNewContext(`JSON.stringify((${code}))`, { raw: (value: unknown) => value })));
}

it('writes code that is the value again, whatever stands in it', () => {
  const names = fc.dictionary(fc.constantFrom('a\nb', '`', '${x}', '\u2028', 'a b', '__proto__'), fc.jsonValue({ maxDepth: 2 }));
  assert(property(fc.oneof(fc.jsonValue({ maxDepth: 5 }), names), (value) => void expect(ran(printCode(value as Json))).toEqual(JSON.parse(JSON.stringify(value)))));
});

it('writes texts that are the text again, with line ends, quotes, backslashes and all', () => {
  const piece = fc.oneof(fc.constantFrom('\n', '\r', '\\', "'", '"', '`', '${', '\u2028', '\u0000', '\ud800', '😀', '\t'), fc.string());
  assert(property(fc.array(piece).map((parts) => parts.join('')), (text) => void expect(ran(quoted(text))).toBe(JSON.parse(JSON.stringify(text)))));
});

it('breaks lines where a value is too long for one, and names need no quotes', () => {
  const long = { first: 'x'.repeat(60), 'a-b': 'y'.repeat(60), list: [1, 2] };
  expect(printCode(long)).toBe(`{\n  first: '${'x'.repeat(60)}',\n  'a-b': '${'y'.repeat(60)}',\n  list: [1, 2],\n}`);
  expect(printCode({ text: 'one\ntwo ${three}' })).toBe('{\n  text: `one\ntwo \\${three}`,\n}');
  expect(printCode([new Code('name'), {}, []])).toBe('[name, {}, []]');
});

it('wraps what no type describes, and only that', () => {
  expect(printCode(withRaw({ a: { b: [1, { c: 2 }] }, d: 3 }, [['a', 'b', 1]]))).toBe('{ a: { b: [1, raw({ c: 2 })] }, d: 3 }');
  expect(printCode(withRaw([1], [[], [0]]))).toBe('raw([1])');
});
