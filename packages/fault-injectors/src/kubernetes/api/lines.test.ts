import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from './lines.ts';

async function* cut(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let from = 0;
  for (let at = 0; from < bytes.length; at += 1) {
    const size = sizes[at % sizes.length] ?? 1;
    yield bytes.subarray(from, from + size);
    from += size;
  }
}

const collected = async (chunks: AsyncIterable<Uint8Array>): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of linesOf(chunks)) lines.push(line);
  return lines;
};

describe('the lines of a watch', () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replaceAll('\n', ''));
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

  it('are the same however the bytes are cut, inside of characters too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), sizes, async (lines, at) => {
        expect(await collected(cut(Buffer.from(lines.map((text) => `${text}\n`).join('')), at))).toEqual(lines);
      }),
    );
  });

  it('do not hold the one in which the connection ended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), sizes, fc.nat(400), async (lines, at, kept) => {
        const whole = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        const got = await collected(cut(whole.subarray(0, Math.min(kept, whole.length - 1)), at));
        expect(got).toEqual(lines.slice(0, got.length));
        expect(got.length).toBeLessThan(lines.length);
      }),
    );
  });

  it('end with an error when one has no end', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'a');
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) yield chunk;
    }
    await expect(collected(endless())).rejects.toThrow('longer than');
  });
});
