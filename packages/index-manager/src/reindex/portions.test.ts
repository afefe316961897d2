import { expect, it } from 'vitest';
import { lessThan, portionsFor } from './portions.ts';

it.each([
  [0, 10_000, { batch: 1000, page: 5000, sample: 1000 }],
  [500, 10_000, { batch: 1000, page: 5000, sample: 1000 }],
  [500, 10, { batch: 10, page: 10, sample: 1000 }],
  [2 ** 20, 10_000, { batch: 5, page: 5000, sample: 64 }],
  [50 * 2 ** 20, 10_000, { batch: 1, page: 5000, sample: 1 }],
])('holds little in memory of documents of %i bytes where the window is %i', (bytes, window, portions) => {
  expect(portionsFor(bytes, window)).toEqual(portions);
});

it('makes a batch smaller down to one document', () => {
  expect([1000, 5, 1].map(lessThan)).toEqual([500, 2, 1]);
});
