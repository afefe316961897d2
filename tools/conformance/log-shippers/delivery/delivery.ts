import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Program } from '../programs.ts';
import { compare, type Compared } from './compare.ts';
import { judgeMetrics } from './metrics.ts';
import type { Outage } from './outage.ts';
import { type Disturbance, NODE_NAME, type Pipeline, type Place, type RunningPipeline, startPipeline } from './pipelines.ts';
import type { DeliveryServer, Stored } from './server.ts';
import { FIRST_AFTER, openLogs, traffic } from './traffic.ts';

/** What came of one delivery. */
export interface Delivery {
  readonly pipeline: string;
  readonly disturbance: Disturbance;
  /** `fluent-bit 5.1.1` */
  readonly programs: readonly string[];
  readonly sent: number;
  readonly arrived: number;
  readonly lost: number;
  readonly doubled: number;
  /** Documents with a field that isn't as the catalogue and the line say. */
  readonly wrong: number;
  /** How many had arrived when the disturbance came, of those written by then. */
  readonly atDisturbance: number;
  readonly seconds: number;
  readonly ok: boolean;
  /** Why a loss was to be expected; empty where none was. */
  readonly known: string;
  /** The differences, each with how often and an example. */
  readonly notes: readonly string[];
}

/** What deliveries need. */
export interface DeliveryOptions {
  readonly pipeline: Pipeline;
  readonly programs: readonly Program[];
  readonly disturbance: Disturbance;
  /** With that disturbance. */
  readonly outage?: Outage;
  readonly server: DeliveryServer;
  readonly lines: number;
  /** `127.0.0.1:8080` */
  readonly kubeStateMetrics: string;
  readonly signal: AbortSignal;
  readonly onStep: (text: string) => void;
}

/** Lines a second, once the shipper runs. */
const RATE = 1_500;
/** Nothing new for so long, and it is over. Shippers wait longer before each retry. */
const PATIENCE_MS = 60_000;
/** What comes after the last is a double. */
const SETTLING_MS = 4_000;
const METRICS_MS = 12_000;
const DISTURBING_MS = 400;

/** Sends through one pipeline, and compares what arrived with what was sent. */
export async function deliver(options: DeliveryOptions): Promise<Delivery> {
  const { pipeline, disturbance, programs, server } = options;
  const began = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'podscope-delivery-'));
  const ending = `${pipeline.shippers.join('-')}-${disturbance.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
  const place: Place = { folder, directory: join(folder, 'logs', 'containers'), openSearch: server.url, ending, kubeStateMetrics: options.kubeStateMetrics };
  try {
    const result = await (pipeline.carries === 'logs' ? deliverLogs(options, place) : deliverMetrics(options, place));
    const { lost, doubled, wrong } = result;
    return {
      pipeline: pipeline.name,
      disturbance,
      programs: programs.map(({ name, version }) => `${name} ${version}`),
      ...result,
      seconds: Math.round((Date.now() - began) / 1000),
      known: (doubled === 0 && wrong === 0 ? pipeline.loses?.[disturbance] : undefined) ?? '',
      ok: lost === 0 && doubled === 0 && wrong === 0 && result.arrived > 0,
    };
  } finally {
    for (const family of ['filebeat', 'apache', 'metricbeat']) await server.remove(`${family}-${ending}`);
    await rm(folder, { recursive: true, force: true });
  }
}

type Result = Compared & Pick<Delivery, 'sent' | 'arrived' | 'atDisturbance'>;

async function deliverLogs(options: DeliveryOptions, place: Place): Promise<Result> {
  const { signal, server, disturbance, outage } = options;
  const streams = [`filebeat-${place.ending}`, `apache-${place.ending}`];
  const sent = traffic(options.lines);
  const all = Object.values(sent).flat();
  const logs = await openLogs(join(place.folder, 'logs'), sent);
  // Lines that were there before it must not be lost either.
  await logs.write(0, 0.3, Infinity, signal);
  await logs.writeBefore();
  const running = await startPipeline(options.pipeline, options.programs, place);
  const arrived = async (): Promise<number | undefined> => sum(await Promise.all(streams.map((name) => server.count(name))));
  const wait = (enough: number): Promise<void> => until(arrived, { enough, running, signal, onCount: (count) => options.onStep(`${options.pipeline.name}, ${disturbance}: ${count} of ${all.length}`) });
  let after: Promise<unknown> = Promise.resolve();
  try {
    await wait(1);
    await logs.write(0.3, 0.55, RATE, signal);
    await wait(Math.floor(all.length * 0.15));
    // In the middle of the writing.
    const writing = logs.write(0.55, 0.7, RATE, signal);
    await setTimeout(DISTURBING_MS, undefined, { signal });
    const atDisturbance = (await arrived()) ?? 0;
    if (disturbance === 'shippers killed') await running.killAndStartAgain();
    if (outage !== undefined) {
      await outage.reached();
      after = outage.over;
    }
    await writing;
    await logs.rotate();
    await logs.write(0.7, 1, RATE, signal);
    await after;
    // Everything but what stands after the truncation.
    await wait(all.length - sent.truncated.length / 2);
    await logs.copyAndTruncate();
    await logs.writeAfter('first');
    await wait(all.length - sent.truncated.length / 2 + FIRST_AFTER);
    await logs.writeAfter('rest');
    await wait(all.length);
    await setTimeout(SETTLING_MS, undefined, { signal });
    const stored = (await Promise.all(streams.map((name) => server.all(name).catch((): readonly Stored[] => [])))).flat();
    const compared = compare(all, stored, NODE_NAME);
    return { ...compared, sent: all.length, arrived: stored.length, atDisturbance, notes: [...compared.notes, ...running.troubles()] };
  } finally {
    await running.stop();
  }
}

async function deliverMetrics(options: DeliveryOptions, place: Place): Promise<Result> {
  const { signal, server, disturbance, outage } = options;
  const stream = `metricbeat-${place.ending}`;
  const running = await startPipeline(options.pipeline, options.programs, place);
  try {
    await until(() => server.count(stream), { enough: 1, running, signal, onCount: () => undefined });
    await setTimeout(METRICS_MS, undefined, { signal });
    const atDisturbance = (await server.count(stream)) ?? 0;
    if (disturbance === 'shippers killed') await running.killAndStartAgain();
    await outage?.reached();
    await outage?.over;
    await setTimeout(METRICS_MS, undefined, { signal });
    const judged = judgeMetrics(await server.all(stream).catch((): readonly Stored[] => []), disturbance === 'shippers killed');
    return { ...judged, atDisturbance, notes: [...judged.notes, ...running.troubles()] };
  } finally {
    await running.stop();
  }
}

function sum(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((one, other) => one + other, 0);
}

interface Waiting {
  readonly enough: number;
  readonly running: RunningPipeline;
  readonly signal: AbortSignal;
  readonly onCount: (count: number) => void;
}

/** Waits for a number of documents, or until nothing has come for a while. The comparison tells what is missing. */
async function until(count: () => Promise<number | undefined>, { enough, running, signal, onCount }: Waiting): Promise<void> {
  let [last, since] = [-1, Date.now()];
  for (;;) {
    signal.throwIfAborted();
    const now = (await count()) ?? 0;
    onCount(now);
    if (now >= enough) return;
    if (now !== last) [last, since] = [now, Date.now()];
    if (Date.now() - since > PATIENCE_MS || (!running.running && Date.now() - since > SETTLING_MS)) return;
    await setTimeout(500, undefined, { signal });
  }
}
