import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError } from '@podscope/core';
import type { JsonObject } from '../model.ts';
import { refresh, shardState } from './indices.ts';
import { followMappings } from './mappings.ts';
import { lessThan, type Portions } from './portions.ts';
import { mostListed, refusal } from './refused.ts';
import { type Found, lookUp, remove, scan } from './scan.ts';
import { notYet, patiently } from './send.ts';
import type { ReindexSession } from './session.ts';
import { type Copied, followCopy, startCopy } from './task.ts';

/** From which index to which; the other way round for a rollback. */
export interface Route {
  readonly from: string;
  readonly to: string;
  /** Of `from`. */
  readonly shards: number;
  /** The alias through which `to` is written: see doors.ts. */
  readonly door: string;
  readonly portions: Portions;
}

/** What a pass came to. */
export interface Pass {
  /** How many documents it copied. */
  readonly copied: number;
  /** By shard, the highest number that was given out before it began. */
  readonly newest: readonly number[];
}

const AT_ONCE = 4;
const PAUSE_MS = 100;
const MOST_TRIES = 100;

/**
 * Copies what was written since the last pass: all that has a sequence number above the checkpoint of its shard. Whatever
 * changes during the pass gets a higher number, and is for the next one.
 */
export async function catchUp(session: ReindexSession, route: Route, requestsPerSecond?: number, onCopied: (done: number, total: number) => void = () => undefined): Promise<Pass> {
  const { from, shards } = route;
  // First the checkpoints, then the refresh: everything below them is then visible on every copy.
  const { checkpoints, newest } = await shardState(session, from, shards);
  await refresh(session, from);
  await followMappings(session, route);
  const since = session.record.checkpoints;
  const behind = newest.flatMap((number, shard) => (number > (since[shard] ?? -1) ? [shard] : []));
  // Numbers of one document written several times, and of deletions, are among them: the most that it can be.
  const most = behind.reduce((sum, shard) => sum + (newest[shard] ?? 0) - (since[shard] ?? -1), 0);
  // Parts side by side share the rate.
  const rate = requestsPerSecond === undefined ? undefined : requestsPerSecond / Math.min(AT_ONCE, behind.length);
  const done = new Map<number, number>();
  const sum = (): number => [...done.values()].reduce((total, count) => total + count, 0);
  for (let at = 0; at < behind.length; at += AT_ONCE) {
    await allOf(behind.slice(at, at + AT_ONCE).map(async (shard) => {
      const onDone = (count: number): void => {
        done.set(shard, count);
        onCopied(sum(), most);
      };
      onDone(await passShard(session, route, shard, rate, onDone));
    }));
  }
  const copied = sum();
  onCopied(copied, copied);
  await session.save({ checkpoints: checkpoints.map((checkpoint, shard) => Math.max(checkpoint, since[shard] ?? -1)) });
  return { copied, newest };
}

/** Waits for all, so that nothing goes on when one has failed. */
async function allOf(doing: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(doing)).find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function passShard(session: ReindexSession, route: Route, shard: number, requestsPerSecond: number | undefined, onDone: (done: number) => void): Promise<number> {
  const { shards } = route;
  const query: JsonObject = { range: { _seq_no: { gt: session.record.checkpoints[shard] ?? -1 } } };
  const { total, conflicts } = await copyUntilDone(session, { ...route, query, slice: shards === 1 ? undefined : { id: shard, max: shards }, requestsPerSecond, onDone });
  // Passes follow one another, so only a document that was deleted, forgotten, and written again from version 1 can be older.
  if (conflicts > 0) await repair(session, route, query, shard);
  return total;
}

async function copyUntilDone(
  session: ReindexSession,
  { from, to, door, portions, query, slice, requestsPerSecond, onDone }: Route & { readonly query: JsonObject; readonly slice?: { readonly id: number; readonly max: number } | undefined; readonly requestsPerSecond?: number | undefined; readonly onDone?: (done: number) => void },
): Promise<Copied> {
  const request = { from, to, door, query, versions: 'external_gte', ...(slice === undefined ? {} : { slice }), ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }) } as const;
  let { batch } = portions;
  return patiently(session, `Copying "${from}" to "${to}"`, async () => {
    const outcome = await followCopy(session, await startCopy(session, { ...request, batch }), request, ({ done }) => onDone?.(done));
    if ('refused' in outcome) throw refusal({ from, to }, outcome.refused, mostListed(session), false);
    if (!('lost' in outcome)) return outcome;
    batch = lessThan(batch);
    throw notYet(outcome.lost);
  });
}

/** Puts right documents of the target that have a higher version than the source, though the source's are newer. */
async function repair(session: ReindexSession, route: Route, query: JsonObject, shard: number): Promise<void> {
  for await (const page of scan(session, { index: route.from, query, shard, size: route.portions.page })) {
    const there = await lookUp(session, route.to, page, false);
    const wrong = page.filter(({ version }, at) => isNewer(there[at], version));
    if (wrong.length > 0) await rewrite(session, route, wrong, there);
  }
}

/** Whether a copy has a higher version than it should have, or may have: beyond 2^53 nobody knows here. */
function isNewer(copy: Found | undefined, version: number): boolean {
  return copy === undefined || copy.version > version || !Number.isSafeInteger(copy.version);
}

async function rewrite(session: ReindexSession, route: Route, wrong: readonly Found[], there: readonly (Found | undefined)[]): Promise<void> {
  const { to, door } = route;
  const ids = new Set(wrong.map(({ id }) => id));
  await remove(session, to, door, there.filter((found) => found !== undefined).filter(({ id }) => ids.has(id)));
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    // The index forgets deleted versions at once, but by a clock that ticks five times a second.
    await sleep(PAUSE_MS, undefined, { signal: session.signal });
    const { conflicts } = await copyUntilDone(session, { ...route, query: { ids: { values: [...ids] } } });
    if (conflicts === 0) return;
  }
  throw new PodscopeError('INDEX_REINDEX_MISMATCH', `"${to}" keeps ${wrong.length} documents that are newer in "${route.from}".`, { hint: 'Resume the reindex, or roll it back.' });
}

/**
 * Deletes from the target what the source no longer has.
 *
 * @param expected - how many there are, where that is known: it ends when they are found.
 * @param onSeen - hears of each document that the source has, as the source has it.
 * @returns how many it deleted.
 */
export async function sweepDeleted(session: ReindexSession, route: Route, expected = Infinity, onSeen?: (found: Found) => void): Promise<number> {
  let deleted = 0;
  for await (const page of scan(session, { index: route.to, size: route.portions.page })) {
    deleted += await removeGone(session, route, page, onSeen);
    if (deleted >= expected) break;
  }
  return deleted;
}

/** Deletes those of some documents of the target that the source does not have. @returns how many. */
export async function removeGone(session: ReindexSession, { from, to, door }: Route, page: readonly Found[], onSeen?: (found: Found) => void): Promise<number> {
  const there = await lookUp(session, from, page, false);
  const gone = page.filter((_, at) => there[at] === undefined);
  await remove(session, to, door, gone);
  if (onSeen !== undefined) for (const found of there) if (found !== undefined) onSeen(found);
  return gone.length;
}
