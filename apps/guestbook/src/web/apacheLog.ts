/** What one line of the access log tells. Texts are as they came over the wire, one character a byte. */
export interface AccessRecord {
  readonly address: string;
  /** Milliseconds since the epoch at which the request came. */
  readonly at: number;
  /** `GET / HTTP/1.1`; `-` for a request that could not be read. */
  readonly request: string;
  readonly status: number;
  /** Bytes of the body. */
  readonly bytes: number;
  readonly referer: string | undefined;
  readonly userAgent: string | undefined;
  /** Time to answer, microseconds. */
  readonly duration: number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const two = (value: number): string => String(value).padStart(2, '0');

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"', '\\': '\\\\', '\b': '\\b', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v',
};

/** Escapes as Apache's `ap_escape_logitem` does: quotes, backslashes, control bytes and everything beyond ASCII. */
export function escapeLogItem(text: string): string {
  return text.replace(/[^ !#-[\]-~]/g, (byte) => {
    const short = SHORT_ESCAPES[byte];
    if (short !== undefined) return short;
    const codes = byte.charCodeAt(0) < 256 ? [byte.charCodeAt(0)] : [...Buffer.from(byte)];
    return codes.map((code) => `\\x${code.toString(16).padStart(2, '0')}`).join('');
  });
}

/** Apache's `%t`, in UTC: `[24/Nov/2026:09:22:27 +0000]`. */
export function accessTime(at: number): string {
  const date = new Date(at);
  const day = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  return `[${day}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000]`;
}

/** Apache's combined format and the duration: `%h - %u [%t] "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D`. */
export function accessLine(record: AccessRecord): string {
  const quoted = (text: string | undefined): string => `"${text === undefined || text === '' ? '-' : escapeLogItem(text)}"`;
  return [
    record.address, '-', '-', accessTime(record.at), quoted(record.request), record.status,
    record.bytes === 0 ? '-' : record.bytes, quoted(record.referer), quoted(record.userAgent), record.duration,
  ].join(' ');
}

/** How grave a line of the error log is. */
export type ErrorLevel = 'notice' | 'warn' | 'error' | 'crit';

/** Apache 2.4's error log: `[Tue Nov 24 09:22:27.123456 2026] [guestbook:error] [pid 7:tid 7] [client a:p] text`. */
export function errorLine(level: ErrorLevel, text: string, client?: string, at: number = Date.now()): string {
  const date = new Date(at);
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const micros = String(date.getUTCMilliseconds()).padStart(3, '0').padEnd(6, '0');
  const day = `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())}`;
  const from = client === undefined ? '' : `[client ${client}] `;
  const stamp = `[${day} ${clock}.${micros} ${date.getUTCFullYear()}]`;
  return `${stamp} [guestbook:${level}] [pid ${process.pid}:tid ${process.pid}] ${from}${escapeLogItem(text)}`;
}
