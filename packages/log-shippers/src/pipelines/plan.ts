import { PodscopeError } from '@podscope/core';
import { COMPATIBILITY, type EngineFor, requireCompatible, type Shipper, type VersionOf } from '../compatibility/compatibility.ts';
import { beatsProtocol, forward, otlp } from '../destinations/builders.ts';
import type { Destination, Engine, FirehoseDestination, OpenSearchDestination } from '../destinations/destinations.ts';
import { apacheLogs, containerLogs, type ContainerChoice, fromShippers, kubernetesEvents, kubernetesMetrics, nodeLogs, redisInfo, type Source, systemMetrics } from '../sources/sources.ts';
import { badValue } from '../quantities/quantities.ts';
import { type Legs, legsOf, type Pattern, type PATTERNS } from './patterns.ts';

/** The version of each shipper; the newest that this library writes configurations for where none is given. */
export type Versions = { readonly [S in Shipper]?: VersionOf<S> };

type WriterOf<L> = L extends { readonly processor: infer Processor; readonly agent: infer Agent } ? (Processor extends 'none' ? Agent : Processor) : never;
type WritersOf<P extends Pattern> = WriterOf<(typeof PATTERNS)[P][keyof Legs]>;
type CanWriteTo<E extends Engine> = { [S in Shipper]: E extends EngineFor<S, VersionOf<S>> ? S : never }[Shipper];
/** The engines that everything in a pattern that writes can write to. */
export type PatternEngine<P extends Pattern> = { [E in Engine]: [WritersOf<P>] extends [CanWriteTo<E>] ? E : never }[Engine];

/** What a pipeline is made from. */
export interface PipelineOptions<P extends Pattern = Pattern> {
  readonly pattern: P;
  /** Legs in the place of the pattern's. */
  readonly legs?: Partial<Legs>;
  /** Where all ends up. */
  readonly destination: OpenSearchDestination<PatternEngine<P>>;
  /** Amazon Data Firehose, in place of the destination, for what Fluent Bit and Fluentd deliver; Logstash and the OpenTelemetry Collector don't write to it. */
  readonly firehose?: FirehoseDestination;
  readonly versions?: Versions;
  /** @default 'logging' for aggregators and what reads the cluster, 'node-agents' for DaemonSets, 'guestbook' for what sidecars go into */
  readonly namespaces?: { readonly logging?: string; readonly agents?: string; readonly application?: string };
  /** The containers that are web servers. @default those named frontend */
  readonly web?: ContainerChoice;
  /** What sidecars read in their pods. @default '/var/log/guestbook' and '/var/run/redis-info/info.txt' */
  readonly files?: { readonly webLogs?: string; readonly redisInfo?: string };
}

/** A shipper of a pipeline, before it is one in Kubernetes. */
export interface PlannedShipper {
  /** Of its objects, and of the file that they are in. */
  readonly name: string;
  readonly shipper: Shipper;
  /** @default the newest */
  readonly version?: string;
  readonly sources: readonly Source[];
  readonly destination: Destination;
}

/** The pods that a sidecar goes into. */
export type SidecarPlace = 'web' | 'redis' | 'kube-state-metrics';

/** Everything that has to run, and what sends to what: plain data. */
export interface PipelinePlan {
  readonly legs: Legs;
  readonly namespaces: { readonly logging: string; readonly agents: string; readonly application: string };
  readonly daemonSets: readonly PlannedShipper[];
  /** One pod for the whole cluster. */
  readonly deployments: readonly PlannedShipper[];
  readonly sidecars: readonly (PlannedShipper & { readonly in: SidecarPlace })[];
  readonly processors: readonly PlannedShipper[];
  readonly kubeStateMetrics: boolean;
}

const FORWARD_PORT = 24_224;
const BEATS_PORT = 5044;
const OTLP_PORT = 4318;

/**
 * What a pattern is in parts.
 *
 * @throws PodscopeError SHIPPER_INCOMPATIBLE when a part doesn't go with the version, engine or destination, with what to use instead;
 * SHIPPER_BAD_VALUE when node agents are to share their namespace.
 */
