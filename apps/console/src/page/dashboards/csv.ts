/** One cell of a table to write. */
export type CsvValue = string | number | boolean | null;

/**
 * A table as CSV (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe before it: log lines
 * are written by strangers. Numbers stay numbers.
 */
export function toCsv(columns: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

function cell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  // A formula may hide behind blanks and control bytes, so the first sign that is drawn counts.
  const first = [...value].find((character) => character.charCodeAt(0) > 0x20) ?? '';
  const risky = /^[=+\-@|%＝＋－＠]$/.test(first) || /^[\t\r\n]/.test(value);
  const safe = risky ? `'${value}` : value;
  return /[",\r\n\t]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}
