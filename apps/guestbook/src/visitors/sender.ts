import { Agent, request } from 'node:http';
import type { TrafficStats } from './protocol.ts';

/** One request to the guestbook. */
export interface Outgoing {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly address: string;
  readonly userAgent: string;
  readonly referer?: string;
  readonly form?: Readonly<Record<string, string>>;
}

/** No answer after this time counts as failed. Milliseconds. */
const TIMEOUT = 10_000;

/** Sends requests over kept connections and counts what becomes of them. */
export class Sender {
  #url: URL | undefined;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 128, maxFreeSockets: 16, scheduling: 'lifo' });
  readonly #statuses = new Map<number, number>();
  #sent = 0;
  #answered = 0;
  #failed = 0;
  #skipped = 0;

  /** Where requests go from now on. */
  setUrl(url: string): void {
    this.#url = new URL(url);
  }

  /** Counts a request that was not sent. */
  skip(): void {
    this.#skipped++;
  }

  /** Sends one request and resolves when it is over, whatever came of it. */
  send(outgoing: Outgoing): Promise<void> {
    const url = this.#url;
    if (url === undefined) return Promise.resolve();
    this.#sent++;
    const body = outgoing.form === undefined ? undefined : new URLSearchParams(outgoing.form).toString();
    return new Promise((resolve) => {
      let over = false;
      const end = (failed: boolean): void => {
        if (over) return;
        over = true;
        if (failed) this.#failed++;
        else this.#answered++;
        resolve();
      };
      const sending = request({
        agent: this.#agent,
        host: url.hostname,
        port: url.port,
        method: outgoing.method,
        path: outgoing.path,
        timeout: TIMEOUT,
        headers: {
          'user-agent': outgoing.userAgent,
          'x-forwarded-for': outgoing.address,
          ...(outgoing.referer === undefined ? {} : { referer: url.origin + outgoing.referer }),
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }),
        },
      });
      sending.on('response', (answer) => {
        const status = answer.statusCode ?? 0;
        answer.resume();
        answer.once('end', () => {
          this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
          end(false);
        });
        answer.once('error', () => end(true));
      });
      sending.once('timeout', () => sending.destroy());
      sending.once('error', () => end(true));
      sending.once('close', () => end(true));
      sending.end(body);
    });
  }

  /** Counts since the start. */
  stats(): TrafficStats {
    return {
      sent: this.#sent,
      answered: this.#answered,
      failed: this.#failed,
      skipped: this.#skipped,
      byStatus: Object.fromEntries(this.#statuses),
    };
  }

  /** Closes the kept connections. */
  close(): void {
    this.#agent.destroy();
  }
}
