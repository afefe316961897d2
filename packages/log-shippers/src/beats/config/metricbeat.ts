import { requireCompatible, type DestinationFor, type VersionOf } from '../../compatibility/compatibility.ts';
import type { ShipperOptions } from '../../config/shipperOptions.ts';
import { badValue } from '../../quantities/quantities.ts';
import type { KubernetesMetrics, Source, SystemMetrics } from '../../sources/sources.ts';
import type { BeatsVersion, MetricbeatConfig, MetricbeatModule, Processor } from '../model/beatsConfig.ts';
import { allowLists, commonSettings, familyField, ownIndex, type BeatsDestinations } from './beatSettings.ts';
import { indexOf, outputOf } from './output.ts';
import { podOwnerScript } from './scripts.ts';

/** By the node's address where that is given: that its name is known to the cluster's DNS is a thing of managed clusters. */
const KUBELET = 'https://${NODE_IP:${NODE_NAME:localhost}}:10250';

/** A sample gets its id before it is queued, so that one sent twice is one document. */
const SAMPLE_ID: Processor = { add_id: { target_field: '@metadata._id' } };

function period(where: string, seconds: number | undefined): `${number}s` {
  const value = seconds ?? 10;
  if (!Number.isFinite(value) || value < 1) throw badValue(where, `${JSON.stringify(seconds)} is no number of seconds.`, 'A number from 1 on.');
  return `${value}s`;
}

const PSEUDO = '^/(sys|cgroup|proc|dev|etc|host|lib|snap|run|boot)($|/)';

function systemModules(source: SystemMetrics, index: number, rest: Pick<MetricbeatModule, 'index'>): MetricbeatModule[] {
  const every = period(`sources[${index}].periodSeconds`, source.periodSeconds);
  const root = source.hostRoot ?? '/hostfs';
  const hostfs = root === '/' ? {} : { hostfs: root };
  const processors = [SAMPLE_ID, familyField('metricbeat')];
  return [
    { module: 'system', metricsets: ['cpu', 'memory', 'load', 'network'], period: every, 'cpu.metrics': ['percentages', 'normalized_percentages'], ...hostfs, ...rest,
      // 7.17 adds a sample of all interfaces together, for which the catalogue has no field.
      processors: [...processors, { drop_event: { when: { and: [{ equals: { 'metricset.name': 'network' } }, { not: { has_fields: ['system.network.name'] } }] } } }] },
    { module: 'system', metricsets: ['filesystem'], period: every, ...hostfs, ...rest,
      processors: [...processors,
        // Mount points as the node has them.
        ...(root === '/' ? [] : [{ replace: { fields: [{ field: 'system.filesystem.mount_point', pattern: `^${root.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(/|$)`, replacement: '/' }], ignore_missing: true, fail_on_error: false } } as Processor]),
        { drop_event: { when: { regexp: { 'system.filesystem.mount_point': PSEUDO } } } }] },
  ];
}

function kubernetesModule(source: KubernetesMetrics, index: number, rest: Pick<MetricbeatModule, 'index'>): MetricbeatModule {
  const every = period(`sources[${index}].periodSeconds`, source.periodSeconds);
  if (source.scope === 'node') {
    return { module: 'kubernetes', metricsets: ['node', 'pod', 'container'], period: every, hosts: [KUBELET], bearer_token_file: '/var/run/secrets/kubernetes.io/serviceaccount/token',
      // Kubelet's certificate is its own unless the cluster signs serving certificates.
      'ssl.verification_mode': 'none', add_metadata: false, ...rest, processors: [SAMPLE_ID, familyField('metricbeat'), podOwnerScript()] };
  }
  return { module: 'kubernetes', metricsets: ['state_node', 'state_deployment', 'state_pod', 'state_container'], period: every, hosts: [source.kubeStateMetrics ?? 'kube-state-metrics:8080'],
    // What is asked for is in kube-state-metrics' answer: no right to read the Kubernetes API is needed.
    add_metadata: false, ...rest, processors: [SAMPLE_ID, familyField('metricbeat'), podOwnerScript()] };
}

function modulesOf(source: Source, index: number, rest: Pick<MetricbeatModule, 'index'>): MetricbeatModule[] {
  if (source.kind === 'system-metrics') return systemModules(source, index, rest);
  return source.kind === 'kubernetes-metrics' ? [kubernetesModule(source, index, rest)] : [];
}

/**
 * Metricbeat's configuration for sources and a destination. State of workloads (`kubernetesMetrics()`) must be read by one Metricbeat in
 * a cluster only: a Deployment of one replica, not the DaemonSet.
 *
 * @throws PodscopeError SHIPPER_INCOMPATIBLE for what Metricbeat of that version does not read or write; SHIPPER_BAD_VALUE.
 */
export function metricbeatConfig<V extends VersionOf<'metricbeat'>>(options: ShipperOptions<'metricbeat', V>): MetricbeatConfig {
  const version: BeatsVersion = options.version;
  const sources: readonly Source[] = options.sources;
  requireCompatible('metricbeat', version, sources, options.destination);
  const destination = options.destination as DestinationFor<'metricbeat', VersionOf<'metricbeat'>> as BeatsDestinations;
  const rest = ownIndex(destination, indexOf, 'metricbeat');
  const settings = commonSettings('metricbeat', options, destination);
  return {
    kind: 'metricbeat',
    version,
    modules: sources.flatMap((source, index) => modulesOf(source, index, rest)),
    settings: {
      'metricbeat.max_start_delay': '0s',
      ...settings,
      // Samples have no file to wait in. The disk queue is a beta in 7.12, where memory must do.
      ...(version === '7.17' ? { 'queue.disk.max_size': '512MiB', 'queue.disk.path': `${settings['path.data']}/queue` } : { 'queue.mem.events': 16_384, 'queue.mem.flush.min_events': 512, 'queue.mem.flush.timeout': '1s' }),
    },
    processors: allowLists(['metricbeat'], destination),
    output: outputOf(destination),
  };
}
