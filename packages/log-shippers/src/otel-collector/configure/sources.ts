import { apacheFields, filebeatFields, kubernetesFields, metricbeatFields, redisFields } from '@podscope/core/catalogues';
import { FAMILIES, type Family, type Source } from '../../sources/sources.ts';
import type { OtelOptions } from '../model.ts';
import { containerReceiver, FILE_OPTIONS } from './containerReceiver.ts';
import { APACHE_DOCUMENT, CONTAINER_DOCUMENT, JOURNAL_DOCUMENT, NODE_DOCUMENT } from './documents.ts';
import { API_EVENT_DOCUMENT, FILE_EVENT_DOCUMENT, REDIS_DOCUMENT, REDIS_RESOURCE } from './redisDocument.ts';
import { cache, resource, text } from './statements.ts';

/** Names of the shippers' own containers, whose logs would feed themselves. */
const OWN = ['otel-collector', 'otc-container', 'opentelemetry-collector', 'fluent-bit', 'fluentd', 'filebeat', 'metricbeat', 'logstash'];

/** How one source is read, and how its records become documents. */
export interface MadeSource {
  readonly name: string;
  readonly family: Family;
  readonly receiver: { readonly id: string; readonly options: OtelOptions };
  /** Statements that make documents, in the order of processors. */
  readonly filter?: OtelOptions;
  readonly resource?: readonly string[];
  readonly statements: readonly string[];
  readonly metadata: boolean;
}

type Read = Exclude<Source, { kind: 'system-metrics' | 'kubernetes-metrics' }>;

const NODE: readonly string[] = [`set(${resource('k8s.node.name')}, "\${env:NODE_NAME}") where ${resource('k8s.node.name')} == nil`];
const HOST: readonly string[] = [`set(${resource('host.name')}, "\${env:NODE_NAME}")`];

/** The receiver of a source and the statements for its documents; several, where documents of several families come. Web pods that `all` choose are no other containers. */
export function makeSource(source: Read, name: string, all: readonly Source[]): MadeSource[] {
  switch (source.kind) {
    case 'container-logs':
      return [{ name, family: FAMILIES[source.kind], receiver: { id: `filelog/${name}`, options: containerReceiver(source, OWN, all.filter((other) => other.kind === 'apache-logs')) }, resource: NODE, statements: CONTAINER_DOCUMENT, metadata: source.metadata !== 'file-name' }];
    case 'apache-logs':
      return [{ name, family: FAMILIES[source.kind], receiver: { id: `filelog/${name}`, options: containerReceiver(source, OWN, []) }, resource: NODE, statements: APACHE_DOCUMENT, metadata: source.metadata !== 'file-name' }];
    case 'node-logs':
      if (source.journal !== undefined) {
        const options = { units: source.journal.units, ...(source.journal.path === undefined ? {} : { directory: source.journal.path }), start_at: 'beginning', convert_message_bytes: true, storage: 'file_storage', retry_on_failure: { enabled: true, max_elapsed_time: 0 } };
        return [{ name, family: 'filebeat', receiver: { id: `journald/${name}`, options }, statements: JOURNAL_DOCUMENT, metadata: false }];
      }
      return [
        {
          name,
          family: 'filebeat',
          receiver: { id: `filelog/${name}`, options: { include: source.paths ?? ['/var/log/syslog', '/var/log/messages', '/var/log/kubelet.log'], ...FILE_OPTIONS } },
          resource: [...HOST, ...NODE],
          statements: NODE_DOCUMENT,
          metadata: false,
        },
      ];
    case 'kubernetes-events':
      if (source.path !== undefined) {
        return [{ name, family: 'kubernetes', receiver: { id: `filelog/${name}`, options: { include: [source.path], ...FILE_OPTIONS } }, statements: FILE_EVENT_DOCUMENT, metadata: false }];
      }
      return [
        {
          name,
          family: 'kubernetes',
          receiver: { id: `k8sobjects/${name}`, options: { auth_type: 'serviceAccount', objects: [{ name: 'events', group: '', mode: 'watch', exclude_watch_type: ['DELETED'] }] } },
          statements: API_EVENT_DOCUMENT,
          metadata: false,
        },
      ];
    case 'redis-info':
      return [
        {
          name,
          family: 'redis',
          receiver: { id: `filelog/${name}`, options: { include: [source.path ?? '/var/log/redis/info'], ...FILE_OPTIONS, multiline: { line_start_pattern: '(?m)^# Server' }, force_flush_period: '2s' } },
          resource: REDIS_RESOURCE,
          statements: REDIS_DOCUMENT,
          metadata: false,
        },
      ];
    case 'shippers':
      return Object.entries(CATALOGUES).map(([family, fields]) => fromOtlp(source.host ?? '0.0.0.0', source.port, family as Family, fields));
  }
}

const CATALOGUES: Readonly<Record<Family, readonly string[]>> = {
  filebeat: Object.keys(filebeatFields),
  apache: Object.keys(apacheFields),
  kubernetes: Object.keys(kubernetesFields),
  redis: Object.keys(redisFields),
  metricbeat: Object.keys(metricbeatFields),
};

/** The family says itself, as the resource attribute `podscope.family`; what says none is filebeat's. */
function fromOtlp(host: string, port: number, family: Family, fields: readonly string[]): MadeSource {
  const says = resource('podscope.family');
  const others = Object.keys(CATALOGUES).filter((name) => name !== 'filebeat').map((name) => `${says} == ${text(name)}`).join(' or ');
  return {
    name: `from-${family}`,
    family,
    receiver: { id: 'otlp', options: { protocols: { grpc: { endpoint: `${host}:${port}` } } } },
    filter: { error_mode: 'propagate', logs: { log_record: [family === 'filebeat' ? others : `${says} != ${text(family)}`] } },
    statements: [
      `set(${cache('line')}, log.body) where not IsMap(log.body)`,
      `set(log.body, {}) where ${cache('line')} != nil`,
      `set(log.body["message"], String(${cache('line')})) where ${cache('line')} != nil`,
      'set(log.time, log.observed_time) where log.time_unix_nano == 0',
      'set(log.body["@timestamp"], FormatTime(log.time, "%Y-%m-%dT%H:%M:%S.%LZ")) where log.body["@timestamp"] == nil',
      ...keepOnly(fields),
    ],
    metadata: false,
  };
}

/** Takes off, level by level, what the catalogue doesn't have. */
function keepOnly(fields: readonly string[]): string[] {
  const levels = new Map<string, Set<string>>();
  for (const field of fields) {
    const parts = field.split('.');
    for (const [at, part] of parts.entries()) {
      const place = `log.body${parts.slice(0, at).map((name) => `["${name}"]`).join('')}`;
      levels.set(place, (levels.get(place) ?? new Set()).add(part));
    }
  }
  return [...levels].map(([place, names]) => `keep_keys(${place}, [${[...names].map((name) => `"${name}"`).join(', ')}])${place === 'log.body' ? '' : ` where IsMap(${place})`}`);
}

/** What the next collector needs to know: the document's family. */
export const sayFamily = (family: Family): string => `set(${resource('podscope.family')}, ${text(family)})`;

