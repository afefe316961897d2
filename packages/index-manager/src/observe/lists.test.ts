import { describe, expect, it } from 'vitest';
import { matches } from '../validate/patterns.ts';
import { listsOf, LONGEST_LIST, patternsOf } from './lists.ts';

const numbered = (stem: string, count: number): readonly string[] => Array.from({ length: count }, (_, at) => `${stem}-${String(at).padStart(4, '0')}-tail`);

describe('lists of names in an address', () => {
  it('have the names themselves where there is room', () => {
    expect(patternsOf(['b', 'a', 'a'], 1)).toEqual(['a', 'b']);
    expect(patternsOf([], 1)).toEqual([]);
    expect(listsOf([])).toEqual([]);
    expect(listsOf(['ä b', 'c*'])).toEqual(['%C3%A4%20b,c*']);
  });

  it('are split before names are shortened', () => {
    const names = numbered('logs', 400);
    expect(patternsOf(names, 2)).toEqual(names);
    expect(listsOf(names)).toHaveLength(2);
    for (const list of listsOf(names)) expect(list.length).toBeLessThanOrEqual(LONGEST_LIST);
  });

  it('shorten what has most in common, and leave the others whole', () => {
    const names = [...numbered('logs-of-the-shop', 300), 'audit', 'billing-a', 'billing-b'];
    const patterns = patternsOf(names, 1);
    expect(patterns).toEqual(expect.arrayContaining(['audit', 'billing-a', 'billing-b']));
    expect(patterns.filter((each) => each.endsWith('*')).every((each) => each.startsWith('logs-of-the-shop-0'))).toBe(true);
  });

  it.each([
    ['many of one stem', numbered('filebeat-podscope', 10_000), 1],
    ['many of many stems', Array.from({ length: 5000 }, (_, at) => `${(at * 7919).toString(36)}-${'x'.repeat(at % 90)}`), 2],
    ['the longest names', Array.from({ length: 300 }, (_, at) => `${at}${'n'.repeat(250)}`), 1],
    ['characters of two halves', Array.from({ length: 2000 }, (_, at) => `${'🦊'.repeat(at % 40)}${String.fromCodePoint(0x1f600 + (at % 60))}${at}`), 1],
  ])('hold for every name and fit, of %s', (_, names, most) => {
    const patterns = patternsOf(names, most);
    expect(listsOf(patterns).length).toBeLessThanOrEqual(most);
    const whole = new Set(patterns);
    const beginnings = patterns.filter((each) => each.endsWith('*'));
    expect(names.filter((name) => !whole.has(name) && !beginnings.some((each) => matches(each, name)))).toEqual([]);
  });
});
