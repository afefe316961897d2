import { PodscopeError } from '@podscope/core';
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
