import { dayClock } from '../parts/format.ts';

/** A time range as the search understands it: `now-15m` to `now`, or two ISO 8601 times. */
export interface TimeRange {
  readonly from: string;
  readonly to: string;
}

/** The quick choices of the top bar, in its order. */
export const QUICK_RANGES = [
  { from: 'now-5m', label: '5 min', name: 'Last 5 minutes' },
  { from: 'now-15m', label: '15 min', name: 'Last 15 minutes' },
  { from: 'now-1h', label: '1 h', name: 'Last hour' },
  { from: 'now-6h', label: '6 h', name: 'Last 6 hours' },
  { from: 'now-24h', label: '24 h', name: 'Last 24 hours' },
] as const;

/** The range when the address names none. */
export const DEFAULT_RANGE: TimeRange = { from: 'now-15m', to: 'now' };

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds since the epoch of `now`, `now-15m` or an ISO 8601 time; undefined for anything else. */
export function resolveTime(text: string, now: number): number | undefined {
  if (text === 'now') return now;
  const relative = /^now-(\d{1,6})([smhd])$/.exec(text);
  if (relative) return now - Number(relative[1]) * (UNIT_MS[relative[2] ?? ''] ?? 0);
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** The range in the address, or the default where it is missing, broken or ends before it starts. */
export function rangeFromParams(params: Readonly<Record<string, string>>, now: number): TimeRange {
  const from = params['from'] ?? DEFAULT_RANGE.from;
  const to = params['to'] ?? DEFAULT_RANGE.to;
  const start = resolveTime(from, now);
  const end = resolveTime(to, now);
  return start === undefined || end === undefined || end <= start ? DEFAULT_RANGE : { from, to };
}

/** Seconds between automatic refreshes in the address: 5, 10, or 0 for none. */
export function liveFromParams(params: Readonly<Record<string, string>>): 0 | 5 | 10 {
  if (params['live'] === '5') return 5;
  return params['live'] === 'off' ? 0 : 10;
}

/** Both ends as milliseconds since the epoch. */
export function resolveRange(range: TimeRange, now: number): { readonly start: number; readonly end: number } {
  return { start: resolveTime(range.from, now) ?? now - 900_000, end: resolveTime(range.to, now) ?? now };
}

/** What the top bar shows for a range. */
export function rangeLabel(range: TimeRange): string {
  const quick = range.to === 'now' && QUICK_RANGES.find((choice) => choice.from === range.from);
  if (quick) return quick.name;
  return `${shortTime(range.from)} to ${shortTime(range.to)}`;
}

function shortTime(text: string): string {
  const time = text.startsWith('now') ? undefined : new Date(text);
  if (!time || Number.isNaN(time.getTime())) return text;
  return dayClock(text);
}

/** Steps that a histogram's bars may have, milliseconds. */
const STEPS = [1, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400].map((seconds) => seconds * 1_000);

/** The smallest step with at most `bars` bars over `span` milliseconds. */
export function histogramStep(span: number, bars: number): number {
  return STEPS.find((step) => span / step <= bars) ?? Math.ceil(span / bars / 86_400_000) * 86_400_000;
}
