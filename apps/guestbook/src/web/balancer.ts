import { Agent, createServer, type IncomingMessage, request as forward, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PodscopeError } from '@podscope/core';

/** The one address in front of all web pods; requests go to them in turn. */
export interface Balancer {
  readonly port: number;
  add(name: string, port: number): void;
  /** Sends no more requests there; resolves when those on their way are answered, or after 5 s. */
  remove(name: string): Promise<void>;
  close(): Promise<void>;
}

interface Backend {
  readonly name: string;
  readonly port: number;
  active: number;
  idle: (() => void) | undefined;
}

const GRACE = 5_000;
/** Headers that belong to one connection and are not passed on. */
const HOP_HEADERS = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Starts the balancer on loopback. @throws PodscopeError GUESTBOOK_PORT_TAKEN */
export async function startBalancer(port: number): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 4, scheduling: 'lifo' });
  const backends: Backend[] = [];
  let turn = 0;

  const proxy = (request: IncomingMessage, response: ServerResponse, tried: ReadonlySet<Backend>): void => {
    const open = backends.filter((each) => !tried.has(each));
    const backend = open[turn++ % Math.max(1, open.length)];
    if (backend === undefined) {
      refuse(response, tried.size === 0 ? 503 : 502);
      return;
    }
    backend.active++;
    const done = (): void => {
      backend.active--;
      if (backend.active === 0) backend.idle?.();
    };
    const upstream = forward({
      agent,
      host: '127.0.0.1',
      port: backend.port,
      method: request.method,
      path: request.url,
      headers: forwardedHeaders(request),
    });
    upstream.once('close', done);
    upstream.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    });
    upstream.on('error', () => {
      if (response.headersSent || response.destroyed) response.destroy();
      // A request without a body can be sent again, to another pod: nothing has come back yet.
      else if (request.method === 'GET' || request.method === 'HEAD') proxy(request, response, new Set([...tried, backend]));
      else refuse(response, 502);
    });
    response.once('close', () => {
      if (!response.writableFinished) upstream.destroy();
    });
    if (request.method === 'GET' || request.method === 'HEAD') upstream.end();
    else request.pipe(upstream);
  };

  const server = createServer((request, response) => proxy(request, response, new Set()));
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new PodscopeError('GUESTBOOK_PORT_TAKEN', `The guestbook cannot listen on 127.0.0.1:${port} (${error.code ?? error.message}).`, {
          hint: 'Choose another port, or 0 for a free one.',
          cause: error,
        }),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    add: (name, at) => void backends.push({ name, port: at, active: 0, idle: undefined }),
    async remove(name) {
      const index = backends.findIndex((each) => each.name === name);
      const [backend] = index < 0 ? [] : backends.splice(index, 1);
      if (backend === undefined || backend.active === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, GRACE);
        backend.idle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
    async close() {
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      agent.destroy();
      await ended;
    },
  };
}

function endToEnd(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const kept = Object.entries(headers).filter(([name]) => !HOP_HEADERS.includes(name) && !named.includes(name));
  return Object.fromEntries(kept) as Record<string, string | string[]>;
}

/** The client's headers; who it is goes into X-Forwarded-For unless it says so itself, as the visitors do. */
function forwardedHeaders(request: IncomingMessage): Record<string, string | string[]> {
  const address = request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '127.0.0.1';
  return { 'x-forwarded-for': address, ...endToEnd(request.headers) };
}

function refuse(response: ServerResponse, status: 502 | 503): void {
  const text = status === 503 ? 'No web pod is running.\n' : 'The web pod did not answer.\n';
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '2' });
  response.end(text);
}
