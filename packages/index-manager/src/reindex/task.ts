import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError, redactText } from '@podscope/core';
import { statusOf } from '../client.ts';
import type { JsonObject } from '../model.ts';
import { DOOR, shutOut } from './doors.ts';
import { ask, askOnce, notYet, part, patiently, type Patient, refuseForbidden } from './send.ts';

/** One `_reindex` of the server. */
export interface CopyRequest {
  readonly from: string;
  readonly to: string;
  /** The alias of `to` through which it writes: see doors.ts. */
  readonly door: string;
  /** Documents that the server holds in memory at a time, for each part. */
  readonly batch: number;
  readonly query?: JsonObject;
  /** One of `max` parts; with as many parts as shards, a part is exactly that shard. */
  readonly slice?: { readonly id: number; readonly max: number };
  /** Parts side by side, where it is not one of several itself. */
  readonly slices?: number | 'auto';
  readonly requestsPerSecond?: number;
  /** `external_gte` writes a document of equal version again. */
  readonly versions: 'external' | 'external_gte';
}

/** What a copy came to. */
export interface Copied {
  readonly total: number;
  /** Documents that the target has in a higher version (or, for `external`, in the same). */
  readonly conflicts: number;
}

/** A copy that the server did not bring to its end, and why. It is started again, which does no harm. */
export interface Lost {
  readonly lost: string;
}

/** Documents that the target does not take. */
export interface Refused {
  readonly id: string;
  readonly reason: string;
}

/** How a copy ended. */
export type Outcome = Copied | Lost | { readonly refused: readonly Refused[] };

/** How far the server is. */
export interface CopyStatus {
  readonly done: number;
  readonly total: number;
}

interface TaskAnswer {
  readonly completed: boolean;
  readonly task: { readonly status: TaskStatus };
  readonly response?: TaskStatus & { readonly failures?: readonly Failure[]; readonly canceled?: string };
  readonly error?: { readonly type?: string; readonly reason?: string };
}

interface TaskStatus {
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly version_conflicts: number;
}

interface Failure {
  readonly id?: string;
  readonly status?: number;
  /** Of a search; a document has a cause. */
  readonly reason?: { readonly reason?: string };
  readonly cause?: { readonly type?: string; readonly reason?: string; readonly caused_by?: { readonly reason?: string } };
}

const FIRST_POLL_MS = 20;
const LAST_POLL_MS = 250;

/** Starts a copy on the server, which goes on by itself. Its batches are searches of `from`, so refresh that before. */
export async function startCopy(patient: Patient, { from, to, door, batch, query, slice, slices, requestsPerSecond, versions }: CopyRequest): Promise<string> {
  const parameters = ['wait_for_completion=false', 'require_alias=true', ...(slice === undefined ? [`slices=${slices ?? 1}`] : []), ...(requestsPerSecond === undefined ? [] : [`requests_per_second=${requestsPerSecond}`])];
  return patiently(patient, `Copying "${from}" to "${to}"`, async () => {
    try {
      const { body } = await askOnce(patient, {
        method: 'POST',
        path: `/_reindex?${parameters.join('&')}`,
        body: {
          conflicts: 'proceed',
          source: { index: from, size: batch, ...(query === undefined ? {} : { query }), ...(slice === undefined ? {} : { slice: { ...slice } }) },
          // Documents went through their pipelines when they were written first.
          dest: { index: door, version_type: versions, op_type: 'index', pipeline: '_none' },
        },
      });
      return String(body['task']);
    } catch (error) {
      // One whose answer got lost may run, and what it found would be written again after it has been deleted.
      if ((statusOf(error) ?? 500) >= 500) await endCopies(patient, from);
      throw error;
    }
  });
}

