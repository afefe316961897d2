import { PodscopeError } from '@podscope/core';

/** Fluent Bit as forwarder to Fluentd, or as agent that writes by itself; on each node, or in the pods whose files it reads. */
export interface FluentBitLeg<Placement extends 'daemonset' | 'sidecar' | 'deployment'> {
  readonly agent: 'fluent-bit';
  readonly processor: 'fluentd' | 'none';
  readonly placement: Placement;
}

/** Beats send to Logstash: none of them writes to OpenSearch 2 or 3 by itself. */
export interface BeatsLeg<Agent extends 'filebeat' | 'metricbeat'> {
  readonly agent: Agent;
  readonly processor: 'logstash';
  readonly placement: 'daemonset';
}

/** The OpenTelemetry Collector, to Fluent Bit over OTLP; or by itself, which loses what it holds while the server is away. */
export interface OtelLeg<Placement extends 'daemonset' | 'deployment'> {
  readonly agent: 'otel-collector';
  readonly processor: 'fluent-bit' | 'none';
  readonly placement: Placement;
}

/** Nobody ships it. */
export interface NoLeg {
  readonly agent: 'none';
}

/** How each family gets to the server. What can't be written here does not go together. */
export interface Legs {
  /** Lines of containers and nodes: only a node's agent sees all of them. */
  readonly filebeat: BeatsLeg<'filebeat'> | FluentBitLeg<'daemonset'> | OtelLeg<'daemonset'> | NoLeg;
  /** System metrics, and the state of the cluster. */
  readonly metricbeat: BeatsLeg<'metricbeat'> | NoLeg;
  /** Access logs: of the node's files, or of a file that the web container shares with a sidecar. */
  readonly apache: FluentBitLeg<'daemonset' | 'sidecar'> | BeatsLeg<'filebeat'> | OtelLeg<'daemonset'> | NoLeg;
  /** Events: one reader in the cluster, in a pod of its own or beside kube-state-metrics, which there is one of, too. */
  readonly kubernetes: FluentBitLeg<'deployment' | 'sidecar'> | OtelLeg<'deployment'> | NoLeg;
  /** `INFO`: a container writes it into a file, the sidecar beside it reads that. */
  readonly redis: FluentBitLeg<'sidecar'> | NoLeg;
}

const toLogstash = { processor: 'logstash', placement: 'daemonset' } as const;
const beats = { filebeat: { agent: 'filebeat', ...toLogstash }, metricbeat: { agent: 'metricbeat', ...toLogstash } } as const;
const forwarder = { agent: 'fluent-bit', processor: 'fluentd' } as const;
const alone = { agent: 'fluent-bit', processor: 'none' } as const;
const otel = { agent: 'otel-collector', processor: 'fluent-bit' } as const;

/**
 * Whole topologies.
 * `workshop`: the seed's two pipelines with one Fluent Bit a node in place of one a web pod.
 * `ant332`: as re:Invent 2019's ANT332 draws it: sidecars for Redis, Apache and Kubernetes data, DaemonSets for the rest.
 * `direct`: Fluent Bit straight to OpenSearch, nothing in between.
 * `otel`: the OpenTelemetry Collector wherever it can, with Fluent Bit before the server, since its own exporter drops a batch that the
 * server does not take at once; Redis' `INFO` by Fluent Bit.
 */
export const PATTERNS = {
  workshop: { ...beats, apache: { ...forwarder, placement: 'daemonset' }, kubernetes: { ...forwarder, placement: 'deployment' }, redis: { ...forwarder, placement: 'sidecar' } },
  ant332: { ...beats, apache: { ...forwarder, placement: 'sidecar' }, kubernetes: { ...forwarder, placement: 'sidecar' }, redis: { ...forwarder, placement: 'sidecar' } },
  direct: { filebeat: { ...alone, placement: 'daemonset' }, metricbeat: { agent: 'none' }, apache: { ...alone, placement: 'daemonset' }, kubernetes: { ...alone, placement: 'deployment' }, redis: { ...alone, placement: 'sidecar' } },
  otel: { filebeat: { ...otel, placement: 'daemonset' }, metricbeat: { agent: 'none' }, apache: { ...otel, placement: 'daemonset' }, kubernetes: { ...otel, placement: 'deployment' }, redis: { ...alone, placement: 'sidecar' } },
} as const satisfies Readonly<Record<string, Legs>>;

/** The name of a whole topology. */
export type Pattern = keyof typeof PATTERNS;

/** The legs of a pattern, with others in the place of some. @throws PodscopeError SHIPPER_BAD_VALUE for a pattern that is none */
export function legsOf(pattern: Pattern, others: Partial<Legs> = {}): Legs {
  if (!Object.hasOwn(PATTERNS, pattern)) throw new PodscopeError('SHIPPER_BAD_VALUE', `There is no pattern ${JSON.stringify(pattern)}.`, { hint: `There are ${Object.keys(PATTERNS).join(', ')}.` });
  return { ...PATTERNS[pattern], ...others };
}
