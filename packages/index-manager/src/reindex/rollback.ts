import { PodscopeError } from '@podscope/core';
import { crossOver } from './carry.ts';
import { closeDoors, doorsOf, firstDoor, openDoor } from './doors.ts';
import { block, keepRefilling, ownOfRefilling, putSettings, requireIndex, unblock, uuidOf } from './indices.ts';
import type { RollbackOptions } from './model.ts';
import { WRITE_BLOCK } from './plan.ts';
import { portionsOf } from './portions.ts';
import { ProgressMeter } from './progress.ts';
import { type StepResult, shardsOf } from './run.ts';
import { ask, part } from './send.ts';
import type { ReindexSession } from './session.ts';
import { dropClone, isBack, isClone, isSwapped, keptName, swapBack } from './swap.ts';
import { endCopies } from './task.ts';
import { dropTemplateAliases } from './template-aliases.ts';

/** Undoes the reindex of one index, from wherever it stands. */
export async function rollBackStep(session: ReindexSession, options: RollbackOptions): Promise<StepResult> {
  const { record } = session;
  if (record.state === 'released') {
    throw new PodscopeError('INDEX_REINDEX_STATE', `The old index of "${record.source}" has been released: there is nothing to go back to.`, { hint: 'Reindex again, with the former mapping.' });
  }
  const meter = new ProgressMeter(record, options.onProgress);
  let blockedMs = 0;
  if (record.state !== 'rolled-back') {
    const hadSwapped = record.state === 'swapped' || record.state === 'rolling-back' || (await isSwapped(session));
    if (hadSwapped) blockedMs = await goBack(session, record.withoutNewer || (options.withoutNewer ?? false), meter);
    else await giveUp(session);
  }
  // Where the name was taken over, it is an alias of what was kept by now.
  const counted = await ask(session, { method: 'GET', path: `/${part(record.source)}/_count`, expected: [404] });
  const documents = Number(counted.body['count'] ?? 0);
  meter.report('rolled-back', documents, documents);
  return { source: record.source, target: record.target, state: 'rolled-back', documents, blockedMs };
}

/** Nobody has seen the new index yet. */
async function giveUp(session: ReindexSession): Promise<void> {
  const { source, sourceUuid, target, targetUuid, restore, swap } = session.record;
  await endCopies(session, source);
  await unblock(session);
  await dropTemplateAliases(session, target, false);
  if ((await uuidOf(session, source)) !== sourceUuid && targetUuid !== null && (await uuidOf(session, target)) === targetUuid) {
    // Somebody deleted the only other copy.
    await closeDoors(session, target);
    await putSettings(session, target, restore);
    await session.save({ state: 'rolled-back', task: null }, `${source} is gone, so ${target} is kept, with what was copied`);
    return;
  }
  await dropTarget(session);
  // Of an attempt that got as far as the clone.
  if (swap.kind === 'name' && (await uuidOf(session, source)) === sourceUuid && (await isClone(session, swap.kept))) await dropClone(session, swap.kept);
  await session.save({ state: 'rolled-back', task: null });
}

async function goBack(session: ReindexSession, withoutNewer: boolean, meter: ProgressMeter): Promise<number> {
  const { target, targetUuid, sourceUuid, keptUuid: cloneUuid, swap, swapCheckpoints, state, writeBlocked } = session.record;
  const kept = keptName(session.record);
  const keptUuid = swap.kind === 'name' ? cloneUuid : sourceUuid;
  if ((await uuidOf(session, kept)) !== keptUuid) throw new PodscopeError('INDEX_REINDEX_CHANGED', `The old index "${kept}" is gone, or another has its name: there is nothing to go back to.`, { hint: 'Reindex again, with the former mapping.' });
  const back = await isBack(session);
  if (state !== 'rolling-back') {
    if (back && !withoutNewer) {
      throw new PodscopeError('INDEX_REINDEX_CHANGED', `Readers and writers are at "${kept}" already, though no rollback led them there.`, {
        hint: `Look at what was written to "${target}" meanwhile. A rollback without newer documents ends this reindex and keeps both indices.`,
      });
    }
    await session.save({ state: 'rolling-back', checkpoints: swapCheckpoints, blocked: null, task: null, restore: {}, withoutNewer });
  } else if (withoutNewer !== session.record.withoutNewer) await session.save({ withoutNewer });
  const started = performance.now();
  let blockedMs = 0;
  if (!back) {
    await requireIndex(session, target, targetUuid);
    await endCopies(session, target);
    if (withoutNewer) {
      await block(session, target);
      await swapBack(session);
      blockedMs = performance.now() - started;
    } else blockedMs = (await crossOver(session, await backward(session, kept, keptUuid), meter)).blockedMs;
  }
  // A rollback that was begun with the newer documents may be ended without them.
  await closeDoors(session, kept);
  await putSettings(session, kept, { ...session.record.restore, [WRITE_BLOCK]: writeBlocked ? 'true' : null });
  if (!withoutNewer) await dropTarget(session);
  await session.save({ state: 'rolled-back', blocked: null }, withoutNewer ? `${target} is kept` : undefined);
  return blockedMs;
}

/** From the new index back to the old one: what was written since the swap goes along. */
async function backward(session: ReindexSession, kept: string, keptUuid: string | null): Promise<Parameters<typeof crossOver>[1]> {
  const { target, targetUuid, shards } = session.record;
  if (Object.keys(session.record.restore).length === 0) await session.save({ restore: await ownOfRefilling(session, kept) });
  const door = await openDoor(session, kept);
  await keepRefilling(session, kept);
  return {
    route: { from: target, to: kept, shards: shardsOf(session.record), door, portions: await portionsOf(session, target, kept) },
    fromUuid: targetUuid,
    toUuid: keptUuid,
    toShards: shards,
    states: { open: 'rolling-back', blocked: 'rolling-back', verifying: 'rolling-back' },
    swap: () => swapBack(session),
    isSwapped: () => isBack(session),
  };
}

async function dropTarget(session: ReindexSession): Promise<void> {
  const { target, targetUuid } = session.record;
  const uuid = await uuidOf(session, target);
  // Made just before its uuid could be written down: as in a resume, its door says whose it is.
  const ours = uuid !== undefined && (targetUuid === null ? (await doorsOf(session, target)).includes(firstDoor(session)) : uuid === targetUuid);
  if (ours) await ask(session, { method: 'DELETE', path: `/${part(target)}`, expected: [404] });
}
