import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** What happens to one bulk request instead of being passed through. */
export interface Trouble {
  /** Before OpenSearch gets the request. Return `drop` so that it never does. */
  readonly before?: () => void | 'drop' | Promise<void | 'drop'>;
  /** After OpenSearch has applied it; the answer is then dropped. */
  readonly applied?: () => void | Promise<void>;
  /** Answered instead of OpenSearch, which never gets the request. */
  readonly answer?: { readonly status: number; readonly body: string };
}

/** Stands between a collector and OpenSearch: counts what is applied, and makes trouble for chosen bulk requests. */
export class FaultyProxy {
  /** Documents of bulk requests to the watched stream that OpenSearch answered with 200. */
  applied = 0;
  /** Answers that were dropped after OpenSearch had applied the request. */
  cut = 0;
  /** Larger bodies are refused with 413, as reverse proxies do. */
  mostBytes = Infinity;
  readonly #target: { readonly port: number };
  readonly #path: string;
  readonly #server: Server;
  readonly #troubles: Trouble[] = [];
  readonly #watchers = new Set<() => void>();

  private constructor(port: number, stream: string) {
    this.#target = { port };
    this.#path = `/${stream}/_bulk`;
    this.#server = createServer((incoming, response) => {
      this.#pass(incoming, response).catch(() => response.destroy());
    });
  }

  static async start(port: number, stream: string): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(port, stream);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next bulk request to the watched stream gets this. */
  arm(trouble: Trouble): void {
    this.#troubles.push(trouble);
  }

  /** Resolves when so many documents have been applied. */
  async untilApplied(count: number): Promise<void> {
    while (this.applied < count) {
      await new Promise<void>((resolve) => this.#watchers.add(resolve));
    }
  }

  async #pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await incoming.toArray());
    if (body.length > this.mostBytes) return void response.writeHead(413).end();
    const isBulk = incoming.method === 'POST' && incoming.url?.startsWith(this.#path) === true;
    const trouble = isBulk ? this.#troubles.shift() : undefined;
    if ((await trouble?.before?.()) === 'drop') return void response.destroy();
    if (trouble?.answer !== undefined) return void response.writeHead(trouble.answer.status).end(trouble.answer.body);
    const sent = request({ ...this.#target, host: '127.0.0.1', method: incoming.method, path: incoming.url, headers: incoming.headers });
    sent.end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const text = Buffer.concat(await answer.toArray());
    if (isBulk && answer.statusCode === 200) {
      this.applied += body.toString('latin1').split('\n{"create":').length;
      for (const tell of this.#watchers) tell();
      this.#watchers.clear();
    }
    if (trouble?.applied !== undefined) {
      this.cut++;
      await trouble.applied();
      return void response.destroy();
    }
    response.writeHead(answer.statusCode ?? 502, { 'content-type': 'application/json', 'content-length': text.length });
    response.end(text);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
