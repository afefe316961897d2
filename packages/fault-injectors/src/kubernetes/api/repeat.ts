import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Link } from './link.ts';
import { Lost, open, readAnswer, type Answer } from './send.ts';
import type { ApiRequest } from './types.ts';
import { codesOf } from './unreachable.ts';

/** Sends requests again where that is safe and the server may only be restarting. */
export interface Sender {
  /**
   * `safe`: may be carried out twice with the same result as once. A request that can't have reached the server is sent again in any case.
   *
   * @throws PodscopeError `KUBE_UNREACHABLE`, `KUBE_CONFIG_INVALID`; the signal's reason.
   */
  send(request: ApiRequest, options: { readonly safe: boolean }): Promise<Sent>;
  /** Opens an answer that goes on, such as a watch: its stream, or what the server answered instead. Repeated as a safe request. */
  open(request: ApiRequest): Promise<{ readonly stream: IncomingMessage } | Sent>;
  /** Runs what sends something by itself: again, while the server is away that was there before, for what can be done twice. */
  attempt<Result>(run: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result>;
}

/** An answer. */
export interface Sent extends Answer {
  /** An earlier attempt may have been carried out, though nobody heard of it. */
  readonly doubtful: boolean;
}

/** How long a server may be away that was there before: a restart of kube-apiserver takes some 30 s on a busy machine. */
const AWAY_MS = 90_000;
/** How often a server is asked that turns requests away although it is there. */
const TURNED_AWAY = 8;
const FIRST_MS = 100;
const LONGEST_MS = 2_000;
/** How long a server is waited for whose `/readyz` this user may not see. */
const UNSEEN_MS = 5_000;

/** The cause can't go away by itself. */
const isFinal = (error: unknown): boolean => codesOf(error).some((code) => /CERT|SELF_SIGNED|UNABLE_TO|ERR_OSSL|ERR_TLS/.test(code));

/** A sender over one link. A server that never answered is not waited for: nobody is to wait a minute for a wrong address. */
export function createSender(link: Link): Sender {
  let reached = false;
  /** Shared by all requests that find the server away. */
  let returning: Promise<void> | undefined;

  async function untilBack(): Promise<void> {
    const deadline = performance.now() + AWAY_MS;
    let unseen: number | undefined;
    for (let pause = FIRST_MS; performance.now() < deadline; pause = Math.min(pause * 1.5, LONGEST_MS)) {
      try {
        // Before it is ready a server knows no rights yet and would refuse what it allows a second later.
        const { response, fresh } = await open(link, { path: '/readyz' }, 'request');
        const { status } = await readAnswer(response, fresh, undefined);
        if (status === 200) return;
        if (status === 401 || status === 403 || status === 404) {
          unseen ??= performance.now();
          if (performance.now() - unseen > UNSEEN_MS) return;
        }
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
      }
      await sleep(pause);
    }
  }

  function back(signal?: AbortSignal): Promise<void> {
    returning ??= untilBack().finally(() => (returning = undefined));
    if (signal === undefined) return returning;
    const { promise, reject } = Promise.withResolvers<never>();
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    return Promise.race([returning, promise]).finally(() => signal.removeEventListener('abort', onAbort));
  }

  /** Waits until a server is back that was there before; throws where waiting would not help. */
  async function outlast({ cause, sent }: Lost, safe: boolean, deadline: number, signal: AbortSignal | undefined): Promise<void> {
    link.dropIdle();
    if (!reached || (sent && !safe) || isFinal(cause) || performance.now() >= deadline) throw link.explain(cause);
    await back(signal);
  }

  async function exchange(request: ApiRequest, safe: boolean, use: 'request' | 'stream'): Promise<{ readonly stream: IncomingMessage } | Sent> {
    const deadline = performance.now() + AWAY_MS;
    let doubtful = false;
    let renewed = false;
    for (let attempt = 0; ; attempt += 1) {
      let answer: Answer;
      try {
        const { response, fresh } = await open(link, request, use);
        if (use === 'stream' && response.statusCode === 200) {
          reached = true;
          return { stream: response };
        }
        answer = await readAnswer(response, fresh, request.signal);
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
        doubtful ||= error.sent;
        await outlast(error, safe, deadline, request.signal);
        continue;
      }
      const { status, fresh, retryAfter } = answer;
      if (status === 401 && !renewed && link.renew()) {
        renewed = true;
        continue;
      }
      // A connection that had to be made anew may go to a server that has just begun and knows no rights yet.
      if ((status === 401 || status === 403) && fresh && reached && attempt === 0) {
        await back(request.signal);
        continue;
      }
      reached ||= status < 500;
      const turnedAway = (status === 429 && !request.path.endsWith('/eviction')) || (safe && (status === 503 || status === 504 || isEtcd(answer)));
      if (!turnedAway || attempt >= TURNED_AWAY) return { ...answer, doubtful };
      doubtful ||= status !== 429 && status !== 503;
      await sleep(Math.min((retryAfter ?? 0) * 1000 || FIRST_MS * 2 ** attempt, 10_000), undefined, request.signal === undefined ? {} : { signal: request.signal });
    }
  }

  return {
    async attempt(run, signal) {
      const deadline = performance.now() + AWAY_MS;
      for (;;) {
        try {
          return await run();
        } catch (error) {
          if (!(error instanceof Lost)) throw error;
          await outlast(error, true, deadline, signal);
        }
      }
    },
    send: (request, { safe }) => exchange(request, safe, 'request') as Promise<Sent>,
    open: (request) => exchange(request, true, 'stream'),
  };
}

/** An answer that comes from etcd being away, not from what was asked. */
function isEtcd({ status, body }: Answer): boolean {
  const message = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
  return status === 500 && /etcdserver|context deadline exceeded|connection error|leader changed/.test(message);
}
