import { isAscii } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Batch } from './batch.ts';
import type { Line, LineFormat } from './format.ts';
import { firstLineOf, HEAD_BYTES, type Identities } from './identity.ts';
import { type FileRecord, hashHead } from './positions.ts';

const CHUNK_BYTES = 512 * 1024;
/** A longer line is cut here; what follows up to its end is left out. */
const MOST_LINE_BYTES = 2 * 1024 * 1024;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** One chunk buffer for all files: reading is synchronous, one file at a time. */
const chunkBuffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);

/** How long a file rests before its unfinished last line counts as finished. */
export interface Patience {
  /** After the file was renamed away or deleted. */
  readonly rotatedMs: number;
  /** While it still has its name: the writer died in the middle of a line. */
  readonly abandonedMs: number;
}

/**
 * Records that another file has to complete. All of them count as done at once, when that file's position moves on:
 * the one never moves without the other.
 */
interface Loan {
  /** The stored position stays before it until then. */
  readonly from: number;
  open: number;
}

/** One open file that is read as it grows, through rename, deletion and copy-truncate. */
export class TailedFile {
  readonly scope: string;
  /** `device:inode` */
  readonly inode: string;
  record: FileRecord | undefined;
  #path: string | null;
  #active: boolean;
  readonly #fd: number;
  readonly #identities: Identities;
  readonly #newFormat: () => LineFormat;
  readonly #patience: Patience;
  #format: LineFormat;
  #head: Buffer = Buffer.alloc(0);
  #offset = 0;
  #size = 0;
  /** With the size: whether anything was written since the last look, also where it is as long as what was there. */
  #modifiedMs = 0;
  /** The last reading ended because no complete line was left. */
  #exhausted = false;
  #changedAt = performance.now();
  /** Where a line longer than allowed began, while the rest of it is passed over. */
  #skippingFrom = -1;
  #replayUntil = 0;
  /** The file before this one, until what it ended in the middle of has been taken over. */
  #before: TailedFile | undefined;
  /** A file follows that will take over what this one ends in the middle of. */
  #followed = false;
  /** What the file after this one has taken over and not yet completed. */
  readonly #lent = new Set<Loan>();
  #closed = false;

