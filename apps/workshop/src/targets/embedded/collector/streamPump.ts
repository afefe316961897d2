import { setTimeout as sleep } from 'node:timers/promises';
import { Batch, type BatchLimits } from './batch.ts';
import type { StreamCounters } from './counters.ts';
import { type Positions, savePatiently } from './positions.ts';
import type { TailedFile } from './tailedFile.ts';

/** Requests that one stream has under way. The server works on one while the next is read. */
const IN_FLIGHT = 2;
/** So many bytes beyond what is sent are reserved at once, so that the positions are synced rarely. */
const RESERVE_BYTES = 4 * 1024 * 1024;
/** Buffers kept for the next batches. */
const SPARE_BUFFERS = 3;

/** Takes batches for good. */
export interface Deliverer {
  /** Resolves when nothing of the batch can be lost any more. */
  deliver(batch: Batch): Promise<void>;
}

/** What a pump needs. */
export interface StreamPumpOptions {
  readonly sender: Deliverer;
  readonly positions: Positions;
  readonly counters: StreamCounters;
  readonly limits: BatchLimits;
  /** Wait between two looks at files without news. */
  readonly pollMs: number;
  readonly signal: AbortSignal;
}

interface Entry {
  readonly batch: Batch;
  done: boolean;
}

/** Moves the records of one data stream's files into the sender, and acknowledged offsets into the positions. */
export class StreamPump {
  readonly files = new Set<TailedFile>();
  readonly #options: StreamPumpOptions;
  /** Batches in the order of reading; offsets count only when all batches before are acknowledged. */
  readonly #queue: Entry[] = [];
  readonly #spare: Buffer[] = [];
  #inFlight = 0;
  #turn = 0;
  #wake: (() => void) | undefined;
  #failure: unknown;

  constructor(options: StreamPumpOptions) {
    this.#options = options;
  }

  /** Runs until the signal is aborted. */
  async run(): Promise<void> {
    try {
      await this.#pump();
    } catch (error) {
      if (!this.#options.signal.aborted) throw error;
    }
  }

  async #pump(): Promise<void> {
    const { signal, pollMs } = this.#options;
    while (!signal.aborted) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#inFlight >= IN_FLIGHT) {
        await this.#change();
        continue;
      }
      const batch = this.#collect();
      if (batch.count > 0) await this.#send(batch);
      else this.#keep(batch);
      if (!batch.full) {
        this.#spare.length = 0;
        await sleep(pollMs, undefined, { signal, ref: true }).catch(() => undefined);
      }
    }
  }

  /** Resolves when a request has ended. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #collect(): Batch {
    const batch = new Batch(this.#options.limits, this.#spare.pop());
    const files = [...this.files];
    // Goes on behind the file that filled the last batch, so that a busy one does not hold up the others.
    const first = this.#turn % Math.max(files.length, 1);
    for (let index = 0; index < files.length && !batch.full; index++) {
      this.#turn = first + index + 1;
      this.#options.counters.read += (files[(first + index) % files.length] as TailedFile).fill(batch);
    }
    return batch;
  }

  /** A batch without documents may still have passed lines that make none. */
  #keep(batch: Batch): void {
    if (batch.commits.size > 0) this.#queue.push({ batch, done: true });
    this.#settle();
  }

  async #send(batch: Batch): Promise<void> {
    const { positions, sender, signal } = this.#options;
    const entry: Entry = { batch, done: false };
    this.#queue.push(entry);
    this.#inFlight++;
    let beyond = false;
    for (const [record, { reach }] of batch.commits) {
      if (reach <= record.reserved) continue;
      record.reserved = reach + RESERVE_BYTES;
      beyond = true;
    }
    if (beyond) await savePatiently(positions, signal);
    sender
      .deliver(batch)
      .then(() => {
        entry.done = true;
        this.#settle();
        if (this.#spare.length < SPARE_BUFFERS) this.#spare.push(batch.storage);
      })
      .catch((error: unknown) => {
        if (!signal.aborted) this.#failure = error;
      })
      .finally(() => {
        this.#inFlight--;
        this.#wake?.();
        this.#wake = undefined;
      });
  }

  #settle(): void {
    for (let entry = this.#queue[0]; entry?.done === true; entry = this.#queue[0]) {
      this.#queue.shift();
      for (const [record, { done }] of entry.batch.commits) record.offset = Math.max(record.offset, done);
      this.#options.positions.touch();
    }
  }

  /** Resolves when everything that is in the files now is acknowledged. */
  async drained(): Promise<void> {
    const { signal } = this.#options;
    const marks = [...this.files].map((file) => file.mark());
    while (!marks.every((isRead) => isRead())) await sleep(20, undefined, { signal });
    const last = this.#queue.at(-1);
    while (last !== undefined && this.#queue.includes(last)) await sleep(20, undefined, { signal });
  }

  /** With nothing under way nothing is unknown: gives back what was reserved, so that a restart has nothing to check. */
  release(): void {
    if (this.#queue.length > 0) return;
    for (const { record, offset } of this.files) if (record !== undefined) record.reserved = offset;
  }
}
