import { setTimeout } from 'node:timers/promises';
import type { DeliveryServer } from './server.ts';

/** One outage of OpenSearch for all pipelines that run at the same time. */
export class Outage {
  readonly #server: DeliveryServer;
  readonly #seconds: number;
  #missing: number;
  readonly #down = Promise.withResolvers<undefined>();
  readonly #over = Promise.withResolvers<undefined>();

  /** @param parties How many pipelines it waits for. */
  constructor(server: DeliveryServer, parties: number, seconds: number) {
    this.#server = server;
    this.#missing = parties;
    this.#seconds = seconds;
    // Who waits for it hears of a failure; nobody may be waiting yet.
    this.#over.promise.catch(() => undefined);
    this.#down.promise.catch(() => undefined);
  }

  /** A pipeline is in the middle of its work, or can't get there; settles when OpenSearch is down. */
  async reached(): Promise<void> {
    this.#missing -= 1;
    if (this.#missing === 0) void this.#happen();
    await this.#down.promise;
  }

  /** Settles when OpenSearch is there again. */
  get over(): Promise<undefined> {
    return this.#over.promise;
  }

  async #happen(): Promise<void> {
    try {
      await this.#server.kill();
      this.#down.resolve(undefined);
      await setTimeout(this.#seconds * 1000);
      await this.#server.startAgain();
      this.#over.resolve(undefined);
    } catch (error) {
      this.#down.reject(error);
      this.#over.reject(error);
    }
  }
}
