import { expect, it } from 'vitest';
import { flatten, textAt, topValues, valueAt } from './documents.ts';

const document = { '@timestamp': 't', http: { response: { status_code: 404 } }, 'a.b': 1, tags: ['x', 'y'], nothing: null };

it('flattens nested and dotted names', () => {
  expect(flatten(document)).toEqual([['@timestamp', 't'], ['a.b', 1], ['http.response.status_code', 404], ['tags', 'x, y']]);
});

it('ends at deep and at wide documents', () => {
  let deep: Record<string, unknown> = { end: 1 };
  for (let level = 0; level < 500; level++) deep = { d: deep };
  expect(flatten(deep)).toHaveLength(1);
  expect(flatten(Object.fromEntries(Array.from({ length: 5_000 }, (_unused, index) => [`f${index}`, index])))).toHaveLength(500);
});

it('finds values under every spelling', () => {
  expect(valueAt(document, 'http.response.status_code')).toBe(404);
  expect(valueAt({ a: { 'b.c': 2 } }, 'a.b.c')).toBe(2);
  expect(valueAt(document, 'constructor')).toBeUndefined();
  expect(textAt(document, 'nothing')).toBe('');
});

it('counts values, most frequent first', () => {
  expect(topValues([{ a: 1 }, { a: 2 }, { a: 2 }, {}], 'a', 1)).toEqual([{ value: 2, count: 2 }]);
});
