/**
 * Times and sizes as OpenSearch 1 to 3 and Elasticsearch 7 to 9 write them.
 *
 * OpenSearch 3.9 libs/common/src/main/java/org/opensearch/common/unit/TimeValue.java (parseTimeValue): whole numbers
 * with nanos, micros, ms, s, m, h or d; `0` and `-1` also without; minutes are the one unit that is case-sensitive.
 * OpenSearch 3.9 libs/core/src/main/java/org/opensearch/core/common/unit/ByteSizeValue.java (parseBytesSizeValue): b, k
 * or kb, m or mb, g or gb, t or tb, p or pb in powers of 1024, in either case, with decimals.
 */

const TIME = /^(\d+)\s*(nanos|micros|ms|s|m|h|d)$/;
const MILLISECONDS: Readonly<Record<string, number>> = {
  nanos: 1e-6,
  micros: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const SIZE = /^(\d+(?:\.\d+)?)\s*(b|kb?|mb?|gb?|tb?|pb?)$/;
const SIZE_UNITS = 'bkmgtp';

/** What a time may look like, for messages. */
export const TIME_FORM = 'a whole number with nanos, micros, ms, s, m, h or d, such as "30d"';
/** What a size may look like, for messages. */
export const SIZE_FORM = 'a number with b, kb, mb, gb, tb or pb, such as "50gb"';

/** A duration such as `30d` in milliseconds; undefined when a server would not read it. */
export function parseTime(value: unknown): number | undefined {
  if (value === 0 || value === '0') return 0;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const [, count, unit = ''] = TIME.exec(text.endsWith('M') ? text : text.toLowerCase()) ?? [];
  const factor = MILLISECONDS[unit];
  return count === undefined || factor === undefined ? undefined : Number(count) * factor;
}

/** A size such as `50gb` in bytes; undefined when a server would not read it. */
export function parseSize(value: unknown): number | undefined {
  if (value === 0 || value === '0') return 0;
  if (typeof value !== 'string') return undefined;
  const [, count, unit = ''] = SIZE.exec(value.trim().toLowerCase()) ?? [];
  if (count === undefined) return undefined;
  return Math.floor(Number(count) * 1024 ** SIZE_UNITS.indexOf(unit.charAt(0)));
}

/** The shortest spelling of a duration in milliseconds: `86400000` is `1d`. */
export function spellTime(milliseconds: number): string {
  for (const unit of ['d', 'h', 'm', 's']) {
    const factor = MILLISECONDS[unit] as number;
    if (milliseconds >= factor && milliseconds % factor === 0) return `${milliseconds / factor}${unit}`;
  }
  return Number.isInteger(milliseconds) ? `${milliseconds}ms` : `${Math.round(milliseconds * 1e6)}nanos`;
}

/** The shortest spelling of a size in bytes: `1073741824` is `1gb`. */
export function spellSize(bytes: number): string {
  for (const [power, unit] of [[5, 'pb'], [4, 'tb'], [3, 'gb'], [2, 'mb'], [1, 'kb']] as const) {
    if (bytes >= 1024 ** power && bytes % 1024 ** power === 0) return `${bytes / 1024 ** power}${unit}`;
  }
  return `${bytes}b`;
}
