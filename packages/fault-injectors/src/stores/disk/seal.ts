import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { PodscopeError } from '@podscope/core';

/** Sealed texts are padded to a multiple of this, so that a file's size tells nothing about what is in it. */
const BLOCK = 4096;
const KEY_BYTES = 32;

/** What stands in a record's file: an opaque id and ciphertext. */
export interface Sealed {
  readonly version: 1;
  readonly id: string;
  readonly iv: string;
  readonly tag: string;
  readonly data: string;
}

/** A new random key of 32 bytes for a store on disk. Whoever has it can read the records. */
export function createStoreKey(): Uint8Array {
  return randomBytes(KEY_BYTES);
}

/** @throws PodscopeError FAULT_STORE_KEY when the key is not 32 bytes long. */
export function checkStoreKey(key: Uint8Array): void {
  if (key.length === KEY_BYTES) return;
  throw new PodscopeError('FAULT_STORE_KEY', `A store's key is ${KEY_BYTES} bytes long; this one has ${key.length}.`, {
    hint: 'Make one with createStoreKey() and keep it safe.',
  });
}

function associated(id: string): Buffer {
  return Buffer.from(`podscope-store-1:${id}`, 'utf8');
}

/** Encrypts a value with AES-256-GCM. The id is bound to it: a renamed file does not open. */
export function seal(key: Uint8Array, id: string, value: unknown): Sealed {
  const plain = Buffer.from(JSON.stringify(value), 'utf8');
  const padded = Buffer.concat([plain, Buffer.alloc(BLOCK - (plain.length % BLOCK), 0x20)]);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(associated(id));
  const data = Buffer.concat([cipher.update(padded), cipher.final()]);
  return { version: 1, id, iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') };
}

/** Decrypts what {@link seal} made. Throws when the key is another one or a byte was changed. */
export function unseal(key: Uint8Array, sealed: Sealed): unknown {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64'), { authTagLength: 16 });
  decipher.setAAD(associated(sealed.id));
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
  const plain = Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]);
  return JSON.parse(plain.toString('utf8'));
}
