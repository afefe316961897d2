const DOT = 0x2e;
const ZULU = 0x5a;
/** Days by month, 1 to 12. The 29th of February takes the long way. */
const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * An RFC 3339 time as OpenSearch's date fields take it, with milliseconds; undefined when `text` is no time. Digits
 * beyond the milliseconds are cut, as the field would do.
 */
export function millisecondTime(text: string): string | undefined {
  if (text.length >= 24 && text.charCodeAt(19) === DOT && text.charCodeAt(text.length - 1) === ZULU && isPlain(text)) {
    return `${text.slice(0, 23)}Z`;
  }
  if (text.length < 19 || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text)) return undefined;
  // Date.parse knows no more than milliseconds on every engine.
  const time = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** Whether the fixed places hold a possible date and time; the hot path's check. */
function isPlain(text: string): boolean {
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d || text.charCodeAt(10) !== 0x54) return false;
  if (text.charCodeAt(13) !== 0x3a || text.charCodeAt(16) !== 0x3a) return false;
  const month = two(text, 5);
  const day = two(text, 8);
  return (
    two(text, 0) >= 0 && two(text, 2) >= 0 && day >= 1 && day <= (DAYS[month] ?? 0) &&
    between(two(text, 11), 23) && between(two(text, 14), 59) && between(two(text, 17), 59) &&
    two(text, 20) >= 0 && two(text, 21) >= 0
  );
}

function between(value: number, most: number): boolean {
  return value >= 0 && value <= most;
}

function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}
