import { createServer, request as httpRequest, Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { createCalls, RecordedCall } from './calls.ts';
import { AwsRefusal, writeAnswer, writeError, type AwsError, type WireAnswer } from './answer.ts';
import type { Faults } from './faults.ts';
import { pageOf } from './pages.ts';
import { faultsOfRequest, readRequest, type AwsRequest, type WireRequest } from './request.ts';
import type { Fields } from '../models/schema.ts';

/** Answers a request itself, or changes what moto answers; undefined leaves it to moto. */
export type Handler = (request: AwsRequest) => Promise<Fields | WireAnswer | undefined>;

/** What a front needs. */
export interface FrontOptions {
  readonly calls: ReturnType<typeof createCalls>;
  readonly faults: Faults;
  /** Of `service:action`. */
  readonly handler: (request: AwsRequest) => Handler | undefined;
  readonly forward: (request: WireRequest) => Promise<WireAnswer>;
  /** What is wrong with who sent it. */
  readonly refuse: (request: AwsRequest) => { readonly code: string; readonly message: string } | undefined;
  /** What they may not do; after {@link refuse}. */
  readonly authorize: (request: AwsRequest) => Promise<AwsError | undefined>;
  /** Told what no AWS answers: that moto lacks a call or fell over, or that the stand-in did. */
  readonly onTrouble: (what: string) => void;
}

/** A listening front. */
export interface Front {
  readonly port: number;
  /** When all that was asked until now is done, also for those who no longer wait for the answer. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Listens on loopback, records, injects faults, and hands on to the stand-in or to moto. */
export async function startFront(options: FrontOptions): Promise<Front> {
  const working = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const work = handle(request, response, options).catch((error: unknown) => {
      // Who went away in the middle of the request gets nothing, and asked for nothing.
      if (request.readableAborted || response.headersSent) return response.destroy();
      options.onTrouble(`the front failed: ${String(error)}`);
      response.writeHead(500, { 'content-type': 'text/plain' });
      return response.end(`The AWS test environment itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }).then(() => void working.delete(work));
    working.add(work);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The front has no port.');
  return {
    port: address.port,
    async idle() {
      while (working.size > 0) await Promise.all(working);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(incoming: IncomingMessage, response: ServerResponse, options: FrontOptions): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')]));
  const wire: WireRequest = { method: incoming.method ?? 'GET', url: incoming.url ?? '/', headers, body: Buffer.concat(chunks) };
  const request = await readRequest(wire).catch(() => undefined);
  if (request === undefined) return send(response, writeError({ protocol: 'json', model: undefined }, { code: 'SerializationException', message: 'The request cannot be read.' }));
  const record = (outcome: Pick<RecordedCall, 'error' | 'status'>): void => options.calls.add(request, outcome);
  const fault = options.faults.next(request);
  if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
  const strikes = fault !== undefined && (fault.cut === true || fault.error !== undefined);
  if (!strikes || fault.after === true) {
    const answer = await answerOf(request, options);
    if (!strikes) {
      record({ error: errorCode(answer), status: answer.status });
      return send(response, answer);
    }
  }
  if (fault.cut === true) {
    record({ error: 'ConnectionCut', status: undefined });
    response.destroy();
    return;
  }
  const code = fault.error ?? 'InternalFailure';
  const answer = writeError(request, { code, message: fault.message ?? `${code}, injected into ${request.service}:${request.action}`, status: fault.status });
  record({ error: code, status: answer.status });
  send(response, answer);
}

async function answerOf(request: AwsRequest, options: FrontOptions): Promise<WireAnswer> {
  const refused = options.refuse(request);
  if (refused !== undefined) return writeError(request, refused);
  const faults = faultsOfRequest(request);
  if (faults.length > 0) return writeError(request, { code: 'ValidationException', message: `${faults.length} validation error(s): ${faults.join('; ')}` });
  try {
    const denied = await options.authorize(request);
    if (denied !== undefined) return writeError(request, denied);
    const answer = await options.handler(request)?.(request);
    if (answer !== undefined && !isWireAnswer(answer)) return writeAnswer(request, pageOf(request, answer));
    const given = answer ?? (await askedOfMoto(request, options));
    if (given.status >= 500 || (given.status === 404 && given.headers['content-type']?.includes('html') === true)) options.onTrouble(`${request.service}:${request.action}: moto answered ${given.status}: ${given.body.toString().slice(0, 300)}`);
    return given;
  } catch (error) {
    if (error instanceof AwsRefusal) return writeError(request, { code: error.code, message: error.message, status: error.status });
    // Our own fault, told as an error of the service, so that it is seen in full, and with a status that nobody tries again.
    options.onTrouble(`${request.service}:${request.action}: ${error instanceof Error ? error.message : String(error)}`);
    return writeError(request, { code: 'StandInFailure', message: error instanceof Error ? (error.stack ?? error.message) : String(error), status: 400 });
  }
}

/** What moto knows of a region it makes at the first question, and falls over when two come at once: a question that changes nothing is put again. */
async function askedOfMoto(request: AwsRequest, { forward }: FrontOptions): Promise<WireAnswer> {
  const answer = await forward(request);
  return answer.status === 500 && /^(?:Describe|Get|List)/.test(request.action) ? forward(request) : answer;
}

function isWireAnswer(answer: Fields | WireAnswer): answer is WireAnswer {
  return 'status' in answer && 'headers' in answer && 'body' in answer;
}

/** The code of an error, out of whichever form it is in. */
export function errorCode({ status, headers, body }: WireAnswer): string | undefined {
  if (status < 400) return undefined;
  const named = headers['x-amzn-errortype']?.split(':')[0];
  if (named !== undefined && named !== '') return named;
  const text = body.toString();
  return /<Code>([^<]+)<\/Code>/.exec(text)?.[1] ?? /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(text)?.[1] ?? `HTTP ${status}`;
}

function send(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(body);
}

const HOP_BY_HOP = new Set(['connection', 'transfer-encoding', 'content-length', 'keep-alive', 'server', 'date']);

/** Sends a request on to moto as it is. */
export function forwardTo(port: number): { readonly forward: (request: WireRequest) => Promise<WireAnswer>; readonly close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const forward = ({ method, url, headers, body }: WireRequest): Promise<WireAnswer> =>
    new Promise((resolve, reject) => {
      const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
      const sent = httpRequest({ host: '127.0.0.1', port, method, path: url, agent, headers: { ...passed, ...authorization(url, headers), 'content-length': String(body.length) } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          const kept = Object.entries(answer.headers).filter(([name]) => !HOP_BY_HOP.has(name));
          resolve({ status: answer.statusCode ?? 500, headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])), body: Buffer.concat(chunks) });
        });
      });
      sent.once('error', reject);
      sent.end(body);
    });
  return { forward, close: () => agent.destroy() };
}

/** Moto looks for the service of a request in this header only; that of a presigned address is in its query. */
function authorization(url: string, headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const credential = new URL(url, 'http://localhost').searchParams.get('X-Amz-Credential');
  return credential === null || headers['authorization'] !== undefined ? {} : { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${'0'.repeat(64)}` };
}
