import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkshopShipper } from '../../../config/defineWorkshop.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ProcessLog } from './processLog.ts';

export interface ShippersOptions {
  readonly ledger: Ledger;
  readonly log: ProcessLog;
  /** What `{opensearch}` and `{runDir}` stand for in arguments. */
  readonly places: { readonly opensearch: string; readonly runDir: string };
}

const LONGEST_BACKOFF = 30_000;
const GRACE = 3_000;

/** Runs an extension's shippers; one that ends is started again, ever more slowly. What they print goes into the log. */
export class Shippers {
  readonly #options: ShippersOptions;
  readonly #abort = new AbortController();
  readonly #running = new Map<string, ChildProcess>();
  #keeping: readonly Promise<void>[] = [];

  constructor(options: ShippersOptions) {
    this.#options = options;
  }

  start(shippers: readonly WorkshopShipper[]): void {
    this.#keeping = shippers.map((shipper) => this.#keep(shipper));
  }

  /** Asks every shipper to end, and ends those that don't within three seconds. */
  async stop(): Promise<void> {
    this.#abort.abort();
    for (const child of this.#running.values()) child.kill('SIGTERM');
    const kill = setTimeout(() => {
      for (const child of this.#running.values()) child.kill('SIGKILL');
    }, GRACE);
    await Promise.all(this.#keeping);
    clearTimeout(kill);
  }

  async #keep(shipper: WorkshopShipper): Promise<void> {
    const { signal } = this.#abort;
    for (let backoff = 1000; !signal.aborted; backoff = Math.min(2 * backoff, LONGEST_BACKOFF)) {
      const how = await this.#run(shipper);
      if (signal.aborted) return;
      this.#options.log.write('warning', shipper.id, `the shipper ended (${how}); it starts again in ${backoff / 1000} s`);
      await sleep(backoff, undefined, { signal }).catch(() => undefined);
    }
  }

  #run({ id, command, args = [] }: WorkshopShipper): Promise<string> {
    const { ledger, log, places } = this.#options;
    const name = `shipper-${id}`;
    const filled = args.map((arg) => arg.replaceAll('{opensearch}', places.opensearch).replaceAll('{runDir}', places.runDir));
    ledger.announce(name);
    return new Promise((resolve) => {
      const child = spawn(command, filled, { stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout.on('data', (text: Buffer) => log.write('info', id, text.toString('utf8')));
      child.stderr.on('data', (text: Buffer) => log.write('warning', id, text.toString('utf8')));
      child.once('spawn', () => {
        if (child.pid === undefined) return;
        this.#running.set(id, child);
        ledger.started(name, child.pid);
      });
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => {
        this.#running.delete(id);
        if (child.pid !== undefined) ledger.ended(name, child.pid);
        resolve(signal ?? `exit code ${code}`);
      });
    });
  }
}
