import { PodscopeError } from '@podscope/core';
import type { JsonObject } from '../model.ts';
import { isObject } from '../normalise/json.ts';
import { closeDoors, doorsOf, isDoor } from './doors.ts';
import { readSettings, requireIndex, uuidOf } from './indices.ts';
import { ask, askOnce, notYet, part, patiently, type Patient } from './send.ts';
import type { ReindexSession } from './session.ts';

/** The aliases of an index. Those through which a reindex writes are none of the user's. */
export async function aliasesOf(patient: Patient, index: string): Promise<Readonly<Record<string, JsonObject>>> {
  const { body } = await ask(patient, { method: 'GET', path: `/${part(index)}/_alias`, expected: [404] });
  const found = body[index];
  const aliases = (isObject(found) && isObject(found['aliases']) ? found['aliases'] : {}) as Readonly<Record<string, JsonObject>>;
  return Object.fromEntries(Object.entries(aliases).filter(([alias]) => !isDoor(alias)));
}

/** Whether readers and writers have come to the new index. */
export async function isSwapped(session: ReindexSession): Promise<boolean> {
  return isAt(session, session.record.target, session.record.source);
}

/** Whether readers and writers are at the old index, and not at the new one. */
export async function isBack(session: ReindexSession): Promise<boolean> {
  return isAt(session, keptName(session.record), session.record.target);
}

/** Somebody may have deleted an alias since, so one of several is enough. */
async function isAt(session: ReindexSession, here: string, there: string): Promise<boolean> {
  const { swap, source, aliases } = session.record;
  if (swap.kind === 'stream') {
    const members = await membersOf(session, swap.stream);
    return members.includes(here) && !members.includes(there);
  }
  if (swap.kind === 'name') return (await aliasesOf(session, here))[source] !== undefined;
  const [held, theld] = [await aliasesOf(session, here), await aliasesOf(session, there)];
  const names = Object.keys(aliases);
  return names.some((name) => held[name] !== undefined) && names.every((name) => theld[name] === undefined);
}

/** What the old index is called once readers and writers are on the new one. */
export function keptName({ source, swap }: Pick<ReindexSession['record'], 'source' | 'swap'>): string {
  return swap.kind === 'name' ? swap.kept : source;
}

/** Leads readers and writers to the new index, in one step. Neither index may be written to. */
export async function swapForward(session: ReindexSession): Promise<void> {
  const { swap, source, sourceUuid, target, targetUuid } = session.record;
  // Before all else: once the name is an alias, a clone of it would take the place of the only old one.
  if (await isSwapped(session)) return;
  await requireIndex(session, source, sourceUuid);
  if (swap.kind === 'name') await cloneSource(session, swap.kept);
  const aliases = await aliasesOf(session, source);
  if (swap.kind === 'aliases' && Object.keys(aliases).length === 0) {
    throw new PodscopeError('INDEX_REINDEX_CHANGED', `There is no alias of "${source}" left that could be moved to "${target}".`, { hint: 'Somebody deleted it. Give it one again and resume, or roll the reindex back.' });
  }
  await session.save({ aliases });
  await patiently(session, `Swapping "${source}" for "${target}"`, async () => {
    if (await isSwapped(session)) return;
    if ((await uuidOf(session, target)) !== targetUuid) throw gone(target);
    const doors = await doorsOf(session, target);
    if (swap.kind === 'stream') {
      // A member of a stream has no alias of its own.
      await closeDoors(session, target);
      await modify(session, swap.stream, source, target);
    } else if (swap.kind === 'name') await actions(session, [{ remove_index: { index: source } }, { add: { index: target, alias: source, is_write_index: true } }, ...added(target, aliases), ...removed(target, doors)]);
    else await actions(session, [...added(target, aliases), ...removed(source, Object.keys(aliases)), ...removed(target, doors)]);
    if (!(await isSwapped(session))) throw notYet('the swap has not arrived');
  });
}

/** Leads readers and writers back to the old index, in one step. */
export async function swapBack(session: ReindexSession): Promise<void> {
  const { swap, source, target } = session.record;
  const kept = keptName(session.record);
  await patiently(session, `Swapping "${target}" back for "${kept}"`, async () => {
    if (await isBack(session)) return;
    const aliases = await aliasesOf(session, target);
    const doors = await doorsOf(session, kept);
    if (swap.kind === 'stream') {
      await closeDoors(session, kept);
      await modify(session, swap.stream, target, source);
    } else {
      const named = swap.kind === 'name' ? { [source]: { is_write_index: true }, ...aliases } : aliases;
      // Whoever deleted every alias since the swap wants none.
      if (Object.keys(named).length === 0) return;
      await actions(session, [...added(kept, named), ...removed(target, Object.keys(aliases)), ...removed(kept, doors)]);
    }
    if (!(await isBack(session))) throw notYet('the swap has not arrived');
  });
}

