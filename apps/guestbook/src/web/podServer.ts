import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, isIP, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatAccess } from '../behaviour/accessFormats.ts';
import { BehaviourBoard } from '../behaviour/board.ts';
import { type AccessRecord, errorLine } from './apacheLog.ts';
import type { App, Reply } from './app.ts';
import { messagePage, type Server } from './html.ts';
import type { PodLog } from './logFile.ts';

/** How long requests may go on after a pod was told to stop. Milliseconds. */
const GRACE = 5_000;

/** One web pod: a listener with a log of its own. */
export interface RunningPod {
  readonly name: string;
  readonly port: number;
  /** What the pod was told to do beside its work. */
  readonly board: BehaviourBoard;
  /** Takes no more connections, lets requests end, and closes the log. */
  stop(): Promise<void>;
}

/** Options of {@link startPod}. */
export interface PodOptions {
  readonly name: string;
  readonly node?: string | undefined;
  readonly app: App;
  readonly log: PodLog;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** @default 0, a free one */
  readonly port?: number;
}

/** Starts one web pod. @throws the system's error when the port cannot be had. */
export async function startPod(options: PodOptions): Promise<RunningPod> {
  const { name, app, log } = options;
  const serving = new Set<Promise<void>>();
  const writeError = (level: 'error' | 'notice' | 'warn', text: string, client?: string): void => {
    const offset = board.clockOffset;
    log.write('stderr', errorLine(level, text, client, Date.now() + offset), offset);
  };
  const writeAccess = (record: AccessRecord): void => {
    const offset = board.clockOffset;
    log.write('stdout', formatAccess({ ...record, at: record.at + offset }, board.logFormat), offset);
  };
  const board = new BehaviourBoard(writeError);
  const server = createServer((request, response) => {
    const served = serve(request, response).finally(() => serving.delete(served));
    serving.add(served);
  });
  server.keepAliveTimeout = 65_000;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = Date.now();
    const from = performance.now();
    // The client may hang up before there is an answer; its request is logged all the same.
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    const port = request.socket.remotePort;
    const address = clientAddress(request);
    const { milliseconds, status } = board.onRequest(pathOf(request));
    if (milliseconds > 0) await sleep(milliseconds);
    const server = { pod: name, node: options.node };
    const reply = status === undefined ? await app(request, server) : refusal(status, server);
    if (reply.problem !== undefined) writeError('error', reply.problem, `${address}:${port ?? 0}`);
    const sent = send(request, response, reply);
    await closed;
    writeAccess({
      address,
      at,
      request: `${request.method} ${request.url} HTTP/${request.httpVersion}`,
      status: reply.status,
      bytes: response.writableFinished ? sent : 0,
      referer: request.headers.referer,
      userAgent: request.headers['user-agent'],
      duration: Math.max(0, Math.round((performance.now() - from) * 1000)),
    });
  };

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const address = plainAddress(socket.remoteAddress);
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    writeError('error', `request not understood: ${error.code ?? error.message}`, `${address}:${socket.remotePort ?? 0}`);
    writeAccess({ address, at: Date.now(), request: '-', status: 400, bytes: 0, referer: undefined, userAgent: undefined, duration: 0 });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  writeError('notice', `listening on port ${port}, resuming normal operations`);

  return {
    name,
    port,
    board,
    async stop() {
      board.clear();
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      const force = setTimeout(() => server.closeAllConnections(), GRACE);
      await ended;
      clearTimeout(force);
      // A request whose client has gone may still wait for Redis, which answers or fails within seconds; then it is logged.
      await Promise.all(serving);
      writeError('notice', 'stopped, shutting down');
      log.close();
    },
  };
}

/** A request's path without its query. */
function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return mark < 0 ? url : url.slice(0, mark);
}

/** What a request gets that is to fail. It looks as a failure does, in both logs. */
function refusal(status: number, server: Server): Reply {
  const text = 'Something went wrong here. Try again in a moment.';
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: messagePage(`Error ${status}`, text, server), problem: `request failed: upstream answered ${status}` };
}

/** Sends a reply; the number of its body's bytes. */
function send(request: IncomingMessage, response: ServerResponse, reply: Reply): number {
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    ...reply.headers,
    'content-length': body.length,
    'x-content-type-options': 'nosniff',
    server: 'guestbook',
  });
  const withBody = request.method !== 'HEAD';
  response.end(withBody ? body : undefined);
  return withBody ? body.length : 0;
}

function plainAddress(address: string | undefined): string {
  return address?.replace(/^::ffff:/, '') ?? '-';
}

/** Who asked: what X-Forwarded-For says where this machine's balancer forwards, and else the other end. */
export function clientAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>): string {
  const peer = plainAddress(request.socket.remoteAddress);
  if (!isLoopback(peer)) return peer;
  const header = request.headers['x-forwarded-for'];
  const first = (Array.isArray(header) ? header[0] : header)?.split(',')[0]?.trim() ?? '';
  return isIP(first) === 0 ? peer : first;
}

/** True for this machine's own addresses. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}
