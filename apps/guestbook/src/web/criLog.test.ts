import { expect, it } from 'vitest';
import { CRI_PART_BYTES, criClock, criLines } from './criLog.ts';

/** Puts the parts of CRI lines together again. */
function join(lines: string): { text: string; tags: string[]; longest: number } {
  const parsed = lines.trimEnd().split('\n').map((line) => /^(\S+) (stdout|stderr) ([FP]) (.*)$/s.exec(line) ?? []);
  const texts = parsed.map((parts) => parts[4] ?? '');
  return {
    text: Buffer.from(texts.join(''), 'latin1').toString('utf8'),
    tags: parsed.map((parts) => parts[3] ?? ''),
    longest: Math.max(...texts.map((text) => text.length)),
  };
}

it('writes a short line whole', () => {
  expect(criLines('T', 'stderr', 'hello')).toBe('T stderr F hello\n');
  expect(criLines('T', 'stdout', '')).toBe('T stdout F \n');
});

it.each([CRI_PART_BYTES, CRI_PART_BYTES + 1, 3 * CRI_PART_BYTES, 50_001])('splits a line of %i bytes', (length) => {
  const text = 'ab'.repeat(length).slice(0, length);
  const joined = join(criLines('T', 'stdout', text));
  expect(joined.text).toBe(text);
  expect(joined.tags).toEqual([...Array<string>(Math.ceil(length / CRI_PART_BYTES) - 1).fill('P'), 'F']);
  expect(joined.longest).toBeLessThanOrEqual(CRI_PART_BYTES);
});

it('keeps characters whose bytes are cut apart', () => {
  const text = `x${'€'.repeat(10_000)}`;
  expect(join(criLines('T', 'stdout', text)).text).toBe(text);
});

it('stamps with nanoseconds and never goes back within a millisecond', () => {
  let tick = 5_000_000n;
  let now = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
  const stamp = criClock(() => now, () => tick);
  expect(stamp()).toBe('2026-01-02T03:04:05.006000000Z');
  tick += 123n;
  expect(stamp()).toBe('2026-01-02T03:04:05.006000123Z');
  tick += 9_000_000n;
  expect(stamp()).toBe('2026-01-02T03:04:05.006999999Z');
  now += 1;
  expect(stamp()).toBe('2026-01-02T03:04:05.007000000Z');
});
