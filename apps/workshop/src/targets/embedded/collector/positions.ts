import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDiskTrouble } from './diskTrouble.ts';

/** Where reading stands in one file, found again by what the file begins with. */
export interface FileRecord {
  /** Begins every `_id` of the file: a hash of scope, generation and first line. */
  readonly key: string;
  /** The file's name without what rotation adds. */
  readonly scope: string;
  /** Hash of scope and first line; files that begin alike share it and differ by generation. */
  readonly family: string;
  readonly generation: number;
  /** `device:inode` at the last sight. */
  inode: string;
  /** How many bytes of the head {@link headHash} covers; grows with the file. */
  headLength: number;
  headHash: string;
  /** Everything before this byte is acknowledged. */
  offset: number;
  /** No byte from here on has ever been sent. Stored before the bytes below it are sent. */
  reserved: number;
  /** On the process's monotonic clock, milliseconds: a wall clock that jumps must not forget a file. */
  lastSeen: number;
}

const MAGIC = 'podscope-positions-1';

/** A hash of a file's head, as stored. */
export function hashHead(head: Buffer): string {
  return createHash('sha256').update(head).digest('base64url').slice(0, 22);
}

/**
 * The positions on disk. Every save writes a new file, syncs it and renames it over the old one, so a crash leaves one
 * or the other. A file that is cut off or damaged counts as lost: everything is read again and found to be there.
 */
export class Positions {
  readonly records = new Set<FileRecord>();
  /** True when no usable file was found: what was sent in the past is unknown. */
  readonly lost: boolean;
  readonly #path: string;
  #dirty = false;
  #running: Promise<void> | undefined;
  #queued: Promise<void> | undefined;

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
    const records = read(path);
    this.lost = records === undefined;
    for (const record of records ?? []) this.records.add({ ...record, lastSeen: performance.now() });
  }

  /** Notes that a record changed; {@link saveIfDirty} will write it. */
  touch(): void {
    this.#dirty = true;
  }

  async saveIfDirty(): Promise<void> {
    if (this.#dirty) await this.save();
  }

  /** Resolves when everything as of this call is on disk. Calls meanwhile share one write. */
  save(): Promise<void> {
    if (this.#running === undefined) return this.#start();
    this.#queued ??= this.#running.then(
      () => this.#next(),
      () => this.#next(),
    );
    return this.#queued;
  }

  #next(): Promise<void> {
    this.#queued = undefined;
    return this.#start();
  }

  #start(): Promise<void> {
    this.#running = this.#write().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #write(): Promise<void> {
    this.#dirty = false;
    const body = JSON.stringify([...this.records]);
    const temporary = `${this.#path}.new`;
    try {
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(`${MAGIC} ${sumOf(body)}\n${body}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.#path);
      const directory = await open(dirname(this.#path), 'r');
      try {
        await directory.sync();
      } finally {
        await directory.close();
      }
    } catch (error) {
      this.#dirty = true;
      throw error;
    }
  }
}

/**
 * Resolves when the positions are stored. A full disk must not end the collector: it waits for room, until the signal
 * is aborted.
 */
export async function savePatiently(positions: Positions, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await positions.save();
    } catch (error) {
      signal.throwIfAborted();
      if (!isDiskTrouble(error)) throw error;
      await sleep(1000, undefined, { signal });
    }
  }
}

function sumOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

function read(path: string): FileRecord[] | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const [header = '', body = ''] = text.split('\n', 2);
  if (header !== `${MAGIC} ${sumOf(body)}`) return undefined;
  return JSON.parse(body) as FileRecord[];
}
