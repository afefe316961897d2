import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { PodscopeError } from '@podscope/core';
import type { Engine } from '@podscope/log-shippers';
import type { PartState } from '../../../control/api.ts';
import type { ShippersPlan } from '../shippers/choose.ts';
import { configureShipper, shipperFolder } from '../shippers/configure.ts';
import { markFinished } from '../shippers/handover.ts';
import { freePorts } from './ports.ts';
import { Shippers, type ShippersOptions } from './shippers.ts';

export interface RealShippersOptions extends ShippersOptions {
  readonly plan: ShippersPlan;
  readonly engine: Engine;
}

/** They see a new line within a second, and send it within another. Milliseconds. */
const LAST_LINES = 3_000;
/** Fluent Bit's own grace is 5 s. Milliseconds. */
const GRACE = 15_000;
/** What Fluent Bit and Fluentd call a chunk that waits on disk. */
const CHUNK = /\.(?:flb|meta)$/;

/** The real shippers of a run, with the configuration that @podscope/log-shippers makes for them. */
export class RealShippers {
  readonly #options: RealShippersOptions;
  readonly #shippers: Shippers;

  constructor(options: RealShippersOptions) {
    this.#options = options;
    this.#shippers = new Shippers({ ...options, grace: GRACE });
  }

  get parts(): readonly PartState[] {
    return this.#shippers.parts;
  }

  /** Why one of them will not ship anything: it ends whenever it is started. */
  get failure(): PodscopeError<'SHIPPER_ENDS'> | undefined {
    const { hopeless } = this.#shippers;
    if (hopeless === undefined) return undefined;
    const { id, how, said } = hopeless;
    return new PodscopeError('SHIPPER_ENDS', `${id} ends whenever it is started (${how})${said === '' ? '.' : `: ${said}`}`, {
      hint: 'See logs/supervisor.log in the run directory for all that it said. Repair it, take another with --shippers-bin, or --shippers built-in.',
    });
  }

  /** Writes the configurations and starts the programs. The indices must be there. @throws PodscopeError of the configuration */
  async start(): Promise<void> {
    const { plan, engine, places } = this.#options;
    const ports = await freePorts(plan.programs.length);
    const configured = await Promise.all(plan.programs.map((each, index) => configureShipper(each, { runDir: places.runDir, opensearchUrl: places.opensearch, engine, port: ports[index] ?? 0 })));
    this.#shippers.start(configured);
  }

  /** Once nobody writes logs any more: gives the programs time for the last lines and ends them. True when they ended in order and left nothing to send. */
  async finish(): Promise<boolean> {
    const { plan, places } = this.#options;
    if (plan.programs.length === 0) return true;
    if (this.#shippers.parts.some((part) => part.running)) await sleep(LAST_LINES);
    const inOrder = await this.#shippers.stop();
    const waiting = await Promise.all(plan.programs.map(({ program }) => readdir(shipperFolder(places.runDir, program.program), { recursive: true }).catch(() => [])));
    return inOrder && !waiting.flat().some((name) => CHUNK.test(name));
  }

  /** Notes that every line has been shipped, so that others may go on from here. */
  markFinished(): void {
    markFinished(this.#options.places.runDir);
  }
}
