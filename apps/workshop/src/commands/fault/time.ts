import { usageError } from '../usageError.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1_000, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A timer of Node takes no more. */
const LONGEST_MS = 2_147_483_647;

/** Milliseconds of an option such as `90s`, `10m` or `1h`; seconds without a unit. @throws PodscopeError CLI_USAGE */
export function timeOf(value: unknown, flag: string, least = 1): number {
  const [, figure = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|)$/.exec(String(value).trim()) ?? [];
  const milliseconds = Math.round(Number(figure === '' ? Number.NaN : figure) * (UNITS[unit] ?? Number.NaN));
  if (milliseconds >= least && milliseconds <= LONGEST_MS) return milliseconds;
  throw usageError(`${flag} must be a time of at most 24 days, not "${String(value).slice(0, 40)}".`, 'Give such as 90s, 10m or 1h.');
}
