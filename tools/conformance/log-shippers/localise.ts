import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { freePort } from '../../../packages/embedded-opensearch/src/index.ts';
import { type Destination, type FirehoseDestination, type FromShippers, noAuth, type Source } from '../../../packages/log-shippers/src/index.ts';
import { serveKubeStateMetrics } from './kubeStateMetrics.ts';
import type { MatrixOptions } from './matrix.ts';
import { chosenContainer, eventLine, placeLog, REDIS_INFO, sampleLines } from './samples.ts';
import { beatsSink, forwardSink, grpcSink, httpSink, searchSink, type Sink } from './sinks.ts';

/** The same configuration for this machine: folders of its own, and sinks on loopback where the destination was. */
export interface Local {
  readonly options: MatrixOptions;
  readonly sink: Sink;
  /** Sources that wait for others to send something. */
  readonly hearing: readonly FromShippers[];
  readonly stop: () => Promise<void>;
}

/** What can't be run on this machine, and why. */
export class CannotRun extends Error {}

/** Moves options to this machine, with samples of what each source reads. @throws CannotRun */
export async function localise({ version, sources, destination }: MatrixOptions, folder: string): Promise<Local> {
  // All reasons first: nothing is started for what can't run.
  for (const source of sources) refuseUnreachable(source);
  if (destination.kind === 'kinesis_firehose') throw new CannotRun('its destination is an API of AWS');
  const stops: (() => Promise<void>)[] = [];
  const local: Source[] = [];
  for (const [at, source] of sources.entries()) local.push(await localSource(source, join(folder, `source-${at}`), stops));
  const { sink, destination: to } = await localDestination(destination);
  stops.push(() => sink.stop());
  const state = join(folder, 'state');
  await mkdir(state, { recursive: true });
  return {
    options: { version, sources: local, destination: to, stateDirectory: state, monitoring: { host: '127.0.0.1', port: await freePort() } },
    sink,
    hearing: local.filter((source) => source.kind === 'shippers'),
    stop: async () => void (await Promise.all(stops.map((stop) => stop()))),
  };
}

function refuseUnreachable(source: Source): void {
  if (source.kind === 'node-logs' && source.journal !== undefined) throw new CannotRun('its source is a journal of systemd');
  if (source.kind === 'kubernetes-events' && source.path === undefined) throw new CannotRun('its source is the Kubernetes API');
  if (source.kind === 'kubernetes-metrics' && source.scope === 'node') throw new CannotRun('its source is a kubelet');
  if (source.kind === 'redis-info' && source.path === undefined) throw new CannotRun('its source is a Redis server');
}

async function localSource(source: Source, folder: string, stops: (() => Promise<void>)[]): Promise<Source> {
  await mkdir(folder, { recursive: true });
  switch (source.kind) {
    case 'container-logs':
    case 'apache-logs': {
      const { file } = await placeLog(folder, chosenContainer(source));
      await appendFile(file, sampleLines(source));
      return { ...source, directory: join(folder, 'containers') };
    }
    case 'node-logs': {
      await writeFile(join(folder, 'node-1.log'), '2026-11-24T09:22:23.001Z INFO kubelet: one\nNov 24 09:22:23 node-1 kubelet[7]: two\n');
      return { ...source, paths: [join(folder, '*.log')] };
    }
    case 'kubernetes-events': {
      const path = join(folder, 'events.ndjson');
      await writeFile(path, [1, 2, 3].map(eventLine).join(''));
      return { ...source, path };
    }
    case 'redis-info': {
      const path = join(folder, 'info.txt');
      await mkdir(dirname(path), { recursive: true });
      // Each answer is ended by an empty line, and a second one shows that the first is over.
      await writeFile(path, `${REDIS_INFO}\r\n\r\n${REDIS_INFO}\r\n\r\n`);
      return { ...source, path };
    }
    case 'system-metrics':
      return { ...source, periodSeconds: 1, hostRoot: '/' };
    case 'kubernetes-metrics': {
      const server = await serveKubeStateMetrics();
      stops.push(server.stop);
      return { ...source, periodSeconds: 1, kubeStateMetrics: `127.0.0.1:${server.port}` };
    }
    case 'shippers':
      return { ...source, host: '127.0.0.1', port: await freePort() };
  }
}

async function localDestination(destination: Exclude<Destination, FirehoseDestination>): Promise<{ readonly sink: Sink; readonly destination: Destination }> {
  switch (destination.kind) {
    case 'opensearch': {
      const sink = await searchSink(destination.engine);
      const { tls: _tls, ...rest } = destination;
      return { sink, destination: { ...rest, endpoint: `http://127.0.0.1:${sink.port}`, auth: destination.auth.kind === 'sigv4' && destination.auth.roleArn !== undefined ? noAuth : destination.auth } };
    }
    case 'forward': {
      const sink = await forwardSink();
      return { sink, destination: { kind: 'forward', host: '127.0.0.1', port: sink.port } };
    }
    case 'beats': {
      const sink = await beatsSink();
      return { sink, destination: { kind: 'beats', hosts: [`127.0.0.1:${sink.port}`] } };
    }
    case 'otlp': {
      const sink = destination.protocol === 'http' ? await httpSink() : await grpcSink();
      return { sink, destination: { ...destination, endpoint: `http://127.0.0.1:${sink.port}` } };
    }
  }
}
