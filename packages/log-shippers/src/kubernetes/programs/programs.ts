import type { Shipper } from '../../compatibility/compatibility.ts';
import { type FilebeatConfig, filebeatConfig, filebeatFiles, type MetricbeatConfig, metricbeatConfig, metricbeatFiles } from '../../beats/index.ts';
import { type FluentBitConfig, fluentBitConfig, fluentBitFiles } from '../../fluent-bit/index.ts';
import { type FluentdConfig, fluentdConfig, fluentdFiles } from '../../fluentd/index.ts';
import { type LogstashConfig, logstashConfig, logstashFiles, type LogstashSettings } from '../../logstash/index.ts';
import { type OtelCollectorConfig, otelCollectorConfig, otelCollectorFiles } from '../../otel-collector/index.ts';
import { FAMILIES, type Source } from '../../sources/sources.ts';
import { CONFIG_FOLDER, type Program } from './program.ts';

/** How many families' documents come out of these sources. */
function familiesOf(sources: readonly Source[]): number {
  const all = new Set(Object.values(FAMILIES));
  return new Set(sources.flatMap((source) => (source.kind === 'shippers' ? [...all] : [FAMILIES[source.kind]]))).size;
}

/** Fluent Bit's image has no shell and no user of its own (dockerfiles/Dockerfile). */
export const FLUENT_BIT: Program<'fluent-bit', FluentBitConfig> = {
  shipper: 'fluent-bit',
  command: ['/fluent-bit/bin/fluent-bit'],
  // `/` answers while the process serves; `/api/v1/health` turns to 500 when an output fails, so it is no liveness.
  health: { port: 2020, path: '/' },
  user: 65_532,
  resources: { cpu: { request: '50m' }, memory: { request: '64Mi', limit: '256Mi' } },
  gracePeriodSeconds: 30,
  startupSeconds: 60,
  environment: () => [],
  // 1 GB for each family's output, 1 GB of what was refused (fluent-bit/config/outputs.ts, fluentBitConfig.ts), and the positions.
  stateSize: (sources) => `${familiesOf(sources) + 2}Gi`,
  configure: fluentBitConfig,
  render: (config) => fluentBitFiles(config),
};

/**
 * Fluentd, in the image of the daemonset, which has the plugins (opensearch, kubernetes_metadata_filter, concat, prometheus) in a bundle:
 * without `--gemfile` it finds none of them (docker-image/v1.19/debian-opensearch/entrypoint.sh).
 */
export const FLUENTD: Program<'fluentd', FluentdConfig> = {
  shipper: 'fluentd',
  command: ['fluentd', '-p', '/fluentd/plugins', '--gemfile', '/fluentd/Gemfile'],
  health: { port: 24_220, path: '/api/config.json' },
  healthCommand: (port, path) => ['ruby', '--disable-gems', '-rsocket', '-e', `s = TCPSocket.new("127.0.0.1", ${port}); s.write("GET ${path} HTTP/1.0\\r\\n\\r\\n"); exit s.gets.to_s.include?(" 200")`],
  user: 999,
  resources: { cpu: { request: '100m' }, memory: { request: '256Mi', limit: '768Mi' } },
  gracePeriodSeconds: 60,
  startupSeconds: 120,
  // The metadata filter watches the pods of this node only when it knows its name by this variable.
  environment: () => [{ name: 'HOME', value: '/tmp' }, { name: 'K8S_NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
  configure: fluentdConfig,
  render: (config) => fluentdFiles(config),
};

/** Filebeat. Its image's user is 1000, of group root. */
export const FILEBEAT: Program<'filebeat', FilebeatConfig> = {
  shipper: 'filebeat',
  command: ['filebeat'],
  health: { port: 5066, path: '/' },
  user: 1000,
  resources: { cpu: { request: '50m' }, memory: { request: '100Mi', limit: '300Mi' } },
  gracePeriodSeconds: 30,
  startupSeconds: 60,
  environment: () => [],
  configure: filebeatConfig,
  render: (config) => filebeatFiles(config),
};

/** Metricbeat. */
export const METRICBEAT: Program<'metricbeat', MetricbeatConfig> = {
  ...FILEBEAT,
  shipper: 'metricbeat',
  command: ['metricbeat'],
  health: { port: 5067, path: '/' },
  // Where the kubelet of its node answers. In a cluster of IPv6 alone give the variable the node's name: in a URL its address would need brackets.
  environment: () => [{ name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } }],
  configure: metricbeatConfig,
  render: (config) => metricbeatFiles(config),
};

/** Logstash, started without its image's entry point: that writes logstash.yml anew, into a root that is read-only here. */
export const LOGSTASH: Program<'logstash', LogstashConfig> = {
  shipper: 'logstash',
  command: ['/usr/share/logstash/bin/logstash'],
  health: { port: 9600, path: '/' },
  user: 1000,
  resources: { cpu: { request: '500m' }, memory: { request: '1536Mi', limit: '1536Mi' } },
  gracePeriodSeconds: 120,
  startupSeconds: 300,
  // Half for the heap: what the queue maps and JRuby takes is outside of it.
  environment: (memoryBytes) => {
    const heap = Math.floor(memoryBytes / 2 / 1024 ** 2);
    return [{ name: 'LS_JAVA_OPTS', value: `-Xms${heap}m -Xmx${heap}m -Djava.io.tmpdir=/tmp` }, { name: 'HOME', value: '/tmp' }];
  },
  // A pod that is taken away for good must not leave its queue behind; one that restarts loses some minutes by it.
  configure: (options) => withSettings(logstashConfig(options), { 'queue.drain': true }),
  render: (config) => logstashFiles(config, { directory: CONFIG_FOLDER }),
};

function withSettings(config: LogstashConfig, settings: LogstashSettings): LogstashConfig {
  return { ...config, settings: { ...settings, ...config.settings } };
}

/** The OpenTelemetry Collector's contrib distribution: an image from scratch, user 10001. */
export const OTEL_COLLECTOR: Program<'otel-collector', OtelCollectorConfig> = {
  shipper: 'otel-collector',
  command: ['/otelcol-contrib'],
  health: { port: 13_133, path: '/' },
  metricsPort: 8888,
  user: 10_001,
  resources: { cpu: { request: '100m' }, memory: { request: '128Mi', limit: '512Mi' } },
  gracePeriodSeconds: 60,
  startupSeconds: 60,
  // Go's collector of garbage works harder before the limit, in place of being killed at it.
  environment: (memoryBytes) => [{ name: 'GOMEMLIMIT', value: `${Math.floor((memoryBytes * 0.8) / 1024 ** 2)}MiB` }],
  // What it holds is refused before the container is killed for it.
  options: (memoryBytes) => ({ memoryLimitMiB: Math.floor((memoryBytes * 0.78) / 1024 ** 2) }),
  configure: otelCollectorConfig,
  render: (config) => otelCollectorFiles(config),
};

/** Every program by its shipper's name. */
export const PROGRAMS = { 'fluent-bit': FLUENT_BIT, fluentd: FLUENTD, filebeat: FILEBEAT, metricbeat: METRICBEAT, logstash: LOGSTASH, 'otel-collector': OTEL_COLLECTOR } as const satisfies Readonly<Record<Shipper, unknown>>;
