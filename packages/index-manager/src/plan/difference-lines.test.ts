import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../model.ts';
import { differenceLines } from './difference-lines.ts';
import { paintOf } from './paint.ts';

const lines = (before: JsonValue | undefined, after: JsonValue | undefined, note?: string) => differenceLines({ path: 'p', before, after, ...(note === undefined ? {} : { note }) }, paintOf(false));
const numbers = (from: number, to: number): readonly string[] => Array.from({ length: to - from }, (_, at) => `number ${from + at}`);

describe('differenceLines', () => {
  it('puts short values side by side', () => {
    expect(lines('1s', '5s')).toEqual(['~ p: "1s" → "5s"']);
    expect(lines(['a'], ['a', 'b'])).toEqual(['~ p: ["a"] → ["a","b"]']);
    expect(lines('true', 'false', 'one-way: never back')).toEqual(['~ p: "true" → "false"  # one-way: never back']);
    expect(lines(undefined, { type: 'long' }, 'a note')).toEqual(['+ p: {"type":"long"}  # a note']);
    expect(lines(null, undefined)).toEqual(['- p: null']);
  });

  it('says what came and went in a text of several lines', () => {
    expect(lines('if (a) {\n  b = 1;\n}\nc = 1;', 'if (a) {\n  b = 2;\n  d = 3;\n}\nc = 1;')).toEqual(['~ p:', '    if (a) {', '  -   b = 1;', '  +   b = 2;', '  +   d = 3;', '    }', '    c = 1;']);
    expect(lines(undefined, 'a\nb')).toEqual(['+ p:', '    a', '    b']);
  });

  it('says what came and went in a long list, wherever that is', () => {
    const before = numbers(0, 40);
    const after = ['new', ...numbers(0, 20), ...numbers(21, 40)];
    expect(lines(before, after)).toEqual([
      '~ p:', '  + "new"', '    "number 0"', '    "number 1"', '    … 16 unchanged', '    "number 18"', '    "number 19"', '  - "number 20"', '    "number 21"', '    "number 22"', '    … 17 unchanged',
    ]);
  });

  it('stays short, whatever the values', () => {
    expect(lines('x'.repeat(5000), 'y')[0]?.length).toBeLessThan(300);
    const many = lines(numbers(0, 3000), numbers(5000, 9000));
    expect(many).toHaveLength(31);
    expect(many.at(-1)).toMatch(/… \d+ more lines/u);
    expect(lines(undefined, Object.fromEntries(numbers(0, 500).map((name) => [name, { type: 'keyword' }])))).toHaveLength(31);
  });

  it('lets no control or invisible character through, and colours what it shows', () => {
    expect(lines('a\u001b\nb', 'a\u202e\nb\u0007').join('\n')).not.toMatch(/[\u001b\u202e\u0007]/u);
    expect(differenceLines({ path: 'p', before: 1, after: 2 }, paintOf(true))).toEqual(['\u001b[33m~ p:\u001b[39m \u001b[31m1\u001b[39m \u001b[2m→\u001b[22m \u001b[32m2\u001b[39m']);
  });
});
