import { badValue, requirePort } from '../../quantities/quantities.ts';
import type { ApacheLogs, ContainerLogs, FromShippers, KubernetesEvents, NodeLogs, RedisInfo, Source } from '../../sources/sources.ts';
import { type Directive, filter, label, match, source } from '../model/config.ts';
import type { PluginNamed } from '../options/settings.ts';
import { APACHE_DOCUMENT, CONTAINER_DOCUMENT, EVENT_DOCUMENT, lineId, NODE_DOCUMENT, RECORD_ID, REDIS_DOCUMENT } from './ruby.ts';

/** Where every source's documents go. */
export const DELIVERY = '@DELIVERY';

/** Containers whose lines are never read: a shipper that ships its own lines feeds itself. */
const SHIPPERS = ['fluent-bit', 'fluentd', 'filebeat', 'metricbeat', 'logstash', 'otel-collector'];

/** Lines that go on the record before them, as the stack traces of each language have them. */
const CONTINUED = {
  java: '\\s|Caused by:|Suppressed:|\\.\\.\\. \\d+ more',
  python: '\\s|Traceback |During handling of the above|The above exception was|[\\w.]+(?:Error|Exception|Warning|Interrupt|Exit)(?::|$)',
  go: '\\s|goroutine \\d+ \\[|\\[signal |created by |exit status |[\\w./*()]+\\([^ ]*\\)$|$',
  ruby: '\\s|from ',
} as const;

/** The directives that read a source; its documents reach the label {@link DELIVERY} under a tag that begins with the family. */
export function sourceDirectives(from: Source, name: string, state: string): readonly Directive[] {
  switch (from.kind) {
    case 'container-logs':
      return containers(from, 'filebeat', name, state, CONTAINER_DOCUMENT);
    case 'apache-logs':
      return containers(from, 'apache', name, state, APACHE_DOCUMENT);
    case 'node-logs':
      return nodes(from, name, state);
    case 'kubernetes-events':
      return events(from, name, state);
    case 'redis-info':
      return redis(from, name, state);
    case 'shippers':
      return shippers(from, name);
    default:
      throw badValue('fluentd.sources', `Fluentd does not read ${from.kind}.`, 'Let Metricbeat or an OpenTelemetry Collector read it.');
  }
}

function labelOf(name: string, step: string): `@${string}` {
  return `@${name.toUpperCase()}-${step}`;
}

/**
 * What every file is read with. The position is written right after a line is in the buffer; `follow_inodes` with a `*` keeps a rotated
 * file's position (docs.fluentd.org, in_tail: needed so that rotated files that match too aren't read twice).
 */
function tail(name: string, state: string, path: string, family: string) {
  return {
    '@type': 'tail',
    '@id': name,
    '@label': labelOf(name, 'LINES'),
    path,
    tag: `${family}.*`,
    pos_file: `${state}/${name}.pos`,
    pos_file_compaction_interval: '72h',
    path_key: 'path',
    read_from_head: true,
    follow_inodes: true,
    refresh_interval: '5s',
    rotate_wait: '30s',
    emit_unmatched_lines: true,
    enable_stat_watcher: false,
  } as const;
}

function shaped(document: string): readonly Directive[] {
  return [
    filter('**', { '@type': 'record_transformer', enable_ruby: true, renew_record: true, record: { document } }),
    filter('**', { '@type': 'parser', key_name: 'document', reserve_time: true, parse: { '@type': 'json', time_key: 'no-time' } }),
    match('**', { '@type': 'relabel', '@label': DELIVERY }),
  ];
}

function identified(timeOfLine = 'time.to_r'): Directive {
  return filter('**', { '@type': 'record_transformer', enable_ruby: true, record: { _id: lineId(timeOfLine) } });
}

