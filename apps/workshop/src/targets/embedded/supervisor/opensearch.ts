import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProgressEvent, startOpenSearch, type StartedOpenSearch, type StartOptions } from '@podscope/embedded-opensearch';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { SupervisorOptions } from '../protocol.ts';
import type { PartState } from '../../../control/api.ts';
import { PartWatch } from './partWatch.ts';
import type { ProcessLog } from './processLog.ts';

export interface OpenSearchKeeperOptions {
  readonly options: SupervisorOptions;
  readonly port: number;
  readonly ledger: Ledger;
  readonly log: ProcessLog;
  /** What the first start does. */
  readonly onProgress: (event: ProgressEvent) => void;
}

const NAME = 'opensearch';
const LONGEST_BACKOFF = 30_000;

/** Keeps one OpenSearch running: the same port and data after every death. */
export class OpenSearchKeeper {
  readonly #context: OpenSearchKeeperOptions;
  readonly #abort = new AbortController();
  #server: StartedOpenSearch | undefined;
  #keeping: Promise<void> | undefined;
  readonly #watch = new PartWatch(NAME);

  constructor(context: OpenSearchKeeperOptions) {
    this.#context = context;
  }

  get part(): PartState {
    return this.#watch.part;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#context.port}`;
  }

  /** Starts the server, installing it if need be, and keeps it from then on. @throws what `startOpenSearch` throws */
  async start(): Promise<void> {
    this.#server = await this.#launch(this.#context.onProgress);
    this.#keeping = this.#keep();
  }

  /** Ends the server for good. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#server?.stop();
    await this.#keeping;
  }

  async #launch(onProgress: (event: ProgressEvent) => void): Promise<StartedOpenSearch> {
    const { options, port, ledger, log } = this.#context;
    const start: StartOptions = {
      version: options.opensearchVersion,
      home: options.opensearchHome,
      javaHome: options.javaHome,
      cacheDir: join(options.cacheDir, 'opensearch'),
      dataDir: join(options.runDir, 'opensearch'),
      logsDir: join(options.runDir, 'logs', 'opensearch'),
      port,
      heap: '512m',
      // 2.19 fails on aggregations over fields of different width in one search (opensearch-project/OpenSearch#20204).
      settings: { 'search.max_aggregation_rewrite_filters': 0 },
      signal: this.#abort.signal,
      onProgress: (event) => {
        if (event.type === 'starting') ledger.started(NAME, event.pid);
        onProgress(event);
      },
    };
    ledger.announce(NAME);
    const server = await startOpenSearch(start);
    this.#watch.started(server.pid);
    log.write('info', NAME, `OpenSearch ${server.version} answers on port ${server.port}, process ${server.pid}`);
    return server;
  }

  async #keep(): Promise<void> {
    let failures = 0;
    while (!this.#abort.signal.aborted) {
      const server = this.#server;
      if (server !== undefined) {
        const began = performance.now();
        const exit = await server.exited;
        const reason = exit.signal ?? `exit code ${exit.code}`;
        this.#watch.ended(reason);
        this.#context.ledger.ended(NAME, server.pid);
        if (this.#abort.signal.aborted) return;
        this.#context.log.write('error', NAME, `process ${server.pid} ended: ${reason}`);
        if (performance.now() - began > 60_000) failures = 0;
        await server.stop();
        this.#server = undefined;
      }
      const delay = Math.min(LONGEST_BACKOFF, 1_000 * 2 ** failures++);
      await sleep(delay, undefined, { signal: this.#abort.signal }).catch(() => undefined);
      if (this.#abort.signal.aborted) return;
      try {
        this.#server = await this.#launch(() => undefined);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        this.#watch.failed(message);
        this.#context.log.write('error', NAME, `start failed: ${message}`);
      }
    }
  }
}
