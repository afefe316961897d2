import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch } from './batch.ts';
import type { HttpAnswer, HttpConnection } from './http.ts';
import type { StreamName } from './protocol.ts';

/** The server answered a question before a replay in a way that can't be used; ask again later. */
export class Unanswered extends Error {}

/**
 * Finds out which documents of a batch are in the data stream already.
 *
 * `create` refuses a second document with the same `_id`, but only within one backing index: after a rollover the same
 * document could be created once more. So whenever a batch may have been applied before (its positions were not stored
 * when the last process ended, or its answer never came), this looks for its ids in the whole data stream. Before
 * looking it waits for bulk requests of ours that the server still works on, so none of them can land afterwards.
 */
export class ReplayCheck {
  readonly #http: HttpConnection;
  readonly #stream: StreamName;
  readonly #opaqueId: string;
  #past: Promise<boolean> | undefined;

  constructor(http: HttpConnection, stream: StreamName, opaqueId: string) {
    this.#http = http;
    this.#stream = stream;
    this.#opaqueId = opaqueId;
  }

  /**
   * Whether documents were in the data stream before this process wrote its first: if not, nothing that the last
   * process sent has arrived. Asked once.
   */
  hasPast(): Promise<boolean> {
    this.#past ??= this.#count().then(
      (count) => count > 0,
      (error: unknown) => {
        this.#past = undefined;
        throw error;
      },
    );
    return this.#past;
  }

  async #count(): Promise<number> {
    await this.#settle();
    await this.#refresh();
    const answer = await this.#http.call({ method: 'GET', path: `/${this.#stream}/_count` });
    const { count, _shards } = parse<{ count: number; _shards: { failed: number } }>(answer);
    if (_shards.failed > 0) throw new Unanswered('Not every shard counted.');
    return count;
  }

  /** The batch without the documents that are there already. */
  async without(batch: Batch): Promise<Batch> {
    await this.#settle();
    await this.#refresh();
    const ids = Array.from({ length: batch.count }, (_, index) => batch.idAt(index));
    const answer = await this.#http.call({
      method: 'POST',
      path: `/${this.#stream}/_search?allow_partial_search_results=false&filter_path=timed_out,_shards.failed,hits.hits._id`,
      body: JSON.stringify({ size: ids.length, _source: false, track_total_hits: false, query: { ids: { values: ids } } }),
    });
    const found = parse<{ timed_out: boolean; _shards: { failed: number }; hits?: { hits: { _id: string }[] } }>(answer);
    if (found.timed_out || found._shards.failed > 0) throw new Unanswered('Not every shard searched.');
    const there = new Set(found.hits?.hits.map((hit) => hit._id));
    return there.size === 0 ? batch : batch.select((index) => !there.has(ids[index] as string));
  }

  async #refresh(): Promise<void> {
    const answer = await this.#http.call({ method: 'POST', path: `/${this.#stream}/_refresh` });
    const { _shards } = parse<{ _shards: { failed: number } }>(answer);
    if (_shards.failed > 0) throw new Unanswered('Not every shard refreshed.');
  }

  /** Waits until the bulk requests that run now have ended. */
  async #settle(): Promise<void> {
    const before = await this.#running();
    while (before.size > 0) {
      await sleep(50);
      const now = await this.#running();
      for (const task of before) if (!now.has(task)) before.delete(task);
    }
  }

  async #running(): Promise<Set<string>> {
    const answer = await this.#http.call({ method: 'GET', path: '/_tasks?actions=indices:data/write/bulk*' });
    interface Task {
      readonly headers?: Readonly<Record<string, string>>;
    }
    const { nodes = {} } = parse<{ nodes?: Record<string, { tasks: Record<string, Task> }> }>(answer);
    const ids = new Set<string>();
    for (const node of Object.values(nodes)) {
      for (const [id, task] of Object.entries(node.tasks)) {
        if (task.headers?.['X-Opaque-Id'] === this.#opaqueId) ids.add(id);
      }
    }
    return ids;
  }
}

function parse<Shape>(answer: HttpAnswer): Shape {
  if (answer.status !== 200) throw new Unanswered(`HTTP ${answer.status}: ${answer.body.slice(0, 200)}`);
  try {
    return JSON.parse(answer.body) as Shape;
  } catch (error) {
    if (error instanceof SyntaxError) throw new Unanswered('The answer is no JSON.', { cause: error });
    throw error;
  }
}
