import type { Interval } from './interval.ts';

const clocks = new Map<string, Intl.DateTimeFormat>();

/** How many milliseconds a zone's clock is ahead of UTC at a moment. */
function offsetAt(time: number, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    const two = '2-digit';
    clock = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: two, day: two, hour: two, minute: two, second: two, hourCycle: 'h23' });
    clocks.set(timeZone, clock);
  }
  const parts = Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, Number(value)])) as Readonly<Record<string, number>>;
  const shown = Date.UTC(parts['year'] as number, (parts['month'] as number) - 1, parts['day'], parts['hour'], parts['minute'], parts['second']);
  return shown - Math.floor(time / 1000) * 1000;
}

/** The moment at which a bucket ends that begins at `start`: days and longer follow the clock of the zone. */
export function bucketEnd(start: number, { ms, text, calendar }: Interval, timeZone: string): number {
  if (!calendar || /^1[mh]$/.test(text)) return start + ms;
  const local = new Date(start + offsetAt(start, timeZone));
  const count = Number.parseInt(text, 10);
  const unit = text.at(-1);
  if (unit === 'M') local.setUTCMonth(local.getUTCMonth() + count);
  else if (unit === 'y') local.setUTCFullYear(local.getUTCFullYear() + count);
  else local.setUTCDate(local.getUTCDate() + count * (unit === 'w' ? 7 : 1));
  const guess = local.getTime() - offsetAt(start, timeZone);
  return local.getTime() - offsetAt(guess, timeZone);
}
