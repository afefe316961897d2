const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Bytes for people: `33.4 GiB`. */
export function inBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${inNumber(bytes / 1024 ** power)} ${UNITS[power]}`;
}

/** A number for people: three digits, in groups. */
export function inNumber(value: number): string {
  const digits = value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits });
}

/** Days for people: `30 days`, `6 hours`. */
export function inDays(days: number): string {
  const [value, unit] = days >= 1 ? [days, 'day'] : days >= 1 / 24 ? [days * 24, 'hour'] : [days * 24 * 60, 'minute'];
  const shown = inNumber(value);
  return `${shown} ${unit}${shown === '1' ? '' : 's'}`;
}
