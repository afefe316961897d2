import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const PATTERN = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$/;

/** A span of time: `500ms`, `90s`, `10m`, `1h`, or milliseconds as a number. */
export const durationSchema = z.union([z.number().nonnegative(), z.string().regex(PATTERN, 'give a time such as 500ms, 90s, 10m or 1h')]);

/** {@link durationSchema} in milliseconds; a text that is none gives NaN. */
export function milliseconds(duration: string | number): number {
  if (typeof duration === 'number') return duration;
  const [, amount = '', unit = ''] = PATTERN.exec(duration) ?? [];
  return Number(amount === '' ? Number.NaN : amount) * (UNITS[unit] ?? Number.NaN);
}

/** Milliseconds for people: `350 ms`, `4.2 s`, `3 min 20 s`. */
export function spanText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1).replace(/\.0$/, '')} s`;
  const seconds = Math.round(ms / 1_000);
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}
