import { PodscopeError } from '@podscope/core';

/** An error about the command line itself. */
export function usageError(message: string, hint: string): PodscopeError<'CLI_USAGE'> {
  return new PodscopeError('CLI_USAGE', message, { hint });
}

/** A whole number within bounds. @throws CLI_USAGE */
export function wholeNumber(text: unknown, what: string, least: number, most: number): number {
  const value = typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    throw usageError(`${what} must be a whole number from ${least} to ${most}, not "${String(text)}".`, 'Give such a number.');
  }
  return value;
}
