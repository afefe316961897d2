import { PodscopeError } from '@podscope/core';
import type { JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { WRITE_BLOCK } from './plan.ts';
import type { ReindexSession } from './session.ts';
import { ask, notYet, part, patiently, type Patient, refuseForbidden } from './send.ts';

/** What holds for an index until the end, when it is filled. Old versions must be forgotten at once: see `repair`. */
const FILLING: JsonObject = {
  'index.refresh_interval': '-1', 'index.gc_deletes': '0s', 'index.default_pipeline': '_none', 'index.final_pipeline': '_none', 'index.write.wait_for_active_shards': '1', [WRITE_BLOCK]: 'false',
  // Who reads by a pattern sees each document once.
  'index.hidden': 'true',
};
/** What holds until replicas are made, before the end. */
const ALONE: JsonObject = { 'index.number_of_replicas': '0', 'index.auto_expand_replicas': 'false' };
/** What holds for the old index while newer documents are copied back; readers don't see it, writers may. */
const REFILLING: JsonObject = { 'index.gc_deletes': '0s', 'index.final_pipeline': '_none' };
const GREEN_WAIT_S = 30;

/** Where the primary shards of an index stand. */
export interface ShardState {
  /** By shard: everything up to it is on all copies. */
  readonly checkpoints: readonly number[];
  /** By shard: the highest number that was given out. */
  readonly newest: readonly number[];
  /** Deletions since the server started, by its own count. */
  readonly deletions: number;
}

/** The settings to make a new index with, and those to put back when it is full. */
export function fillingSettings(settings: JsonObject): { readonly settings: JsonObject; readonly restore: JsonObject } {
  const filling = { ...FILLING, ...ALONE };
  return { settings: { ...settings, ...filling }, restore: Object.fromEntries(Object.keys(filling).map((name) => [name, settings[name] ?? null])) };
}

/** Of the settings to put back, those that concern replicas. */
export function replicaSettings(restore: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(restore).filter(([name]) => name in ALONE));
}

/** Holds a new index ready for what is copied, also after a run that had put its own settings back already. */
export async function keepFilling(patient: Patient, index: string): Promise<void> {
  await putSettings(patient, index, FILLING);
}

/** What an index has of the settings that {@link keepRefilling} changes, to be put back. */
export async function ownOfRefilling(patient: Patient, index: string): Promise<JsonObject> {
  const settings = await readSettings(patient, index);
  return Object.fromEntries(Object.keys(REFILLING).map((name) => [name, settings[name] ?? null]));
}

/** Makes an old index ready for what is copied back. */
export async function keepRefilling(patient: Patient, index: string): Promise<void> {
  await putSettings(patient, index, { ...REFILLING, [WRITE_BLOCK]: null });
}

/** Changes settings of an index; null takes one away. */
export async function putSettings(patient: Patient, index: string, settings: JsonObject): Promise<void> {
  await ask(patient, { method: 'PUT', path: `/${part(index)}/_settings`, body: settings });
}

/** The flat settings of an index; none where there is no such index. */
export async function readSettings(patient: Patient, index: string): Promise<JsonObject> {
  const { body } = await ask(patient, { method: 'GET', path: `/${part(index)}/_settings?flat_settings=true`, expected: [404] });
  const found = body[index];
  return isObject(found) && isObject(found['settings']) ? found['settings'] : {};
}

/** The identity of an index; undefined when there is none, or an alias of that name. */
export async function uuidOf(patient: Patient, index: string): Promise<string | undefined> {
  const { body } = await ask(patient, { method: 'GET', path: `/${part(index)}/_settings/index.uuid?flat_settings=true`, expected: [404] });
  const found = body[index];
  return isObject(found) && isObject(found['settings']) ? String(found['settings']['index.uuid']) : undefined;
}

/** @throws PodscopeError INDEX_REINDEX_CHANGED when the name is no longer that index. */
export async function requireIndex(patient: Patient, index: string, uuid: string | null): Promise<void> {
  const found = await uuidOf(patient, index);
  if (found === uuid) return;
  throw new PodscopeError('INDEX_REINDEX_CHANGED', found === undefined ? `The index "${index}" is gone.` : `"${index}" is another index than the one that the reindex began with.`, {
    hint: 'Somebody deleted it or restored it meanwhile. Roll the reindex back and start again.',
  });
}

/** Makes what was written so far visible to searches. */
export async function refresh(patient: Patient, index: string): Promise<void> {
  await patiently(patient, `Refreshing "${index}"`, async () => requireAllShards((await ask(patient, { method: 'POST', path: `/${part(index)}/_refresh` })).body, index, false));
}

