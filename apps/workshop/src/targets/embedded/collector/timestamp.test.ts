import { expect, it } from 'vitest';
import { millisecondTime } from './timestamp.ts';

it.each([
  ['2026-11-24T09:22:23.123456789Z', '2026-11-24T09:22:23.123Z'],
  ['2026-11-24T09:22:23.1Z', '2026-11-24T09:22:23.100Z'],
  ['2026-11-24T09:22:23Z', '2026-11-24T09:22:23.000Z'],
  ['2026-11-24T09:22:23.123456789+02:00', '2026-11-24T07:22:23.123Z'],
  ['2024-02-29T00:00:00.000000000Z', '2024-02-29T00:00:00.000Z'],
])('takes %s as %s', (text, time) => {
  expect(millisecondTime(text)).toBe(time);
});

it.each(['', 'stdout', '2026-13-24T09:22:23.123456789Z', '2026-11-24T24:61:23.123456789Z', '2026-11-24 09:22:23.123456789Z', 'abcd-ef-ghTij:kl:mn.opqrstuvwZ'])(
  'takes %j for no time',
  (text) => expect(millisecondTime(text)).toBeUndefined(),
);
