import { expect, it } from 'vitest';
import { ago, bytes, rate, visible } from './format.ts';

it('shows control bytes and direction overrides', () => {
  expect(visible('a\u202Eb\u001b]8;;x\u0007\u2066')).toBe('a\\u202eb\\u001b]8;;x\\u0007\\u2066');
  expect(visible('plain\ttext\nüñ 😀')).toBe('plain\ttext\nüñ 😀');
});

it('writes amounts', () => {
  expect([bytes(0), bytes(1_536), bytes(64 * 1_024 ** 2)]).toEqual(['0 B', '1.5 KB', '64 MB']);
  expect([rate(0.04), rate(12.34), rate(1_234.5)]).toEqual(['0', '12.3', '1,235']);
});

it('says how long ago', () => {
  const now = Date.parse('2026-11-24T10:00:00Z');
  expect([ago(now - 4_000, now), ago(now - 180_000, now), ago(now + 5_000, now)]).toEqual(['4 s ago', '3 min ago', '0 s ago']);
});
