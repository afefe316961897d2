import { PodscopeError } from '@podscope/core';
import type { IndexClient } from '../client.ts';
import { countOf, uuidOf } from './indices.ts';
import type { ReindexOptions, ReindexRecord, ReindexRequest, ReindexResult, RollbackOptions } from './model.ts';
import { observeOnce } from './observe.ts';
import { planReindex } from './plan.ts';
import { rollBackStep } from './rollback.ts';
import { isComplete, runsOf } from './runs.ts';
import { finishSteps, startSteps, type StepResult } from './run.ts';
import { ask, part, patiently, reindexFailure } from './send.ts';
import { listRecords, patienceOf, ReindexSession } from './session.ts';
import { isBack, keptName } from './swap.ts';
import { throttleCopies } from './task.ts';

/** As long as nothing has been begun. */
const FIRST_PATIENCE_MS = 3000;

/**
 * Copies an index, an alias's indices or a data stream's past into new indices with another mapping or other settings, while
 * they are written to, and leads readers and writers over in one step. Every acknowledged write is there afterwards, in its
 * version. Just before the swap the server refuses writes (403) for as long as the last pass takes: writers repeat them.
 *
 * Everything that is done is written down in the cluster first. A run that ends early, for whatever reason, is gone on
 * with by {@link resumeReindex} or undone by {@link rollbackReindex}. The old index is kept until {@link releaseReindex}.
 *
 * @throws PodscopeError INDEX_REINDEX_INVALID before anything is changed, INDEX_REINDEX_STATE when there is one already.
 * @throws PodscopeError INDEX_REINDEX_REFUSED when the new index doesn't take a document, INDEX_REINDEX_MISMATCH when the
 *   indices are not equal, INDEX_REINDEX_CHANGED when one was exchanged, INDEX_REINDEX_TAKEN, INDEX_REINDEX_FAILED.
 */
export async function runReindex(client: IndexClient, request: ReindexRequest, options: ReindexOptions = {}): Promise<ReindexResult> {
  const patience = patienceOf(options);
  // Who names a server that isn't there hears it soon.
  const observed = await patiently({ ...patience, patienceMs: Math.min(patience.patienceMs, FIRST_PATIENCE_MS) }, `Reading "${request.source}"`, () => observeOnce(client, request.source));
  const plan = planReindex(observed, request);
  return startSteps(client, plan, options);
}

/**
 * Goes on with a reindex that ended early, by the name that was asked for or that of the index. One that another run works
 * on is left to it; one whose run died is taken over when its lease is over.
 *
 * @throws PodscopeError as {@link runReindex}.
 */
export async function resumeReindex(client: IndexClient, name: string, options: ReindexOptions = {}): Promise<ReindexResult> {
  const [first] = (await runs(client, name, options)).at(-1) as readonly [ReindexRecord];
  await using session = await ReindexSession.resume(client, first.source, options);
  return await finishSteps(session, first.steps, [], options);
}

/**
 * Undoes the latest reindex of a name, from wherever it stands. After the swap, what was written to the new index since is copied back, and
 * readers and writers are led to the old index in one step; a rollover stays. The new index is deleted.
 *
 * @throws PodscopeError INDEX_REINDEX_REFUSED when the old index doesn't take what was written since; `withoutNewer` goes
 *   back without it. Otherwise as {@link runReindex}.
 */
export async function rollbackReindex(client: IndexClient, name: string, options: RollbackOptions = {}): Promise<ReindexResult> {
  const latest = (await runs(client, name, options)).at(-1) as readonly ReindexRecord[];
  return eachRecord(client, name, latest, options, (session) => rollBackStep(session, options));
}

/**
 * Deletes the old index of a reindex that has swapped. It can't be rolled back any more.
 *
 * @throws PodscopeError INDEX_REINDEX_STATE when it has not swapped, INDEX_REINDEX_CHANGED when the old index is in use.
 */
export async function releaseReindex(client: IndexClient, name: string, options: ReindexOptions = {}): Promise<ReindexResult> {
  const all = await runs(client, name, options);
  const complete = all.filter(isComplete);
  if (complete.length === 0) throw stillNeeded((all.at(-1) ?? []).find(({ state }) => state !== 'swapped') ?? (all[0]?.[0] as ReindexRecord));
  return eachRecord(client, name, complete.flat(), options, releaseStep);
}

