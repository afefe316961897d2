import { PodscopeError } from '@podscope/core';
import { z } from 'zod';

/** A timer of Node takes no more: a longer one would end at once. About 24 days. */
const LONGEST_MS = 2_147_483_647;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const PATTERN = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/;
const WANTED = 'give a time of at most 24 days, such as 500ms, 90s, 10m or 1h';

/** A span of time: `500ms`, `90s`, `10m`, `1.5h`, `2d`, or milliseconds as a number. At most about 24 days. */
export const durationSchema = z.union([z.number().nonnegative().max(LONGEST_MS, WANTED), z.string().regex(PATTERN, WANTED).refine((text) => milliseconds(text) <= LONGEST_MS, WANTED)]);

/** {@link durationSchema} in milliseconds; a text that is none gives NaN. */
export function milliseconds(duration: string | number): number {
  if (typeof duration === 'number') return duration;
  const [, amount = '', unit = ''] = PATTERN.exec(duration.trim()) ?? [];
  return Math.round(Number(amount === '' ? Number.NaN : amount) * (UNITS[unit] ?? Number.NaN));
}

/**
 * {@link milliseconds} of what a fault can last.
 *
 * @param what It names the time in the error, such as `ttl`.
 * @throws PodscopeError FAULT_BAD_PARAMETERS for what is no time, not above 0, or above 24 days.
 */
export function readDuration(given: string | number, what: string): number {
  const span = milliseconds(given);
  if (span > 0 && span <= LONGEST_MS) return span;
  throw new PodscopeError('FAULT_BAD_PARAMETERS', `${what}: ${JSON.stringify(given)} is no time that a fault can last.`, {
    hint: `Give a time such as "90s", "10m" or "1h", or milliseconds from 1 to ${LONGEST_MS} (24 days). Nothing was changed.`,
  });
}

/** Milliseconds for people: `350 ms`, `4.2 s`, `3 min 20 s`. */
export function spanText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1).replace(/\.0$/, '')} s`;
  const seconds = Math.round(ms / 1_000);
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}
