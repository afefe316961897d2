import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;

/** A file in a zip archive or jar. */
export interface ZipEntry {
  readonly name: string;
  /** @throws Error when it is packed in a way that is not known here, or damaged. */
  read(): Buffer;
}

/**
 * The entries of a zip archive or jar, from its central directory (PKWARE APPNOTE 4.3.7, 4.3.12 and 4.3.16).
 *
 * @throws Error when the file is no zip archive.
 */
export async function zipEntries(path: string): Promise<ZipEntry[]> {
  const bytes = await readFile(path);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error(`${path} is not a zip archive.`);
  const count = bytes.readUInt16LE(end + 10);
  let offset = bytes.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (bytes.readUInt32LE(offset) !== DIRECTORY_ENTRY) throw new Error(`${path} has a damaged directory.`);
    const nameLength = bytes.readUInt16LE(offset + 28);
    const extraLength = bytes.readUInt16LE(offset + 30);
    const commentLength = bytes.readUInt16LE(offset + 32);
    const name = bytes.toString('utf8', offset + 46, offset + 46 + nameLength);
    const [at, method, size] = [bytes.readUInt32LE(offset + 42), bytes.readUInt16LE(offset + 10), bytes.readUInt32LE(offset + 20)];
    entries.push({ name, read: () => content(bytes, at, method, size, `${name} in ${path}`) });
    offset += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

function content(bytes: Buffer, at: number, method: number, size: number, what: string): Buffer {
  // The local header repeats the name, and has other extra fields than the directory's.
  const begin = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const packed = bytes.subarray(begin, begin + size);
  if (method === STORED) return packed;
  if (method === DEFLATED) return inflateRawSync(packed);
  throw new Error(`${what} is packed by method ${method}.`);
}