/**
 * Holds the copy that the server makes just now to another rate, whoever runs the reindex. What comes after it, and a copy
 * that has to be started again, is held to the rate of the request.
 *
 * @param requestsPerSecond - documents a second; undefined is as many as there can be.
 * @throws PodscopeError INDEX_REINDEX_STATE when nothing is copied just now, INDEX_REINDEX_INVALID for a rate that is none.
 */
export async function throttleReindex(client: IndexClient, name: string, requestsPerSecond: number | undefined, options: ReindexOptions = {}): Promise<void> {
  if (requestsPerSecond !== undefined && !(requestsPerSecond > 0 && Number.isFinite(requestsPerSecond))) {
    throw new PodscopeError('INDEX_REINDEX_INVALID', `requestsPerSecond is ${requestsPerSecond}; it must be more than 0.`, { hint: 'Leave it away for a copy without a limit.' });
  }
  const latest = (await runs(client, name, options)).at(-1) as readonly ReindexRecord[];
  const patient = { client, ...patienceOf(options) };
  const found = await Promise.all(latest.map(({ source }) => throttleCopies(patient, source, requestsPerSecond)));
  if (found.every((copies) => copies === 0)) throw new PodscopeError('INDEX_REINDEX_STATE', `Nothing of "${name}" is copied just now.`, { hint: 'See where it stands in the list of reindexes.' });
}

/** Every reindex that the cluster knows, ended or not: where it stands, and which index refuses writes because of it. */
export async function listReindexes(client: IndexClient): Promise<readonly ReindexRecord[]> {
  try {
    return await listRecords(client);
  } catch (error) {
    throw reindexFailure(error, 'Reading the reindexes');
  }
}

async function eachRecord(client: IndexClient, name: string, records: readonly ReindexRecord[], options: ReindexOptions, doing: (session: ReindexSession) => Promise<StepResult>): Promise<ReindexResult> {
  const indices: StepResult[] = [];
  // The first one last: it knows the others.
  for (const { source } of [...records].sort((one, other) => one.steps.length - other.steps.length)) {
    await using session = await ReindexSession.resume(client, source, options);
    indices.push(await doing(session));
  }
  return { name, indices, notes: [] };
}

async function runs(client: IndexClient, name: string, options: ReindexOptions): Promise<readonly (readonly ReindexRecord[])[]> {
  const found = runsOf(await patiently(patienceOf(options), 'Reading the reindexes', () => listRecords(client)), name);
  if (found.length > 0) return found;
  throw new PodscopeError('INDEX_REINDEX_STATE', `There is no reindex of "${name}".`, { hint: 'The list of reindexes has the names of those that there are.' });
}

async function releaseStep(session: ReindexSession): Promise<StepResult> {
  const { record } = session;
  const { source, sourceUuid, keptUuid, target, swap, state } = record;
  if (state !== 'swapped' && state !== 'released') {
    throw stillNeeded(record);
  }
  const kept = keptName(record);
  const uuid = await uuidOf(session, kept);
  if (uuid !== undefined && uuid !== (swap.kind === 'name' ? keptUuid : sourceUuid)) {
    throw new PodscopeError('INDEX_REINDEX_CHANGED', `"${kept}" is another index than the one that was reindexed.`, { hint: 'Look at it, and delete it yourself if nobody needs it.' });
  }
  if (uuid !== undefined && (await isBack(session))) {
    throw new PodscopeError('INDEX_REINDEX_CHANGED', `Readers and writers are at "${kept}", which is to be deleted.`, { hint: 'Somebody led them back there. Roll the reindex back, or lead them to the new index first.' });
  }
  if (uuid !== undefined) await ask(session, { method: 'DELETE', path: `/${part(kept)}`, expected: [404] });
  await session.save({ state: 'released' });
  // It may have been reindexed and released itself.
  const documents = (await uuidOf(session, target)) === undefined ? 0 : await countOf(session, target);
  return { source, target, state: 'released', documents, blockedMs: 0 };
}

function stillNeeded({ source, state }: ReindexRecord): PodscopeError {
  return new PodscopeError('INDEX_REINDEX_STATE', `The reindex of "${source}" is ${state}: the old index is still needed.`, { hint: 'Resume the reindex, or roll it back.' });
}