  constructor(path: string, active: boolean, scope: string, newFormat: () => LineFormat, identities: Identities, patience: Patience) {
    this.#path = path;
    this.#active = active;
    this.scope = scope;
    this.#fd = openSync(path, 'r');
    const { dev, ino } = fstatSync(this.#fd);
    this.inode = `${dev}:${ino}`;
    this.#newFormat = newFormat;
    this.#format = newFormat();
    this.#identities = identities;
    this.#patience = patience;
  }

  /** Where the file was seen last; null when its name is gone. */
  get path(): string | null {
    return this.#path;
  }

  /** True while the file has the name that its writer opens. */
  get active(): boolean {
    return this.#active && this.#path !== null;
  }

  /** The file was seen under this name, or (null) under none. */
  moveTo(path: string | null, active: boolean): void {
    const was = this.active;
    this.#path = path;
    this.#active = active;
    // Its writer may be about to open the file that follows.
    if (was && !this.active) this.#changedAt = performance.now();
  }

  /** The file that its writer opened after `before`: a record may begin there and end here. */
  follow(before: TailedFile): void {
    this.#before = before;
    before.#followed = true;
  }

  /** When it was last seen to change, on the process's monotonic clock. */
  get changedAt(): number {
    return this.#changedAt;
  }

  /** When the file was written to last, epoch milliseconds. */
  get modifiedMs(): number {
    return fstatSync(this.#fd).mtimeMs;
  }

  /** Bytes that the file has now. */
  get size(): number {
    return fstatSync(this.#fd).size;
  }

  /** Where reading goes on; nothing from here on has been sent. */
  get offset(): number {
    return this.#offset;
  }

  /** True when the file's name is gone and all of it is acknowledged. */
  get finished(): boolean {
    if (this.#path !== null || performance.now() - this.#changedAt < this.#patience.rotatedMs) return false;
    return this.record === undefined ? this.size === 0 || !this.identify() : this.record.offset >= this.size;
  }

  /** Notes what is in the file now; the answer says whether that has been read, as far as it is complete. */
  mark(): () => boolean {
    this.#look();
    const { record, size } = this;
    return () => {
      if (this.record === undefined) return !this.identify();
      if (record !== undefined && this.record !== record) return true;
      return this.#isReadUpTo(size);
    };
  }

  /** Whether all that is complete before this byte has been read. */
  #isReadUpTo(size: number): boolean {
    return this.#offset >= size || (this.#exhausted && this.#size >= size);
  }

  /** Reads on into the batch until it is full or nothing more is there. Returns how many records were added. */
  fill(batch: Batch): number {
    if (!this.#look() || this.#format.waiting?.() === true) return 0;
    const record = this.record as FileRecord;
    if (!this.#takeOver()) return 0;
    const before = batch.count;
    let count = 0;
    while (!batch.full && this.#offset < this.#size) {
      const from = this.#offset;
      count += this.#read(batch, record);
      if (this.#offset === from) break;
    }
    this.#exhausted = !batch.full || this.#offset >= this.#size;
    if (this.#exhausted) count += this.#finishLastLine(batch, record);
    const done = this.#done();
    if (done > record.offset || batch.count > before) batch.commits.set(record, { done, reach: this.#offset });
    if (batch.count > before && record.offset < this.#replayUntil) batch.replay = true;
    return count;
  }

  /** Everything before this byte is in a batch. */
  #done(): number {
    const pending = this.#skippingFrom >= 0 ? this.#skippingFrom : this.#format.pendingFrom();
    return Math.min(pending >= 0 ? pending : this.#offset, ...[...this.#lent].map(({ from }) => from));
  }

  /** Takes over what the file before ended in the middle of. False while that one is not read to its end. */
  #takeOver(): boolean {
    const before = this.#before;
    if (before === undefined) return true;
    const key = before.#closed ? undefined : before.record?.key;
    if (key !== undefined && !before.#isReadUpTo(before.size)) return false;
    this.#before = undefined;
    before.#followed = false;
    if (key === undefined || this.#format.takeOver === undefined) return true;
    const records = before.#format.handOver?.() ?? [];
    if (records.length === 0) return true;
    const loan: Loan = { from: Math.min(...records.map(({ carried, offset }) => carried?.heldAt ?? offset)), open: records.length };
    before.#lent.add(loan);
    for (const open of records) {
      this.#format.takeOver({
        ...open,
        carried: {
          key: open.carried?.key ?? key,
          heldAt: this.#offset,
          settle: (batch) => {
            open.carried?.settle(batch);
            before.#settle(loan, batch);
          },
          giveBack: () => {
            open.carried?.giveBack();
            before.#takeBack(loan);
          },
        },
      });
    }
    return true;
  }

  /** A record that was lent is complete, in this batch. */
  #settle(loan: Loan, batch: Batch): void {
    if (--loan.open > 0) return;
    this.#lent.delete(loan);
    if (this.record !== undefined) batch.commits.set(this.record, { done: this.#done(), reach: this.#offset });
  }

  /** A record that was lent stays incomplete: what this file has of it is read once more. */
  #takeBack(loan: Loan): void {
    if (!this.#lent.delete(loan)) return;
    this.#replayUntil = Math.max(this.#replayUntil, this.#offset);
    this.#offset = Math.min(this.#offset, loan.from);
    this.#exhausted = false;
    this.#format = this.#newFormat();
    this.#await();
  }

  /** Another file may have the rest: the copy of the one that was to have it. */
  #await(): void {
    this.#followed = false;
    this.#changedAt = performance.now();
  }

  /** Learns what happened to the file. False when there is nothing to read. */
  #look(): boolean {
    const { size, mtimeMs } = fstatSync(this.#fd);
    const changed = size !== this.#size || mtimeMs !== this.#modifiedMs;
    if (!changed && this.record !== undefined) return this.#hasMore(size);
    if (changed) {
      this.#changedAt = performance.now();
      this.#exhausted = false;
      this.#modifiedMs = mtimeMs;
    }
    if (this.record !== undefined && (size < this.#offset || !this.#isSameHead(size))) this.#restart();
    this.#size = size;
    return this.record === undefined ? this.identify() : this.#hasMore(size);
  }

  #hasMore(size: number): boolean {
    return this.#offset < size || this.#format.pendingFrom() >= 0;
  }

  /** Compares the head and lets it grow. */
  #isSameHead(size: number): boolean {
    const head = this.#readHead(size);
    if (head.length < this.#head.length || !head.subarray(0, this.#head.length).equals(this.#head)) return false;
    const record = this.record;
    if (record !== undefined && head.length > this.#head.length) {
      this.#head = head;
      record.headLength = head.length;
      record.headHash = hashHead(head);
    }
    return true;
  }

  #readHead(size: number): Buffer {
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
    return head.subarray(0, readSync(this.#fd, head, 0, head.length, 0));
  }

  /** The file was cut to nothing and begins anew: another file in the same place. */
  #restart(): void {
    // What is in batches will be delivered: the copy of what was here goes on behind it.
    if (this.record !== undefined) this.#identities.detach(this.record, this.#done());
    this.record = undefined;
    this.#format.giveBack?.();
    if (this.#before !== undefined) this.#before.#await();
    this.#before = undefined;
    this.#head = Buffer.alloc(0);
    this.#offset = 0;
    this.#exhausted = false;
    this.#skippingFrom = -1;
    this.#format = this.#newFormat();
  }

  /** Finds or makes the file's record. False while the file is too short to tell, or looks like another's copy. */
  identify(): boolean {
    if (this.record !== undefined) return true;
    const { size } = this;
    const head = this.#readHead(size);
    const gone = performance.now() - this.#changedAt >= this.#finalRest() && head.length > 0;
    const firstLine = firstLineOf(head) ?? (gone ? head : undefined);
    if (firstLine === undefined) return false;
    this.#head = head;
    const record = this.#identities.attach({ scope: this.scope, inode: this.inode, size, head }, firstLine, () => this.#head);
    if (record === 'wait') return false;
    this.record = record;
    this.#size = size;
    this.#offset = this.#identities.startOf(record);
    this.#replayUntil = record.reserved;
    return true;
  }

  #finalRest(): number {
    return this.active ? this.#patience.abandonedMs : this.#patience.rotatedMs;
  }

  /** One chunk's lines. */
  #read(batch: Batch, record: FileRecord): number {
    let buffer = chunkBuffer;
    let length = readSync(this.#fd, buffer, 0, buffer.length, this.#offset);
    if (length === buffer.length && buffer.indexOf(NEWLINE) < 0) {
      buffer = Buffer.allocUnsafeSlow(MOST_LINE_BYTES);
      length = readSync(this.#fd, buffer, 0, buffer.length, this.#offset);
    }
    const chunk = buffer.subarray(0, length);
    return isAscii(chunk) ? this.#lines(batch, record, chunk, chunk.toString('latin1')) : this.#lines(batch, record, chunk, undefined);
  }

  #lines(batch: Batch, record: FileRecord, chunk: Buffer, text: string | undefined): number {
    const base = this.#offset;
    let count = 0;
    let at = 0;
    while (!batch.full) {
      const end = chunk.indexOf(NEWLINE, at);
      if (end < 0) {
        if (at === 0 && chunk.length === MOST_LINE_BYTES) {
          if (this.#skippingFrom < 0) {
            count += this.#append(batch, record, chunk, text, 0, chunk.length, base);
            this.#skippingFrom = base;
          }
          at = chunk.length;
        }
        break;
      }
      if (this.#skippingFrom >= 0) this.#skippingFrom = -1;
      else count += this.#append(batch, record, chunk, text, at, end, base);
      at = end + 1;
    }
    this.#offset = base + at;
    return count;
  }

  #append(batch: Batch, record: FileRecord, chunk: Buffer, text: string | undefined, from: number, to: number, base: number): number {
    const end = to > from && chunk[to - 1] === RETURN ? to - 1 : to;
    const line: Line = {
      text: text === undefined ? chunk.toString('utf8', from, end) : text.slice(from, end),
      ascii: text !== undefined,
      offset: base + from,
      bytes: () => chunk.subarray(from, end),
    };
    return this.#format.append(batch, record.key, line);
  }

  /** The last line without a line end, and parts without their last one, once nothing more is to come. */
  #finishLastLine(batch: Batch, record: FileRecord): number {
    const unfinished = this.#offset < this.#size;
    if (!unfinished && this.#format.pendingFrom() < 0) return 0;
    const rest = performance.now() - this.#changedAt;
    if (rest < this.#finalRest()) return 0;
    let count = 0;
    if (unfinished) {
      const rest = Buffer.alloc(Math.min(this.#size - this.#offset, MOST_LINE_BYTES));
      const length = readSync(this.#fd, rest, 0, rest.length, this.#offset);
      if (this.#skippingFrom < 0) count += this.#append(batch, record, rest, undefined, 0, length, this.#offset);
      this.#skippingFrom = -1;
      this.#offset += length;
    }
    const expected = this.#followed && rest < this.#patience.abandonedMs;
    return expected ? count : count + this.#format.flush(batch, record.key);
  }

  close(): void {
    this.#closed = true;
    if (this.record !== undefined) this.#identities.detach(this.record);
    closeSync(this.#fd);
  }
}
