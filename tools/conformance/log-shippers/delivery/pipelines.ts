import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { apacheFields, filebeatFields, metricbeatFields } from '../../../../packages/core/src/catalogues.ts';
import { freePort } from '../../../../packages/embedded-opensearch/src/index.ts';
import { apacheLogs, beatsProtocol, COMPATIBILITY, containerLogs, forward, fromShippers, kubernetesMetrics, noAuth, openSearch, type OpenSearchDestination, type Shipper, type Source, systemMetrics } from '../../../../packages/log-shippers/src/index.ts';
import { startLogstashStandIn } from '../../../lumberjack/logstashStandIn.ts';
import { startOf, write } from '../check.ts';
import type { MatrixOptions } from '../matrix.ts';
import type { Program } from '../programs.ts';
import { render } from '../renderers.ts';
import { lastWords, start, type StartOptions, type Started } from '../started.ts';
import { asLogstashDoes } from './logstashFilters.ts';
import { CONTAINERS } from './traffic.ts';

/** What happens in the middle. */
export type Disturbance = 'undisturbed' | 'OpenSearch down for 20 s' | 'shippers killed';

/** A way from files or metrics to OpenSearch. */
export interface Pipeline {
  readonly name: string;
  /** What is shipped by it. */
  readonly carries: 'logs' | 'metrics';
  /** Whose programs it needs. */
  readonly shippers: readonly Shipper[];
  /** What a program can't do, whatever its configuration says, by what is done to it; the compatibility data has it as a trap. */
  readonly loses?: Readonly<Partial<Record<Disturbance, string>>>;
}

/** Records of several lines, which the traffic has, wait in memory for their end. */
const IN_MEMORY = 'lines that wait for the rest of a stack trace are in memory, and KILL loses them';

/** All ways of the workshop. Logstash's part is played by a stand-in: its program is none that could be had for the tests. */
export const PIPELINES: readonly Pipeline[] = [
  { name: 'fluent-bit → OpenSearch', carries: 'logs', shippers: ['fluent-bit'], loses: { 'shippers killed': IN_MEMORY } },
  { name: 'fluent-bit → fluentd → OpenSearch', carries: 'logs', shippers: ['fluent-bit', 'fluentd'], loses: { 'shippers killed': IN_MEMORY } },
  { name: 'fluentd → OpenSearch', carries: 'logs', shippers: ['fluentd'], loses: { 'shippers killed': IN_MEMORY } },
  { name: "filebeat → stand-in of Logstash's Beats input → OpenSearch", carries: 'logs', shippers: ['filebeat'] },
  { name: "metricbeat → stand-in of Logstash's Beats input → OpenSearch", carries: 'metrics', shippers: ['metricbeat'] },
  { name: 'otel-collector → OpenSearch', carries: 'logs', shippers: ['otel-collector'], loses: { 'OpenSearch down for 20 s': 'the exporter for OpenSearch takes every error of a server that is away for a lasting one, and drops the batch', 'shippers killed': IN_MEMORY } },
];

/** What a pipeline is started with. */
export interface Place {
  readonly folder: string;
  /** Of the containers' logs. */
  readonly directory: string;
  readonly openSearch: string;
  /** The end of the names of its data streams: `filebeat-<ending>`. */
  readonly ending: string;
  /** `127.0.0.1:8080` */
  readonly kubeStateMetrics: string;
}

/** A pipeline whose programs run. */
export interface RunningPipeline {
  /** KILL for all its shippers, and a start on the state that they left. */
  killAndStartAgain(): Promise<void>;
  /** Whether all of its programs run. */
  readonly running: boolean;
  /** What went wrong on the way, as far as it was said. */
  troubles(): readonly string[];
  stop(): Promise<void>;
}

/** The node that the logs are of. */
export const NODE_NAME = 'node-1';

/** Starts a pipeline with one program for each of its shippers. */
export async function startPipeline({ shippers, carries }: Pipeline, programs: readonly Program[], place: Place): Promise<RunningPipeline> {
  const indices = { filebeat: `filebeat-${place.ending}`, apache: `apache-${place.ending}`, metricbeat: `metricbeat-${place.ending}` };
  const search: OpenSearchDestination<'opensearch@2'> = openSearch({ engine: 'opensearch@2', endpoint: place.openSearch, auth: noAuth, indices });
  const sources = carries === 'logs' ? logSources(place.directory) : [systemMetrics({ periodSeconds: 2, hostRoot: '/' }), kubernetesMetrics({ periodSeconds: 2, kubeStateMetrics: place.kubeStateMetrics })];
  const troubles: string[] = [];
  const beat = shippers[0] === 'filebeat' || shippers[0] === 'metricbeat';
  const standIn = beat
    ? await startLogstashStandIn({
        openSearch: place.openSearch,
        indices,
        fields: { filebeat: Object.keys(filebeatFields), apache: Object.keys(apacheFields), metricbeat: Object.keys(metricbeatFields) },
        change: asLogstashDoes,
        onTrouble: (what) => void troubles.push(what),
      })
    : undefined;
  const between = await freePort();
  const starts: StartOptions[] = [];
  for (const [at, program] of programs.entries()) {
    const last = at === programs.length - 1;
    const own = at === 0 ? sources : [fromShippers({ protocol: 'forward', port: between, host: '127.0.0.1' })];
    const destination = standIn !== undefined ? beatsProtocol({ hosts: [`127.0.0.1:${standIn.port}`] }) : last ? search : forward({ host: '127.0.0.1', port: between });
    starts.push(await prepare(program, { version: versionFor(program), sources: own, destination }, join(place.folder, program.shipper)));
  }
  // The one that listens first: the other would only wait for it.
  const startAll = (): Started[] => [...starts].reverse().map(start);
  let started = startAll();
  return {
    get running() {
      return started.every((each) => each.running);
    },
    async killAndStartAgain() {
      for (const each of started) each.kill('SIGKILL');
      await Promise.all(started.map(({ ended }) => ended));
      started = startAll();
    },
    troubles: () => [...new Set(troubles)].slice(0, 5).concat(started.filter((each) => !each.running).map((each) => `it ended by itself: ${lastWords(each.said())}`)),
    async stop() {
      await Promise.all(started.map((each) => each.stop()));
      await standIn?.stop();
    },
  };
}

async function prepare(program: Program, options: MatrixOptions, folder: string): Promise<StartOptions> {
  const state = join(folder, 'state');
  await mkdir(state, { recursive: true });
  const { files } = render({ shipper: program.shipper, options: { ...options, stateDirectory: state, monitoring: { host: '127.0.0.1', port: await freePort() } }, ...(program.shipper === 'fluent-bit' ? { format: 'yaml' } : {}) });
  const begin = startOf(program, await write(files, folder));
  return { ...begin, environment: { ...begin.environment, NODE_NAME } };
}

/** The version whose configuration a program gets: its own, or the newest. */
function versionFor({ shipper, version }: Program): string {
  const known = Object.keys(COMPATIBILITY[shipper].versions);
  return known.find((each) => version.startsWith(`${each}.`)) ?? known[0] ?? version;
}

function logSources(directory: string): readonly Source[] {
  const shared = { metadata: 'file-name', directory } as const;
  return [
    containerLogs({ ...shared, format: 'cri', pods: [CONTAINERS.cri.pod.replace(/^cri-.*/, 'cri-*')], multiline: ['java'] }),
    containerLogs({ ...shared, format: 'docker', pods: ['docker-*'], multiline: ['java'] }),
    apacheLogs({ ...shared, format: 'cri', pods: ['frontend-*'] }),
  ];
}
