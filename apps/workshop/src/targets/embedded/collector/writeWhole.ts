import { writeSync } from 'node:fs';

/**
 * Writes all of `text`, and returns its bytes. A disk that fills up takes a part of a write without an error; only the
 * next write has one.
 */
export function writeWhole(file: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
  return bytes.length;
}
