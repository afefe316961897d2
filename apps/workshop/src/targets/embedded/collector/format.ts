import type { Batch } from './batch.ts';

/** One line of a file, without its line end. */
export interface Line {
  /** The text; invalid UTF-8 became U+FFFD. */
  readonly text: string;
  /** True when the text has no character above U+007F. */
  readonly ascii: boolean;
  /** Where the line begins in the file. */
  readonly offset: number;
  /** The line's bytes. Valid until the call returns. */
  bytes(): Buffer;
}

/** A record whose last part is not there yet. */
export interface OpenRecord {
  readonly stream: 'stdout' | 'stderr';
  /** ISO 8601 with milliseconds. */
  readonly timestamp: string;
  /** Where its first part begins in the file. */
  readonly offset: number;
  readonly parts: Buffer[];
  bytes: number;
  /** Set when the first part is in an earlier file. */
  readonly carried?: Carried;
}

/** What the file that takes over an open record needs to know of the file that it began in. */
export interface Carried {
  /** Key of that file: the record's `_id` is made of it. */
  readonly key: string;
  /** Where the file that took it over stood then; its position stays there until the record is complete. */
  readonly heldAt: number;
  /** The record is in the batch: its first file is done as well once that is acknowledged. */
  settle(batch: Batch): void;
  /** The record will not be completed here. */
  giveBack(): void;
}

/** Turns the lines of one file into documents. */
export interface LineFormat {
  /** Adds what the line completes to the batch. Returns how many documents were added. */
  append(batch: Batch, key: string, line: Line): number;
  /** Where the oldest record begins that waits for further lines, or -1. A stored position never passes it. */
  pendingFrom(): number;
  /** Adds records that will not be completed any more. Returns how many. */
  flush(batch: Batch, key: string): number;
  /** Gives the records that wait for further lines to the file that follows. */
  handOver?(): readonly OpenRecord[];
  /** Takes a record that the file before ended in the middle of. */
  takeOver?(record: OpenRecord): void;
  /** Gives back what was taken over and is not complete. */
  giveBack?(): void;
  /** True while the format waits for something it wants to know before the first line. */
  waiting?(): boolean;
}