/** How many documents an index has that searches see. */
export async function countOf(patient: Patient, index: string): Promise<number> {
  return patiently(patient, `Counting "${index}"`, async () => {
    const { body } = await ask(patient, { method: 'GET', path: `/${part(index)}/_count` });
    requireAllShards(body, index, true);
    return Number(body['count']);
  });
}

/** Reads where the shards of an index stand; waits until all of them are there. */
export async function shardState(patient: Patient, index: string, shards: number): Promise<ShardState> {
  return patiently(patient, `Reading the shards of "${index}"`, async () => {
    const { body } = await ask(patient, { method: 'GET', path: `/${part(index)}/_stats?level=shards&expand_wildcards=all` });
    const found = (body['indices'] as Record<string, { readonly primaries: { readonly indexing: { readonly delete_total: number } }; readonly shards: Record<string, readonly ShardStats[]> }> | undefined)?.[index];
    const primaries = Array.from({ length: shards }, (_, shard) => found?.shards[shard]?.find(({ routing, seq_no: seqNo }) => routing.primary && seqNo !== undefined)?.seq_no);
    if (found === undefined || primaries.some((each) => each === undefined)) throw notYet(`not every shard of "${index}" is there`);
    const numbers = primaries.map((each) => each as NonNullable<ShardStats['seq_no']>);
    return {
      checkpoints: numbers.map(({ global_checkpoint: checkpoint }) => Math.max(checkpoint, -1)),
      newest: numbers.map(({ max_seq_no: newest }) => newest),
      deletions: found.primaries.indexing.delete_total,
    };
  });
}

interface ShardStats {
  readonly routing: { readonly primary: boolean };
  readonly seq_no?: { readonly max_seq_no: number; readonly global_checkpoint: number };
}

/** Refuses writes to an index, and writes down that it does; returns when none is under way any more. */
export async function block(session: ReindexSession, index: string): Promise<void> {
  // A block of the user's is not ours to lift.
  if (session.record.blocked !== index && (await refusesWrites(session, index))) {
    if (index === session.record.source) await session.save({ writeBlocked: true });
    return;
  }
  await session.save({ blocked: index }, `writes to ${index} are refused`);
  await patiently(session, `Blocking writes to "${index}"`, async () => {
    // The server waits for the writes under way only when it sets the block, not when it finds one: of a run that died, say.
    if (await refusesWrites(session, index)) await putSettings(session, index, { [WRITE_BLOCK]: null });
    const { body } = await ask(session, { method: 'PUT', path: `/${part(index)}/_block/write` });
    for (const reason of blockFailures(body)) refuseForbidden(reason, `Blocking writes to "${index}"`);
    if (body['shards_acknowledged'] !== true) throw notYet('not every shard has taken the block');
  });
}

/** Why shards have not taken a block. */
function blockFailures(body: JsonObject): readonly unknown[] {
  const indices = (body['indices'] ?? []) as readonly { readonly failed_shards?: readonly { readonly failures?: readonly { readonly reason?: unknown }[] }[] }[];
  return indices.flatMap(({ failed_shards: shards = [] }) => shards.flatMap(({ failures = [] }) => failures.map(({ reason }) => reason)));
}

/** Whether an index refuses writes. */
export async function refusesWrites(patient: Patient, index: string): Promise<boolean> {
  return (await readSettings(patient, index))[WRITE_BLOCK] === 'true';
}

/** Lets writes in again, where this reindex refuses them. */
export async function unblock(session: ReindexSession): Promise<void> {
  const { blocked } = session.record;
  if (blocked === null) return;
  if ((await uuidOf(session, blocked)) !== undefined) await putSettings(session, blocked, { [WRITE_BLOCK]: null });
  await session.save({ blocked: null }, `writes to ${blocked} are let in`);
}

/** Waits a while until an index is as well kept as it will be: not every cluster has room for every replica. */
export async function awaitReplicas(patient: Patient, index: string): Promise<void> {
  await ask(patient, { method: 'GET', path: `/_cluster/health/${part(index)}?wait_for_status=green&timeout=${GREEN_WAIT_S}s`, expected: [408] });
}

/** Whether every shard of an index has all its copies, and another one would have so many. */
export async function hasRoomFor(patient: Patient, index: string, replicas: number): Promise<boolean> {
  const { body } = await ask(patient, { method: 'GET', path: `/_cluster/health/${part(index)}?timeout=1s`, expected: [408] });
  return body['status'] === 'green' && Number(body['number_of_data_nodes']) > replicas;
}

function requireAllShards(body: JsonObject, index: string, whole: boolean): void {
  const { total = 0, successful = 0, failed = 0 } = (body['_shards'] ?? {}) as { readonly total?: number; readonly successful?: number; readonly failed?: number };
  // A refresh counts replicas that can't be placed anywhere among the total, but not among the failed.
  if (failed > 0 || successful === 0 || (whole && successful < total)) throw notYet(`not every shard of "${index}" answers`);
}
