import { describe, expect, it } from 'vitest';
import { DEFAULT_RANGE, histogramStep, liveFromParams, rangeFromParams, resolveTime } from './timeRange.ts';

const NOW = Date.parse('2026-11-24T10:00:00Z');

describe('resolveTime', () => {
  it.each([
    ['now', 0],
    ['now-15m', -900_000],
    ['now-24h', -86_400_000],
  ])('%s', (text, offset) => {
    expect(resolveTime(text, NOW)).toBe(NOW + offset);
  });

  it.each(['', 'yesterday', 'now+1h', 'now-1', '15', 'now-9999999m'])('refuses %j', (text) => {
    expect(resolveTime(text, NOW)).toBeUndefined();
  });
});

it('falls back to the last 15 minutes', () => {
  expect(rangeFromParams({}, NOW)).toEqual(DEFAULT_RANGE);
  expect(rangeFromParams({ from: 'now', to: 'now-1h' }, NOW)).toEqual(DEFAULT_RANGE);
  expect(rangeFromParams({ from: 'now-1h' }, NOW)).toEqual({ from: 'now-1h', to: 'now' });
});

it('is live unless told otherwise', () => {
  expect([{}, { live: '5' }, { live: 'off' }, { live: 'x' }].map((params) => liveFromParams(params))).toEqual([10, 5, 0, 10]);
});

it('chooses whole steps with at most the wanted bars', () => {
  expect(histogramStep(900_000, 90)).toBe(10_000);
  expect(histogramStep(86_400_000, 90)).toBe(1_800_000);
  expect(histogramStep(365 * 86_400_000, 90) % 86_400_000).toBe(0);
});
