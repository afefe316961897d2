import { PodscopeError } from '@podscope/core';
import type { ValueBounds } from '../request/aggregationTypes.ts';
import type { ResolvedRange } from './time.ts';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

/** The product's steps, each with the bucket width from which the next larger one is taken. */
const STEPS: readonly { readonly bound: number; readonly ms: number; readonly text: string }[] = [
  { bound: Infinity, ms: 365 * D, text: '1y' },
  { bound: 365 * D, ms: 30 * D, text: '1M' },
  { bound: 21 * D, ms: 7 * D, text: '1w' },
  { bound: 7 * D, ms: D, text: '1d' },
  { bound: D, ms: 12 * H, text: '12h' },
  { bound: 6 * H, ms: 3 * H, text: '3h' },
  { bound: 2 * H, ms: H, text: '1h' },
  { bound: 45 * M, ms: 30 * M, text: '30m' },
  { bound: 20 * M, ms: 10 * M, text: '10m' },
  { bound: 9 * M, ms: 5 * M, text: '5m' },
  { bound: 3 * M, ms: M, text: '1m' },
  { bound: 45 * S, ms: 30 * S, text: '30s' },
  { bound: 15 * S, ms: 10 * S, text: '10s' },
  { bound: 7.5 * S, ms: 5 * S, text: '5s' },
  { bound: 5 * S, ms: S, text: '1s' },
  { bound: 500, ms: 100, text: '100ms' },
];

/** The product's settings `histogram:barTarget` and `histogram:maxBars`, at their defaults. */
const BAR_TARGET = 50;
const MAX_BARS = 100;

/** How wide a date histogram's buckets are. */
export interface Interval {
  /** Such as `30s`. */
  readonly text: string;
  /** Milliseconds; of months and years about. */
  readonly ms: number;
  /** Calendar intervals follow the clock: one minute, hour, day, week, month or year. */
  readonly calendar: boolean;
}

/**
 * The interval that the product chooses: for `auto` near 50 bars, otherwise the given one unless that makes more than
 * 100.
 *
 * @throws PodscopeError `RENDERER_UNSUPPORTED` for a text that is no interval.
 */
export function intervalFor(stored: string, range: ResolvedRange): Interval {
  const duration = range.to - range.from;
  if (stored === 'auto') {
    const target = duration / BAR_TARGET;
    const lower = STEPS.findIndex(({ bound }) => bound <= target);
    return lower < 1 ? smallest(target) : made((STEPS[lower - 1] as (typeof STEPS)[number]).text);
  }
  const given = made(stored);
  if (duration / given.ms <= MAX_BARS) return given;
  const step = STEPS.find(({ ms }) => ms <= duration / MAX_BARS);
  return step ? made(step.text) : smallest(duration / MAX_BARS);
}

/** How wide the buckets of a stored date histogram are; without the time range for a field that it doesn't narrow. */
export function dateInterval(params: Readonly<Record<string, unknown>>, range: ResolvedRange, timeField: string | undefined): Interval {
  const stored = String(params['interval'] ?? 'auto');
  const interval = stored === 'custom' ? String(params['customInterval'] ?? 'auto') : (OLD_NAMES[stored] ?? stored);
  return interval === 'auto' || params['field'] === undefined || params['field'] === timeField ? intervalFor(interval, range) : made(interval);
}

/** As they were stored before 5.0. */
const OLD_NAMES: Readonly<Record<string, string>> = { second: 's', minute: 'm', hour: 'h', day: 'd', week: 'w', month: 'M', year: 'y' };

const WHOLE: readonly string[] = ['integer', 'long', 'short', 'byte'];

/**
 * The interval of a numeric histogram: the stored one unless that makes more than 100 bars between the bounds, for
 * `auto` a round one. After buckets/lib/histogram_calculate_interval.ts.
 */
export function numericInterval(params: Readonly<Record<string, unknown>>, bounds: ValueBounds | undefined, esTypes: readonly string[]): number {
  const auto = params['interval'] === undefined || params['interval'] === 'auto';
  let interval = auto ? 0 : Number.parseFloat(String(params['interval']));
  const width = bounds ? bounds.max - bounds.min : 0;
  if (width > 0) interval = auto ? autoWidth(width, Math.min(MAX_BARS, Number(params['maxBars']) || MAX_BARS), esTypes) : roundWidth(width, interval);
  const base = Number(params['intervalBase'] ?? 0);
  if (base > 0) interval = interval < base ? base : Math.round(interval / base) * base;
  return interval || 1;
}

function roundWidth(width: number, interval: number): number {
  if (width / interval <= MAX_BARS) return interval;
  const least = width / MAX_BARS;
  const power = 10 ** Math.floor(Math.log10(least));
  return Math.ceil(least / power) * power;
}

function autoWidth(width: number, bars: number, esTypes: readonly string[]): number {
  if (width < bars && esTypes.every((type) => WHOLE.includes(type))) return 1;
  const power = 10 ** Math.floor(Math.log10(width / bars));
  const factor = [1, 2, 5].find((each) => width / power / each <= bars) ?? 10;
  return power * factor;
}

function smallest(ms: number): Interval {
  return made(`${Math.max(Math.floor(ms), 1)}ms`);
}

const SIZE: Readonly<Record<string, number>> = { ms: 1, s: S, m: M, h: H, d: D, w: 7 * D, M: 30 * D, y: 365 * D };

function made(text: string): Interval {
  const match = /^(\d*)(ms|[smhdwMy])$/.exec(text);
  const count = Number(match?.[1] === '' ? 1 : match?.[1]);
  const unit = match?.[2] ?? '';
  const size = SIZE[unit];
  if (size === undefined || !(count >= 1)) {
    throw new PodscopeError('RENDERER_UNSUPPORTED', `"${text}" is no interval of a date histogram.`, { hint: 'Use auto, or such as 30s, 5m, 1h, 1d.' });
  }
  return { text: `${count}${unit}`, ms: count * size, calendar: ['w', 'M', 'y'].includes(unit) || (count === 1 && ['m', 'h', 'd'].includes(unit)) };
}
