import type { Batch } from './batch.ts';
import type { Line, LineFormat, OpenRecord } from './format.ts';
import { millisecondTime } from './timestamp.ts';

/** One record of a container: what the container wrote as one line. */
export interface ContainerRecord {
  /** ISO 8601 with milliseconds. */
  readonly timestamp: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly ascii: boolean;
  /** Where the record's first part begins in the file. */
  readonly offset: number;
}

/** Writes the documents of a container's records. */
export interface RecordWriter {
  write(batch: Batch, key: string, record: ContainerRecord): void;
  waiting?(): boolean;
}

/** More than this in one record is cut off. */
const MOST_BYTES = 2 * 1024 * 1024;
const F = 0x46;
const P = 0x50;
const SPACE = 0x20;

/**
 * The container runtime's log format: `<time> <stdout|stderr> <F|P> <text>`. A long line comes in parts (P) up to its
 * end (F); the runtime cuts at bytes, so parts are joined before they are decoded. A line that is not in this format
 * is a record by itself. A rotation may fall between two parts: the file that follows takes the first ones over.
 */
export class CriFormat implements LineFormat {
  readonly #writer: RecordWriter;
  readonly #now: () => number;
  readonly #pending: { stdout: OpenRecord | undefined; stderr: OpenRecord | undefined } = { stdout: undefined, stderr: undefined };

  constructor(writer: RecordWriter, now: () => number = Date.now) {
    this.#writer = writer;
    this.#now = now;
  }

  waiting(): boolean {
    return this.#writer.waiting?.() ?? false;
  }

  append(batch: Batch, key: string, line: Line): number {
    const { text } = line;
    const streamAt = text.indexOf(' ') + 1;
    const flagAt = streamAt + 7;
    const stream = text.startsWith('stdout ', streamAt) ? 'stdout' : text.startsWith('stderr ', streamAt) ? 'stderr' : undefined;
    const flag = text.charCodeAt(flagAt);
    const timestamp = streamAt === 0 || stream === undefined ? undefined : millisecondTime(text.slice(0, streamAt - 1));
    const complete = flagAt + 1 === text.length || text.charCodeAt(flagAt + 1) === SPACE;
    if (timestamp === undefined || stream === undefined || !complete || (flag !== F && flag !== P)) {
      const now = new Date(this.#now()).toISOString();
      this.#writer.write(batch, key, { timestamp: now, stream: 'stdout', text, ascii: line.ascii, offset: line.offset });
      return 1;
    }
    const pending = this.#pending[stream];
    if (flag === F && pending === undefined) {
      const content = text.slice(flagAt + 2);
      this.#writer.write(batch, key, { timestamp, stream, text: content, ascii: line.ascii, offset: line.offset });
      return 1;
    }
    // The time, the stream and the flag are ASCII, so places in the text are places in the bytes.
    const part = Buffer.from(line.bytes().subarray(flagAt + 2));
    const joined: OpenRecord = pending ?? { stream, timestamp, offset: line.offset, parts: [], bytes: 0 };
    if (joined.bytes < MOST_BYTES) {
      const kept = part.subarray(0, MOST_BYTES - joined.bytes);
      joined.parts.push(kept);
      joined.bytes += kept.length;
    }
    if (flag === P) {
      this.#pending[stream] = joined;
      return 0;
    }
    this.#finish(batch, key, joined);
    return 1;
  }

  #finish(batch: Batch, key: string, joined: OpenRecord): void {
    const { stream, timestamp, offset, carried } = joined;
    this.#pending[stream] = undefined;
    const text = Buffer.concat(joined.parts).toString('utf8');
    this.#writer.write(batch, carried?.key ?? key, { timestamp, stream, text, ascii: false, offset });
    carried?.settle(batch);
  }

  #open(): OpenRecord[] {
    return [this.#pending.stdout, this.#pending.stderr].filter((record) => record !== undefined);
  }

  pendingFrom(): number {
    const { stdout, stderr } = this.#pending;
    if (stdout === undefined && stderr === undefined) return -1;
    return Math.min(...this.#open().map(({ carried, offset }) => carried?.heldAt ?? offset));
  }

  handOver(): readonly OpenRecord[] {
    const open = this.#open();
    for (const { stream } of open) this.#pending[stream] = undefined;
    return open;
  }

  takeOver(record: OpenRecord): void {
    this.#pending[record.stream] = record;
  }

  giveBack(): void {
    for (const { carried, stream } of this.#open()) {
      if (carried === undefined) continue;
      this.#pending[stream] = undefined;
      carried.giveBack();
    }
  }

  flush(batch: Batch, key: string): number {
    const open = this.#open();
    for (const record of open) this.#finish(batch, key, record);
    return open.length;
  }
}
