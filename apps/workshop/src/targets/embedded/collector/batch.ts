import type { FileRecord } from './positions.ts';

const ACTION = '{"create":{"_id":"';
const START_BYTES = 64 * 1024;

/** When a batch is full: documents, or bytes of its body. */
export interface BatchLimits {
  readonly documents: number;
  readonly bytes: number;
}

/** Filebeat-sized requests: few enough round trips, small enough to send again. */
export const DEFAULT_LIMITS: BatchLimits = { documents: 5000, bytes: 3 * 1024 * 1024 };

/** How far a batch takes one file. */
export interface Reach {
  /** Everything before this byte is in this batch or an earlier one. */
  readonly done: number;
  /** Nothing from this byte on is; beyond {@link done} where a record waits for its end. */
  readonly reach: number;
}

/**
 * The body of one `_bulk` request, written straight into a buffer, and what it stands for: how far each file is read
 * once the request is acknowledged.
 */
export class Batch {
  /** Documents in the batch. */
  count = 0;
  /** Some of the documents may have been sent before: look before creating them. */
  replay = false;
  /** File → what may be stored once the batch is acknowledged. */
  readonly commits = new Map<FileRecord, Reach>();
  #limits: BatchLimits;
  #buffer: Buffer;
  #length = 0;
  readonly #ends: number[] = [];

  constructor(limits: BatchLimits = DEFAULT_LIMITS, buffer: Buffer = Buffer.allocUnsafeSlow(START_BYTES)) {
    this.#limits = limits;
    this.#buffer = buffer;
  }

  get full(): boolean {
    return this.count >= this.#limits.documents || this.#length >= this.#limits.bytes;
  }

  /** The request's body. */
  get body(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  /** The whole buffer, for the next batch once this one is done. */
  get storage(): Buffer {
    return this.#buffer;
  }

  /**
   * Adds a document. `id` must need no escaping in JSON; `source` is the document as JSON without line ends; `ascii`
   * promises that `source` has no character above U+007F.
   */
  add(id: string, source: string, ascii: boolean): void {
    const text = `${ACTION}${id}"}}\n${source}\n`;
    const most = ascii ? text.length : text.length * 3;
    if (this.#length + most > this.#buffer.length) this.#grow(most);
    this.#length += this.#buffer.write(text, this.#length, ascii ? 'latin1' : 'utf8');
    this.#ends[this.count++] = this.#length;
  }

  #grow(more: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#length + more));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] as number);
  }

  /** The `_id` of the document at `index`. */
  idAt(index: number): string {
    const start = this.#startOf(index) + ACTION.length;
    return this.#buffer.toString('latin1', start, this.#buffer.indexOf(0x22, start));
  }

  /** The document at `index`, as JSON. */
  sourceAt(index: number): string {
    const start = this.#buffer.indexOf(0x0a, this.#startOf(index)) + 1;
    return this.#buffer.toString('utf8', start, (this.#ends[index] as number) - 1);
  }

  /** A batch of the documents for which `keep` holds. It has no commits of its own: the original keeps them. */
  select(keep: (index: number) => boolean): Batch {
    const picked = new Batch(this.#limits);
    picked.replay = this.replay;
    for (let index = 0; index < this.count; index++) {
      if (!keep(index)) continue;
      const start = this.#startOf(index);
      const end = this.#ends[index] as number;
      if (picked.#length + end - start > picked.#buffer.length) picked.#grow(end - start);
      picked.#length += this.#buffer.copy(picked.#buffer, picked.#length, start, end);
      picked.#ends[picked.count++] = picked.#length;
    }
    return picked;
  }
}
