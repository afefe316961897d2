import { Agent, request } from 'node:http';

/** An answer of the server, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** No answer came. */
export class NoAnswer extends Error {
  /** True when the server can't have got the request. */
  readonly unsent: boolean;

  constructor(cause: Error, unsent: boolean) {
    super(cause.message, { cause });
    this.unsent = unsent;
  }
}

/** One request. */
export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly type?: 'application/json' | 'application/x-ndjson';
  readonly body?: Buffer | string;
  /** The server shows it beside the tasks that the request started. */
  readonly opaqueId?: string;
}

/** OpenSearch gives up waiting for a shard after one minute and says so; this is longer. */
const TIMEOUT_MS = 90_000;

/**
 * Kept-alive HTTP to one server, or over a Unix socket. `node:http` is already in memory; another client would cost
 * the collector several megabytes.
 */
export class HttpConnection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 12 });
  readonly #base: URL;
  readonly #socketPath: string | undefined;
  readonly #signal: AbortSignal;
  readonly #timeoutMs: number;

  constructor(base: URL, signal: AbortSignal, options: { readonly socketPath?: string; readonly timeoutMs?: number } = {}) {
    this.#base = base;
    this.#socketPath = options.socketPath;
    this.#signal = signal;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  }

  /** @throws {@link NoAnswer} when no complete answer came. */
  call(call: HttpCall): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      let connected = false;
      const fail = (error: Error): void => reject(new NoAnswer(error, !connected));
      const sent = request(
        {
          agent: this.#agent,
          ...(this.#socketPath === undefined
            ? { host: this.#base.hostname.replace(/^\[|\]$/g, ''), port: this.#base.port }
            : { socketPath: this.#socketPath }),
          method: call.method,
          path: this.#base.pathname.replace(/\/$/, '') + call.path,
          signal: this.#signal,
          headers: {
            ...(call.body === undefined ? {} : { 'content-type': call.type ?? 'application/json', 'content-length': Buffer.byteLength(call.body) }),
            ...(call.opaqueId === undefined ? {} : { 'x-opaque-id': call.opaqueId }),
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            if (response.complete) resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') });
            else fail(new Error('The answer was cut off.'));
          });
          response.on('error', fail);
        },
      );
      sent.on('socket', (socket) => {
        if (!socket.connecting) connected = true;
        else socket.once('connect', () => (connected = true));
      });
      sent.on('error', fail);
      sent.setTimeout(this.#timeoutMs, () => sent.destroy(new Error(`No answer within ${this.#timeoutMs} ms.`)));
      sent.end(call.body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
