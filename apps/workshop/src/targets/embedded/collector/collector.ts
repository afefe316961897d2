import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BatchLimits, DEFAULT_LIMITS } from './batch.ts';
import { BulkSender } from './bulkSender.ts';
import { newCounters, snapshotOf, STREAMS } from './counters.ts';
import { DeadLetters } from './deadLetters.ts';
import { isDiskTrouble } from './diskTrouble.ts';
import { FileSet } from './fileSet.ts';
import { HttpConnection } from './http.ts';
import { Identities } from './identity.ts';
import { PodDirectory } from './podDirectory.ts';
import { Positions, savePatiently } from './positions.ts';
import type { CollectorSettings, CollectorStats, StreamName } from './protocol.ts';
import { Sampler } from './sampler.ts';
import { Spool, SPOOL_BYTES } from './spool.ts';
import { StreamPump } from './streamPump.ts';
import type { Patience } from './tailedFile.ts';

const SAVE_MS = 1000;
const SCAN_MS = 1000;
/** Records of files that nobody has seen for this long are forgotten. */
const FORGET_MS = 3_600_000;
const PATIENCE: Patience = { rotatedMs: 5000, abandonedMs: 60_000 };

/** Settings of a collector, and what tests and measurements turn. */
export interface CollectorOptions extends CollectorSettings {
  /** Distance of samples, milliseconds; 0 takes none. @default 5000 */
  readonly intervalMs?: number;
  /** Wait between two looks at quiet files, milliseconds. @default 250 */
  readonly pollMs?: number;
  /** @default 5,000 documents or 3 MiB */
  readonly limits?: BatchLimits;
  /** @default 5 s after a rename, 60 s otherwise */
  readonly patience?: Patience;
  /** Bytes of samples that may wait on disk. @default 256 MiB */
  readonly spoolBytes?: number;
  /** Told about outages, one line each. @default standard error */
  readonly log?: (message: string) => void;
}

/** A running collector. */
export interface Collector extends AsyncDisposable {
  /** Everything that is in the logs now is in OpenSearch, and the positions are on disk. Waits for OpenSearch. */
  drain(): Promise<void>;
  stats(): CollectorStats;
  /** Rejects when the collector can't go on; resolves after {@link stop}. */
  readonly ended: Promise<void>;
  /** Stops reading and sending, and stores the positions. What is not acknowledged is sent again by the next one. */
  stop(): Promise<void>;
}

/** Starts to collect. Resolves when the files that are there have been found; OpenSearch may come later. */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const home = join(options.runDir, 'collector');
  const log = options.log ?? ((message: string) => void process.stderr.write(`${message}\n`));
  const stopping = new AbortController();
  const { signal } = stopping;
  const counters = newCounters();
  const positions = new Positions(join(home, 'positions'));
  const identities = new Identities(positions);
  const spool = new Spool(join(home, 'spool'), counters, options.spoolBytes ?? SPOOL_BYTES);
  const deadLetters = new DeadLetters(join(home, 'dead-letters.ndjson'));
  const http = new HttpConnection(new URL(options.opensearchUrl), signal);
  const control =
    options.controlSocket === null
      ? undefined
      : new HttpConnection(new URL('http://localhost/'), signal, { socketPath: options.controlSocket, timeoutMs: 3000 });

  const pump = (stream: StreamName): StreamPump =>
    new StreamPump({
      sender: new BulkSender({ stream, http, counters: counters[stream], deadLetters, signal, log }),
      positions,
      counters: counters[stream],
      limits: options.limits ?? DEFAULT_LIMITS,
      pollMs: options.pollMs ?? 250,
      signal,
    });
  const pumps = Object.fromEntries(STREAMS.map((stream) => [stream, pump(stream)])) as Record<StreamName, StreamPump>;
  const directory = new PodDirectory();
  const intervalMs = options.intervalMs ?? 5000;
  const { leftOut = [] } = options;
  const sampler = new Sampler({ spool, directory, control, hostName: options.hostName, intervalMs, signal, log, samplesSystem: !leftOut.includes('system-metrics') });
  await sampler.learn();

  const files = new FileSet({
    logs: join(options.runDir, 'logs'),
    spool,
    pumps,
    identities,
    patience: options.patience ?? PATIENCE,
    hostName: options.hostName,
    leftOut,
    findPlace: control === undefined ? undefined : (namespace, pod) => directory.find(namespace, pod),
  });
  files.scan();
  identities.endStart();

  const every = async (ms: number, work: () => void | Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      await sleep(ms, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await work();
    }
  };
  const save = async (): Promise<void> => {
    try {
      await positions.saveIfDirty();
    } catch (error) {
      if (!isDiskTrouble(error)) throw error;
      log(`The positions can't be stored: ${(error as Error).message}`);
    }
  };
  const scan = (): void => {
    files.scan();
    identities.prune(FORGET_MS);
  };
  const work = [
    ...STREAMS.map((stream) => pumps[stream].run()),
    every(SCAN_MS, scan),
    every(SAVE_MS, save),
    ...(intervalMs > 0 ? [sampler.run()] : []),
  ];
  const ended = Promise.all(work).then(() => undefined);
  let stopped: Promise<void> | undefined;

  const shutDown = async (): Promise<void> => {
    stopping.abort();
    await Promise.allSettled(work);
    files.close();
    spool.close();
    http.close();
    control?.close();
    await positions.save();
  };
  const drain = async (): Promise<void> => {
    for (let all = false; !all; ) {
      all = files.scan();
      await Promise.race([ended, Promise.all(STREAMS.map((stream) => pumps[stream].drained()))]);
    }
    for (const stream of STREAMS) pumps[stream].release();
    await savePatiently(positions, signal);
  };
  const stop = (): Promise<void> => (stopped ??= shutDown());
  return { drain, stats: () => snapshotOf(counters), ended, stop, [Symbol.asyncDispose]: stop };
}
