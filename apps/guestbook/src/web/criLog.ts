/** The stream that a container wrote a line to. */
export type LogStream = 'stdout' | 'stderr';

/** containerd's own limit: a longer line is written in parts. Bytes. */
export const CRI_PART_BYTES = 16_384;

/**
 * One line of a container in CRI format, each part ended by a line feed. A line of more than {@link CRI_PART_BYTES}
 * becomes parts marked `P`, the last of them `F`. The result is a string of bytes (latin1), since parts may be cut
 * inside a character.
 */
export function criLines(stamp: string, stream: LogStream, text: string): string {
  const bytes = Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1');
  let lines = '';
  let from = 0;
  while (bytes.length - from > CRI_PART_BYTES) {
    lines += `${stamp} ${stream} P ${bytes.slice(from, from + CRI_PART_BYTES)}\n`;
    from += CRI_PART_BYTES;
  }
  return `${lines}${stamp} ${stream} F ${bytes.slice(from)}\n`;
}

/**
 * A clock for CRI stamps: RFC 3339 in UTC with nanoseconds. Milliseconds are the wall clock's; the digits below them
 * count up from the moment that millisecond was first seen, so stamps never go back within a millisecond. `offset` is
 * what the clock is to be off by, milliseconds.
 */
export function criClock(now: () => number = Date.now, ticks: () => bigint = process.hrtime.bigint): (offset?: number) => string {
  let millisecond = -1;
  let seenAt = 0n;
  let second = -1;
  let prefix = '';
  return (offset = 0) => {
    const current = now() + offset;
    const tick = ticks();
    if (current !== millisecond) {
      millisecond = current;
      seenAt = tick;
    }
    const wholeSecond = Math.floor(current / 1000);
    if (wholeSecond !== second) {
      second = wholeSecond;
      prefix = new Date(second * 1000).toISOString().slice(0, 19);
    }
    const below = tick - seenAt > 999_999n ? 999_999 : Number(tick - seenAt);
    const fraction = (current - second * 1000) * 1_000_000 + below;
    return `${prefix}.${String(fraction).padStart(9, '0')}Z`;
  };
}
