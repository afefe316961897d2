import { PodscopeError } from '@podscope/core';
import { requireCompatible, type VersionOf } from '../../compatibility/compatibility.ts';
import type { ShipperOptions } from '../../config/shipperOptions.ts';
import type { OpenSearchDestination, OtlpDestination } from '../../destinations/destinations.ts';
import { badValue, requirePort } from '../../quantities/quantities.ts';
import type { Source } from '../../sources/sources.ts';
import type { OtelCollectorConfig, OtelOptions, OtelPipeline } from '../model.ts';
import { exporterFor } from './exporters.ts';
import { makeSource, type MadeSource, sayFamily } from './sources.ts';

/** Options of {@link otelCollectorConfig}. */
export interface OtelCollectorOptions<V extends VersionOf<'otel-collector'>> extends ShipperOptions<'otel-collector', V> {
  /** Records that wait on disk for each exporter; when there are as many, readers wait. @default 50000 */
  readonly queueItems?: number;
  /** @default 400 Where the pod's limit is 512 MiB; from there on, what comes in is refused until there is room. */
  readonly memoryLimitMiB?: number;
}

/**
 * The OpenTelemetry Collector (contrib): containers, nodes, events and Redis into documents with exactly the catalogue's fields, each
 * family to its index; or the same documents by OTLP to the next collector.
 *
 * @throws PodscopeError SHIPPER_INCOMPATIBLE, SHIPPER_BAD_VALUE
 */
export function otelCollectorConfig<const V extends VersionOf<'otel-collector'>>(options: OtelCollectorOptions<V>): OtelCollectorConfig {
  const { version } = options;
  const destination: OpenSearchDestination | OtlpDestination = options.destination;
  const sources: readonly Source[] = options.sources;
  requireCompatible('otel-collector', version, sources, destination);
  if (sources.length === 0) throw badValue('otelCollectorConfig.sources', 'there is none.', 'sources: [containerLogs()]');
  const made = sources.flatMap((source, at) => {
    if (source.kind === 'system-metrics' || source.kind === 'kubernetes-metrics') throw incompatible(`It reads ${source.kind} as metrics, which its OpenSearch exporter does not write.`, 'Metricbeat for metrics.');
    if (source.kind === 'shippers') {
      requirePort('fromShippers.port', source.port);
      if (source.protocol !== 'otlp') throw incompatible(`The collector takes OTLP here, not ${source.protocol}.`, "fromShippers({ protocol: 'otlp', port: 4317 })");
    }
    return makeSource(source, sources.filter(({ kind }) => kind === source.kind).length > 1 ? `${source.kind}-${at + 1}` : source.kind, sources);
  });

  const receivers: Record<string, OtelOptions> = {};
  const processors: Record<string, OtelOptions> = { memory_limiter: { check_interval: '1s', limit_mib: options.memoryLimitMiB ?? 400, spike_limit_mib: Math.ceil((options.memoryLimitMiB ?? 400) / 5) } };
  const exporters: Record<string, OtelOptions> = {};
  const extensions: Record<string, OtelOptions> = {
    health_check: { endpoint: `${options.monitoring?.host ?? '0.0.0.0'}:13133` },
    file_storage: { directory: `${options.stateDirectory ?? '/var/lib/podscope'}/otel-collector`, create_directory: true, fsync: true, timeout: '10s', compaction: { on_start: true, directory: `${options.stateDirectory ?? '/var/lib/podscope'}/otel-collector` } },
  };
  const pipelines: Record<string, OtelPipeline> = {};
  for (const source of made) {
    const exporter = exporterFor(destination, source.family, options.queueItems ?? 50_000);
    receivers[source.receiver.id] = source.receiver.options;
    exporters[exporter.id] = exporter.options;
    Object.assign(extensions, exporter.extensions);
    const chain = processorsOf(source, destination.kind === 'otlp');
    Object.assign(processors, Object.fromEntries(chain));
    pipelines[`logs/${source.name}`] = { receivers: [source.receiver.id], processors: ['memory_limiter', ...chain.map(([id]) => id)], exporters: [exporter.id] };
  }
  return {
    version,
    extensions: extensions as unknown as NonNullable<OtelCollectorConfig['extensions']>,
    receivers: receivers as unknown as NonNullable<OtelCollectorConfig['receivers']>,
    processors: processors as unknown as NonNullable<OtelCollectorConfig['processors']>,
    exporters: exporters as unknown as NonNullable<OtelCollectorConfig['exporters']>,
    service: {
      extensions: Object.keys(extensions),
      telemetry: {
        logs: { level: 'info' },
        metrics: { level: 'normal', readers: [{ pull: { exporter: { prometheus: { host: options.monitoring?.host ?? '0.0.0.0', port: options.monitoring?.port ?? 8888 } } } }] },
      },
      pipelines,
    },
  };
}

/** Metadata by the pod's name and namespace, which are in the file's name; then the document, which needs them. */
function processorsOf(source: MadeSource, isHandedOn: boolean): [string, OtelOptions][] {
  const chain: [string, OtelOptions][] = [];
  if (source.filter !== undefined) chain.push([`filter/${source.name}`, source.filter]);
  if (source.metadata) chain.push(['k8sattributes', K8S_ATTRIBUTES]);
  const statements = [...(source.resource ?? []), ...source.statements, ...(isHandedOn ? [sayFamily(source.family)] : [])];
  chain.push([`transform/${source.name}`, { error_mode: 'ignore', log_statements: [{ context: 'log', statements }] }]);
  return chain;
}

const K8S_ATTRIBUTES: OtelOptions = {
  auth_type: 'serviceAccount',
  filter: { node_from_env_var: 'NODE_NAME' },
  extract: { metadata: ['k8s.pod.name', 'k8s.namespace.name', 'k8s.deployment.name', 'k8s.node.name'] },
  pod_association: [
    {
      sources: [
        { from: 'resource_attribute', name: 'k8s.pod.name' },
        { from: 'resource_attribute', name: 'k8s.namespace.name' },
      ],
    },
  ],
};

function incompatible(what: string, hint: string): PodscopeError<'SHIPPER_INCOMPATIBLE'> {
  return new PodscopeError('SHIPPER_INCOMPATIBLE', what, { hint });
}
