import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError } from '@podscope/core';
import { type IndexClient, send } from '../client.ts';
import { type Crossing, crossOver } from './carry.ts';
import { DOOR_OPTIONS, doorsOf, firstDoor, openDoor } from './doors.ts';
import { countOf, fillingSettings, keepFilling, refresh, requireIndex, shardState, uuidOf } from './indices.ts';
import { followMappings, keepsMappings, mappingsOf } from './mappings.ts';
import type { JsonObject } from '../model.ts';
import type { ReindexOptions, ReindexPlan, ReindexRecord, ReindexResult, ReindexStep } from './model.ts';
import { observeOnce } from './observe.ts';
import type { Route } from './passes.ts';
import { ownSettings, WRITE_BLOCK } from './plan.ts';
import { lessThan, type Portions, portionsOf } from './portions.ts';
import { ProgressMeter } from './progress.ts';
import { refusalOfAll } from './refused.ts';
import { ask, part, patiently } from './send.ts';
import { hasEnded, patienceOf, readRecord, ReindexSession } from './session.ts';
import { isSwapped, swapForward } from './swap.ts';
import { endCopies, followCopy, startCopy } from './task.ts';
import { dropTemplateAliases, silenceTemplateAliases } from './template-aliases.ts';

/** A server that loses a copy that often will lose the next one. */
const MOST_COPIES = 20;
const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** The record that a step begins with. */
function newRecord(step: ReindexStep, plan: ReindexPlan): ReindexRecord {
  return {
    ...step, name: plan.name, request: plan.request, rollover: plan.rollover, steps: step === plan.steps[0] ? plan.steps : [], state: 'created', targetUuid: null, checkpoints: [], swapCheckpoints: [], deletions: 0, task: null, blocked: null,
    writeBlocked: false, pinned: [], withoutNewer: false, leaseMs: 0, keptUuid: null, restore: {}, aliases: {}, runner: null, history: [{ at: new Date().toISOString(), state: 'created' }],
  };
}

/** What became of one index. */
export type StepResult = ReindexResult['indices'][number];

/** Does what is left of the reindex of one index, up to the swap. */
export async function runStep(session: ReindexSession, options: ReindexOptions): Promise<StepResult> {
  const { record } = session;
  if (record.state === 'rolling-back' || record.state === 'rolled-back' || record.state === 'released') {
    throw new PodscopeError('INDEX_REINDEX_STATE', `The reindex of "${record.source}" is ${record.state}.`, { hint: record.state === 'rolling-back' ? 'Finish the rollback.' : 'Start a new one.' });
  }
  const meter = new ProgressMeter(record, options.onProgress);
  let blockedMs = 0;
  if (session.record.state !== 'swapped') {
    if ((record.state === 'blocking' || record.state === 'verifying') && (await isSwapped(session))) await session.save({ state: 'swapped', blocked: null, task: null });
    else {
      await requireIndex(session, record.source, record.sourceUuid);
      if (session.record.state === 'created') await makeTarget(session);
      await requireIndex(session, record.target, session.record.targetUuid);
      const portions = await portionsOf(session, record.source, record.target);
      if (session.record.state === 'copying') await copyAll(session, portions, meter);
      const door = await openDoor(session, record.target);
      // A manager that died may have left one running, which would write older versions in between.
      await endCopies(session, record.source);
      await keepFilling(session, record.target);
      ({ blockedMs } = await crossOver(session, forward(session, door, portions), meter));
      await session.save({ state: 'swapped', blocked: null, task: null });
    }
  }
  const documents = await countOf(session, record.target);
  meter.report('swapped', documents, documents);
  return { source: record.source, target: record.target, state: 'swapped', documents, blockedMs };
}

/** From the old index to the new one. */
function forward(session: ReindexSession, door: string, portions: Portions): Crossing {
  const { source, sourceUuid, target, targetUuid, shards } = session.record;
  return {
    route: { from: source, to: target, shards, door, portions } satisfies Route,
    fromUuid: sourceUuid,
    toUuid: targetUuid,
    toShards: shardsOf(session.record),
    states: { open: 'catching-up', blocked: 'blocking', verifying: 'verifying' },
    swap: () => swapForward(session),
    isSwapped: () => isSwapped(session),
  };
}

/** How many shards the new index has. */
export function shardsOf({ body }: ReindexStep): number {
  return Number(body.settings['index.number_of_shards'] ?? 1);
}

async function makeTarget(session: ReindexSession): Promise<void> {
  if (session.record.rollover !== undefined) await takeFromWriteIndex(session, session.record.rollover.stream);
  if (keepsMappings(session)) await session.save({ body: { ...session.record.body, mappings: await mappingsOf(session, session.record.source) } });
  const { source, target, shards, body } = session.record;
  const { settings, restore } = fillingSettings(body.settings);
  const aliases = { ...(await silenceTemplateAliases(session, target)), [firstDoor(session)]: DOOR_OPTIONS };
  const { status, reason } = await ask(session, { method: 'PUT', path: `/${part(target)}?wait_for_active_shards=1`, body: { settings, mappings: body.mappings ?? {}, aliases }, expected: [400] });
  const uuid = await uuidOf(session, target);
  // One that is there is of an attempt that died before it wrote that down, if it has the door.
  if (uuid === undefined || (status === 400 && !(await doorsOf(session, target)).includes(firstDoor(session)))) {
    await dropTemplateAliases(session, target, false);
    throw new PodscopeError('INDEX_REINDEX_FAILED', `Making the index "${target}" failed: ${reason}.`, { hint: 'Correct the mapping or the settings; roll this reindex back and start another.' });
  }
  await dropTemplateAliases(session, target, true);
  const { checkpoints, deletions } = await shardState(session, source, shards);
  await session.save({ state: 'copying', targetUuid: uuid, restore, checkpoints, deletions, task: null });
}

