import type { Client } from '@opensearch-project/opensearch';
import type { JsonObject } from './model.ts';
import { isObject } from './normalise/json.ts';

/** The part of the official client (3.9 or later) that is used. */
export type IndexClient = Pick<Client, 'transport'>;

/** A method of HTTP that is used. */
export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** One request. */
export interface Request {
  readonly method: Method;
  readonly path: string;
  /** A list goes as lines, for `_bulk`. */
  readonly body?: JsonObject | readonly JsonObject[];
  /** Error statuses that are an answer here. */
  readonly expected?: readonly number[];
  /** How often the client may repeat it by itself. @default the client's own number for a GET, else 0 */
  readonly retries?: number;
  /** Milliseconds to wait for the answer. @default the client's own */
  readonly timeout?: number;
}

/** The status and body of an answer. */
export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
  /** The server's reason, where the status is one of the expected errors. */
  readonly reason: string;
}

/** An answer with a good status that no cluster gives: of a login page, say. */
export class NoJson extends Error {
  override readonly name = 'NoJson';
}

/**
 * Sends one request: the one way in which the index manager asks a server. Throws the client's error, also for an error
 * status that is not expected, and {@link NoJson}.
 *
 * What changes something is sent once: a client that repeats a rollover whose answer was lost makes two, and one that
 * repeats the creation of a document takes its own for somebody else's.
 */
export async function send(client: IndexClient, { method, path, body, expected = [], retries = method === 'GET' ? undefined : 0, timeout }: Request): Promise<Answer> {
  try {
    const answer = await client.transport.request(
      { method, path, ...payload(body) },
      { ...(retries === undefined ? {} : { maxRetries: retries }), ...(timeout === undefined ? {} : { requestTimeout: timeout }) },
    );
    if (!isObject(answer.body)) throw new NoJson(`the answer is no JSON object but ${JSON.stringify(textOf(answer.body))}`);
    return { status: answer.statusCode ?? 200, body: answer.body, reason: '' };
  } catch (error) {
    const unguarded = unguardedBody(error);
    if (unguarded !== undefined) return { status: 200, body: unguarded, reason: '' };
    const status = statusOf(error);
    const content = bodyOf(error);
    // A page that isn't there says nothing about what is in a cluster.
    if (status === undefined || !expected.includes(status) || (status === 404 && content === undefined)) throw error;
    return { status, body: content ?? {}, reason: reasonOf(error) };
  }
}

function payload(body: Request['body']): { readonly body?: Record<string, unknown>; readonly bulkBody?: Record<string, unknown>[] } {
  if (body === undefined) return {};
  return Array.isArray(body) ? { bulkBody: body as Record<string, unknown>[] } : { body: body as Record<string, unknown> };
}

/** The client takes no answer with a key such as `__proto__`, which a document, and then a mapping, may well have. */
function unguardedBody(error: unknown): JsonObject | undefined {
  if (!(error instanceof Error) || error.name !== 'DeserializationError' || !('data' in error) || typeof error.data !== 'string') return undefined;
  try {
    const body: unknown = JSON.parse(error.data);
    return isObject(body) && body['error'] === undefined ? body : undefined;
  } catch {
    return undefined;
  }
}

function bodyOf(error: unknown): JsonObject | undefined {
  return typeof error === 'object' && error !== null && 'body' in error && isObject(error.body) ? error.body : undefined;
}

const LONGEST_TEXT = 120;

/** The beginning of what stands in a page, for a message. */
function textOf(page: unknown): string {
  const text = String(page).slice(0, 4000).replaceAll(/<(style|script)\b[^<]*<\/\1>|<[^>]*>/giu, ' ').replaceAll(/\s+/gu, ' ').trim();
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** The HTTP status of the client's error, if the server answered at all. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/** The server's own reason, on one line: the root cause's where there is one. */
export function reasonOf(error: unknown): string {
  const text = serverReason(error) ?? (error instanceof Error ? error.message : String(error));
  return text.replaceAll(/\s+/gu, ' ').trim().replace(/\.$/u, '');
}

/** The server's name for what went wrong, such as `cluster_block_exception`. */
export function typeOf(error: unknown): string | undefined {
  const found = serverError(error);
  return typeof found === 'object' ? found.type : undefined;
}

/**
 * The error of a request, without the client's own: that one holds the connection, and with it the password. Whoever prints
 * an error with all its causes must not find one.
 */
export function withoutConnection(error: unknown): unknown {
  if (!(error instanceof Error) || !('meta' in error)) return error;
  const bare = new Error(error.message);
  bare.name = error.name;
  const [statusCode, body] = [statusOf(error), 'body' in error ? error.body : undefined];
  return Object.assign(bare, statusCode === undefined ? {} : { statusCode }, body === undefined ? {} : { body });
}

/** What a service before the server says: Amazon's gateway and the plugins' own REST handlers know no `error`. */
function gatewayMessage(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('body' in error) || typeof error.body !== 'object' || error.body === null) return undefined;
  const { Message: upper, message: lower } = error.body as { readonly Message?: unknown; readonly message?: unknown };
  return [upper, lower].find((each): each is string => typeof each === 'string' && each !== '');
}

function serverReason(error: unknown): string | undefined {
  const found = serverError(error) ?? gatewayMessage(error) ?? pageOf(error);
  if (typeof found === 'string' || found === undefined) return found;
  // Of a script the server says "compile error", and below it the lines at which that is.
  const lines = (found.script_stack ?? []).filter((line) => !line.includes('^---- HERE')).map((line) => `in ${JSON.stringify(line)}`);
  return [found.reason, innermost(found.caused_by), ...lines].filter(Boolean).join(': ') || undefined;
}

/** A page with an error status, as proxies answer. */
function pageOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('body' in error) || typeof error.body !== 'string') return undefined;
  return `status ${statusOf(error) ?? 'unknown'}, ${JSON.stringify(textOf(error.body))}`;
}

interface ServerError {
  readonly type?: string;
  readonly reason?: string;
  readonly caused_by?: ServerError;
  readonly script_stack?: readonly string[];
}

function serverError(error: unknown): ServerError | string | undefined {
  if (typeof error !== 'object' || error === null || !('body' in error)) return undefined;
  const body = error.body as { readonly error?: ServerError | string; readonly _shards?: { readonly failures?: readonly { readonly reason?: ServerError }[] } } | undefined;
  // A refresh has no error of its own, only those of the shards.
  return body?.error ?? body?._shards?.failures?.[0]?.reason;
}

function innermost(error: ServerError | undefined): string | undefined {
  const below = error?.caused_by === undefined ? undefined : innermost(error.caused_by);
  return below === undefined || below === '' ? error?.reason : below;
}
