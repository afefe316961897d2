import { setTimeout } from 'node:timers/promises';
import { isPodscopeError } from '../../../packages/core/src/index.ts';
import type { Shipper } from '../../../packages/log-shippers/src/index.ts';
import { deliver, type Delivery } from './delivery/delivery.ts';
import { Outage } from './delivery/outage.ts';
import { type Disturbance, type Pipeline, PIPELINES } from './delivery/pipelines.ts';
import { startDeliveryServer } from './delivery/server.ts';
import { serveKubeStateMetrics } from './kubeStateMetrics.ts';
import { matrix } from './matrix.ts';
import { builtFolders, findPrograms, pathFolders, type Program } from './programs.ts';
import { formatDelivery, type Report, reportOf, type Summary } from './report.ts';
import { tryAll } from './tryAll.ts';

/** What is tried. */
export interface ConformanceOptions {
  /** Where programs are looked for first. */
  readonly folders: readonly string[];
  /** The cache of built programs. */
  readonly cacheDir: string;
  /** The PATH, where they are looked for last. */
  readonly path: string | undefined;
  /** One part only. */
  readonly parts: 'matrix' | 'delivery' | undefined;
  /** Only configurations and pipelines with one of these in their names; all when there is none. */
  readonly names: readonly string[];
  readonly lines: number;
  /** Whether configurations are run shortly, too. */
  readonly runs: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
  readonly onStep: (text: string) => void;
}

const DISTURBANCES: readonly Disturbance[] = ['undisturbed', 'OpenSearch down for 20 s', 'shippers killed'];
const OUTAGE_SECONDS = 20;
const AT_ONCE = 4;

/** Does it all. @throws the signal's reason when it is aborted. */
export async function conformance(options: ConformanceOptions): Promise<Report> {
  const { signal, onProgress, onStep, names } = options;
  onProgress('looking for programs');
  const { programs, unusable } = await findPrograms([...options.folders, ...(await builtFolders(options.cacheDir)), ...pathFolders(options.path)], signal);
  for (const { name, version, path } of programs) onProgress(`${name} ${version}: ${path}`);
  const chosen = (name: string): boolean => names.length === 0 || names.some((each) => name.includes(each));
  const cases = options.parts === 'delivery' ? [] : matrix().filter(({ name }) => chosen(name));
  if (cases.length > 0) onProgress(`${cases.length} configurations`);
  const rows = await tryAll({ cases, programs, signal, onStep, atOnce: AT_ONCE, runs: options.runs });
  const pipelines = options.parts === 'matrix' ? [] : PIPELINES.filter(({ name }) => chosen(name));
  const { deliveries, notDelivered } = await deliverAll(pipelines, programs, options);
  return reportOf(rows, programs, { unusable, deliveries, notDelivered });
}

async function deliverAll(pipelines: readonly Pipeline[], programs: readonly Program[], { lines, signal, onProgress, onStep }: ConformanceOptions): Promise<Pick<Summary, 'deliveries' | 'notDelivered'>> {
  const notDelivered: { readonly pipeline: string; readonly why: string }[] = [];
  const ready: { readonly pipeline: Pipeline; readonly programs: readonly Program[] }[] = [];
  for (const pipeline of pipelines) {
    const found = pipeline.shippers.map((shipper) => newest(programs, shipper));
    const missing = pipeline.shippers.filter((_, at) => found[at] === undefined);
    if (missing.length > 0) notDelivered.push({ pipeline: pipeline.name, why: `${missing.join(' and ')} ${missing.length === 1 ? 'was' : 'were'} not found` });
    else ready.push({ pipeline, programs: found.filter((program) => program !== undefined) });
  }
  if (ready.length === 0) return { deliveries: [], notDelivered };
  onProgress('starting OpenSearch');
  const server = await startDeliveryServer(signal).catch((error: unknown) => {
    if (!isPodscopeError(error) || signal.aborted) throw error;
    return error.message;
  });
  if (typeof server === 'string') return { deliveries: [], notDelivered: [...notDelivered, ...ready.map(({ pipeline }) => ({ pipeline: pipeline.name, why: server }))] };
  const metrics = await serveKubeStateMetrics();
  const deliveries: Delivery[] = [];
  try {
    for (const each of ready) {
      for (const disturbance of DISTURBANCES) {
        onProgress(`${each.pipeline.name}, ${disturbance}`);
        const outage = disturbance === 'OpenSearch down for 20 s' ? { outage: new Outage(server, 1, OUTAGE_SECONDS) } : {};
        const delivery = await deliver({ ...each, disturbance, ...outage, server, lines, kubeStateMetrics: `127.0.0.1:${metrics.port}`, signal, onStep });
        deliveries.push(delivery);
        for (const line of formatDelivery(delivery)) onProgress(line);
        // What its programs leave to the kernel is gone before the next begins.
        await setTimeout(500, undefined, { signal });
      }
    }
  } finally {
    await metrics.stop();
    await server.stop();
  }
  return { deliveries, notDelivered };
}

/** The newest of a shipper's programs. One that only knows a grammar delivers nothing. */
export function newest(programs: readonly Program[], shipper: Shipper): Program | undefined {
  const some = programs.filter((program) => program.shipper === shipper && !program.grammarOnly);
  return [...some].sort((one, other) => other.version.localeCompare(one.version, 'en', { numeric: true }))[0];
}
