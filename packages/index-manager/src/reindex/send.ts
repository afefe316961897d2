import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError, redactText } from '@podscope/core';
import { type Answer, type IndexClient, type Request, send, statusOf, typeOf, withoutConnection } from '../client.ts';
import { failureOf, isTlsFailure } from '../failures.ts';

/** A cluster whose servers come and go: requests that are repeated until it answers. */
export interface Patient {
  readonly client: IndexClient;
  readonly signal: AbortSignal;
  readonly patienceMs: number;
}

/** The client's errors of a connection that failed or was cut. */
const UNANSWERED: ReadonlySet<string> = new Set(['ConnectionError', 'TimeoutError', 'NoLivingConnectionsError', 'DeserializationError']);
const REQUEST_TIMEOUT_MS = 90_000;
const PAUSE_MS = 250;
const HINT = 'What was done so far is written down in the cluster: resume the reindex when the reason is gone, or roll it back.';

/**
 * Sends a request, which must mean the same when it is sent again, until the server is there and has room.
 *
 * @throws PodscopeError INDEX_REINDEX_FAILED and the codes of the cluster's state, with the server's reason.
 */
export async function ask(patient: Patient, request: Request): Promise<Answer> {
  return patiently(patient, `${request.method} ${request.path.split('?')[0]}`, () => askOnce(patient, request));
}

/** Sends a request once: for what may not be sent again before it has been looked whether it was carried out. */
export async function askOnce(patient: Patient, request: Request): Promise<Answer> {
  patient.signal.throwIfAborted();
  return send(patient.client, { ...request, retries: 0, timeout: REQUEST_TIMEOUT_MS });
}

/** Repeats what may fail while the server is away. */
export async function patiently<Value>({ signal, patienceMs }: Pick<Patient, 'signal' | 'patienceMs'>, subject: string, doing: () => Promise<Value>): Promise<Value> {
  const until = performance.now() + patienceMs;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await doing();
    } catch (error) {
      if (!isAway(error) || performance.now() > until) throw reindexFailure(error, subject);
    }
    await sleep(PAUSE_MS, undefined, { signal });
  }
}

/** What a server says that has only just come back, and what a client says that gets no answer. */
export class NotYet extends Error {}

function isAway(error: unknown): boolean {
  if (error instanceof NotYet) return true;
  if (isTlsFailure(error)) return false;
  const status = statusOf(error);
  if (status === undefined) return error instanceof Error && UNANSWERED.has(error.name);
  return status === 429 || status === 502 || status === 503 || status === 504 || typeOf(error) === 'process_cluster_event_timeout_exception';
}

/** One error for a request of a reindex that failed. */
export function reindexFailure(error: unknown, subject: string): PodscopeError {
  const { code, message, details, hint } = failureOf(error instanceof NotYet ? new Error(error.message) : error, 'INDEX_REINDEX_FAILED', subject);
  return new PodscopeError(code, redactText(message), { hint: code === 'INDEX_TLS_REFUSED' && hint !== undefined ? hint : HINT, details, cause: withoutConnection(error) });
}

/**
 * Throws what waiting does not better about one part of an answer: a document or a task that the user may not write or read.
 *
 * @throws PodscopeError INDEX_FORBIDDEN.
 */
export function refuseForbidden(error: unknown, subject: string): void {
  const { type } = (typeof error === 'object' && error !== null ? error : {}) as { readonly type?: unknown };
  if (type === 'security_exception') throw reindexFailure(Object.assign(new Error(type), { statusCode: 403, body: { error } }), subject);
}

/** An answer of a server that is up but does not hold everything yet. */
export function notYet(what: string): NotYet {
  return new NotYet(what);
}

/** A name as a part of a path. */
export function part(name: string): string {
  return encodeURIComponent(name);
}
