import { PodscopeError } from '@podscope/core';
import type { ApacheLogs, ContainerLogs, FromShippers, KubernetesEvents, NodeLogs, RedisInfo, Source } from '../../sources/sources.ts';
import { requirePort } from '../../quantities/quantities.ts';
import { APACHE_LUA } from '../lua/apache.ts';
import { CONTAINERS_LUA } from '../lua/containers.ts';
import { EVENTS_LUA } from '../lua/events.ts';
import { NODES_LUA } from '../lua/nodes.ts';
import { REDIS_LUA } from '../lua/redis.ts';
import { DOCUMENT_KEY, DOCUMENT_PARSER } from '../lua/document.ts';
import { FROM_OTLP_LUA } from '../lua/shippers.ts';
import type { FluentBitFilter, FluentBitInput } from '../model.ts';
import { chosenFiles, excludedFiles, RUNTIME_PARSERS } from './containers.ts';
import type { Parts } from './fluentBitConfig.ts';

/** The parts that read a source. `name` is in tags and file names. */
export function partsOf(source: Source, name: string, state: string): Parts {
  switch (source.kind) {
    case 'container-logs':
      return containers(source, `filebeat.${name}`, name, state, 'podscope_containers', CONTAINERS_LUA);
    case 'apache-logs':
      return containers(source, `apache.${name}`, name, state, 'podscope_apache', APACHE_LUA);
    case 'node-logs':
      return nodes(source, `filebeat.${name}`, name, state);
    case 'kubernetes-events':
      return events(source, `kubernetes.${name}`, name, state);
    case 'redis-info':
      return redis(source, `redis.${name}`, name, state);
    case 'shippers':
      return shippers(source, name);
    default:
      throw new PodscopeError('SHIPPER_INCOMPATIBLE', `Fluent Bit does not read ${source.kind}.`, { hint: 'Let Metricbeat or an OpenTelemetry Collector read it.' });
  }
}

/** What every tail input has. A line of up to 4 MB is read, a longer one left out, where the program would stop reading the file. */
function tail(name: string, state: string) {
  return {
    name: 'tail',
    alias: name,
    db: `${state}/${name}.db`,
    'db.locking': true,
    read_from_head: true,
    refresh_interval: '5',
    rotate_wait: '30',
    buffer_chunk_size: '256K',
    buffer_max_size: '4M',
    skip_long_lines: true,
    path_key: 'log_path',
    offset_key: 'log_offset',
    mem_buf_limit: '64M',
    'storage.type': 'filesystem',
  } as const satisfies Partial<FluentBitInput<'tail'>>;
}

function lua(match: string, call: string, code: string): FluentBitFilter {
  return { name: 'lua', match, call, code, time_as_table: true };
}

/** The filters that put the catalogue's document in the place of the record. */
function shaped(match: string, call: string, code: string): readonly FluentBitFilter[] {
  return [lua(match, call, code), { name: 'parser', match, key_name: DOCUMENT_KEY, parser: DOCUMENT_PARSER.name }];
}

function containers(source: ContainerLogs | ApacheLogs, tag: string, name: string, state: string, call: string, code: string): Parts {
  const directory = (source.directory ?? '/var/log/containers').replace(/\/+$/, '');
  const languages = source.kind === 'container-logs' ? (source.multiline ?? []) : [];
  const match = `${tag}.*`;
  return {
    inputs: [
      {
        ...tail(name, state),
        tag: match,
        path: chosenFiles(source, directory),
        exclude_path: excludedFiles(source, directory),
        'multiline.parser': RUNTIME_PARSERS[source.format ?? 'auto'],
      },
    ],
    filters: [
      // First of all filters: what it puts together passes the filters again.
      ...(languages.length === 0
        ? []
        : [
            {
              name: 'multiline',
              match,
              'multiline.key_content': 'log',
              'multiline.parser': languages,
              flush_ms: 2000,
              emitter_name: `${name}-multiline`,
              'emitter_storage.type': 'filesystem',
              emitter_mem_buf_limit: '64M',
            } as const satisfies FluentBitFilter,
          ]),
      ...(source.metadata === 'file-name'
        ? []
        : [
            {
              name: 'kubernetes',
              match,
              kube_tag_prefix: `${tag}${directory.replaceAll('/', '.')}.`,
              // Without a limit: the answer of a pod with many labels is longer than the 32K that are the default.
              buffer_size: 0,
              merge_log: false,
              keep_log: true,
              labels: true,
              annotations: false,
              'k8s-logging.parser': false,
              'k8s-logging.exclude': false,
            } as const satisfies FluentBitFilter,
          ]),
      ...shaped(match, call, code),
    ],
    parsers: [DOCUMENT_PARSER],
  };
}

