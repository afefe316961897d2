import { familyOf, keyOf } from './documentId.ts';
import { type FileRecord, hashHead, type Positions } from './positions.ts';

/** So much of a file's head tells it from others. */
export const HEAD_BYTES = 1024;

/** What is known of an open file when its record is looked for. */
export interface Sight {
  readonly scope: string;
  /** `device:inode` */
  readonly inode: string;
  readonly size: number;
  /** The first bytes, at most {@link HEAD_BYTES}. */
  readonly head: Buffer;
}

/**
 * The first line of the head, which never changes while the file grows; undefined while it isn't complete.
 */
export function firstLineOf(head: Buffer): Buffer | undefined {
  const end = head.indexOf(0x0a);
  if (end >= 0) return head.subarray(0, end);
  return head.length >= HEAD_BYTES ? head : undefined;
}

/**
 * Finds which record a file belongs to. The inode alone says nothing: it is used again after a deletion, stays after a
 * copy-truncate, and is another one for the copy. What the file begins with decides; the inode breaks ties.
 */
export class Identities {
  readonly #positions: Positions;
  /** Records of files that are being read. */
  readonly #attached = new Map<FileRecord, () => Buffer>();
  /** How far files were read that were detached before all of it was acknowledged. */
  readonly #readTo = new Map<FileRecord, number>();
  /** Without usable positions, whatever is there at the start may have been sent before. */
  #pastUnknown: boolean;

  constructor(positions: Positions) {
    this.#positions = positions;
    this.#pastUnknown = positions.lost;
  }

  /** All files that were there at the start are attached; what comes now is new. */
  endStart(): void {
    this.#pastUnknown = false;
  }

  /**
   * The record of a file, made when there is none; `wait` when the file looks like another one that is being read (a
   * copy in the making, or too short to tell). `head` gives the record's file's head for later comparisons.
   */
  attach(sight: Sight, firstLine: Buffer, head: () => Buffer): FileRecord | 'wait' {
    const family = familyOf(sight.scope, firstLine);
    const relatives = [...this.#positions.records].filter((record) => isRelated(record, family, sight));
    relatives.sort((a, b) => Number(b.inode === sight.inode) - Number(a.inode === sight.inode) || b.generation - a.generation);
    for (const record of relatives) {
      const live = this.#attached.get(record);
      if (live !== undefined) {
        if (isSameHead(live(), sight.head)) return 'wait';
        continue;
      }
      if (sight.head.length < record.headLength) continue;
      if (hashHead(sight.head.subarray(0, record.headLength)) !== record.headHash) continue;
      if (sight.size < record.offset) {
        // A copy still being written has another inode; the same inode was cut short.
        if (record.inode !== sight.inode) return 'wait';
        continue;
      }
      record.inode = sight.inode;
      this.#attached.set(record, head);
      return record;
    }
    const generation = relatives.reduce((most, record) => (record.family === family ? Math.max(most, record.generation + 1) : most), 0);
    const record = this.#create(sight, family, generation);
    this.#attached.set(record, head);
    return record;
  }

  #create(sight: Sight, family: string, generation: number): FileRecord {
    const record: FileRecord = {
      key: keyOf(family, generation),
      scope: sight.scope,
      family,
      generation,
      inode: sight.inode,
      headLength: sight.head.length,
      headHash: hashHead(sight.head),
      offset: 0,
      reserved: this.#pastUnknown ? sight.size : 0,
      lastSeen: performance.now(),
    };
    this.#positions.records.add(record);
    this.#positions.touch();
    return record;
  }

  /** Where reading of an attached record's file goes on. */
  startOf(record: FileRecord): number {
    return Math.max(record.offset, this.#readTo.get(record) ?? 0);
  }

  /** The record's file is no longer read; its copy may be, from `readTo` on. */
  detach(record: FileRecord, readTo: number = record.offset): void {
    this.#attached.delete(record);
    this.#readTo.set(record, readTo);
    record.lastSeen = performance.now();
    this.#positions.touch();
  }

  /** The record's file is still there, though nobody reads it. */
  keep(record: FileRecord): void {
    record.lastSeen = performance.now();
  }

  /** The file is gone for good. */
  forget(record: FileRecord): void {
    this.#attached.delete(record);
    this.#readTo.delete(record);
    this.#positions.records.delete(record);
    this.#positions.touch();
  }

  /** Forgets records whose files were not seen for `ageMs`. */
  prune(ageMs: number): void {
    const before = performance.now() - ageMs;
    for (const record of this.#positions.records) {
      if (!this.#attached.has(record) && record.lastSeen < before) this.forget(record);
    }
  }
}

/**
 * Whether a record may be the file's. The inode alone makes it so as well: a file that was renamed altogether, or is
 * seen under another of its names, has another family, and so has one whose first line was taken before it was whole.
 */
function isRelated(record: FileRecord, family: string, sight: Sight): boolean {
  return record.family === family || record.inode === sight.inode;
}

/** Whether one head begins with the other. */
function isSameHead(a: Buffer, b: Buffer): boolean {
  const length = Math.min(a.length, b.length);
  return a.subarray(0, length).equals(b.subarray(0, length));
}