/** Waits for a copy. */
export async function followCopy(patient: Patient, task: string, request: Pick<CopyRequest, 'from' | 'to'>, onStatus: (status: CopyStatus) => Promise<void> | void = () => undefined): Promise<Outcome> {
  for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * 1.5, LAST_POLL_MS)) {
    const { status, body } = await ask(patient, { method: 'GET', path: `/_tasks/${part(task)}`, expected: [404] });
    if (status === 404) return { lost: `the server knows nothing more of its task ${task}` };
    const answer = body as unknown as TaskAnswer;
    if (answer.completed) return outcomeOf(answer, request);
    const { total, created, updated, version_conflicts: conflicts } = answer.task.status;
    await onStatus({ total, done: created + updated + conflicts });
    await sleep(pause, undefined, { signal: patient.signal });
  }
}

/** Ends every copy of an index through a door, whoever started it, and waits until it is gone. */
export async function endCopies(patient: Patient, from: string): Promise<void> {
  await patiently(patient, `Ending what copies "${from}"`, async () => {
    const running = await runningCopies(patient, from);
    if (running.length === 0) return;
    for (const id of running) await ask(patient, { method: 'POST', path: `/_tasks/${part(id)}/_cancel`, expected: [400, 404] });
    throw notYet(`${running.length} copies are still running`);
  });
}

/** Holds what copies an index through a door to another rate. @returns how many copies there are. */
export async function throttleCopies(patient: Patient, from: string, requestsPerSecond: number | undefined): Promise<number> {
  const running = await runningCopies(patient, from);
  for (const id of running) await ask(patient, { method: 'POST', path: `/_reindex/${part(id)}/_rethrottle?requests_per_second=${requestsPerSecond ?? -1}`, expected: [404] });
  return running.length;
}

async function runningCopies(patient: Patient, from: string): Promise<readonly string[]> {
  const { body } = await ask(patient, { method: 'GET', path: '/_tasks?actions=indices:data/write/reindex&detailed=true' });
  const nodes = Object.values((body['nodes'] ?? {}) as Record<string, { readonly tasks: Record<string, { readonly description?: string; readonly parent_task_id?: string }> }>);
  const found = nodes.flatMap(({ tasks }) => Object.entries(tasks)).filter(([, { description = '' }]) => description.includes(`from [${from}]`) && description.includes(` to [${DOOR}`));
  // Parts end, and change, with the whole.
  const whole = found.filter(([, { parent_task_id: parent }]) => parent === undefined);
  return (whole.length > 0 ? whole : found).map(([id]) => id);
}

function outcomeOf({ response, error }: TaskAnswer, { from, to }: Pick<CopyRequest, 'from' | 'to'>): Outcome {
  const subject = `Copying "${from}" to "${to}"`;
  if (response === undefined) {
    refuseForbidden(error, subject);
    // A shard or a scroll that went away with its server. What names the request itself will not get better.
    if (error?.type === 'index_not_found_exception') throw shutOut(to);
    if (error?.type !== 'illegal_argument_exception') return { lost: redactText(error?.reason ?? error?.type ?? 'the server gives no reason') };
    throw new PodscopeError('INDEX_REINDEX_FAILED', redactText(`${subject} failed: ${error.reason ?? error.type}.`), { hint: 'Roll the reindex back, or resume it when the reason is gone.' });
  }
  for (const { cause } of response.failures ?? []) refuseForbidden(cause, subject);
  const refused = (response.failures ?? []).flatMap(({ id, status, cause }) => {
    const reason = [cause?.reason, cause?.caused_by?.reason].filter((each) => each !== undefined).join(': ');
    return id !== undefined && status === 400 ? [{ id, reason }] : [];
  });
  if (refused.length > 0) return { refused };
  if (response.canceled !== undefined) return { lost: `somebody ended it: ${response.canceled}` };
  const [failure] = response.failures ?? [];
  if (failure?.cause?.type === 'index_not_found_exception') throw shutOut(to);
  if (failure !== undefined) return { lost: redactText(failure.cause?.reason ?? failure.reason?.reason ?? `status ${failure.status}`) };
  return { total: response.total, conflicts: response.version_conflicts };
}
