import type { Shipper } from '../../compatibility/compatibility.ts';
import type { ConfigFiles } from '../../config/shipperOptions.ts';
import * as beats from '../../beats/index.ts';
import * as fluentBit from '../../fluent-bit/index.ts';
import * as fluentd from '../../fluentd/index.ts';
import * as logstash from '../../logstash/index.ts';
import * as otelCollector from '../../otel-collector/index.ts';
import type { Program } from './program.ts';

/** A program's functions by their names, as far as its folder has them. */
function rendering<Name extends string>(module: object, name: Name): { readonly configure: (options: unknown) => object; readonly render: (config: object) => ConfigFiles } {
  const functions = module as Readonly<Record<string, ((given: unknown) => object) | undefined>>;
  return {
    configure: (options) => functions[`${name}Config`]?.(options) ?? {},
    render: (config) => (functions[`${name}Files`]?.(config) as ConfigFiles | undefined) ?? { files: { 'placeholder.conf': '' }, main: 'placeholder.conf', args: ['{config}/placeholder.conf'], environment: [] },
  };
}

/** Fluent Bit's image has no shell and no user of its own (dockerfiles/Dockerfile). */
export const FLUENT_BIT: Program<'fluent-bit', object> = {
  shipper: 'fluent-bit',
  command: ['/fluent-bit/bin/fluent-bit'],
  // `/` answers while the process serves; `/api/v1/health` turns to 500 when an output fails, so it is no liveness.
  health: { port: 2020, path: '/' },
  user: 65_532,
  resources: { cpu: { request: '50m' }, memory: { request: '64Mi', limit: '256Mi' } },
  gracePeriodSeconds: 30,
  startupSeconds: 60,
  environment: () => [],
  ...rendering(fluentBit, 'fluentBit'),
};

/**
 * Fluentd, in the image of the daemonset, which has the plugins (opensearch, kubernetes_metadata_filter, concat, prometheus) in a bundle:
 * without `--gemfile` it finds none of them (docker-image/v1.19/debian-opensearch/entrypoint.sh).
 */
export const FLUENTD: Program<'fluentd', object> = {
  shipper: 'fluentd',
  command: ['fluentd', '-p', '/fluentd/plugins', '--gemfile', '/fluentd/Gemfile'],
  health: { port: 24_220, path: '/api/config.json' },
  user: 999,
  resources: { cpu: { request: '100m' }, memory: { request: '256Mi', limit: '768Mi' } },
  gracePeriodSeconds: 60,
  startupSeconds: 120,
  environment: () => [{ name: 'HOME', value: '/tmp' }],
  ...rendering(fluentd, 'fluentd'),
};

/** Filebeat. Its image's user is 1000, of group root. */
export const FILEBEAT: Program<'filebeat', object> = {
  shipper: 'filebeat',
  command: ['filebeat'],
  health: { port: 5066, path: '/' },
  user: 1000,
  resources: { cpu: { request: '50m' }, memory: { request: '100Mi', limit: '300Mi' } },
  gracePeriodSeconds: 30,
  startupSeconds: 60,
  environment: () => [],
  ...rendering(beats, 'filebeat'),
};

/** Metricbeat. */
export const METRICBEAT: Program<'metricbeat', object> = {
  ...FILEBEAT,
  shipper: 'metricbeat',
  command: ['metricbeat'],
  ...rendering(beats, 'metricbeat'),
};

/** Logstash, started without its image's entry point: that writes logstash.yml anew, into a root that is read-only here. */
export const LOGSTASH: Program<'logstash', object> = {
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
  ...rendering(logstash, 'logstash'),
};

/** The OpenTelemetry Collector's contrib distribution: an image from scratch, user 10001. */
export const OTEL_COLLECTOR: Program<'otel-collector', object> = {
  shipper: 'otel-collector',
  command: ['/otelcol-contrib'],
  health: { port: 13_133, path: '/' },
  user: 10_001,
  resources: { cpu: { request: '100m' }, memory: { request: '128Mi', limit: '512Mi' } },
  gracePeriodSeconds: 60,
  startupSeconds: 60,
  // Go's collector of garbage works harder before the limit, in place of being killed at it.
  environment: (memoryBytes) => [{ name: 'GOMEMLIMIT', value: `${Math.floor((memoryBytes * 0.8) / 1024 ** 2)}MiB` }],
  ...rendering(otelCollector, 'otelCollector'),
};

/** Every program by its shipper's name. */
export const PROGRAMS = { 'fluent-bit': FLUENT_BIT, fluentd: FLUENTD, filebeat: FILEBEAT, metricbeat: METRICBEAT, logstash: LOGSTASH, 'otel-collector': OTEL_COLLECTOR } as const satisfies Readonly<Record<Shipper, unknown>>;