export function planPipeline<const P extends Pattern>(options: PipelineOptions<P>): PipelinePlan {
  const { firehose, versions = {}, files = {} } = options;
  const destination: Destination = options.destination;
  const legs = legsOf(options.pattern, options.legs);
  const namespaces = { logging: 'logging', agents: 'node-agents', application: 'guestbook', ...options.namespaces };
  const web: ContainerChoice = options.web ?? { containers: ['frontend'] };
  const fluentd = forward({ host: `fluentd.${namespaces.logging}.svc`, port: FORWARD_PORT });
  const logstash = beatsProtocol({ hosts: [`logstash.${namespaces.logging}.svc:${BEATS_PORT}`] });
  const collected = otlp({ endpoint: `http://fluent-bit-otlp.${namespaces.logging}.svc:${OTLP_PORT}`, protocol: 'http' });
  const fluent: Destination = firehose ?? destination;

  const reached = (leg: Legs[keyof Legs]): Destination => {
    if (leg.agent === 'none') return destination;
    if (leg.agent === 'otel-collector') return leg.processor === 'fluent-bit' ? collected : destination;
    return leg.processor === 'fluentd' ? fluentd : leg.processor === 'logstash' ? logstash : fluent;
  };
  const planned = (name: string, shipper: Shipper, sources: readonly Source[], to: Destination): PlannedShipper => {
    const version = versions[shipper];
    return { name, shipper, ...(version === undefined ? {} : { version }), sources, destination: to };
  };

  const daemonSets = new Map<string, PlannedShipper>();
  /** Legs that go the same way share one agent a node. */
  const onEachNode = (leg: Legs[keyof Legs], ...sources: readonly Source[]): void => {
    if (leg.agent === 'none' || leg.placement !== 'daemonset') return;
    const way = `${leg.agent} ${leg.processor}`;
    const isSecond = [...daemonSets].some(([other, { shipper }]) => other !== way && shipper === leg.agent);
    const there = daemonSets.get(way);
    daemonSets.set(way, planned(there?.name ?? (isSecond ? `${leg.agent}-${leg.processor === 'none' ? 'direct' : leg.processor}` : leg.agent), leg.agent, [...(there?.sources ?? []), ...sources], reached(leg)));
  };
  const isApacheShipped = legs.apache.agent !== 'none';
  // Nothing twice: what becomes apache-* is no line of filebeat-*.
  onEachNode(legs.filebeat, containerLogs(isApacheShipped ? { exclude: excluded(web) } : {}), nodeLogs());
  onEachNode(legs.apache, apacheLogs(web));
  onEachNode(legs.metricbeat, systemMetrics(), kubernetesMetrics({ scope: 'node' }));

  const deployments: PlannedShipper[] = [];
  if (legs.metricbeat.agent !== 'none') deployments.push(planned('metricbeat-state', 'metricbeat', [kubernetesMetrics({ kubeStateMetrics: `kube-state-metrics.${namespaces.logging}.svc:8080`, scope: 'state' })], reached(legs.metricbeat)));
  if (legs.kubernetes.agent !== 'none' && legs.kubernetes.placement === 'deployment') deployments.push(planned(`${legs.kubernetes.agent}-events`, legs.kubernetes.agent, [kubernetesEvents()], reached(legs.kubernetes)));

  const sidecars: (PlannedShipper & { in: SidecarPlace })[] = [];
  const beside = (place: SidecarPlace, leg: Legs[keyof Legs], source: Source): void => {
    if (leg.agent !== 'none' && leg.placement === 'sidecar') sidecars.push({ ...planned(`${leg.agent}-${place === 'kube-state-metrics' ? 'events' : place}`, leg.agent, [source], reached(leg)), in: place });
  };
  beside('redis', legs.redis, redisInfo({ path: files.redisInfo ?? '/var/run/redis-info/info.txt' }));
  beside('web', legs.apache, apacheLogs({ ...web, directory: files.webLogs ?? '/var/log/guestbook', format: 'cri', metadata: 'file-name' }));
  beside('kube-state-metrics', legs.kubernetes, kubernetesEvents());

  const all = Object.values(legs) as readonly Legs[keyof Legs][];
  const uses = (processor: 'fluentd' | 'logstash' | 'fluent-bit'): boolean => all.some((leg) => leg.agent !== 'none' && leg.processor === processor);
  const processors = [
    ...(uses('logstash') ? [planned('logstash', 'logstash', [fromShippers({ protocol: 'beats', port: BEATS_PORT })], destination)] : []),
    ...(uses('fluent-bit') ? [planned('fluent-bit-otlp', 'fluent-bit', [fromShippers({ protocol: 'otlp', port: OTLP_PORT })], fluent)] : []),
    ...(uses('fluentd') ? [planned('fluentd', 'fluentd', [fromShippers({ protocol: 'forward', port: FORWARD_PORT })], fluent)] : []),
  ];
  const plan: PipelinePlan = { legs, namespaces, daemonSets: [...daemonSets.values()], deployments, sidecars, processors, kubeStateMetrics: legs.metricbeat.agent !== 'none' || sidecars.some((each) => each.in === 'kube-state-metrics') };
  // Two Namespace objects of one name, and whichever is applied last says what pods may do.
  if (daemonSets.size > 0 && [namespaces.logging, namespaces.application].includes(namespaces.agents)) {
    throw badValue('Pipeline.namespaces.agents', `${JSON.stringify(namespaces.agents)} holds others than node agents, too.`, 'It has to be privileged: give it a namespace of its own, such as node-agents.');
  }
  for (const each of [...plan.daemonSets, ...deployments, ...sidecars, ...processors]) requireCompatible(each.shipper, each.version ?? newest(each.shipper), each.sources, each.destination);
  if (firehose !== undefined && !all.some((leg) => leg.agent === 'fluent-bit' || (leg.agent === 'otel-collector' && leg.processor === 'fluent-bit'))) {
    throw new PodscopeError('SHIPPER_INCOMPATIBLE', 'Nothing in this pipeline writes to kinesis_firehose.', { hint: "Take a pattern or legs with Fluent Bit or Fluentd, or leave the delivery stream out." });
  }
  return plan;
}

/** The newest version that this library writes configurations for. */
function newest(shipper: Shipper): string {
  return Object.keys(COMPATIBILITY[shipper].versions)[0] as string;
}

/** The opposite of a choice, as far as one can be said: of namespaces and pods only where no container is named. */
function excluded({ containers, pods, namespaces }: ContainerChoice): NonNullable<ContainerChoice['exclude']> {
  if (containers !== undefined) return { containers };
  return { ...(pods === undefined ? {} : { pods }), ...(pods === undefined && namespaces !== undefined ? { namespaces } : {}) };
}
