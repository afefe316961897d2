import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError } from '@podscope/core';
import { type IndexClient, send } from '../client.ts';
import type { JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { createStore, readDocument, type Revision, STORE, writeDocument } from '../store/store.ts';
import type { ReindexOptions, ReindexRecord, ReindexState } from './model.ts';
import { patiently, type Patient } from './send.ts';

const LEASE_MS = 15_000;
/** What stays blocked when a server is away for longer is lifted by a resume or a rollback. */
const SETTLING_MS = 10_000;
const PATIENCE_MS = 120_000;
const ENDED: ReadonlySet<ReindexState> = new Set(['released', 'rolled-back']);

/** Where the record of a source's reindex lies. */
export function recordId(source: string): string {
  return `reindex-${source}`;
}

/** A record as it stands, whoever works on it. */
export async function readRecord(client: IndexClient, source: string): Promise<(Revision & { readonly record: ReindexRecord }) | undefined> {
  const stored = await readDocument(client, recordId(source));
  return stored && { record: stored.content as unknown as ReindexRecord, seqNo: stored.seqNo, primaryTerm: stored.primaryTerm };
}

/** All records, of any state. */
export async function listRecords(client: IndexClient): Promise<readonly ReindexRecord[]> {
  const refreshed = await send(client, { method: 'POST', path: `/${STORE}/_refresh`, expected: [404] });
  if (refreshed.status === 404) return [];
  const { body } = await send(client, { method: 'POST', path: `/${STORE}/_search`, body: { size: 10_000, query: { term: { kind: 'reindex' } } } });
  const { hits } = body as unknown as { readonly hits: { readonly hits: readonly { readonly _source: { readonly content: unknown } }[] } };
  return hits.hits.map(({ _source }) => _source.content as ReindexRecord).filter(({ state }) => state !== undefined);
}

/** Whether nothing is left to do for a record. */
export function hasEnded({ state }: Pick<ReindexRecord, 'state'>): boolean {
  return ENDED.has(state);
}

/**
 * One manager's hold on one reindex. Each write of the record checks that nobody else wrote it, and a write at least every
 * third of the lease says that the manager is alive: who finds it unchanged for a whole lease takes it over.
 */
export class ReindexSession implements Patient, AsyncDisposable {
  readonly client: IndexClient;
  readonly patienceMs: number;
  readonly #leaseMs: number;
  readonly #ended = new AbortController();
  readonly #runner = randomUUID();
  #record: ReindexRecord;
  #revision: Revision;
  #writing: Promise<void> = Promise.resolve();
  #beat: NodeJS.Timeout | undefined;
  #signal: AbortSignal;

  private constructor(client: IndexClient, record: ReindexRecord, revision: Revision, options: ReindexOptions) {
    this.client = client;
    this.#record = record;
    this.#revision = revision;
    this.#signal = options.signal === undefined ? this.#ended.signal : AbortSignal.any([options.signal, this.#ended.signal]);
    this.patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
  }

  /** Writes a new record, where there is none or one that has ended. */
  static async create(client: IndexClient, record: ReindexRecord, options: ReindexOptions): Promise<ReindexSession> {
    await patiently(patienceOf(options), 'PUT the store', () => createStore(client));
    const old = await patiently(patienceOf(options), `GET ${recordId(record.source)}`, () => readRecord(client, record.source));
    if (old !== undefined && !hasEnded(old.record)) {
      throw new PodscopeError('INDEX_REINDEX_STATE', `"${record.source}" has a reindex already, which is ${old.record.state}.`, {
        hint: old.record.state === 'swapped' ? 'Release it or roll it back first.' : 'Resume it or roll it back first.',
      });
    }
    return ReindexSession.#hold(client, record, old, options);
  }

  /** Takes up a record that nobody works on; waits for the lease of somebody who may be dead. */
  static async resume(client: IndexClient, source: string, options: ReindexOptions): Promise<ReindexSession> {
    const read = async (): Promise<Revision & { readonly record: ReindexRecord }> => {
      const found = await patiently(patienceOf(options), `GET ${recordId(source)}`, () => readRecord(client, source));
      if (found !== undefined) return found;
      throw new PodscopeError('INDEX_REINDEX_STATE', `There is no reindex of "${source}".`, { hint: 'Start one, or look at the list of reindexes for the name.' });
    };
    const first = await read();
    if (first.record.runner === null) return ReindexSession.#hold(client, first.record, first, options);
    // It may be the other's lease that is the longer one.
    await sleep(Math.max(options.leaseMs ?? LEASE_MS, first.record.leaseMs), undefined, { signal: options.signal });
    const second = await read();
    if (second.record.runner !== null && second.seqNo !== first.seqNo) throw taken(source);
    return ReindexSession.#hold(client, second.record, second, options);
  }

  static async #hold(client: IndexClient, record: ReindexRecord, before: Revision | undefined, options: ReindexOptions): Promise<ReindexSession> {
    const session = new ReindexSession(client, record, before ?? { seqNo: -1, primaryTerm: -1 }, options);
    await session.#write({}, before);
    session.#beat = setInterval(() => void session.#pulse(), Math.ceil((options.leaseMs ?? LEASE_MS) / 3));
    return session;
  }

  /** Ends what goes on: the user's wish, or that another manager has taken over. */
  get signal(): AbortSignal {
    return this.#signal;
  }

  /** From now on the user's wish to stop is obeyed: there is a short time left to leave things in order. */
  settle(): void {
    this.#signal = AbortSignal.any([AbortSignal.timeout(SETTLING_MS), this.#ended.signal]);
  }

  /** As last written. */
  get record(): ReindexRecord {
    return this.#record;
  }

  /** Changes the record in the cluster, and here once it stands there. */
  async save(changes: Partial<ReindexRecord>, note?: string): Promise<void> {
    const state = changes.state ?? this.#record.state;
    const news = state !== this.#record.state || note !== undefined;
    const history = news ? [...this.#record.history, { at: new Date().toISOString(), state, ...(note === undefined ? {} : { note }) }].slice(-100) : this.#record.history;
    this.#writing = this.#writing.then(() => this.#write({ ...changes, history }, this.#revision));
    return this.#writing;
  }

  /** Lets go: another manager may take the record at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#beat);
    await this.#writing.catch(() => undefined);
    if (this.#ended.signal.aborted) return;
    // Whoever comes next waits for the lease where this fails; the error under way matters more.
    const free = { ...this.#record, runner: null };
    await writeDocument(this.client, recordId(free.source), 'reindex', free as unknown as JsonObject, this.#revision).catch(() => undefined);
    this.#ended.abort();
  }

  async #pulse(): Promise<void> {
    // A server that is away is no reason to stop; somebody else's write is, and ends everything through the signal.
    this.#writing = this.#writing.then(() => this.#write({}, this.#revision));
    await this.#writing.catch(() => {
      this.#writing = Promise.resolve();
    });
  }

  async #write(changes: Partial<ReindexRecord>, before: Revision | undefined): Promise<void> {
    const record: ReindexRecord = { ...this.#record, ...changes, runner: this.#runner, leaseMs: this.#leaseMs };
    const { source } = record;
    const revision = await patiently(this, `PUT ${recordId(source)}`, async () => {
      const written = await writeDocument(this.client, recordId(source), 'reindex', record as unknown as JsonObject, before);
      if (written !== undefined) return written;
      // An answer that got lost: the write that stands there is this one's.
      const now = await readRecord(this.client, source);
      if (now !== undefined) return now.record.runner === this.#runner ? now : undefined;
      // Somebody deleted it. Without it nobody would know what is blocked, and what is to be undone.
      await remakeStore(this.client);
      return writeDocument(this.client, recordId(source), 'reindex', record as unknown as JsonObject, undefined);
    });
    if (revision === undefined) {
      const error = taken(source);
      this.#ended.abort(error);
      throw error;
    }
    this.#record = record;
    this.#revision = { seqNo: revision.seqNo, primaryTerm: revision.primaryTerm };
  }
}

/** Makes the store again. A write that finds none makes one by itself, with another mapping, before it is refused. */
async function remakeStore(client: IndexClient): Promise<void> {
  const { status, body } = await send(client, { method: 'GET', path: `/${STORE}`, expected: [403, 404] });
  const made = body[STORE];
  const foreign = status === 200 && isObject(made) && isObject(made['mappings']) && made['mappings']['dynamic'] !== 'strict';
  if (foreign && (await isEmpty(client))) await send(client, { method: 'DELETE', path: `/${STORE}`, expected: [403, 404] });
  await createStore(client);
}

async function isEmpty(client: IndexClient): Promise<boolean> {
  await send(client, { method: 'POST', path: `/${STORE}/_refresh`, expected: [404] });
  return (await send(client, { method: 'GET', path: `/${STORE}/_count`, expected: [404] })).body['count'] === 0;
}

/** The patience of what is done before a record is held. */
export function patienceOf(options: ReindexOptions): Pick<Patient, 'signal' | 'patienceMs'> {
  return { signal: options.signal ?? new AbortController().signal, patienceMs: options.patienceMs ?? PATIENCE_MS };
}

function taken(source: string): PodscopeError {
  return new PodscopeError('INDEX_REINDEX_TAKEN', `Another manager works on the reindex of "${source}".`, {
    hint: 'Let it go on, or end it; a lease after its last sign of life the reindex can be resumed.',
  });
}
