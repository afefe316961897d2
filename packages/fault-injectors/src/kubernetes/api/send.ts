import { request as overPlain, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as overTls } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Link } from './link.ts';
import type { ApiRequest, ApiResponse } from './types.ts';

/** What the API server answered, and what decides whether it is asked once more. */
export interface Answer extends ApiResponse {
  /** Seconds the server asks to wait (`Retry-After`), or undefined. */
  readonly retryAfter: number | undefined;
  /** The connection was made for this request. */
  readonly fresh: boolean;
}

/** A request that came to nothing. */
export class Lost extends Error {
  override readonly name = 'Lost';
  /** The server may have carried it out: it was on its way when the connection ended. */
  readonly sent: boolean;

  constructor(cause: unknown, sent: boolean) {
    super('The connection ended before the answer.', { cause });
    this.sent = sent;
  }
}

/** How long the server may be silent before one answer; it ends requests itself after 60 s (`--request-timeout`). */
const SILENT_MS = 65_000;
/** A watch hears a bookmark about once a minute; one that is silent for longer is opened anew where it stood. */
const STREAM_SILENT_MS = 150_000;
/** How long a connection may take to be there, TLS included. */
const CONNECT_MS = 15_000;

/** Connections that are there. */
const ready = new WeakSet<Duplex>();

/** `299 - "text"`, several of them in one header with commas between (RFC 7234, 5.5); quotes inside are escaped. */
export function warningsOf(header: string | undefined): string[] {
  return [...(header ?? '').matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}

/**
 * Opens an exchange and hands over its answer when the head of it is there.
 *
 * @throws Lost when the connection fails; the signal's reason when it is aborted.
 */
export async function open(link: Link, { method = 'GET', path, query, body, contentType = 'application/json', signal }: ApiRequest, use: 'request' | 'stream'): Promise<{ readonly request: ClientRequest; readonly response: IncomingMessage; readonly fresh: boolean }> {
  signal?.throwIfAborted();
  const { headers: proof, agent } = await link.prepare(use);
  const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { ...proof, accept: 'application/json', ...(text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }) } as Record<string, string | string[] | number>;
  const { hostname, port, protocol, pathname } = link.url;
  const send = protocol === 'https:' ? overTls : overPlain;
  return new Promise((resolve, reject) => {
    let sent = false;
    let fresh = true;
    let request: ClientRequest;
    const lost = (error: unknown): void => reject(signal?.aborted === true ? signal.reason : new Lost(error, sent));
    try {
      request = send({ agent, host: hostname.replace(/^\[|\]$/g, ''), port, method, path: `${pathname.replace(/\/$/, '')}${path}${search}`, headers, ...(signal === undefined ? {} : { signal }) });
    } catch (error) {
      // A certificate that can't be read.
      lost(error);
      return;
    }
    request.once('socket', (socket) => {
      // `reusedSocket` is not set on a request that waited for a connection of its agent.
      if (ready.has(socket)) {
        sent = true;
        fresh = false;
        return;
      }
      const timer = setTimeout(() => request.destroy(Object.assign(new Error('No connection in time.'), { code: 'ETIMEDOUT' })), CONNECT_MS);
      request.once('close', () => clearTimeout(timer));
      socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer);
        ready.add(socket);
        sent = true;
      });
    });
    request.setTimeout(use === 'stream' ? STREAM_SILENT_MS : SILENT_MS, () => request.destroy(Object.assign(new Error('No answer in time.'), { code: 'ETIMEDOUT' })));
    request.once('error', lost);
    request.once('response', (response) => {
      request.off('error', lost);
      // What goes wrong from here on is told by the response.
      request.on('error', () => undefined);
      resolve({ request, response, fresh });
    });
    request.end(text);
  });
}

/** Reads an answer to its end. */
export async function readAnswer(response: IncomingMessage, fresh: boolean, signal: AbortSignal | undefined): Promise<Answer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw new Lost(error, true);
  }
  const { statusCode: status = 0, headers } = response;
  const after = Number(headers['retry-after']);
  return {
    status,
    body: bodyOf(headers['content-type'], Buffer.concat(chunks).toString('utf8')),
    warnings: warningsOf(headers['warning'] as string | undefined),
    retryAfter: headers['retry-after'] === undefined || Number.isNaN(after) ? undefined : after,
    fresh,
  };
}

/** JSON where the server says that it is: a log may look like it and is text. */
export function bodyOf(contentType: string | undefined, text: string): unknown {
  if (contentType?.startsWith('application/json') !== true) return text;
  try {
    return JSON.parse(text);
  } catch {
    // A proxy in between may say so and send something else.
    return text;
  }
}
