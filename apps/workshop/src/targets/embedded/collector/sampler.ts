import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterState, PodState } from '@podscope/console/api';
import { isDiskTrouble } from './diskTrouble.ts';
import type { HttpConnection } from './http.ts';
import type { PodDirectory } from './podDirectory.ts';
import { fetchRedisInfo } from './redisInfo.ts';
import { redisDocument, type RedisSight, replicationOffset } from './redisSamples.ts';
import type { Sample, Spool } from './spool.ts';
import { metricset, sampleState } from './stateSamples.ts';
import { type CpuTimes, readCpuTimes, sampleSystem } from './systemSamples.ts';

/** What a sampler needs. */
export interface SamplerOptions {
  readonly spool: Spool;
  readonly directory: PodDirectory;
  /** The control socket; undefined where there is none. */
  readonly control: HttpConnection | undefined;
  readonly hostName: string;
  readonly intervalMs: number;
  readonly signal: AbortSignal;
  readonly log: (message: string) => void;
  /** False where another program samples the machine. @default true */
  readonly samplesSystem?: boolean;
  /** The wall clock, epoch milliseconds. @default Date.now */
  readonly now?: () => number;
}

/** A clock that went back by no more than this is waited for. */
const SLEW_TICKS = 1;

/**
 * Takes samples at whole multiples of the interval on the wall clock. The `_id` is made of source, tick and series, and
 * is stored with the sample, so that it is the same whenever it is sent. A tick is sampled once: a process begins with
 * the first one after its start. When the clock is set back, its ticks come again; they are another series then.
 */
export class Sampler {
  readonly #options: SamplerOptions;
  #cpu: CpuTimes = readCpuTimes();
  #lastTick = 0;
  #series = newSeries();
  /** Sources that failed at the last tick: each trouble is told once. */
  readonly #troubled = new Set<string>();

  constructor(options: SamplerOptions) {
    this.#options = options;
    this.#lastTick = Math.floor(this.#now() / options.intervalMs);
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  /** Runs until the signal is aborted. */
  async run(): Promise<void> {
    const { intervalMs, signal } = this.#options;
    while (!signal.aborted) {
      const now = this.#now();
      const tick = Math.floor(now / intervalMs);
      if (tick < this.#lastTick - SLEW_TICKS) {
        this.#options.log('The clock was set back: samples go on at its new time.');
        this.#series = newSeries();
        this.#lastTick = tick - 1;
      }
      if (tick > this.#lastTick) {
        this.#lastTick = tick;
        await this.#sample(tick);
      } else {
        const wait = Math.min((this.#lastTick + 1) * intervalMs - now, intervalMs);
        await sleep(Math.max(wait, 1), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Asks for the state now, so that the places of pods are known. */
  async learn(): Promise<ClusterState | undefined> {
    const { control, directory } = this.#options;
    if (control === undefined) return undefined;
    const state = await this.#try('the control socket', async () => {
      const answer = await control.call({ method: 'GET', path: '/v1/state' });
      if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
      return JSON.parse(answer.body) as ClusterState;
    });
    if (state !== undefined) directory.learn(state);
    return state;
  }

  async #sample(tick: number): Promise<void> {
    const timestamp = new Date(tick * this.#options.intervalMs).toISOString();
    const state = this.learn();
    const [system, workloads, redis] = await Promise.all([
      this.#options.samplesSystem === false ? [] : this.#system(tick, timestamp),
      state.then((known) => (known === undefined ? [] : this.#state(known, tick, timestamp))),
      state.then((known) => (known === undefined ? [] : this.#redis(known.pods, tick, timestamp))),
    ]);
    await this.#try('the spool', async () => this.#options.spool.add([...system, ...workloads, ...redis]));
  }

  async #system(tick: number, timestamp: string): Promise<Sample[]> {
    const before = this.#cpu;
    this.#cpu = readCpuTimes();
    const { hostName } = this.#options;
    const samples = await this.#try('the system', () => sampleSystem(before, this.#cpu));
    return (samples ?? []).map(([name, document], index) => ({
      stream: 'metricbeat-podscope',
      id: this.#idOf(`${hostName}/${name}/${index}`, tick),
      document: { '@timestamp': timestamp, ...metricset(name, `system.${name}`), host: { name: hostName }, ...document },
    }));
  }

  #state(state: ClusterState, tick: number, timestamp: string): Sample[] {
    return sampleState(state, timestamp).map(([source, document]) => ({
      stream: 'metricbeat-podscope',
      id: this.#idOf(source, tick),
      document,
    }));
  }

  /** Names in it are Kubernetes names or the host's: letters, digits, dots and dashes. */
  #idOf(source: string, tick: number): string {
    return `${source.replace(/[^\w./-]/g, '_')}-${tick.toString(36)}-${this.#series}`;
  }

  async #redis(pods: readonly PodState[], tick: number, timestamp: string): Promise<Sample[]> {
    const instances = pods.filter((pod) => pod.role !== undefined && pod.port !== null && pod.phase === 'Running');
    const sights = await Promise.all(
      instances.map((pod) =>
        this.#try(pod.name, async (): Promise<RedisSight> => ({ pod, info: await fetchRedisInfo(pod.port as number) })),
      ),
    );
    const seen = sights.filter((sight) => sight !== undefined);
    const primary = seen.find(({ info }) => info['role'] === 'master');
    const primaryOffset = primary === undefined ? undefined : replicationOffset(primary.info);
    return seen.map((sight) => ({
      stream: 'redis-podscope',
      id: this.#idOf(`${sight.pod.namespace}/${sight.pod.name}`, tick),
      document: redisDocument(sight, timestamp, primaryOffset),
    }));
  }

  /** A source that is away makes a gap, not an end. */
  async #try<Value>(source: string, work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      const value = await work();
      this.#troubled.delete(source);
      return value;
    } catch (error) {
      if (this.#options.signal.aborted) return undefined;
      if (error instanceof TypeError && !isDiskTrouble(error)) throw error;
      if (!this.#troubled.has(source)) this.#options.log(`No sample of ${source}: ${(error as Error).message}`);
      this.#troubled.add(source);
      return undefined;
    }
  }
}

function newSeries(): string {
  return randomBytes(4).toString('hex');
}
