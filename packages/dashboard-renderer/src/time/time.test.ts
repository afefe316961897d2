import { describe, expect, it } from 'vitest';
import { fieldFormatter } from '../draw/formats.ts';
import { formatBytes, formatDate, formatNumber, formatPercent, intervalFor, resolveRange, resolveTime } from '../index.ts';
import { textWidth } from '../svg/textWidth.ts';

const now = Date.parse('2026-03-31T13:37:42.500Z');

describe('date math', () => {
  it.each([
    ['now', '2026-03-31T13:37:42.500Z'],
    ['now-15m', '2026-03-31T13:22:42.500Z'],
    ['now-1d/d', '2026-03-30T00:00:00.000Z'],
    ['now/h', '2026-03-31T13:00:00.000Z'],
    ['now/w', '2026-03-29T00:00:00.000Z'],
    ['now-1M', '2026-02-28T13:37:42.500Z'],
    ['now-1y+1d', '2025-04-01T13:37:42.500Z'],
    ['now/M', '2026-03-01T00:00:00.000Z'],
    ['now/y', '2026-01-01T00:00:00.000Z'],
    ['2026-01-02', '2026-01-02T00:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(new Date(resolveTime(text, now)).toISOString()).toBe(expected);
  });

  it('rounds the end up', () => {
    expect(new Date(resolveTime('now/d', now, true)).toISOString()).toBe('2026-03-31T23:59:59.999Z');
    expect(resolveRange({ from: 'now/d', to: 'now/d' }, now)).toEqual({ from: Date.parse('2026-03-31'), to: Date.parse('2026-04-01') - 1 });
  });

  it.each([['soon', 'now'], ['now', 'now-1m'], ['now-', 'now'], ['', 'now'], ['now-99999999999999s', 'now'], ['now', 'now+999999999y']])('refuses from %j to %j', (from, to) => {
    expect(() => resolveRange({ from, to }, now)).toThrowError(expect.objectContaining({ code: 'RENDERER_TIME_INVALID' }));
  });
});

describe('intervals', () => {
  it.each([
    ['auto', 15 * 60e3, '30s', false],
    ['auto', 60 * 60e3, '1m', true],
    ['auto', 24 * 36e5, '30m', false],
    ['auto', 7 * 864e5, '3h', false],
    ['auto', 90 * 864e5, '1d', true],
    ['auto', 20, '1ms', false],
    ['10s', 15 * 60e3, '10s', false],
    ['10s', 24 * 36e5, '10m', false],
    ['1h', 24 * 36e5, '1h', true],
    ['w', 28 * 864e5, '1w', true],
  ])('%s over %d ms is %s', (stored, duration, text, calendar) => {
    expect(intervalFor(stored, { from: 0, to: duration })).toMatchObject({ text, calendar });
  });

  it('refuses what is none', () => {
    expect(() => intervalFor('often', { from: 0, to: 1 })).toThrowError(expect.objectContaining({ code: 'RENDERER_UNSUPPORTED' }));
  });
});

it('formats durations in the unit that reads best', () => {
  const took = (inputFormat: string): ((value: number) => string) =>
    fieldFormatter({ id: 'p', pattern: 'p', timeField: undefined, fields: new Map(), formats: { took: { id: 'duration', params: { inputFormat } } } }, 'took', 'UTC');
  expect([0, 0.5, 4350, 12_000_000].map(took('microseconds'))).toEqual(['0 ms', '0.5 µs', '4.35 ms', '12 s']);
  expect([0, 59, 3_000, 90_000, 1e6, -30].map(took('seconds'))).toEqual(['0 s', '59 s', '50 min', '25 h', '11.57 d', '-30 s']);
});


it('guesses the width of a text rather too wide', () => {
  expect(textWidth('redis-primary-0')).toBeGreaterThan(90);
  expect(textWidth('iiii', '10px serif')).toBeLessThan(textWidth('WWWW', '10px serif'));
  expect(textWidth('ab', '24px x')).toBe(2 * textWidth('ab'));
  expect(textWidth('漢字', '10px x')).toBe(21);
});

it('formats values', () => {
  expect([formatBytes(0), formatBytes(1023), formatBytes(1536), formatBytes(-3 * 1024 ** 3)]).toEqual(['0B', '1,023B', '1.5KB', '-3GB']);
  expect([formatPercent(0.1234), formatNumber(1234.5678)]).toEqual(['12.34%', '1,234.568']);
  expect(formatDate(now, 'Europe/Berlin')).toBe('2026-03-31 15:37:42.500');
});
