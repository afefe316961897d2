import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch } from './batch.ts';
import type { StreamCounters } from './counters.ts';
import type { DeadLetter, DeadLetters } from './deadLetters.ts';
import { type HttpAnswer, type HttpConnection, NoAnswer } from './http.ts';
import type { StreamName } from './protocol.ts';
import { isDiskTrouble } from './diskTrouble.ts';
import { ReplayCheck, Unanswered } from './replayCheck.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;

interface BulkItem {
  readonly status: number;
  readonly error?: { readonly type: string; readonly reason?: string };
}

interface BulkAnswer {
  readonly items: readonly { readonly create: BulkItem }[];
}

/** What a sender needs. */
export interface BulkSenderOptions {
  readonly stream: StreamName;
  readonly http: HttpConnection;
  readonly counters: StreamCounters;
  readonly deadLetters: DeadLetters;
  /** Ends the retries. */
  readonly signal: AbortSignal;
  /** Told once when an outage begins and once when it ends. */
  readonly log: (message: string) => void;
}

/**
 * Delivers batches to one data stream, each document once: again after connection errors, 429, 5xx and blocks, with
 * growing waits and without end; into the dead letters what is refused for another reason.
 */
export class BulkSender {
  readonly #options: BulkSenderOptions;
  readonly #path: string;
  readonly #opaqueId: string;
  readonly #check: ReplayCheck;
  #outage = false;

  constructor(options: BulkSenderOptions) {
    this.#options = options;
    this.#path = `/${options.stream}/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason`;
    this.#opaqueId = `podscope-collector/${options.stream}`;
    this.#check = new ReplayCheck(options.http, options.stream, this.#opaqueId);
  }

  /** Resolves when every document is stored, was there, or is a dead letter. Rejects only when the signal is aborted. */
  async deliver(batch: Batch): Promise<void> {
    let left = batch;
    if (left.replay) left = await this.#patiently(() => this.#withoutPast(left));
    for (let attempt = 0; left.count > 0; attempt++) {
      if (attempt > 0) {
        await this.#wait(attempt);
        this.#options.counters.retried += left.count;
        if (left.replay) left = await this.#patiently(() => this.#without(left));
        if (left.count === 0) return;
      }
      left = await this.#attempt(left);
    }
  }

  async #withoutPast(batch: Batch): Promise<Batch> {
    return (await this.#check.hasPast()) ? this.#without(batch) : batch;
  }

  async #without(batch: Batch): Promise<Batch> {
    const left = await this.#check.without(batch);
    left.replay = false;
    this.#options.counters.duplicates += batch.count - left.count;
    return left;
  }

  /** Asks until there is an answer. */
  async #patiently<Value>(ask: () => Promise<Value>): Promise<Value> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof NoAnswer || error instanceof Unanswered)) throw error;
        this.#begin(error.message);
        await this.#wait(attempt);
      }
    }
  }

  async #wait(attempt: number): Promise<void> {
    const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt - 1, 10));
    await sleep(most * (0.5 + Math.random() / 2), undefined, { signal: this.#options.signal });
  }

  #begin(reason: string): void {
    if (!this.#outage) this.#options.log(`${this.#options.stream}: OpenSearch does not take documents (${reason}), trying on`);
    this.#outage = true;
  }

  /** Sends once. Returns the documents to send again, with `replay` set if they may have been stored. */
  async #attempt(batch: Batch): Promise<Batch> {
    this.#options.signal.throwIfAborted();
    let answer: HttpAnswer;
    try {
      answer = await this.#options.http.call({
        method: 'POST', path: this.#path, type: 'application/x-ndjson', body: batch.body, opaqueId: this.#opaqueId,
      });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.#options.signal.throwIfAborted();
      this.#begin(error.message);
      return again(batch, !error.unsent);
    }
    // Too large, or one document makes the whole body unreadable to the server.
    if (answer.status === 413 || answer.status === 400) return this.#inHalves(batch, answer);
    if (answer.status !== 200) {
      this.#begin(`HTTP ${answer.status}`);
      return again(batch, answer.status >= 500);
    }
    const done = answer.body.startsWith('{"errors":false');
    const items = done ? undefined : parseAnswer(answer.body);
    if (!done && items === undefined) {
      this.#begin('the answer is none to a bulk request');
      return again(batch, true);
    }
    if (this.#outage) this.#options.log(`${this.#options.stream}: OpenSearch takes documents again`);
    this.#outage = false;
    if (items !== undefined) return this.#sort(batch, items);
    this.#options.counters.written += batch.count;
    return batch.select(() => false);
  }

  /** Goes through the items of an answer with errors. */
  #sort(batch: Batch, items: BulkAnswer['items']): Batch {
    const { counters, stream } = this.#options;
    const repeat = new Set<number>();
    const letters: DeadLetter[] = [];
    const refused: number[] = [];
    let unknown = false;
    let reason = '';
    for (let index = 0; index < batch.count; index++) {
      const item = items[index]?.create ?? { status: 500 };
      const type = item.error?.type ?? '';
      if (item.status < 300) counters.written++;
      else if (item.status === 409) counters.duplicates++;
      else if (isPassing(item.status, type)) {
        repeat.add(index);
        unknown ||= item.status >= 500;
        reason = type;
      } else {
        const error = `${type}: ${item.error?.reason ?? ''}`;
        refused.push(index);
        letters.push({ stream, id: batch.idAt(index), status: item.status, error, document: batch.sourceAt(index) });
      }
    }
    if (this.#bury(letters)) counters.deadLetters += letters.length;
    else for (const index of refused) repeat.add(index);
    if (repeat.size > 0) this.#begin(reason);
    return again(batch.select((index) => repeat.has(index)), unknown);
  }

  /** False while the disk is full: the documents are sent, and refused, once more later. */
  #bury(letters: readonly DeadLetter[]): boolean {
    try {
      this.#options.deadLetters.append(letters);
      return true;
    } catch (error) {
      if (!isDiskTrouble(error)) throw error;
      this.#begin(`dead letters can't be stored: ${(error as Error).message}`);
      return false;
    }
  }

  /** The server took nothing of the body. A single document that it does not take is a dead letter. */
  async #inHalves(batch: Batch, answer: HttpAnswer): Promise<Batch> {
    if (batch.count === 1) {
      const { stream, counters } = this.#options;
      const letter = { stream, id: batch.idAt(0), status: answer.status, error: answer.body.slice(0, 200), document: batch.sourceAt(0) };
      if (!this.#bury([letter])) return again(batch, false);
      counters.deadLetters++;
      return batch.select(() => false);
    }
    const middle = batch.count >> 1;
    await this.deliver(batch.select((index) => index < middle));
    await this.deliver(batch.select((index) => index >= middle));
    return batch.select(() => false);
  }
}

/** The items of an answer; undefined when it isn't one, as from a proxy. */
function parseAnswer(body: string): BulkAnswer['items'] | undefined {
  try {
    const { items } = JSON.parse(body) as Partial<BulkAnswer>;
    return Array.isArray(items) ? items : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function again(batch: Batch, unknown: boolean): Batch {
  batch.replay = unknown;
  return batch;
}

/**
 * Whether the reason of a refusal passes by itself: overload, a shard that starts, the block of a full disk, or a data
 * stream that is not there yet.
 */
function isPassing(status: number, type: string): boolean {
  return status === 429 || status >= 500 || type.endsWith('_block_exception') || type === 'index_not_found_exception';
}
