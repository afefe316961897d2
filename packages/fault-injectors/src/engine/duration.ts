import { PodscopeError } from '@podscope/core';

/** A timer of Node takes no more: a longer one would end at once. About 24 days. */
const LONGEST_MS = 2_147_483_647;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Milliseconds of `90s`, `10m`, `1h`, `1.5h`, `500ms`, `2d`, or of milliseconds.
 *
 * @param what It names the time in the error, such as `ttl`.
 * @throws PodscopeError FAULT_BAD_PARAMETERS for what is no time, not above 0, or above 24 days.
 */
export function readDuration(given: string | number, what: string): number {
  const [, figure = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(given).trim()) ?? [];
  const milliseconds = typeof given === 'number' ? given : Math.round(Number(figure || Number.NaN) * (UNITS[unit] ?? Number.NaN));
  if (milliseconds > 0 && milliseconds <= LONGEST_MS) return milliseconds;
  throw new PodscopeError('FAULT_BAD_PARAMETERS', `${what}: ${JSON.stringify(given)} is no time that a fault can last.`, {
    hint: `Give a time such as "90s", "10m" or "1h", or milliseconds from 1 to ${LONGEST_MS} (24 days). Nothing was changed.`,
  });
}
