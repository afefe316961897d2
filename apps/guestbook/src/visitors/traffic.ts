import { isIP } from 'node:net';
import { isPodscopeError, PodscopeError } from '@podscope/core';
import { Crowd } from './crowd.ts';
import { type ClientSummary, type SteadyClient, VISITORS_ID, type VisitorsReply, type VisitorsRequest } from './protocol.ts';
import { Sender } from './sender.ts';
import { startSteadyLoad } from './steadyLoad.ts';

/** No client may send more. Requests in a second. */
const HIGHEST_RATE = 2_000;

interface Running {
  readonly client: SteadyClient;
  readonly startedAt: string;
  readonly stop: () => void;
}

/** Everybody who sends requests to the guestbook: the visitors and the steady clients. */
export class Traffic {
  readonly #sender = new Sender();
  readonly #clients = new Map<string, Running>();
  #crowd: Crowd | undefined;
  #crowdSince = '';

  /** Does what one message asks. Never rejects. */
  async handle(request: VisitorsRequest): Promise<VisitorsReply> {
    try {
      return await this.#answer(request);
    } catch (error) {
      const failure = isPodscopeError(error)
        ? { code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) }
        : { code: 'GUESTBOOK_UNEXPECTED', message: error instanceof Error ? error.message : String(error) };
      const id = request.type === 'startClient' ? { id: request.client.id } : {};
      return { type: 'failed', request: request.type, ...id, error: failure };
    }
  }

  /** Stops everybody. */
  close(): void {
    this.#crowd?.setRate(0);
    for (const each of this.#clients.values()) each.stop();
    this.#clients.clear();
    this.#sender.close();
  }

  #answer(request: VisitorsRequest): VisitorsReply {
    switch (request.type) {
      case 'start': {
        checkRate(request.rate);
        this.#sender.setUrl(request.url);
        this.#crowd?.setRate(0);
        this.#crowd = new Crowd(this.#sender, request.seed, request.archivePages ?? 2_000);
        this.#crowdSince = new Date().toISOString();
        this.#crowd.setRate(request.rate);
        return { type: 'started' };
      }
      case 'setRate':
        checkRate(request.rate);
        if (this.#crowd === undefined) throw noClient(VISITORS_ID);
        this.#crowd.setRate(request.rate);
        return { type: 'rateSet', rate: request.rate };
      case 'startClient':
        this.#startClient(request.client);
        return { type: 'clientStarted', id: request.client.id };
      case 'stopClient':
        return { type: 'clientStopped', id: request.id, found: this.#stopClient(request.id) };
      case 'list':
        return { type: 'clients', clients: this.#list() };
      case 'stats':
        return { type: 'stats', stats: this.#sender.stats() };
    }
  }

  #startClient(client: SteadyClient): void {
    checkRate(client.rate);
    if (this.#clients.has(client.id) || client.id === VISITORS_ID) {
      throw new PodscopeError('GUESTBOOK_CLIENT_EXISTS', `The client ${client.id} runs already.`, {
        hint: 'Stop it first, or give the new client another id.',
      });
    }
    const wrong =
      client.id === '' ? 'the id is empty'
      : client.rate === 0 ? 'the rate is 0'
      : isIP(client.address) === 0 ? `"${client.address}" is no IP address`
      : client.paths.length === 0 ? 'there is no path'
      : client.paths.find((path) => !/^\/[!-~]*$/.test(path)) !== undefined ? 'a path must start with "/" and be plain ASCII without spaces'
      : !/^[ -~]+$/.test(client.userAgent) ? 'the user agent must be plain ASCII'
      : undefined;
    if (wrong !== undefined) {
      throw new PodscopeError('GUESTBOOK_CLIENT_INVALID', `The client ${client.id} cannot start: ${wrong}.`, {
        hint: 'A client needs an id, a user agent, an IP address, a rate above 0 and paths.',
      });
    }
    const stop = startSteadyLoad(client, this.#sender);
    this.#clients.set(client.id, { client, stop, startedAt: new Date().toISOString() });
  }

  #stopClient(id: string): boolean {
    if (id === VISITORS_ID) {
      const found = this.#crowd !== undefined;
      this.#crowd?.setRate(0);
      this.#crowd = undefined;
      return found;
    }
    this.#clients.get(id)?.stop();
    return this.#clients.delete(id);
  }

  #list(): ClientSummary[] {
    const visitors: ClientSummary[] =
      this.#crowd === undefined
        ? []
        : [{ id: VISITORS_ID, userAgent: 'several browsers', address: 'several addresses', rate: this.#crowd.rate, startedAt: this.#crowdSince }];
    const steady = [...this.#clients.values()].map(({ client, startedAt }): ClientSummary => {
      const { id, userAgent, address, rate } = client;
      return { id, userAgent, address, rate, startedAt };
    });
    return [...visitors, ...steady];
  }
}

function checkRate(rate: number): void {
  if (Number.isFinite(rate) && rate >= 0 && rate <= HIGHEST_RATE) return;
  throw new PodscopeError('GUESTBOOK_RATE_INVALID', `${rate} requests a second is no rate.`, {
    hint: `Give a number from 0 to ${HIGHEST_RATE}.`,
  });
}

function noClient(id: string): PodscopeError {
  return new PodscopeError('GUESTBOOK_CLIENT_UNKNOWN', `There is no client ${id}.`, { hint: 'List the clients, or start it.' });
}
