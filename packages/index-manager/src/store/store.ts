import { setTimeout as sleep } from 'node:timers/promises';
import { type IndexClient, send, typeOf } from '../client.ts';
import type { JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';

/** The index manager's own index in the cluster: the lock, the ledger, the history. */
export const STORE = 'podscope-index-manager';

/** Which write of a document it is. */
export interface Revision {
  readonly seqNo: number;
  readonly primaryTerm: number;
}

/** A document of the store. */
export interface StoredDocument extends Revision {
  readonly content: JsonObject;
}

/** What a document is about. */
export type StoreKind = 'lock' | 'ledger' | 'forms' | 'history' | 'reindex';

const BODY: JsonObject = {
  settings: { number_of_shards: 1, number_of_replicas: 0, auto_expand_replicas: '0-1', hidden: true },
  mappings: {
    dynamic: 'strict',
    properties: {
      kind: { type: 'keyword' },
      at: { type: 'date' },
      // Kept, not searched: whatever it holds, it adds no field.
      content: { type: 'object', enabled: false },
    },
  },
};

/** A red cluster answers a write after a minute by default; nobody learns more from the rest of it. */
const TIMEOUT = 'timeout=15s';
const RECOVERY_MS = 30_000;
const READ_AGAIN_MS = 50;

/** A document, read in real time; undefined when there is none, or no store yet. */
export async function readDocument(client: IndexClient, id: string): Promise<StoredDocument | undefined> {
  const { body } = await whenRecovered(client, () => send(client, { method: 'GET', path: `/${STORE}/_doc/${encodeURIComponent(id)}`, expected: [404] }));
  const source = body['_source'];
  if (!isObject(source)) return undefined;
  return { content: isObject(source['content']) ? source['content'] : {}, seqNo: Number(body['_seq_no']), primaryTerm: Number(body['_primary_term']) };
}

/** A server that has just been started, or that is just making the store for somebody else, answers before its shard can be read. */
async function whenRecovered<T>(client: IndexClient, read: () => Promise<T>): Promise<T> {
  const until = performance.now() + RECOVERY_MS;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (typeOf(error) !== 'no_shard_available_action_exception' || performance.now() > until) throw error;
    }
    // What comes of it, the next read says. The node that is asked may learn of it a moment later than the one that answers.
    await send(client, { method: 'GET', path: `/_cluster/health/${STORE}?wait_for_status=yellow&${TIMEOUT}` }).catch(() => undefined);
    await sleep(READ_AGAIN_MS);
  }
}

/**
 * Writes a document; the store must be there. With a revision only if it is still that one, with
 * `undefined` only if there is none yet.
 *
 * @returns the new revision; undefined when somebody else wrote meanwhile.
 */
export async function writeDocument(client: IndexClient, id: string, kind: StoreKind, content: JsonObject, before: Revision | undefined): Promise<Revision | undefined> {
  const guard = before === undefined ? 'op_type=create' : `if_seq_no=${before.seqNo}&if_primary_term=${before.primaryTerm}`;
  const path = `/${STORE}/_doc/${encodeURIComponent(id)}?${guard}&${TIMEOUT}`;
  const answer = await send(client, { method: 'PUT', path, body: { kind, at: new Date().toISOString(), content }, expected: [409] });
  return answer.status === 409 ? undefined : { seqNo: Number(answer.body['_seq_no']), primaryTerm: Number(answer.body['_primary_term']) };
}

/** Makes the store; nothing happens where it is there. Before the first write: one made by a write has another mapping. */
export async function createStore(client: IndexClient): Promise<void> {
  try {
    await send(client, { method: 'PUT', path: `/${STORE}`, body: BODY });
  } catch (error) {
    if (typeOf(error) !== 'resource_already_exists_exception') throw error;
  }
}
