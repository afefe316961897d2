import { expect, it } from 'vitest';
import type { ReindexProgress } from './model.ts';
import { ProgressMeter } from './progress.ts';

it('says rate and time left by the last ten seconds of a state', () => {
  const told: ReindexProgress[] = [];
  const meter = new ProgressMeter({ source: 'a', target: 'b' }, (progress) => told.push(progress));
  meter.report('copying', 0, 1000, 0);
  meter.report('copying', 100, 1000, 1000);
  meter.report('copying', 300, 1000, 2000);
  meter.report('copying', 500, 1000, 11_500);
  meter.report('catching-up', 5, 10, 12_000);
  meter.report('catching-up', 10, 10, 13_000);
  expect(told.map(({ rate, secondsLeft }) => [rate, secondsLeft])).toEqual([
    [0, undefined],
    [100, 9],
    [150, 700 / 150],
    [200 / 9.5, 500 / (200 / 9.5)],
    [0, undefined],
    [5, 0],
  ]);
  expect(told[0]).toEqual({ source: 'a', target: 'b', state: 'copying', done: 0, total: 1000, rate: 0, secondsLeft: undefined });
});

it('never goes back in a state, and knows no time while it knows no total', () => {
  const told: ReindexProgress[] = [];
  const meter = new ProgressMeter({ source: 'a', target: 'b' }, (progress) => told.push(progress));
  meter.report('copying', 0, 0, 0);
  meter.report('copying', 600, 1000, 1000);
  // The server lost the copy, and begins again.
  meter.report('copying', 10, 1000, 2000);
  meter.report('copying', 700, 1000, 3000);
  meter.report('swapped', 0, 0, 4000);
  expect(told.map(({ done, secondsLeft }) => [done, secondsLeft])).toEqual([[0, undefined], [600, 400 / 600], [600, 400 / 300], [700, 300 / (700 / 3)], [0, 0]]);
});
