import { PodscopeError } from '@podscope/core';
import { awaitReplicas, block, countOf, hasRoomFor, putSettings, refresh, replicaSettings, requireIndex, shardState, unblock } from './indices.ts';
import type { ReindexState } from './model.ts';
import { catchUp, type Route, sweepDeleted } from './passes.ts';
import type { ProgressMeter } from './progress.ts';
import type { ReindexSession } from './session.ts';
import { beginSightings, type Sightings, sweepSince } from './sightings.ts';
import { verifyCopy } from './verify.ts';

/** One way of carrying an index over to another under its writers: the end of a reindex, or its rollback. */
export interface Crossing {
  readonly route: Route;
  readonly fromUuid: string | null;
  readonly toUuid: string | null;
  readonly toShards: number;
  /** What the record says while it goes on. */
  readonly states: { readonly open: ReindexState; readonly blocked: ReindexState; readonly verifying: ReindexState };
  /** Leads readers and writers over. Both indices are equal and not written to. */
  readonly swap: () => Promise<void>;
  readonly isSwapped: () => Promise<boolean>;
}

/** What a crossing came to. */
export interface Crossed {
  readonly documents: number;
  /** How long writes were refused. */
  readonly blockedMs: number;
}

/** A pass of at most so many documents leaves little for the moment in which writes are refused. */
const SMALL_PASS = 1000;
/** Without getting smaller, that many passes are enough: writes are as fast as copies. */
const MOST_PASSES = 12;
const LONG_SWEEP_MS = 5000;
const MOST_SWEEPS = 2;

/** Catches up until little is left, refuses writes for a moment, makes both indices equal, compares them, and swaps. */
export async function crossOver(session: ReindexSession, crossing: Crossing, meter: ProgressMeter): Promise<Crossed> {
  const { route, states } = crossing;
  let sightings: Sightings | undefined;
  if (session.record.blocked === null) {
    await passUntilSmall(session, crossing, meter);
    sightings = await sweepEarly(session, crossing);
    await restoreSettings(session, crossing);
    // A replica that is still to be made would be made of an index that is written to; that takes longer, and no harm.
    await catchUp(session, route);
  }
  const started = performance.now();
  try {
    await session.save({ state: states.blocked });
    await block(session, route.from);
    const documents = await equalise(session, crossing, sightings, meter);
    await session.save({ state: states.verifying, swapCheckpoints: (await shardState(session, route.to, crossing.toShards)).checkpoints });
    await crossing.swap();
    return { documents, blockedMs: performance.now() - started };
  } catch (error) {
    await reopen(session, crossing);
    throw error;
  }
}

async function passUntilSmall(session: ReindexSession, { route, states }: Crossing, meter: ProgressMeter): Promise<void> {
  const { requestsPerSecond } = session.record.request;
  let throttle = requestsPerSecond;
  let before = Infinity;
  let sum = 0;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const { copied } = await catchUp(session, route, throttle, (done, total) => meter.report(states.open, sum + done, sum + total));
    sum += copied;
    if (copied <= SMALL_PASS) break;
    // Held to its rate, the copy would never come up with the writers.
    if (copied >= before * 0.9) throttle = undefined;
    before = copied;
  }
}

/** What is deleted now is not to be looked for while writes are refused; what is deleted then is looked for where something is missing since. */
async function sweepEarly(session: ReindexSession, { route, toShards }: Crossing): Promise<Sightings | undefined> {
  const { deletions } = await shardState(session, route.from, route.shards);
  // The server counts from its start: fewer than before is as good as more.
  if (deletions === session.record.deletions) return undefined;
  for (let sweeps = 1; ; sweeps += 1) {
    const started = performance.now();
    const sightings = await beginSightings(session, route, toShards);
    await refresh(session, route.to);
    await sweepDeleted(session, route, Infinity, (found) => sightings.add(found));
    if (performance.now() - started < LONG_SWEEP_MS || sweeps === MOST_SWEEPS) return sightings.complete ? sightings : undefined;
    await catchUp(session, route);
  }
}

/** Puts back what the index that was filled shall have in the end, and gives replicas the time to be made. */
async function restoreSettings(session: ReindexSession, { route }: Crossing): Promise<void> {
  const replicas = replicaSettings(session.record.restore);
  if (Object.keys(replicas).length === 0) return;
  await putSettings(session, route.to, replicas);
  if (await hasRoomFor(session, route.from, Number(replicas['index.number_of_replicas'] ?? 1))) await awaitReplicas(session, route.to);
}

async function equalise(session: ReindexSession, crossing: Crossing, sightings: Sightings | undefined, meter: ProgressMeter): Promise<number> {
  const { route, fromUuid, toUuid, states } = crossing;
  const { from, to } = route;
  await requireIndex(session, from, fromUuid);
  await requireIndex(session, to, toUuid);
  meter.report(states.blocked, 0, 1);
  const { newest } = await catchUp(session, route);
  await refresh(session, to);
  let surplus = (await countOf(session, to)) - (await countOf(session, from));
  if (surplus > 0 && sightings !== undefined) {
    surplus -= await sweepSince(session, route, sightings);
    await refresh(session, to);
  }
  if (surplus > 0) {
    await sweepDeleted(session, route, surplus);
    await refresh(session, to);
  }
  meter.report(states.blocked, 1, 1);
  const documents = await verifyCopy(session, route, session.record.request.verify);
  await requireQuiet(session, crossing, newest);
  await putSettings(session, to, session.record.restore);
  meter.report(states.verifying, documents, documents);
  return documents;
}

/** The block is not ours alone: whoever refused writes before may let them in, and so may anybody else. */
async function requireQuiet(session: ReindexSession, { route: { from, shards } }: Crossing, before: readonly number[]): Promise<void> {
  const { newest } = await shardState(session, from, shards);
  if (newest.every((number, shard) => number <= (before[shard] ?? -1))) return;
  throw new PodscopeError('INDEX_REINDEX_CHANGED', `"${from}" was written to while it refused writes.`, { hint: 'Somebody lifted its block meanwhile. Nothing was swapped; resume the reindex.' });
}

/** After an error: nobody may be kept from writing by a reindex that doesn't go on. */
async function reopen(session: ReindexSession, { states, isSwapped }: Crossing): Promise<void> {
  session.settle();
  try {
    if (await isSwapped()) return;
    await unblock(session);
    await session.save({ state: states.open });
  } catch {
    // The error that led here says more; the record says what is blocked, and a resume or a rollback lets writers in.
  }
}
