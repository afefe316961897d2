import { createHash } from 'node:crypto';

/** The family of a file: 96 bits of a hash over its scope and first line. */
export function familyOf(scope: string, firstLine: Buffer): string {
  return createHash('sha256').update(scope).update('\0').update(firstLine).digest('base64url').slice(0, 16);
}

/** The key of a file: its family, and which of the files that begin alike it is. */
export function keyOf(family: string, generation: number): string {
  return generation === 0 ? family : `${family}.${generation.toString(36)}`;
}

/**
 * The `_id` of the record that begins at `offset`. The offset has a fixed width, so that ids of one file grow and the
 * server finds quickly that a new one isn't there.
 */
export function documentId(key: string, offset: number): string {
  return `${key}-${offset.toString(36).padStart(9, '0')}`;
}
