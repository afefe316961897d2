const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `12,345`. */
export function count(value: number): string {
  return whole.format(value);
}

/** A rate in a second: `0`, `0.4`, `12.3`, `1,234`. */
export function rate(value: number): string {
  return Math.abs(value) >= 100 ? whole.format(value) : one.format(value);
}

/** `128 MB`, in powers of 1,024 as Redis and the JVM count. */
export function bytes(value: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let size = value;
  let unit = 0;
  while (Math.abs(size) >= 1_024 && unit < units.length - 1) {
    size /= 1_024;
    unit++;
  }
  return `${one.format(size)} ${units[unit]}`;
}

/** `14:03:22`, with milliseconds where asked. */
export function clock(time: number | string, milliseconds = false): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return String(time);
  const text = date.toLocaleTimeString('en-GB', { hour12: false });
  return milliseconds ? `${text}.${String(date.getMilliseconds()).padStart(3, '0')}` : text;
}

/** `24 Nov 14:03:22`. */
export function dayClock(time: number | string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return String(time);
  return `${date.toLocaleDateString('en-GB', { day: '2-digit', month: 'short' })} ${clock(time)}`;
}

/** `12 s ago`, `3 min ago`. */
export function ago(time: number | string, now: number): string {
  const seconds = Math.max(0, Math.round((now - new Date(time).getTime()) / 1_000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** Control bytes and direction overrides made visible, so that a log line cannot disguise itself. */
export function visible(text: string): string {
  return [...text].map((character) => (isDisguise(character.charCodeAt(0)) ? escapeOf(character) : character)).join('');
}

function isDisguise(code: number): boolean {
  const control = (code < 0x20 && code !== 0x09 && code !== 0x0a) || (code >= 0x7f && code <= 0x9f);
  const direction = code === 0x200e || code === 0x200f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
  return control || direction;
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
