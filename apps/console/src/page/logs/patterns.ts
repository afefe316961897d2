/** The five patterns, with what a row shows of their documents. */
export interface LogPattern {
  readonly pattern: string;
  readonly title: string;
  /** Fields shown before the message, in order. */
  readonly lead: readonly string[];
  /** Fields of the list's head, most useful first. */
  readonly first: readonly string[];
}

/** The patterns in the order of the Logs page. */
export const LOG_PATTERNS: readonly LogPattern[] = [
  {
    pattern: 'apache-*',
    title: 'Web',
    lead: ['http.response.status_code', 'http.request.method', 'url.path', 'log.level'],
    first: ['http.response.status_code', 'url.path', 'kubernetes.pod.name', 'http.request.method', 'event.dataset', 'source.ip', 'user_agent.original.keyword'],
  },
  {
    pattern: 'kubernetes-*',
    title: 'Events',
    lead: ['kubernetes.event.type', 'kubernetes.event.reason'],
    first: ['kubernetes.event.reason', 'kubernetes.event.type', 'kubernetes.event.involved_object.kind', 'kubernetes.event.involved_object.name'],
  },
  {
    pattern: 'redis-*',
    title: 'Redis',
    lead: ['redis.instance', 'redis.role', 'redis.used_memory', 'redis.mem_fragmentation_ratio', 'redis.instantaneous_ops_per_sec'],
    first: ['redis.instance', 'redis.role', 'redis.version'],
  },
  {
    pattern: 'metricbeat-*',
    title: 'Metrics',
    lead: ['metricset.name', 'kubernetes.pod.name', 'kubernetes.deployment.name'],
    first: ['metricset.name', 'host.name', 'kubernetes.pod.status.phase', 'kubernetes.deployment.name'],
  },
  {
    pattern: 'filebeat-*',
    title: 'Nodes',
    lead: ['log.level', 'kubernetes.container.name', 'process.name'],
    first: ['log.level', 'host.name', 'kubernetes.container.name', 'process.name', 'stream'],
  },
];

const FALLBACK = LOG_PATTERNS[0] as LogPattern;

/** The pattern of that name, or the first. */
export function logPattern(pattern: string | undefined): LogPattern {
  return LOG_PATTERNS.find((entry) => entry.pattern === pattern) ?? FALLBACK;
}
