import { visibleText } from '../escape.ts';
import type { Interval } from '../time/interval.ts';
import { BYTES_PATTERN, CURRENCY_PATTERN, formatPattern, NUMBER_PATTERN, PERCENT_PATTERN } from './numberPattern.ts';
import type { IndexPattern, StoredFormat } from '../savedObjects.ts';

/** Turns a value into the text that a reader sees. */
export type Formatter = (value: number | string | boolean | null) => string;

const NONE = '–';

/** Such as 1,234.5; at most three decimals. */
export function formatNumber(value: number): string {
  return formatPattern(value, NUMBER_PATTERN);
}

/** Such as 1.5MB; a KB is 1,024 bytes, as in the product. */
export function formatBytes(value: number): string {
  return formatPattern(value, BYTES_PATTERN);
}

/** Such as 12.5% for 0.125; at most three decimals. */
export function formatPercent(value: number): string {
  return formatPattern(value, PERCENT_PATTERN);
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
    if (listed?.type === 'date') return formatMoment(value, timeZone);
    if (typeof value !== 'number') return visibleText(String(value));
    return formatStored(value, format);
  };
}

/** A number in a stored format; without one, as the product shows numbers. */
function formatStored(value: number, format: StoredFormat | undefined): string {
  const pattern = format?.params?.['pattern'];
  const patternOr = (otherwise: string): string => (typeof pattern === 'string' && pattern !== '' ? pattern : otherwise);
  switch (format?.id) {
    case 'bytes':
      return formatPattern(value, patternOr(BYTES_PATTERN));
    case 'percent':
      return formatPattern(value, patternOr(PERCENT_PATTERN));
    case 'currency':
      return formatPattern(value, patternOr(CURRENCY_PATTERN));
    case 'duration':
      return formatDuration(value, String(format.params?.['inputFormat'] ?? 'seconds'));
    case 'string':
    case 'url':
      return String(value);
    default:
      return formatPattern(value, patternOr(NUMBER_PATTERN));
  }
}

/** Such as 2026-11-23 08:15:30.000, in the zone. A value that is no date stays as it is. */
export function formatDate(value: number | string | boolean, timeZone: string): string {
  const date = new Date(typeof value === 'boolean' ? Number.NaN : value);
  if (Number.isNaN(date.getTime())) return visibleText(String(value));
  const parts = dateParts(date, timeZone);
  const ms = String(date.getUTCMilliseconds()).padStart(3, '0');
  return `${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}:${parts['second']}.${ms}`;
}

/**
 * The time of a bucket, as exact as the bucket is wide: the product's setting `dateFormat:scaled` at its default
 * (src/plugins/data/server/ui_settings.ts).
 */
export function formatBucketTime(time: number | string, { ms }: Pick<Interval, 'ms'>, timeZone: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return visibleText(String(time));
  const parts = dateParts(date, timeZone);
  const day = `${parts['year']}-${parts['month']}-${parts['day']}`;
  const minute = `${parts['hour']}:${parts['minute']}`;
  if (ms >= 365 * 864e5) return String(parts['year']);
  if (ms >= 864e5) return day;
  if (ms >= 36e5) return `${day} ${minute}`;
  if (ms >= 6e4) return minute;
  if (ms >= 1e3) return `${minute}:${parts['second']}`;
  return `${minute}:${parts['second']}.${String(date.getUTCMilliseconds()).padStart(3, '0')}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Such as Nov 23, 2026 @ 08:15:30.000: the product's setting `dateFormat` at its default. */
export function formatMoment(value: number | string | boolean, timeZone: string): string {
  const date = new Date(typeof value === 'boolean' ? Number.NaN : value);
  if (Number.isNaN(date.getTime())) return visibleText(String(value));
  const parts = dateParts(date, timeZone);
  const ms = String(date.getUTCMilliseconds()).padStart(3, '0');
  return `${MONTHS[Number(parts['month']) - 1]} ${Number(parts['day'])}, ${parts['year']} @ ${parts['hour']}:${parts['minute']}:${parts['second']}.${ms}`;
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
