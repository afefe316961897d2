import { timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import { readBody } from '../web/form.ts';
import type { BehaviourBoard } from './board.ts';

/** A pod's switch. */
export interface AdminServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Options of {@link startAdminServer}. */
export interface AdminOptions {
  readonly board: BehaviourBoard;
  /** On loopback, always: in a pod that is what `kubectl port-forward` reaches, and nothing else does. 0 takes a free one. */
  readonly port: number;
  /** A file with the token that requests must carry, such as a mounted Secret; read at each request. @default no token */
  readonly tokenFile?: string | undefined;
}

/**
 * Serves the switch: `GET /behaviours`, `PUT /behaviours/<id>` with `{"behaviour": …, "seconds": …}`, `DELETE /behaviours/<id>`.
 *
 * @throws the system's error when the port can't be had.
 */
export async function startAdminServer({ board, port, tokenFile }: AdminOptions): Promise<AdminServer> {
  const server = createServer((request, response) => {
    answer(request, response, board, tokenFile).catch((error: unknown) => {
      const invalid = isPodscopeError(error, 'GUESTBOOK_BEHAVIOUR_INVALID');
      // What went wrong with the token's file stays here.
      send(response, invalid ? 422 : 500, { error: invalid ? error.message : 'The switch failed; see its log.' });
      if (!invalid) process.stderr.write(`switch: ${String(error)}\n`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, board: BehaviourBoard, tokenFile: string | undefined): Promise<void> {
  // Pages in browsers have no business here.
  if (request.headers.origin !== undefined) return send(response, 403, { error: 'Not for browsers.' });
  if (tokenFile !== undefined && !hasToken(request, readFileSync(tokenFile, 'utf8').trim())) return send(response, 401, { error: 'The token is missing or wrong.' });
  const { method, url = '/' } = request;
  if (url === '/behaviours' && method === 'GET') return send(response, 200, { behaviours: board.list() });
  const id = /^\/behaviours\/([\w-]{1,64})$/.exec(url)?.[1];
  if (id === undefined) return send(response, 404, { error: 'There is /behaviours and /behaviours/<id>.' });
  if (method === 'DELETE') return send(response, 200, { removed: board.remove(id) });
  if (method !== 'PUT') return send(response, 405, { error: 'PUT or DELETE.' });
  const body = parse(await readBody(request));
  send(response, 200, board.set(id, body.behaviour, body.seconds));
}

function parse(text: string | undefined): { readonly behaviour?: unknown; readonly seconds?: unknown } {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new PodscopeError('GUESTBOOK_BEHAVIOUR_INVALID', 'The body is no JSON object.', { hint: 'Send {"behaviour": {"kind": …}, "seconds": 60}.' });
}

function hasToken(request: IncomingMessage, token: string): boolean {
  const sent = Buffer.from(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
  const wanted = Buffer.from(token);
  return wanted.length > 0 && sent.length === wanted.length && timingSafeEqual(sent, wanted);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(`${JSON.stringify(body)}\n`);
}
