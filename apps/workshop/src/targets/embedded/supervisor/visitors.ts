import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientState } from '@podscope/console/api';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { PartState } from '../../../control/api.ts';
import type { SteadyClient, VisitorsReply, VisitorsRequest } from '@podscope/guestbook/visitors';
import { VISITORS_ID } from '@podscope/guestbook/visitors';
import type { Ledger } from '../../../ledger/ledger.ts';
import { NodeChild } from './nodeChild.ts';
import { PartWatch } from './partWatch.ts';
import type { ProcessLog } from './processLog.ts';

export interface VisitorsOptions {
  readonly ledger: Ledger;
  readonly log: ProcessLog;
  /** The address in front of the web pods. */
  readonly url: string;
  readonly seed: string;
  /** Requests in a second of all ordinary visitors. */
  readonly rate: number;
}

type Child = NodeChild<VisitorsRequest, VisitorsReply>;

/** The traffic: a process with the ordinary visitors and the clients that were started beside them. */
export class Visitors {
  readonly #options: VisitorsOptions;
  readonly #clients = new Map<string, SteadyClient>();
  #rate: number;
  #archivePages = 0;
  #isOpen = false;
  /** False once somebody stopped the ordinary visitors. */
  #ordinary = true;
  #child: Promise<Child> | undefined;
  readonly #watch = new PartWatch('visitors');
  #closed = false;

  constructor(options: VisitorsOptions) {
    this.#options = options;
    this.#rate = options.rate;
  }

  /** Lets the visitors in, who read pages 1 to `archivePages` of the archive. */
  async open(archivePages: number): Promise<void> {
    this.#archivePages = archivePages;
    this.#isOpen = true;
    await this.#host();
  }

  /** Nobody before {@link open} and after {@link close}, and while the process is started again. */
  async clients(): Promise<readonly ClientState[]> {
    if (!this.#isOpen || this.#closed) return [];
    try {
      const answer = await this.#ask({ type: 'list' }, 'clients');
      return answer.clients;
    } catch (error) {
      // The state of everything else must not be hidden by it; the part says what is wrong.
      if (isPodscopeError(error, 'PROCESS_ENDED') || isPodscopeError(error, 'PROCESS_SILENT')) return [];
      throw error;
    }
  }

  get part(): PartState {
    return this.#watch.part;
  }

  /** Requests in a second of the ordinary visitors. Where somebody stopped them, they come back. */
  async setRate(rate: number): Promise<void> {
    if (!Number.isFinite(rate) || rate < 0 || rate > 2_000) {
      throw new PodscopeError('BAD_RATE', `${rate} requests in a second cannot be sent.`, { hint: 'Give a number from 0 to 2000.' });
    }
    if (this.#ordinary) await this.#ask({ type: 'setRate', rate }, 'rateSet');
    else await this.#ask({ type: 'start', url: this.#options.url, seed: this.#options.seed, rate, archivePages: this.#archivePages }, 'started');
    this.#rate = rate;
    this.#ordinary = true;
  }

  async startClient(client: SteadyClient): Promise<void> {
    await this.#ask({ type: 'startClient', client }, 'clientStarted');
    this.#clients.set(client.id, client);
  }

  /** @throws PodscopeError CLIENT_NOT_FOUND */
  async stopClient(id: string): Promise<void> {
    const { found } = await this.#ask({ type: 'stopClient', id }, 'clientStopped');
    this.#clients.delete(id);
    if (id === VISITORS_ID) this.#ordinary = false;
    if (!found) throw new PodscopeError('CLIENT_NOT_FOUND', `There is no client ${id}.`, { hint: 'See "podscope clients list".' });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const child = await this.#child?.catch(() => undefined);
    await child?.end();
  }

  async #ask<Type extends VisitorsReply['type']>(request: VisitorsRequest, type: Type): Promise<Extract<VisitorsReply, { type: Type }>> {
    return send(await this.#host(), request, type);
  }

  #host(): Promise<Child> {
    if (this.#closed || !this.#isOpen) return Promise.reject(new PodscopeError('PROCESS_ENDED', 'No visitors are there now.', { hint: 'The system is starting or ending; see "podscope status".' }));
    this.#child ??= this.#fork();
    return this.#child;
  }

  async #fork(): Promise<Child> {
    const { ledger, log, url, seed } = this.#options;
    const child: Child = new NodeChild({
      name: 'visitors',
      ledger,
      log,
      onExit: (reason, wanted) => {
        this.#watch.ended(reason);
        this.#child = undefined;
        if (!wanted) void this.#again();
      },
    });
    try {
      await send(child, { type: 'start', url, seed, rate: this.#rate, archivePages: this.#archivePages }, 'started');
      if (!this.#ordinary) await send(child, { type: 'stopClient', id: VISITORS_ID }, 'clientStopped');
      for (const client of this.#clients.values()) await send(child, { type: 'startClient', client }, 'clientStarted');
      this.#watch.started(child.pid);
      return child;
    } catch (error) {
      await child.end();
      throw error;
    }
  }

  async #again(): Promise<void> {
    for (let delay = 500; !this.#closed; delay = Math.min(delay * 2, 30_000)) {
      await sleep(delay);
      if (this.#closed) return;
      try {
        await this.#host();
        return;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        this.#watch.failed(message);
        this.#options.log.write('error', 'visitors', `start failed: ${message}`);
      }
    }
  }
}

async function send<Type extends VisitorsReply['type']>(child: Child, request: VisitorsRequest, type: Type): Promise<Extract<VisitorsReply, { type: Type }>> {
  type Wanted = Extract<VisitorsReply, { type: Type }>;
  type Failed = Extract<VisitorsReply, { type: 'failed' }>;
  const answer = await child.request(request, (reply): reply is Wanted | Failed => reply.type === type || (reply.type === 'failed' && reply.request === request.type));
  if (answer.type === 'failed' && type !== 'failed') {
    const { error } = answer as Failed;
    throw new PodscopeError(error.code, error.message, error.hint === undefined ? {} : { hint: error.hint });
  }
  return answer as Wanted;
}
