import { randomUUID } from 'node:crypto';
import { type IndexClient, send } from '../client.ts';
import { failureOf } from '../failures.ts';
import type { IndexChange, JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { objectsOf } from '../observe/ask.ts';
import { STORE, writeDocument } from '../store/store.ts';

/** One application, as the cluster remembers it. */
export interface HistoryEntry {
  readonly who: string;
  readonly owner: string;
  readonly started: string;
  readonly ended: string;
  readonly outcome: 'done' | 'failed' | 'interrupted';
  /** The changes that were made. */
  readonly changes: readonly Pick<IndexChange, 'kind' | 'name' | 'action' | 'reason'>[];
  /** What went wrong, in one line. */
  readonly error?: string;
}

/** Adds an entry. */
export async function writeHistory(client: IndexClient, entry: HistoryEntry): Promise<void> {
  await writeDocument(client, `history-${entry.started}-${randomUUID().slice(0, 8)}`, 'history', entry as unknown as JsonObject, undefined);
}

const DEFAULT_ENTRIES = 20;

/**
 * Who applied what and when, the newest first: in the order in which the server wrote it down, for clocks differ. The last second's entries may be missing: they are searched for.
 *
 * @throws PodscopeError INDEX_OBSERVE_FAILED when the server can't be reached or refuses.
 */
export async function readHistory(client: IndexClient, options: { readonly size?: number } = {}): Promise<readonly HistoryEntry[]> {
  const path = `/${STORE}/_search?ignore_unavailable=true`;
  try {
    const query = { size: options.size ?? DEFAULT_ENTRIES, query: { term: { kind: 'history' } }, sort: [{ _seq_no: 'desc' }] };
    const { body } = await send(client, { method: 'POST', path, body: query });
    const hits = isObject(body['hits']) ? objectsOf(body['hits'], 'hits') : [];
    return hits.flatMap(({ _source: source }) => (isObject(source) && isObject(source['content']) ? [source['content'] as unknown as HistoryEntry] : []));
  } catch (error) {
    throw failureOf(error, 'INDEX_OBSERVE_FAILED', 'Reading the history');
  }
}
