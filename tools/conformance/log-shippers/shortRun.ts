import { setTimeout } from 'node:timers/promises';
import { type Fields } from '../../../packages/core/src/index.ts';
import { apacheFields, filebeatFields, kubernetesFields, metricbeatFields, redisFields } from '../../../packages/core/src/catalogues.ts';
import type { Family, Shipper } from '../../../packages/log-shippers/src/index.ts';
import { startOf, write } from './check.ts';
import { feed } from './feeds.ts';
import { type Local, localise } from './localise.ts';
import type { MatrixCase } from './matrix.ts';
import type { Program } from './programs.ts';
import { render } from './renderers.ts';
import type { Arrived } from './sinks.ts';
import { lastWords, start, type Started } from './started.ts';

/** What became of a short run. */
export interface RunResult {
  readonly ran: boolean;
  readonly why: string;
}

const CATALOGUES: Readonly<Record<Family, Fields>> = { filebeat: filebeatFields, metricbeat: metricbeatFields, kubernetes: kubernetesFields, redis: redisFields, apache: apacheFields };

/** Fluentd and Beats look for new files every ten seconds; a busy machine is slow. */
const ARRIVING_MS = 60_000;
const LOOKING_MS = 100;

/**
 * Runs a configuration on this machine: a few lines in, and TERM once the first has come out at the sink that stands for the
 * destination. Documents that come out for OpenSearch may have the catalogue's fields only, the templates being strict.
 *
 * @throws CannotRun where a part of it can't be had here.
 */
export async function shortRun(program: Program, tried: MatrixCase, folder: string, signal: AbortSignal): Promise<RunResult> {
  if (!ALONE.includes(program.shipper)) return run(program, tried, folder, signal);
  const before = last;
  const done = Promise.withResolvers<undefined>();
  last = done.promise;
  try {
    await before;
    return await run(program, tried, folder, signal);
  } finally {
    done.resolve(undefined);
  }
}

/** Programs with a port that no option of the vocabulary moves, as the health check of the collector: one at a time. */
const ALONE: readonly Shipper[] = ['otel-collector'];
let last: Promise<undefined> = Promise.resolve(undefined);

async function run(program: Program, tried: MatrixCase, folder: string, signal: AbortSignal): Promise<RunResult> {
  const local = await localise(tried.options, folder);
  try {
    const { files } = render({ ...tried, options: local.options });
    const started = start(startOf(program, await write(files, folder)));
    try {
      const came = await firstOut(started, local, tried.shipper, signal);
      if (!came) return { ran: false, why: started.running ? `nothing came out of it within ${ARRIVING_MS / 1000} s: ${lastWords(started.said())}` : `it ended by itself: ${lastWords(started.said())}` };
      if (!(await started.stop())) return { ran: false, why: 'it did not end within 20 s of SIGTERM' };
    } finally {
      await started.stop(1_000);
    }
    const foreign = tried.options.destination.kind === 'opensearch' ? foreignFields(local.sink.arrived) : [];
    return foreign.length === 0 ? { ran: true, why: '' } : { ran: false, why: `the strict template would refuse ${foreign.join('; ')}` };
  } finally {
    await local.stop();
  }
}

/** Whether something came out before the end of the program or of our patience. */
async function firstOut(started: Started, { sink, hearing }: Local, shipper: Shipper, signal: AbortSignal): Promise<boolean> {
  let fed = hearing.length === 0;
  for (const until = Date.now() + ARRIVING_MS; Date.now() < until && started.running; ) {
    signal.throwIfAborted();
    // Refused until the program listens; sent once only, as nobody's retry is tried here.
    if (!fed) fed = await Promise.all(hearing.map((source) => feed(source, shipper))).then(() => true, () => false);
    if (sink.messages > 0) return true;
    await setTimeout(LOOKING_MS);
  }
  return sink.messages > 0;
}

/** Fields that no catalogue has, by the family that the index's name begins with; documents without a family that there is. */
export function foreignFields(arrived: readonly Arrived[]): readonly string[] {
  const found = new Set<string>();
  for (const { index, document } of arrived) {
    const family = Object.keys(CATALOGUES).find((each) => index.startsWith(`${each}-`)) as Family | undefined;
    if (family === undefined) {
      found.add(`a document for the index ${JSON.stringify(index)}, which belongs to no family`);
      continue;
    }
    const known = CATALOGUES[family];
    for (const name of leaves(document, '')) if (!(name in known)) found.add(`${name} in ${family}-*`);
    for (const [name, { required }] of Object.entries(known) as readonly [string, { readonly required?: boolean }][]) if (required === true && !leaves(document, '').includes(name)) found.add(`a document of ${family}-* without ${name}`);
  }
  return [...found].slice(0, 8);
}

/** The dotted names of a document's values. */
export function leaves(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([name, each]) => leaves(each, path === '' ? name : `${path}.${name}`));
}
