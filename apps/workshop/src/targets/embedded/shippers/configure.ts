import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apacheLogs, type ConfigFiles, containerLogs, type Engine, kubernetesEvents, noAuth, openSearch, type OpenSearchDestination, type ShipperOptions, systemMetrics } from '@podscope/log-shippers';
import type { ShippersPlan, UsableProgram } from './choose.ts';
import { type EmbeddedSource, WEB_CONTAINER } from './sources.ts';

/** Where a shipper finds everything. */
export interface ConfigurePlaces {
  readonly runDir: string;
  readonly opensearchUrl: string;
  readonly engine: Engine;
  /** Loopback port on which it tells of itself. */
  readonly port: number;
}

/** A shipper ready to be started. */
export interface ConfiguredShipper {
  readonly id: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Folder of a shipper's own things: `config` and `state`. */
export const shipperFolder = (runDir: string, program: string): string => join(runDir, 'shippers', program);

function sourceOf(source: EmbeddedSource, logs: string) {
  const common = { directory: join(logs, 'containers'), format: 'cri', metadata: 'file-name' } as const;
  if (source === 'apache-logs') return apacheLogs({ ...common, containers: [WEB_CONTAINER] });
  if (source === 'container-logs') return containerLogs({ ...common, exclude: { containers: [WEB_CONTAINER] } });
  if (source === 'kubernetes-events') return kubernetesEvents({ path: join(logs, 'events.ndjson') });
  if (source === 'system-metrics') return systemMetrics({ hostRoot: '/', periodSeconds: 5 });
  throw new TypeError(`No program ships ${source} here.`);
}

/** Its configuration, as the library makes it. The libraries' code for a program is loaded when it is there. */
async function filesOf({ program, supported }: UsableProgram, options: Omit<ShipperOptions<'fluent-bit', '5.1'>, 'version' | 'sources'> & { readonly sources: readonly ReturnType<typeof sourceOf>[] }): Promise<ConfigFiles> {
  // `chooseShippers` has asked the compatibility data about version, sources and engine, which the types can't know here.
  const given = { ...options, version: supported } as never;
  if (program === 'fluent-bit') {
    const { fluentBitConfig, fluentBitFiles } = await import('@podscope/log-shippers/fluent-bit');
    return fluentBitFiles(fluentBitConfig(given));
  }
  if (program === 'fluentd') {
    const { fluentdConfig, fluentdFiles } = await import('@podscope/log-shippers/fluentd');
    return fluentdFiles(fluentdConfig(given));
  }
  const { filebeatConfig, filebeatFiles, metricbeatConfig, metricbeatFiles } = await import('@podscope/log-shippers/beats');
  return program === 'filebeat' ? filebeatFiles(filebeatConfig(given)) : metricbeatFiles(metricbeatConfig(given));
}

/** Writes a program's configuration into the run directory; what it was before goes. Its state stays. */
export async function configureShipper({ program, sources }: ShippersPlan['programs'][number], { runDir, opensearchUrl, engine, port }: ConfigurePlaces): Promise<ConfiguredShipper> {
  const folder = shipperFolder(runDir, program.program);
  const [config, state] = [join(folder, 'config'), join(folder, 'state')];
  await rm(config, { recursive: true, force: true });
  await Promise.all([mkdir(config, { recursive: true, mode: 0o700 }), mkdir(state, { recursive: true, mode: 0o700 })]);
  const logs = join(runDir, 'logs');
  const destination: OpenSearchDestination<'opensearch@2'> = openSearch({ engine: engine as 'opensearch@2', endpoint: opensearchUrl, auth: noAuth });
  const { files, args } = await filesOf(program, { sources: sources.map((source) => sourceOf(source, logs)), destination, stateDirectory: state, monitoring: { host: '127.0.0.1', port } });
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(config, name), text, { mode: 0o600 })));
  return {
    id: program.program,
    command: program.command,
    args: args.map((arg) => arg.replaceAll('{config}', config)),
    // Pods are on simulated nodes: the machine's name would be a lie about each of them.
    environment: { NODE_NAME: '', POD_NAME: program.program, POD_NAMESPACE: 'monitoring' },
  };
}
