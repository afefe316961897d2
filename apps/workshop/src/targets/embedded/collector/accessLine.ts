import { isIP } from 'node:net';

/** The parts of an Apache combined access line followed by the time to answer (`%D`). */
export interface AccessLine {
  readonly sourceIp: string | undefined;
  readonly user: string | undefined;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly query: string | undefined;
  readonly httpVersion: string | undefined;
  readonly status: number;
  readonly bytes: number | undefined;
  readonly referrer: string | undefined;
  readonly userAgent: string | undefined;
  /** Microseconds. */
  readonly durationUs: number | undefined;
}

const QUOTE = 0x22;
const DASH = 0x2d;
const BACKSLASH = 0x5c;
const LARGEST_INTEGER = 2_147_483_647;
const MONTH_AT = '[24/'.length;

/**
 * Parses one access line by its separators, without a regular expression: this is the hot path of the collector.
 * Apache writes `\"` for a quote inside a quoted part. Undefined when the line isn't an access line.
 */
export function parseAccessLine(line: string): AccessLine | undefined {
  const identAt = line.indexOf(' ');
  if (identAt <= 0) return undefined;
  const userAt = line.indexOf(' ', identAt + 1) + 1;
  if (userAt === 0) return undefined;
  const timeAt = line.indexOf(' [', userAt) + 1;
  if (timeAt === 0 || line.charCodeAt(timeAt + MONTH_AT - 1) !== 0x2f) return undefined;
  const requestAt = line.indexOf('] "', timeAt) + 3;
  if (requestAt === 2) return undefined;
  const requestEnd = closingQuote(line, requestAt);
  if (requestEnd < 0) return undefined;
  const status = digits(line, requestEnd + 2, requestEnd + 5);
  if (status < 100 || line.charCodeAt(requestEnd + 5) !== 0x20) return undefined;
  const bytesEnd = line.indexOf(' "', requestEnd + 6);
  if (bytesEnd < 0) return undefined;
  const bytes = digits(line, requestEnd + 6, bytesEnd);
  const referrerEnd = closingQuote(line, bytesEnd + 2);
  if (referrerEnd < 0 || line.charCodeAt(referrerEnd + 2) !== QUOTE) return undefined;
  const agentEnd = closingQuote(line, referrerEnd + 3);
  if (agentEnd < 0) return undefined;
  const durationUs = digits(line, agentEnd + 2, line.length);

  const address = line.slice(0, identAt);
  const request = splitRequest(line, requestAt, requestEnd);
  const target = request === undefined ? undefined : unescapeQuoted(line.slice(request.targetAt, request.targetEnd));
  const queryAt = target?.indexOf('?') ?? -1;
  return {
    sourceIp: isAddress(address) ? address : undefined,
    user: present(line, userAt, timeAt - 1),
    method: request === undefined ? undefined : line.slice(requestAt, request.targetAt - 1),
    path: queryAt < 0 ? target : target?.slice(0, queryAt),
    query: queryAt < 0 ? undefined : target?.slice(queryAt + 1),
    httpVersion: request === undefined ? undefined : line.slice(request.targetEnd + 6, requestEnd),
    status,
    bytes: bytes < 0 ? undefined : bytes,
    referrer: present(line, bytesEnd + 2, referrerEnd),
    userAgent: present(line, referrerEnd + 3, agentEnd),
    durationUs: durationUs < 0 || durationUs > LARGEST_INTEGER ? undefined : durationUs,
  };
}

/** Where the target of `GET /path?query HTTP/1.1` is; anything else (`-`, a TLS handshake) has none. */
function splitRequest(line: string, from: number, to: number): { targetAt: number; targetEnd: number } | undefined {
  const targetAt = line.indexOf(' ', from) + 1;
  const targetEnd = line.lastIndexOf(' ', to);
  if (targetAt <= from + 1 || targetAt > to || targetEnd <= targetAt || !line.startsWith('HTTP/', targetEnd + 1)) return undefined;
  return { targetAt, targetEnd };
}

/** The text between two places; undefined where Apache had nothing and wrote a dash. */
function present(line: string, from: number, to: number): string | undefined {
  if (to <= from || (to === from + 1 && line.charCodeAt(from) === DASH)) return undefined;
  return unescapeQuoted(line.slice(from, to));
}

/** The next quote without a backslash before it, or -1. */
function closingQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 1)) {
    let slashes = 0;
    while (at - slashes > from && line.charCodeAt(at - slashes - 1) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

/** A whole number out of the characters `from` to `to`, or -1 when they are none. */
function digits(line: string, from: number, to: number): number {
  if (to <= from || to - from > 15) return -1;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = line.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function unescapeQuoted(text: string): string {
  return text.includes('\\') ? text.replace(/\\(["\\])/g, '$1') : text;
}

const DOT = 0x2e;

/** An IPv4 address without leading zeros by hand, since nearly all are; an IPv6 address by Node. A zone is no part of an address that OpenSearch takes. */
function isAddress(text: string): boolean {
  if (text.length > 15 || text.includes(':')) return isIP(text) !== 0 && !text.includes('%');
  let dots = 0;
  let value = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (value < 0) return false;
      dots++;
      value = -1;
    } else if (code < 48 || code > 57 || value === 0) return false;
    else {
      value = Math.max(value, 0) * 10 + code - 48;
      if (value > 255) return false;
    }
  }
  return dots === 3 && value >= 0;
}
