import { visibleText } from './escape.ts';
import type { IndexPattern, StoredAggregation } from './savedObjects.ts';

/** Turns a value into the text that a reader sees. */
export type Formatter = (value: number | string | boolean | null) => string;

const NONE = '–';

/** Such as 1,234.5; at most three decimals. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 }).format(value);
}

const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** Such as 1.5MB; a KB is 1,024 bytes, as in the product. */
export function formatBytes(value: number): string {
  const size = Math.abs(value);
  const step = size < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log(size) / Math.log(1024)));
  return `${new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(value / 1024 ** step)}${BYTE_UNITS[step]}`;
}

/** Such as 12.5% for 0.125. */
export function formatPercent(value: number): string {
  return `${new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(value * 100)}%`;
}

const TO_MS: Readonly<Record<string, number>> = { nanoseconds: 1e-6, microseconds: 1e-3, milliseconds: 1, seconds: 1e3, minutes: 6e4, hours: 36e5 };

/** Each unit up to the size at which the next one reads better. */
const DURATIONS: readonly { readonly below: number; readonly ms: number; readonly unit: string }[] = [
  { below: 1, ms: 1e-3, unit: 'µs' },
  { below: 1e4, ms: 1, unit: 'ms' },
  { below: 6e5, ms: 1e3, unit: 's' },
  { below: 36e5 * 2, ms: 6e4, unit: 'min' },
  { below: 864e5 * 2, ms: 36e5, unit: 'h' },
  { below: Infinity, ms: 864e5, unit: 'd' },
];

function formatDuration(value: number, unit: string): string {
  const ms = value * (TO_MS[unit] ?? 1);
  if (ms === 0) return unit === 'seconds' ? '0 s' : '0 ms';
  const fitting = DURATIONS.find(({ below }) => Math.abs(ms) < below);
  return fitting ? `${formatNumber(Math.round((ms / fitting.ms) * 100) / 100)} ${fitting.unit}` : NONE;
}

/** The formatter of a field, as its index pattern says. */
export function fieldFormatter(pattern: IndexPattern | undefined, field: string | undefined, timeZone: string): Formatter {
  const listed = field === undefined ? undefined : pattern?.fields.get(field);
  const format = field === undefined ? undefined : pattern?.formats[field];
  return (value) => {
    if (value === null || value === '') return NONE;
    if (listed?.type === 'date') return formatDate(value, timeZone);
    if (typeof value !== 'number') return visibleText(String(value));
    switch (format?.id) {
      case 'bytes':
        return formatBytes(value);
      case 'percent':
        return formatPercent(value);
      case 'duration':
        return formatDuration(value, String(format.params?.['inputFormat']));
      default:
        return formatNumber(value);
    }
  };
}

/** The formatter of a metric: counts are plain numbers, the others look like their field. */
export function metricFormatter(aggregation: StoredAggregation, pattern: IndexPattern | undefined, timeZone: string): Formatter {
  const plain = aggregation.type === 'count' || aggregation.type === 'cardinality';
  const field = aggregation.params['field'];
  return fieldFormatter(pattern, plain || typeof field !== 'string' ? undefined : field, timeZone);
}

/** Such as 2026-11-23 08:15:30.000, in the zone. A value that is no date stays as it is. */
export function formatDate(value: number | string | boolean, timeZone: string): string {
  const date = new Date(typeof value === 'boolean' ? Number.NaN : value);
  if (Number.isNaN(date.getTime())) return visibleText(String(value));
  const parts = dateParts(date, timeZone);
  const ms = String(date.getUTCMilliseconds()).padStart(3, '0');
  return `${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}:${parts['second']}.${ms}`;
}

/** A label for a tick of a time axis that spans `spanMs`. */
export function formatTick(time: number, spanMs: number, timeZone: string): string {
  const parts = dateParts(new Date(time), timeZone);
  const clock = `${parts['hour']}:${parts['minute']}`;
  if (spanMs <= 5 * 60_000) return `${clock}:${parts['second']}`;
  if (spanMs <= 2 * 86_400_000) return clock;
  if (spanMs > 14 * 86_400_000) return `${parts['year']}-${parts['month']}-${parts['day']}`;
  const day = `${parts['month']}-${parts['day']}`;
  return clock === '00:00' ? day : `${day} ${clock}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function dateParts(date: Date, timeZone: string): Readonly<Record<string, string>> {
  let clock = clocks.get(timeZone);
  if (!clock) {
    const two = '2-digit';
    clock = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: two, day: two, hour: two, minute: two, second: two, hourCycle: 'h23' });
    clocks.set(timeZone, clock);
  }
  return Object.fromEntries(clock.formatToParts(date).map(({ type, value }) => [type, value]));
}
