import type { Difference, JsonValue } from '../model.ts';

const SHOWN_DIFFERENCES = 4;
const LONGEST_VALUE = 60;

/** The first few differences in one line. */
export function reasonFor(found: readonly Difference[]): string {
  const shown = found.slice(0, SHOWN_DIFFERENCES).map(({ path, before, after }) => `${path}: ${showValue(before)} → ${showValue(after)}`);
  const more = found.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** A value as JSON, cut where it is long. */
export function showValue(value: JsonValue | undefined, longest: number = LONGEST_VALUE): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
