import { closeSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeWhole } from './writeWhole.ts';

/** Beyond this size of the file, dead letters are only counted. */
const MOST_BYTES = 64 * 1024 * 1024;

/** One document that OpenSearch refused for good. */
export interface DeadLetter {
  readonly stream: string;
  readonly id: string;
  readonly status: number;
  /** OpenSearch's type and reason. */
  readonly error: string;
  /** The document as JSON. */
  readonly document: string;
}

/** Documents that can't be stored, one as JSON a line, on disk before their positions count as done. */
export class DeadLetters {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  append(letters: readonly DeadLetter[]): void {
    if (letters.length === 0) return;
    mkdirSync(dirname(this.#path), { recursive: true });
    const file = openSync(this.#path, 'a', 0o600);
    try {
      const before = fstatSync(file);
      if (before.size > MOST_BYTES) return;
      const at = new Date().toISOString();
      try {
        writeWhole(file, letters.map((letter) => `${JSON.stringify({ at, ...letter })}\n`).join(''));
        fsyncSync(file);
      } catch (error) {
        // They come again: half of them now would be there twice.
        if (before.isFile()) ftruncateSync(file, before.size);
        throw error;
      }
    } finally {
      closeSync(file);
    }
  }
}
