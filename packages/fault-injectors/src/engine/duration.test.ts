import { expect, it } from 'vitest';
import { durationSchema, milliseconds, readDuration, spanText } from './duration.ts';

it.each([['500ms', 500], ['90s', 90_000], [' 1.5 h ', 5_400_000], ['2d', 172_800_000], [250, 250]])('reads %j', (given, ms) => {
  expect(milliseconds(given)).toBe(ms);
  expect(readDuration(given, 'ttl')).toBe(ms);
});

it.each(['', '10', '10 min', '-5s', '25d', 0, -1, Number.NaN, 2_147_483_648])('a fault can not last %j', (given) => {
  expect(() => readDuration(given, 'ttl')).toThrow(expect.objectContaining({ code: 'FAULT_BAD_PARAMETERS', message: expect.stringContaining('ttl') }));
});

// A timer of Node that is set for longer ends at once: so would the pause of an experiment.
it('takes from a file what a timer takes, nothing included', () => {
  for (const fits of [0, '0s', '24d', 2_147_483_647]) expect(durationSchema.safeParse(fits).success, String(fits)).toBe(true);
  for (const not of [-1, '25d', '1000h', 2_147_483_648, 'soon', '']) expect(durationSchema.safeParse(not).error?.message, String(not)).toMatch(/24 days|>=0/);
});

it.each([[350, '350 ms'], [4_200, '4.2 s'], [60_000, '1 min'], [200_400, '3 min 20 s']])('says %d as %s', (ms, text) => expect(spanText(ms)).toBe(text));