async function copyAll(session: ReindexSession, { batch: most }: Portions, meter: ProgressMeter): Promise<void> {
  const { source: from, target: to, request, shards } = session.record;
  const copy = { from, to, door: firstDoor(session), slices: request.slices ?? shards, versions: 'external', ...(request.requestsPerSecond === undefined ? {} : { requestsPerSecond: request.requestsPerSecond }) } as const;
  let batch = most;
  let lost = '';
  for (let tries = 0; tries < MOST_COPIES; tries += 1) {
    const { task } = session.record;
    if (task !== null) {
      const outcome = await follow(session, task, copy, meter);
      if ('refused' in outcome) {
        // Its outcome has been heard: a resume starts another.
        await session.save({ task: null });
        throw await refusalOfAll(session, { ...copy, batch }, outcome.refused);
      }
      if (!('lost' in outcome)) {
        await session.save({ state: 'catching-up', task: null });
        return;
      }
      lost = outcome.lost;
      batch = lessThan(batch);
      await requireIndex(session, to, session.record.targetUuid);
    }
    // A disk that is full is not emptied at once.
    if (tries > 0) await sleep(Math.min(PAUSE_MS * 1.5 ** (tries - 1), LONGEST_PAUSE_MS), undefined, { signal: session.signal });
    await endCopies(session, from);
    await refresh(session, from);
    await followMappings(session, { from, to });
    await session.save({ task: await startCopy(session, { ...copy, batch }) });
  }
  throw new PodscopeError('INDEX_REINDEX_FAILED', `The server ended the copy of "${from}" to "${to}" ${MOST_COPIES} times: ${lost}.`, { hint: "See the server's log, then resume the reindex." });
}

async function follow(session: ReindexSession, task: string, copy: Parameters<typeof followCopy>[2], meter: ProgressMeter): ReturnType<typeof followCopy> {
  try {
    return await followCopy(session, task, copy, ({ done, total }) => meter.report('copying', done, total));
  } catch (error) {
    // As with one that was refused.
    if (error instanceof PodscopeError) await session.save({ task: null });
    throw error;
  }
}

/** The past gets what the future has. */
async function takeFromWriteIndex(session: ReindexSession, stream: string): Promise<void> {
  const { body, request } = session.record;
  const observed = await patiently(session, `Reading "${stream}"`, () => observeOnce(session.client, stream));
  const writer = observed.indices.find(({ index }) => index === observed.writeIndex);
  if (writer === undefined) throw new PodscopeError('INDEX_REINDEX_CHANGED', `"${stream}" has no write index any more.`, { hint: 'Roll the reindex back and start again.' });
  await session.save({ body: { mappings: body.mappings ?? writer.mappings, settings: { ...ownSettings(writer.settings, request.settings), ...keptBlock(body.settings) } } });
}

/** Old indices of a stream may be closed to writers, which its write index is not. */
function keptBlock(settings: JsonObject): JsonObject {
  return settings[WRITE_BLOCK] === 'true' ? { [WRITE_BLOCK]: 'true' } : {};
}

/** Starts the steps of a plan and does them. */
export async function startSteps(client: IndexClient, plan: ReindexPlan, options: ReindexOptions): Promise<ReindexResult> {
  const [first] = plan.steps;
  if (first === undefined) {
    if (plan.rollover !== undefined) await rollOver(client, plan.rollover, options);
    return { name: plan.name, indices: [], notes: plan.notes };
  }
  await using session = await ReindexSession.create(client, newRecord(first, plan), options);
  return await finishSteps(session, plan.steps, plan.notes, options);
}

/** Does what is left of the steps of a name, while the first one's record is held. */
export async function finishSteps(first: ReindexSession, steps: readonly ReindexStep[], notes: readonly string[], options: ReindexOptions): Promise<ReindexResult> {
  const { name, request, rollover } = first.record;
  if (rollover !== undefined) await rollOver(first.client, rollover, options);
  const indices = [await runStep(first, options)];
  for (const step of steps.slice(1)) {
    const there = await readRecord(first.client, step.source);
    const begun = there !== undefined && there.record.sourceUuid === step.sourceUuid && !hasEnded(there.record);
    await using session = begun
      ? await ReindexSession.resume(first.client, step.source, options)
      : await ReindexSession.create(first.client, newRecord(step, { name, request, rollover, steps, notes }), options);
    indices.push(await runStep(session, options));
  }
  return { name, indices, notes };
}

/** A new write index, unless there is one since the plan. */
async function rollOver(client: IndexClient, { stream, writeIndex }: NonNullable<ReindexPlan['rollover']>, options: ReindexOptions): Promise<void> {
  await patiently(patienceOf(options), `Rolling over "${stream}"`, async () => {
    const { writeIndex: now } = await observeOnce(client, stream);
    if (now === writeIndex) await send(client, { method: 'POST', path: `/${part(stream)}/_rollover` });
  });
}
