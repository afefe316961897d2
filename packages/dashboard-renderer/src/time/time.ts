import { PodscopeError } from '@podscope/core';

/** A time range as a query bar has it: date math such as `now-15m`, or ISO 8601. */
export interface TimeRange {
  readonly from: string;
  readonly to: string;
}

/** The same in epoch milliseconds. */
export interface ResolvedRange {
  readonly from: number;
  readonly to: number;
}

const UNITS: Readonly<Record<string, number>> = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };

/**
 * Resolves date math: `now`, `now-15m`, `now/d`, `now-1d/d`, or a date. Rounding is in UTC; the end of a range rounds
 * up.
 *
 * @throws PodscopeError `RENDERER_TIME_INVALID`
 */
export function resolveTime(text: string, now: number, roundUp = false): number {
  const match = /^now((?:[+-]\d+[smhdwMy])*)(?:\/([smhdwMy]))?$/.exec(text.trim());
  if (!match) {
    const time = Date.parse(text);
    if (Number.isFinite(time)) return time;
    throw new PodscopeError('RENDERER_TIME_INVALID', `"${text}" is no time.`, { hint: 'Use such as now-15m, now/d, or 2026-11-23T08:00:00Z.' });
  }
  let time = now;
  for (const [, sign, count, unit] of (match[1] ?? '').matchAll(/([+-])(\d+)([smhdwMy])/g)) {
    time = shifted(time, Number(`${sign}${count}`), unit as string);
  }
  const resolved = match[2] === undefined ? time : rounded(time, match[2], roundUp);
  if (Math.abs(resolved) <= LAST_TIME) return resolved;
  throw new PodscopeError('RENDERER_TIME_INVALID', `"${text}" is beyond every calendar.`, { hint: 'Use a smaller number or unit.' });
}

/** What a `Date` can hold. */
const LAST_TIME = 8.64e15;

/** Resolves both ends of a range. */
export function resolveRange(range: TimeRange, now: number = Date.now()): ResolvedRange {
  const resolved = { from: resolveTime(range.from, now), to: resolveTime(range.to, now, true) };
  if (resolved.from <= resolved.to) return resolved;
  throw new PodscopeError('RENDERER_TIME_INVALID', `The time range from "${range.from}" to "${range.to}" ends before it begins.`, {
    hint: 'Swap its ends.',
  });
}

function shifted(time: number, count: number, unit: string): number {
  const length = UNITS[unit];
  if (length !== undefined) return time + count * length;
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count * (unit === 'y' ? 12 : 1));
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, days));
  return date.getTime();
}

function rounded(time: number, unit: string, up: boolean): number {
  const start = new Date(time);
  if (unit === 'y') start.setUTCMonth(0, 1);
  if (unit === 'M') start.setUTCDate(1);
  if (unit === 'w') start.setUTCDate(start.getUTCDate() - start.getUTCDay());
  const size = unit === 's' || unit === 'm' || unit === 'h' ? (UNITS[unit] as number) : (UNITS['d'] as number);
  const begin = Math.floor(start.getTime() / size) * size;
  return up ? shifted(begin, 1, unit) - 1 : begin;
}