function nodes(source: NodeLogs, tag: string, name: string, state: string): Parts {
  const filters = shaped(`${tag}.*`, 'podscope_nodes', NODES_LUA);
  const parsers = [DOCUMENT_PARSER];
  if (source.journal !== undefined) {
    const { units, path } = source.journal;
    return {
      inputs: [
        {
          name: 'systemd',
          alias: name,
          tag: `${tag}.journal`,
          ...(path === undefined ? {} : { path }),
          systemd_filter: units.map((unit) => `_SYSTEMD_UNIT=${unit}`),
          read_from_tail: false,
          db: `${state}/${name}.db`,
          mem_buf_limit: '64M',
          'storage.type': 'filesystem',
        },
      ],
      filters,
      parsers,
    };
  }
  return {
    inputs: [{ ...tail(name, state), tag: `${tag}.*`, path: source.paths ?? ['/var/log/syslog', '/var/log/messages', '/var/log/kubelet.log'], skip_empty_lines: true }],
    filters,
    parsers,
  };
}

function events(source: KubernetesEvents, tag: string, name: string, state: string): Parts {
  if (source.path === undefined) {
    return {
      inputs: [{ name: 'kubernetes_events', alias: name, tag: `${tag}.api`, interval_sec: 1, kube_retention_time: '1h', db: `${state}/${name}.db`, mem_buf_limit: '64M', 'storage.type': 'filesystem' }],
      filters: shaped(`${tag}.*`, 'podscope_events', EVENTS_LUA),
      parsers: [DOCUMENT_PARSER],
    };
  }
  return {
    inputs: [{ ...tail(name, state), tag: `${tag}.*`, path: [source.path], skip_empty_lines: true }],
    parsers: [DOCUMENT_PARSER],
    filters: [
      // The line stays beside what is in it, for lines that are no events.
      { name: 'parser', match: `${tag}.*`, key_name: 'log', parser: DOCUMENT_PARSER.name, reserve_data: true, preserve_key: true },
      ...shaped(`${tag}.*`, 'podscope_events', EVENTS_LUA),
    ],
  };
}

function redis(source: RedisInfo, tag: string, name: string, state: string): Parts {
  return {
    inputs: [{ ...tail(name, state), tag: `${tag}.*`, path: [source.path ?? '/var/log/redis/info.log'], 'multiline.parser': ['podscope_redis_info'] }],
    multilineParsers: [
      {
        name: 'podscope_redis_info',
        type: 'regex',
        // INFO has empty lines between its sections; what begins an answer is its first section.
        rules: [
          { state: 'start_state', regex: '/^# Server/', next_state: 'rest' },
          { state: 'rest', regex: '/^(?!# Server)/', next_state: 'rest' },
        ],
        flush_timeout: 2000,
      },
    ],
    parsers: [DOCUMENT_PARSER],
    filters: shaped(`${tag}.*`, 'podscope_redis', REDIS_LUA),
  };
}

function shippers(source: FromShippers, name: string): Parts {
  const listen = source.host ?? '0.0.0.0';
  requirePort('shippers.port', source.port);
  if (source.protocol === 'forward') {
    return { inputs: [{ name: 'forward', alias: name, listen, port: source.port, buffer_chunk_size: '1M', buffer_max_size: '16M', mem_buf_limit: '64M', 'storage.type': 'filesystem' }], filters: [] };
  }
  if (source.protocol === 'otlp') {
    return {
      inputs: [{ name: 'opentelemetry', alias: name, tag: 'otlp', listen, port: source.port, tag_from_uri: false, buffer_max_size: '16M', mem_buf_limit: '64M', 'storage.type': 'filesystem' }],
      filters: [
        lua('otlp', 'podscope_family', FROM_OTLP_LUA),
        // What names no family keeps the tag `otlp`, which no output takes.
        { name: 'rewrite_tag', match: 'otlp', rule: ['$podscope_family ^(filebeat|metricbeat|kubernetes|redis|apache)$ $podscope_family.otlp false'], emitter_name: `${name}-family`, 'emitter_storage.type': 'filesystem', emitter_mem_buf_limit: '64M' },
        { name: 'parser', match: '*.otlp', key_name: DOCUMENT_KEY, parser: DOCUMENT_PARSER.name },
      ],
      parsers: [DOCUMENT_PARSER],
    };
  }
  throw new PodscopeError('SHIPPER_INCOMPATIBLE', 'Fluent Bit does not take the Beats protocol.', { hint: "Let Logstash take it, or use protocol: 'forward' or 'otlp'." });
}
