import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** From here on it is compressed: managed fields shrink to a tenth. */
const COMPRESSED_FROM = 8_192;
/**
 * What of it one Secret holds. A Secret may hold 1 MiB of data (kubernetes pkg/apis/core/types.go, MaxSecretSize), beside the head of the record;
 * and etcd takes no request above 1.5 MiB, with a third more for base64.
 */
export const PART_BYTES = 900 * 1024;

/** A state from before, packed into parts for one Secret each. */
export interface Packed {
  readonly compressed: boolean;
  readonly sha256: string;
  readonly parts: readonly Buffer[];
}

/** Packs JSON. The first part is small enough to lie beside the head of its record only when `parts` is one and short. */
export async function pack(before: unknown): Promise<Packed> {
  const plain = Buffer.from(JSON.stringify(before ?? null), 'utf8');
  const compressed = plain.length > COMPRESSED_FROM;
  const bytes = compressed ? await promisify(gzip)(plain) : plain;
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += PART_BYTES) parts.push(bytes.subarray(start, start + PART_BYTES));
  return { compressed, sha256: createHash('sha256').update(bytes).digest('hex'), parts };
}

/** Undefined when a part is missing or was changed. */
export async function unpack({ compressed, sha256, parts }: Packed): Promise<unknown> {
  const bytes = Buffer.concat(parts);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return undefined;
  const plain = compressed ? await promisify(gunzip)(bytes) : bytes;
  return JSON.parse(plain.toString('utf8')) as unknown;
}
