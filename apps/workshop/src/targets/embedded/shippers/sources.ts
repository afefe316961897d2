import type { SourceKind } from '@podscope/log-shippers';

/** What the embedded target ships, in the order in which lists show it. */
export const EMBEDDED_SOURCES = ['apache-logs', 'container-logs', 'node-logs', 'kubernetes-events', 'redis-info', 'system-metrics', 'kubernetes-metrics'] as const satisfies readonly SourceKind[];
/** One of {@link EMBEDDED_SOURCES}. */
export type EmbeddedSource = (typeof EMBEDDED_SOURCES)[number];

/** The programs that are looked for. */
export const PROGRAMS = ['fluent-bit', 'fluentd', 'filebeat', 'metricbeat'] as const;
/** One of {@link PROGRAMS}. */
export type Program = (typeof PROGRAMS)[number];

/** Which programs may ship a source, the first choice first: the seed's own division of work. */
export const CANDIDATES: Readonly<Partial<Record<EmbeddedSource, readonly Program[]>>> = {
  'apache-logs': ['fluent-bit', 'fluentd', 'filebeat'],
  'container-logs': ['filebeat', 'fluent-bit', 'fluentd'],
  'kubernetes-events': ['fluent-bit'],
  'system-metrics': ['metricbeat'],
};

/** Why the built-in collector keeps the others, whatever is installed. */
export const KEPT: Readonly<Partial<Record<EmbeddedSource, string>>> = {
  'node-logs': 'one agent would call the four simulated nodes by one name',
  'redis-info': 'how far a replica is behind takes the sample of its primary',
  'kubernetes-metrics': 'the simulated cluster has neither kubelet nor kube-state-metrics',
};

/** Containers of this name are the web servers. */
export const WEB_CONTAINER = 'frontend';