function containers(from: ContainerLogs | ApacheLogs, family: string, name: string, state: string, document: string): readonly Directive[] {
  const directory = (from.directory ?? '/var/log/containers').replace(/\/+$/, '');
  const { pods = ['*'], namespaces = ['*'], containers: names = ['*'], exclude } = from;
  // Behind kubelet's links; a file that was rotated while Fluentd was away is only there. One that is found twice is known by its inode.
  const behind = directory.endsWith('/containers') ? `${directory.slice(0, -'/containers'.length)}/pods` : undefined;
  const files = (namespace: string, pod: string, container: string, rotated: string): readonly string[] => [
    `${directory}/${pod}_${namespace}_${container}-*.log${rotated}`,
    ...(behind === undefined || rotated === '' ? [] : [`${behind}/${namespace}_${pod}_*/${container}/*.log${rotated}`]),
  ];
  const chosen = pods.flatMap((pod) => namespaces.flatMap((namespace) => names.map((container) => [namespace, pod, container] as const)));
  const paths = [...chosen.flatMap((each) => files(...each, '')), ...chosen.flatMap((each) => files(...each, '.*'))];
  const leftOut: readonly (readonly [namespace: string, pod: string, container: string])[] = [
    ...[...SHIPPERS, ...(exclude?.containers ?? [])].map((container) => ['*', '*', container] as const),
    ...(exclude?.namespaces ?? []).map((namespace) => [namespace, '*', '*'] as const),
    ...(exclude?.pods ?? []).map((pod) => ['*', pod, '*'] as const),
  ];
  // What kubelet has packed was read before.
  const packed = [directory, ...(behind === undefined ? [] : [`${behind}/*/*`])].flatMap((folder) => [`${folder}/*.gz`, `${folder}/*.tmp`]);
  const excluded = [...leftOut.flatMap((each) => files(...each, '*')), ...packed];
  for (const path of [...paths, ...excluded]) if (path.includes(',') || /["'\s]/.test(path)) throw badValue('fluentd.sources', `${JSON.stringify(path)} has a comma, a quote or a space, which separate paths here.`, 'Names of pods, namespaces and containers have none.');
  const docker = from.format === 'docker';
  const languages = from.kind === 'container-logs' ? [...(from.multiline ?? [])] : [];
  const joined = labelOf(name, 'JOINED');
  const traced = labelOf(name, 'DOCUMENTS');
  const key = docker ? 'log' : 'message';
  return [
    source({ ...tail(name, state, paths.join(','), family), exclude_path: excluded, parse: docker ? DOCKER : CRI }),
    label(labelOf(name, 'LINES'), [identified("record['time'] || time.to_r"), filter('**', docker ? dockerParts(joined) : criParts(joined)), match('**', { '@type': 'relabel', '@label': joined })]),
    label(joined, [
      ...(languages.length === 0
        ? []
        : [
            filter('**', {
              '@type': 'concat',
              key,
              separator: docker ? '' : '\n',
              stream_identity_key: 'stream',
              multiline_start_regexp: `/^(?!${languages.map((language) => CONTINUED[language]).join('|')})/`,
              use_first_timestamp: true,
              flush_interval: '2s',
              timeout_label: traced,
            }),
          ]),
      match('**', { '@type': 'relabel', '@label': traced }),
    ]),
    label(traced, [...(from.metadata === 'kubernetes-api' ? [filter('**', KUBERNETES_METADATA)] : []), ...shaped(document)]),
  ];
}

/** Any bytes may stand in a line, so the expression looks at ASCII only; a line that isn't CRI is a record by itself. */
const CRI = { '@type': 'regexp', expression: '/\\A(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>[FP])(?::[^ ]*)?(?: (?<message>.*))?\\z/m', time_key: 'time', time_format: '%iso8601', keep_time_key: true } as const;
const DOCKER = { '@type': 'json', time_key: 'time', time_type: 'string', time_format: '%iso8601', keep_time_key: true } as const;

/** Parts of a long line: all but the last are marked `P`. What waits longer than a minute for its end goes on without it. */
function criParts(timeoutLabel: string): PluginNamed<'filter', 'concat'> {
  return { '@type': 'concat', key: 'message', separator: '', stream_identity_key: 'stream', partial_key: 'logtag', partial_value: 'P', use_first_timestamp: true, flush_interval: '60s', timeout_label: timeoutLabel };
}

/** Docker's format cuts long lines too: all parts but the last have no line end. */
function dockerParts(timeoutLabel: string): PluginNamed<'filter', 'concat'> {
  return { '@type': 'concat', key: 'log', separator: '', stream_identity_key: 'stream', multiline_end_regexp: '/\\n\\z/', use_first_timestamp: true, flush_interval: '60s', timeout_label: timeoutLabel };
}

const KUBERNETES_METADATA: PluginNamed<'filter', 'kubernetes_metadata'> = {
  '@type': 'kubernetes_metadata',
  skip_container_metadata: true,
  skip_master_url: true,
  skip_namespace_metadata: true,
  watch: true,
};

function nodes(from: NodeLogs, name: string, state: string): readonly Directive[] {
  if (from.journal !== undefined) throw badValue('fluentd.sources', 'Fluentd reads the journal only with fluent-plugin-systemd, which is not known here.', 'Give paths, or let Fluent Bit read the journal.');
  const paths = from.paths ?? ['/var/log/syslog', '/var/log/messages', '/var/log/kubelet.log'];
  for (const path of paths) if (path.includes(',')) throw badValue('fluentd.sources', `${JSON.stringify(path)} has a comma, which separates paths here.`, 'Use * in its place.');
  return [source({ ...tail(name, state, paths.join(','), 'filebeat'), parse: { '@type': 'none' } }), label(labelOf(name, 'LINES'), [identified(), ...shaped(NODE_DOCUMENT)])];
}

function events(from: KubernetesEvents, name: string, state: string): readonly Directive[] {
  if (from.path === undefined) throw badValue('fluentd.sources', 'Fluentd has no input for events out of the API.', "Give kubernetesEvents({ path }) with a file that something else writes, or let Fluent Bit read them.");
  return [
    source({ ...tail(name, state, from.path, 'kubernetes'), parse: { '@type': 'none' } }),
    label(labelOf(name, 'LINES'), [identified(`record['message'].to_s[/"at":\\s*"([^"]+)"/n, 1] || time.to_r`), filter('**', { '@type': 'grep', regexp: { key: 'message', pattern: '/\\S/n' } }), ...shaped(EVENT_DOCUMENT)]),
  ];
}

function redis(from: RedisInfo, name: string, state: string): readonly Directive[] {
  return [
    source({
      ...tail(name, state, from.path ?? '/var/log/redis/info.log', 'redis'),
      // INFO has empty lines between its sections, so an answer is known by its first one. The last waits for what follows, or these seconds.
      multiline_flush_interval: '2s',
      parse: { '@type': 'multiline', format_firstline: '/^# Server/', extra: { format1: '/(?<message>.*)/' } },
    }),
    label(labelOf(name, 'LINES'), [identified(), filter('**', { '@type': 'grep', regexp: { key: 'message', pattern: '/^(?:redis_version|used_memory):/' } }), ...shaped(REDIS_DOCUMENT)]),
  ];
}

/** Records that Fluent Bit or another Fluentd shaped: all that is missing is an id. */
function shippers(from: FromShippers, name: string): readonly Directive[] {
  if (from.protocol !== 'forward') throw badValue('fluentd.sources', `Fluentd takes no ${from.protocol} here.`, "Send with Fluent's forward protocol: fromShippers({ protocol: 'forward', port: 24224 }).");
  requirePort('shippers.port', from.port);
  return [
    source({ '@type': 'forward', '@id': name, '@label': labelOf(name, 'RECORDS'), bind: from.host ?? '0.0.0.0', port: from.port, chunk_size_limit: '64m', skip_invalid_event: true, send_keepalive_packet: true }),
    label(labelOf(name, 'RECORDS'), [filter('**', { '@type': 'record_transformer', enable_ruby: true, record: { _id: RECORD_ID } }), match('**', { '@type': 'relabel', '@label': DELIVERY })]),
  ];
}
