/** How the runtime writes a container's lines to its file. */
export type ContainerLogFormat = 'cri' | 'docker' | 'auto';

/** Which containers' logs; `*` stands for any characters. Without a choice, all but the shipper's own. */
export interface ContainerChoice {
  readonly namespaces?: readonly string[];
  /** Names of pods, as in file names: `frontend-*`. */
  readonly pods?: readonly string[];
  readonly containers?: readonly string[];
  /** Left out, though chosen above. The shippers' own logs are left out in any case. */
  readonly exclude?: { readonly namespaces?: readonly string[]; readonly pods?: readonly string[]; readonly containers?: readonly string[] };
}

/** Where a pod's node, deployment and labels are asked for: the Kubernetes API, or what the file's name tells. */
export type Metadata = 'kubernetes-api' | 'file-name';

/** Stack traces of these languages become one document. */
export type MultilineLanguage = 'java' | 'python' | 'go' | 'ruby';

interface Logs extends ContainerChoice {
  /** @default 'auto' where the program can tell, else 'cri' */
  readonly format?: ContainerLogFormat;
  /** @default '/var/log/containers' */
  readonly directory?: string;
  /** @default 'kubernetes-api' */
  readonly metadata?: Metadata;
}

/** Lines of containers, one document each: `filebeat-*` in the workshop. Catalogue: `filebeatFields`. */
export interface ContainerLogs extends Logs {
  readonly kind: 'container-logs';
  readonly multiline?: readonly MultilineLanguage[];
}

/** Access and error lines of web pods, parsed: `apache-*`. Catalogue: `apacheFields`. */
export interface ApacheLogs extends Logs {
  readonly kind: 'apache-logs';
}

/** Logs of nodes and kubelet: `filebeat-*`. Catalogue: `filebeatFields`. */
export interface NodeLogs {
  readonly kind: 'node-logs';
  /** Files, with `*`. Either these or the journal. @default ['/var/log/syslog', '/var/log/messages', '/var/log/kubelet.log'] */
  readonly paths?: readonly string[];
  /** Units of systemd's journal. */
  readonly journal?: { readonly units: readonly string[]; readonly path?: string };
}

/** Workload events of the cluster: `kubernetes-*`. Catalogue: `kubernetesFields`. One reader in a cluster, or all are doubled. */
export interface KubernetesEvents {
  readonly kind: 'kubernetes-events';
  /** A file of events as JSON lines that something else writes, in place of the API. */
  readonly path?: string;
}

/** `INFO` of a Redis server: `redis-*`. Catalogue: `redisFields`. */
export interface RedisInfo {
  readonly kind: 'redis-info';
  /**
   * File to which a container beside it writes `INFO` as text every few seconds, each answer ended by an empty line: most
   * shippers have no Redis input, and their images no shell.
   */
  readonly path?: string;
  /** Address of the server, for programs that ask by themselves. @default '127.0.0.1:6379' */
  readonly address?: string;
}

/** CPU, memory, load, file systems and network of a node: `metricbeat-*`. Catalogue: `metricbeatFields`. */
export interface SystemMetrics {
  readonly kind: 'system-metrics';
  /** Seconds. @default 10 */
  readonly periodSeconds?: number;
  /** Where the node's `/proc` and `/sys` are mounted. @default '/hostfs' */
  readonly hostRoot?: string;
}

/** State of workloads out of kube-state-metrics, and kubelet's metrics: `metricbeat-*`. Catalogue: `metricbeatFields`. */
export interface KubernetesMetrics {
  readonly kind: 'kubernetes-metrics';
  readonly periodSeconds?: number;
  /** @default 'kube-state-metrics:8080' */
  readonly kubeStateMetrics?: string;
  /** The kubelet of the same node (DaemonSet), the state of the cluster (one Deployment), or both. @default 'state' */
  readonly scope?: 'state' | 'node';
}

/**
 * What other shippers send here: Fluent's forward protocol, the Beats protocol (lumberjack), or OTLP. The family comes along: as the first
 * part of a tag (`apache.frontend`), or as the field or resource attribute `podscope.family`, which is taken off again.
 */
export interface FromShippers {
  readonly kind: 'shippers';
  readonly protocol: 'forward' | 'beats' | 'otlp';
  readonly port: number;
  /** @default '0.0.0.0' in a pod; a program on one machine sets '127.0.0.1' */
  readonly host?: string;
}

/** What a shipper reads. */
export type Source = ContainerLogs | ApacheLogs | NodeLogs | KubernetesEvents | RedisInfo | SystemMetrics | KubernetesMetrics | FromShippers;
/** The name of a source. */
export type SourceKind = Source['kind'];
/** The kind of document that comes out of a source, as the workshop's index patterns name it: `apache` is `apache-*`. */
export type Family = 'filebeat' | 'metricbeat' | 'kubernetes' | 'redis' | 'apache';

/** The family of each source's documents; those of other shippers say it themselves. */
export const FAMILIES = {
  'container-logs': 'filebeat',
  'node-logs': 'filebeat',
  'apache-logs': 'apache',
  'kubernetes-events': 'kubernetes',
  'redis-info': 'redis',
  'system-metrics': 'metricbeat',
  'kubernetes-metrics': 'metricbeat',
} as const satisfies Readonly<Record<Exclude<SourceKind, 'shippers'>, Family>>;

/** Lines of containers. */
export const containerLogs = (options: Omit<ContainerLogs, 'kind'> = {}): ContainerLogs => ({ kind: 'container-logs', ...options });
/** Access and error lines of web pods. */
export const apacheLogs = (options: Omit<ApacheLogs, 'kind'> = {}): ApacheLogs => ({ kind: 'apache-logs', ...options });
/** Logs of nodes and kubelet. */
export const nodeLogs = (options: Omit<NodeLogs, 'kind'> = {}): NodeLogs => ({ kind: 'node-logs', ...options });
/** Workload events. */
export const kubernetesEvents = (options: Omit<KubernetesEvents, 'kind'> = {}): KubernetesEvents => ({ kind: 'kubernetes-events', ...options });
/** `INFO` of a Redis server. */
export const redisInfo = (options: Omit<RedisInfo, 'kind'> = {}): RedisInfo => ({ kind: 'redis-info', ...options });
/** Metrics of a node. */
export const systemMetrics = (options: Omit<SystemMetrics, 'kind'> = {}): SystemMetrics => ({ kind: 'system-metrics', ...options });
/** State of workloads. */
export const kubernetesMetrics = (options: Omit<KubernetesMetrics, 'kind'> = {}): KubernetesMetrics => ({ kind: 'kubernetes-metrics', ...options });
/** What other shippers send. */
export const fromShippers = (options: Omit<FromShippers, 'kind'>): FromShippers => ({ kind: 'shippers', ...options });
