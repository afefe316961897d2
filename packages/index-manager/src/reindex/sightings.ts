import type { JsonObject } from '../model.ts';
import { shardState } from './indices.ts';
import { type Route, removeGone } from './passes.ts';
import { type Found, lookUp, remove, scan } from './scan.ts';
import { ask, part } from './send.ts';
import type { ReindexSession } from './session.ts';

/** More are not kept in memory: then all documents are looked through again. */
const MOST_KEPT = 2_000_000;
/** A server gives 65535 buckets. */
const MOST_BUCKETS = 50_000;

/**
 * Which document of a source was its how-manieth write, when a sweep looked through all of them: so that the next sweep,
 * for which writers have to wait, needs to look only where something is missing since.
 */
export class Sightings {
  /** Every write of the source up to this number is in the copy; those above may be, by shard. */
  readonly upTo: number;
  /** By shard of the copy, the number of the last write that was looked at. */
  readonly seenOfCopy: readonly number[];
  readonly #writes: number[] = [];
  readonly #documents: Pick<Found, 'id' | 'routing'>[] = [];
  #complete = true;

  constructor(checkpoints: readonly number[], seenOfCopy: readonly number[]) {
    this.upTo = Math.min(...checkpoints);
    this.seenOfCopy = seenOfCopy;
  }

  /** Whether it has all of them. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Keeps one, as the source has it. */
  add({ id, routing, write }: Found): void {
    if (!this.#complete) return;
    this.#writes.push(write.seqNo);
    this.#documents.push({ id, routing });
    if (this.#writes.length <= MOST_KEPT) return;
    this.#complete = false;
    this.#writes.length = 0;
    this.#documents.length = 0;
  }

  /** So many writes have one count. */
  get width(): number {
    return Math.max(1, Math.ceil((this.upTo + 1) / MOST_BUCKETS));
  }

  /** The documents that may have gone, by how many of each width of writes are left. */
  suspects(left: ReadonlyMap<number, number>): readonly Pick<Found, 'id' | 'routing'>[] {
    const { width } = this;
    const counts = new Map<number, number>();
    for (const write of this.#writes) counts.set(Math.floor(write / width), (counts.get(Math.floor(write / width)) ?? 0) + 1);
    return this.#documents.filter((_, at) => {
      const write = this.#writes[at] as number;
      const bucket = Math.floor(write / width);
      return write > this.upTo || (left.get(bucket) ?? 0) < (counts.get(bucket) ?? 0);
    });
  }
}

/** Begins to keep what a sweep sees. The copy is not written to before it has ended. */
export async function beginSightings(session: ReindexSession, { to }: Route, toShards: number): Promise<Sightings> {
  return new Sightings(session.record.checkpoints, (await shardState(session, to, toShards)).newest);
}

/**
 * Deletes from the copy what the source lost since the sightings. Nobody writes to the source.
 *
 * @returns how many it deleted.
 */
export async function sweepSince(session: ReindexSession, route: Route, sightings: Sightings): Promise<number> {
  const { from, to, door, portions } = route;
  const suspects = sightings.suspects(await writesLeft(session, from, sightings));
  let deleted = 0;
  for (let at = 0; at < suspects.length; at += portions.page) {
    const page = suspects.slice(at, at + portions.page);
    const there = await lookUp(session, from, page, false);
    const gone = (await lookUp(session, to, page.filter((_, position) => there[position] === undefined), false)).filter((each) => each !== undefined);
    await remove(session, to, door, gone);
    deleted += gone.length;
  }
  // What was copied since is not among them.
  for (const [shard, seen] of sightings.seenOfCopy.entries()) {
    for await (const page of scan(session, { index: to, shard, query: { range: { _seq_no: { gt: seen } } }, size: portions.page })) deleted += await removeGone(session, route, page);
  }
  return deleted;
}

async function writesLeft(session: ReindexSession, index: string, { upTo, width }: Sightings): Promise<ReadonlyMap<number, number>> {
  const query: JsonObject = { range: { _seq_no: { lte: upTo } } };
  const aggs: JsonObject = { writes: { histogram: { field: '_seq_no', interval: width, min_doc_count: 1 } } };
  const { body } = await ask(session, { method: 'POST', path: `/${part(index)}/_search?allow_partial_search_results=false`, body: { size: 0, query, aggs } });
  const { buckets } = (body['aggregations'] as unknown as { readonly writes: { readonly buckets: readonly { readonly key: number; readonly doc_count: number }[] } }).writes;
  return new Map(buckets.map(({ key, doc_count: count }) => [Math.floor(key / width), count]));
}
