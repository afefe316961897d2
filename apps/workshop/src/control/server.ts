import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { ControlHandlers } from './handlers.ts';

/** A request's query or body, field by field, each of the type that the route asks for. */
class Fields {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  text(name: string): string {
    const value = this.#values[name];
    return typeof value === 'string' && value !== '' ? value : this.#refuse(name, 'a text');
  }

  optionalText(name: string): string | undefined {
    return this.#values[name] === undefined || this.#values[name] === null ? undefined : this.text(name);
  }

  number(name: string): number {
    const value = this.#values[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : this.#refuse(name, 'a number');
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  texts(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : this.#refuse(name, 'a list of texts');
  }

  answers(name: string): Readonly<Record<string, string>> {
    const value = this.#values[name];
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord && Object.values(value).every((each) => typeof each === 'string') ? (value as Record<string, string>) : this.#refuse(name, 'answers by question');
  }

  #refuse(name: string, wanted: string): never {
    throw new PodscopeError('BAD_REQUEST', `The field "${name}" of the request must be ${wanted}.`, { hint: 'See apps/workshop/src/control/api.ts.' });
  }
}

type Route = (handlers: ControlHandlers, fields: Fields) => Promise<unknown>;

const routes: Readonly<Record<string, Route>> = {
  'GET /v1/state': (handlers) => handlers.state(),
  'GET /v1/parts': async (handlers) => ({ parts: await handlers.parts(), shipping: await handlers.shipping() }),
  'POST /v1/scale': (handlers, body) => handlers.scale(body.text('deployment'), body.number('replicas')),
  'POST /v1/restart': (handlers, body) => handlers.restart(body.text('target')),
  'POST /v1/exec': (handlers, body) => handlers.exec(body.text('pod'), body.texts('command')),
  'GET /v1/logs': async (handlers, query) => ({ lines: await handlers.logs(query.text('pod'), Number(query.optionalText('tail') ?? 100)) }),
  'POST /v1/clients/stop': (handlers, body) => handlers.stopClient(body.text('id')),
  'POST /v1/publish': (handlers, body) => handlers.publish(body.text('path')),
  'GET /v1/hunts': (handlers) => handlers.hunts(),
  'POST /v1/hunts/start': (handlers, body) => handlers.startHunt(body.text('id'), body.optionalText('seed')),
  'POST /v1/hunts/hint': (handlers, body) => handlers.takeHint(body.text('id')),
  'POST /v1/hunts/answer': (handlers, body) => handlers.answerHunt(body.text('id'), body.answers('answers')),
  'POST /v1/hunts/submit': (handlers, body) => handlers.submitHunt(body.text('id')),
  'POST /v1/hunts/stop': (handlers, body) => handlers.stopHunt(body.text('id')),
  'GET /v1/faults': (handlers) => handlers.faults.listFaults(),
  'POST /v1/faults/inject': (handlers, body) => {
    const seed = body.optionalText('seed');
    return handlers.faults.injectFault({ kind: body.text('kind'), ...(seed === undefined ? {} : { seed }), dryRun: body.flag('dryRun') });
  },
  'POST /v1/faults/verify': (handlers, body) => handlers.faults.verifyFault(body.text('id')),
  'POST /v1/faults/revert': (handlers, body) => handlers.faults.revertFault(body.text('id'), body.flag('force')),
  'POST /v1/faults/recover': (handlers) => handlers.faults.recoverFaults(),
  'POST /v1/visitors/rate': (handlers, body) => handlers.setVisitorRate(body.number('rate')),
  'POST /v1/rollover': (handlers) => handlers.rollover(),
  'POST /v1/down': (handlers) => handlers.shutdown(),
};

const BODY_LIMIT = 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new PodscopeError('BAD_REQUEST', 'The request is larger than 1 MB.', { hint: 'Send less.' });
    chunks.push(chunk);
  }
  if (size === 0) return {};
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch (cause) {
    throw new PodscopeError('BAD_REQUEST', 'The request is not JSON.', { hint: 'Send a JSON object.', cause });
  }
  throw new PodscopeError('BAD_REQUEST', 'The request is not a JSON object.', { hint: 'Send a JSON object.' });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body ?? {});
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
}

function replyError(response: ServerResponse, error: unknown): void {
  if (isPodscopeError(error)) {
    const status = error.code.endsWith('_NOT_FOUND') || error.code.endsWith('_UNKNOWN') ? 404 : 400;
    reply(response, status, { error: error.toJSON() });
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  const wrapped = new PodscopeError('INTERNAL', `The supervisor failed: ${message.split('\n')[0]}.`, { hint: 'See "podscope logs supervisor"; please report it.' });
  reply(response, 500, { error: wrapped.toJSON() });
}

async function answer(handlers: ControlHandlers, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://podscope');
  const name = `${request.method ?? ''} ${url.pathname}`;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (route === undefined) throw new PodscopeError('ROUTE_NOT_FOUND', `The supervisor knows no ${name}.`, { hint: 'The command and the supervisor may be of different versions.' });
  const fields = request.method === 'GET' ? Object.fromEntries(url.searchParams) : await readBody(request);
  reply(response, 200, await route(handlers, new Fields(fields)));
}

/** The control socket's server, and how to end it. */
export interface ControlServer {
  readonly path: string;
  close(): Promise<void>;
}

/**
 * Serves the control interface on a Unix socket that only this user may open.
 *
 * @param onError told of errors that aren't a {@link PodscopeError}: defects.
 */
export async function startControlServer(path: string, handlers: ControlHandlers, onError: (error: unknown) => void): Promise<ControlServer> {
  rmSync(path, { force: true });
  const server: Server = createServer((request, response) => {
    answer(handlers, request, response).catch((error: unknown) => {
      if (!isPodscopeError(error)) onError(error);
      replyError(response, error);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return {
    path,
    async close() {
      // The answer to "down" is on its way on one of these connections.
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), 1_000);
      await closed;
      clearTimeout(timer);
      rmSync(path, { force: true });
    },
  };
}
