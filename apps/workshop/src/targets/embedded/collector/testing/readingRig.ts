import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch, BatchLimits } from '../batch.ts';
import { newCounters, STREAMS } from '../counters.ts';
import { FileSet } from '../fileSet.ts';
import { Identities } from '../identity.ts';
import { Positions } from '../positions.ts';
import type { StreamName } from '../protocol.ts';
import { Spool } from '../spool.ts';
import { type Deliverer, StreamPump } from '../streamPump.ts';

/** A stored document, as far as the tests look at it. */
export interface Stored {
  readonly id: string;
  readonly stream: StreamName;
  readonly document: { readonly message: string; readonly [field: string]: unknown };
}

/** A request may get lost, and so may its answer. */
export type Fate = 'answered' | 'applied' | 'lost';

/**
 * A data stream's promise in memory: `create` refuses an id that is in the newest backing index, and only there. It
 * can forget to answer, as a server that is killed does.
 */
export class BackingIndices {
  readonly #indices: Map<string, Stored>[] = [new Map()];
  /** What becomes of a delivery. Without an answer it fails when the collector is thrown away. */
  fate: () => Fate = () => 'answered';
  #unanswered: (() => void)[] = [];

  rollOver(): void {
    this.#indices.push(new Map());
  }

  deliverer(stream: StreamName): Deliverer {
    return {
      deliver: async (batch) => {
        const fate = this.fate();
        if (fate !== 'lost') this.#apply(stream, batch);
        if (fate === 'answered') return;
        await new Promise<void>((_, reject) => this.#unanswered.push(() => reject(new Error('no answer'))));
      },
    };
  }

  #apply(stream: StreamName, batch: Batch): void {
    for (let index = 0; index < batch.count; index++) {
      const id = batch.idAt(index);
      const looked = batch.replay ? this.#indices : this.#indices.slice(-1);
      if (looked.some((each) => each.has(id))) continue;
      this.#indices.at(-1)?.set(id, { id, stream, document: JSON.parse(batch.sourceAt(index)) as Stored['document'] });
    }
  }

  hangUp(): void {
    for (const fail of this.#unanswered.splice(0)) fail();
  }

  get all(): Stored[] {
    return this.#indices.flatMap((index) => [...index.values()]);
  }

  get messages(): string[] {
    return this.all.map(({ document }) => document.message);
  }
}

/** Everything of a collector that reads files, without a server. Short waits. */
export class ReadingRig {
  readonly indices = new BackingIndices();
  readonly logs: string;
  readonly positionsPath: string;
  limits: BatchLimits = { documents: 7, bytes: 64 * 1024 };
  mostOpen = 800;
  readonly patience = { rotatedMs: 60, abandonedMs: 400 };
  positions!: Positions;
  files!: FileSet;
  pumps!: Readonly<Record<StreamName, StreamPump>>;
  #root: string;
  #stopping = new AbortController();
  #work: Promise<unknown> = Promise.resolve();

  constructor(root: string) {
    this.#root = root;
    this.logs = join(root, 'logs');
    this.positionsPath = join(root, 'collector', 'positions');
    mkdirSync(join(this.logs, 'containers'), { recursive: true });
    mkdirSync(join(this.logs, 'nodes'), { recursive: true });
  }

  start(): void {
    this.#stopping = new AbortController();
    this.indices.fate = () => 'answered';
    const { signal } = this.#stopping;
    this.positions = new Positions(this.positionsPath);
    const { limits, positions } = this;
    const counters = newCounters();
    this.pumps = Object.fromEntries(
      STREAMS.map((stream) => [
        stream,
        new StreamPump({ sender: this.indices.deliverer(stream), positions, counters: counters[stream], limits, pollMs: 1, signal }),
      ]),
    ) as Record<StreamName, StreamPump>;
    const identities = new Identities(positions);
    this.files = new FileSet({
      logs: this.logs,
      spool: new Spool(join(this.#root, 'collector', 'spool'), counters),
      pumps: this.pumps,
      identities,
      patience: this.patience,
      hostName: 'host',
      findPlace: undefined,
      mostOpen: this.mostOpen,
    });
    this.files.scan();
    identities.endStart();
    this.#work = Promise.all(STREAMS.map((stream) => this.pumps[stream].run()));
  }

  /** Lets everything that is there be read. */
  async drain(): Promise<void> {
    for (let all = false; !all; ) {
      all = this.files.scan();
      await Promise.all(STREAMS.map((stream) => this.pumps[stream].drained()));
    }
  }

  /** Stops in order. */
  async stop(): Promise<void> {
    await this.crash();
    await this.positions.save();
  }

  /** Ends without storing anything, as `kill -9` does. */
  async crash(): Promise<void> {
    this.#stopping.abort();
    this.indices.hangUp();
    await this.#work;
    this.files.close();
  }
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
