import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkshopShipper } from '../../../config/defineWorkshop.ts';
import type { PartState } from '../../../control/api.ts';
import { withEnvironment } from '../../../environment.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { PartWatch } from './partWatch.ts';
import type { ProcessLog } from './processLog.ts';

export interface ShippersOptions {
  readonly ledger: Ledger;
  readonly log: ProcessLog;
  /** What `{opensearch}` and `{runDir}` stand for in arguments. */
  readonly places: { readonly opensearch: string; readonly runDir: string };
  /** How long they may take to end, milliseconds. @default 3000 */
  readonly grace?: number;
}

/** A program to run, and what it finds in its environment beside what this process has. */
export interface ShipperProcess extends WorkshopShipper {
  readonly environment?: Readonly<Record<string, string>>;
}

/** Fluent Bit's `[ info]`, Beats' JSON and tabs. */
const ORDINARY = /\[ ?(?:info|debug|trace)\]|"log\.level":"(?:info|debug)"|\t(?:INFO|DEBUG)\t/;
/** After so many ends in a row nobody waits for it any more. */
const HOPELESS = 3;
const LONGEST_BACKOFF = 30_000;
const GRACE = 3_000;

/** Runs shippers; one that ends is started again, ever more slowly. What they print goes into the log. */
export class Shippers {
  readonly #options: ShippersOptions;
  readonly #abort = new AbortController();
  readonly #running = new Map<string, ChildProcess>();
  readonly #watches = new Map<string, PartWatch>();
  /** How often each has ended by itself, how, and what it said last. */
  readonly #ends = new Map<string, { count: number; how: string }>();
  readonly #lastWords = new Map<string, string>();
  #keeping: readonly Promise<string>[] = [];

  constructor(options: ShippersOptions) {
    this.#options = options;
  }

  start(shippers: readonly ShipperProcess[]): void {
    for (const { id } of shippers) this.#watches.set(id, new PartWatch(id));
    this.#keeping = shippers.map((shipper) => this.#keep(shipper));
  }

  /** How each of them is. */
  get parts(): readonly PartState[] {
    return [...this.#watches.values()].map((watch) => watch.part);
  }

  /** One that ends whenever it is started: its id, how it ended, and the last that it said. */
  get hopeless(): { readonly id: string; readonly how: string; readonly said: string } | undefined {
    for (const [id, { count, how }] of this.#ends) if (count >= HOPELESS) return { id, how, said: this.#lastWords.get(id) ?? '' };
    return undefined;
  }

  /** Asks every shipper to end, and ends those that don't in time. True when each ended by itself and without an error. */
  async stop(): Promise<boolean> {
    this.#abort.abort();
    for (const child of this.#running.values()) child.kill('SIGTERM');
    const kill = setTimeout(() => {
      for (const child of this.#running.values()) child.kill('SIGKILL');
    }, this.#options.grace ?? GRACE);
    const ends = await Promise.all(this.#keeping);
    clearTimeout(kill);
    return ends.every((how) => how === 'exit code 0');
  }

  /** How it ended the last time. */
  async #keep(shipper: ShipperProcess): Promise<string> {
    const { signal } = this.#abort;
    let how = 'never started';
    for (let backoff = 1000; !signal.aborted; backoff = Math.min(2 * backoff, LONGEST_BACKOFF)) {
      how = await this.#run(shipper);
      if (signal.aborted) return how;
      this.#ends.set(shipper.id, { count: (this.#ends.get(shipper.id)?.count ?? 0) + 1, how });
      this.#options.log.write('warning', shipper.id, `the shipper ended (${how}); it starts again in ${backoff / 1000} s`);
      await sleep(backoff, undefined, { signal }).catch(() => undefined);
    }
    return how;
  }

  #run({ id, command, args = [], environment = {} }: ShipperProcess): Promise<string> {
    const { ledger, log, places } = this.#options;
    const name = `shipper-${id}`;
    const filled = args.map((arg) => arg.replaceAll('{opensearch}', places.opensearch).replaceAll('{runDir}', places.runDir));
    const watch = this.#watches.get(id);
    ledger.announce(name);
    return new Promise((resolve) => {
      const child = spawn(command, filled, { stdio: ['ignore', 'pipe', 'pipe'], ...(Object.keys(environment).length === 0 ? {} : { env: withEnvironment(environment) }) });
      child.stdout.on('data', (text: Buffer) => log.write('info', id, text.toString('utf8')));
      child.stderr.on('data', (text: Buffer) => {
        // Fluent Bit and Beats write everything there.
        for (const line of text.toString('utf8').split('\n')) {
          log.write(ORDINARY.test(line) ? 'info' : 'warning', id, line);
          if (line.trim() !== '' && !ORDINARY.test(line)) this.#lastWords.set(id, line.trim());
        }
      });
      child.once('spawn', () => {
        if (child.pid === undefined) return;
        this.#running.set(id, child);
        watch?.started(child.pid);
        ledger.started(name, child.pid);
      });
      child.once('error', (error) => {
        watch?.failed(error.message);
        resolve(error.message);
      });
      child.once('exit', (code, signal) => {
        this.#running.delete(id);
        const how = signal ?? `exit code ${code}`;
        watch?.ended(how);
        if (child.pid !== undefined) ledger.ended(name, child.pid);
        resolve(how);
      });
    });
  }
}