/** Sent once: what was carried out and not answered would be refused the second time. */
async function actions(patient: Patient, list: readonly JsonObject[]): Promise<void> {
  await askOnce(patient, { method: 'POST', path: '/_aliases', body: { actions: list } });
}

function added(index: string, aliases: Readonly<Record<string, JsonObject>>): JsonObject[] {
  return Object.entries(aliases).map(([alias, options]) => ({ add: { index, alias, ...options } }));
}

function removed(index: string, aliases: readonly string[]): JsonObject[] {
  return aliases.map((alias) => ({ remove: { index, alias } }));
}

async function modify(patient: Patient, stream: string, from: string, to: string): Promise<void> {
  await askOnce(patient, {
    method: 'POST',
    path: '/_data_stream/_modify',
    body: { actions: [{ remove_backing_index: { data_stream: stream, index: from } }, { add_backing_index: { data_stream: stream, index: to } }] },
  });
}

async function membersOf(patient: Patient, stream: string): Promise<readonly string[]> {
  const { body } = await ask(patient, { method: 'GET', path: `/_data_stream/${part(stream)}` });
  const [found] = body['data_streams'] as unknown as readonly { readonly indices: readonly { readonly index_name: string }[] }[];
  return found?.indices.map(({ index_name }) => index_name) ?? [];
}

/** A clone shares the files of its source, so it costs next to nothing. One of an earlier attempt is older than the source. */
async function cloneSource(session: ReindexSession, kept: string): Promise<void> {
  const { source } = session.record;
  await dropClone(session, kept);
  // The only setting that a clone does not take over by itself.
  const replicas = (await readSettings(session, source))['index.number_of_replicas'];
  const settings: JsonObject = { 'index.blocks.write': true, ...(replicas === undefined ? {} : { 'index.number_of_replicas': replicas }) };
  const { status, body, reason } = await ask(session, { method: 'POST', path: `/${part(source)}/_clone/${part(kept)}?wait_for_active_shards=1`, body: { settings }, expected: [400] });
  // One that is there is of a request whose answer got lost, if it is a clone of this index.
  if (status === 400 && !(await isClone(session, kept))) {
    const { type } = (body['error'] ?? {}) as { readonly type?: string };
    if (type === 'resource_already_exists_exception') throw foreign(kept);
    throw new PodscopeError('INDEX_REINDEX_FAILED', `Cloning "${source}" to "${kept}" failed: ${reason}.`, { hint: 'Correct what the reason names and resume, or roll the reindex back.' });
  }
  await patiently(session, `Cloning "${source}" to "${kept}"`, async () => {
    const health = await ask(session, { method: 'GET', path: `/_cluster/health/${part(kept)}?wait_for_status=yellow&timeout=10s`, expected: [404, 408] });
    if (health.body['status'] !== 'yellow' && health.body['status'] !== 'green') throw notYet('the clone is not complete');
  });
  await session.save({ keptUuid: (await uuidOf(session, kept)) ?? null });
}

/** Deletes what an earlier attempt cloned, and nothing else. */
export async function dropClone(session: ReindexSession, kept: string): Promise<void> {
  if ((await uuidOf(session, kept)) === undefined) return;
  if (!(await isClone(session, kept))) throw foreign(kept);
  await ask(session, { method: 'DELETE', path: `/${part(kept)}`, expected: [404] });
}

/** Whether an index is a clone of this source: the server writes that into its settings. */
export async function isClone(session: ReindexSession, kept: string): Promise<boolean> {
  return (await readSettings(session, kept))['index.resize.source.uuid'] === session.record.sourceUuid;
}

function foreign(kept: string): PodscopeError {
  return new PodscopeError('INDEX_REINDEX_CHANGED', `There is an index "${kept}" that is no clone of this reindex, in the place where the old index is to be kept.`, { hint: 'Delete it or give its documents another place, then resume; or roll the reindex back.' });
}

function gone(target: string): PodscopeError {
  return new PodscopeError('INDEX_REINDEX_CHANGED', `The new index "${target}" is gone, or another has its name.`, { hint: 'Roll the reindex back and start again.' });
}
