import type { Options } from '../options/option.ts';
import { CODEC_OPTIONS, COMMON_CODEC_OPTIONS } from './options/codecs.ts';
import { COMMON_FILTER_OPTIONS, FILTER_OPTIONS } from './options/filters.ts';
import { COMMON_INPUT_OPTIONS, INPUT_OPTIONS } from './options/inputs.ts';
import { COMMON_OUTPUT_OPTIONS, OUTPUT_OPTIONS } from './options/outputs.ts';

type Tables = Readonly<Record<string, Options>>;

const KNOWN = {
  input: { plugins: INPUT_OPTIONS as Tables, common: COMMON_INPUT_OPTIONS as Options },
  filter: { plugins: FILTER_OPTIONS as Tables, common: COMMON_FILTER_OPTIONS as Options },
  output: { plugins: OUTPUT_OPTIONS as Tables, common: COMMON_OUTPUT_OPTIONS as Options },
  codec: { plugins: CODEC_OPTIONS as Tables, common: COMMON_CODEC_OPTIONS as Options },
};

/**
 * Plugins that Logstash's distribution has beside those with a list of options here (rakelib/plugins-metadata.json of Logstash, entries
 * with `default-plugins`), and those of OpenSearch and Amazon Data Firehose.
 */
const WITHOUT_LIST = {
  input: ['azure_event_hubs', 'couchdb_changes', 'elasticsearch', 'exec', 'ganglia', 'gelf', 'graphite', 'heartbeat', 'http_poller', 'imap', 'jdbc', 'jms', 'logstash', 'opensearch', 'pipe', 'pipeline', 'rabbitmq', 'redis', 's3', 'snmp', 'snmptrap', 'sqs', 'stdin', 'syslog', 'twitter', 'udp', 'unix', 'elastic_agent', 'elastic_serverless_forwarder', 'kinesis', 'java_stdin', 'java_generator'],
  filter: ['aggregate', 'anonymize', 'bytes', 'cidr', 'csv', 'de_dot', 'dns', 'elastic_integration', 'elasticsearch', 'http', 'jdbc_static', 'jdbc_streaming', 'memcached', 'metrics', 'range', 'sleep', 'syslog_pri', 'throttle', 'truncate', 'urldecode', 'uuid', 'xml', 'age', 'i18n', 'tld', 'math', 'environment', 'java_uuid'],
  output: ['cloudwatch', 'csv', 'elastic_app_search', 'email', 'graphite', 'http', 'kinesis_firehose', 'firehose', 'logstash', 'lumberjack', 'nagios', 'null', 'pipe', 'pipeline', 'rabbitmq', 'redis', 'sns', 'sqs', 'udp', 'webhdfs', 'exec', 'mongodb', 'syslog', 'gelf', 'zabbix', 'statsd', 'influxdb', 'riemann', 'google_cloud_storage', 'datadog', 'loggly', 'websocket', 'xmpp', 'java_stdout', 'sink'],
  codec: ['avro', 'cef', 'collectd', 'dots', 'edn', 'edn_lines', 'es_bulk', 'fluent', 'graphite', 'json_lines', 'line', 'msgpack', 'netflow', 'plain', 'rubydebug', 'cloudtrail', 'csv', 'gzip_lines', 'protobuf', 'nmap', 'oldlogstashjson', 's3plain', 'compress_spooler', 'cloudfront', 'sflow', 'jdots', 'java_plain', 'java_line'],
} as const;

/** What a plugin is in. */
export type PluginKind = keyof typeof KNOWN;

/** The options of a plugin and those that all of its kind take; undefined where there is no list of them. */
export function knownOptions(kind: PluginKind, plugin: string): Options | undefined {
  const { plugins, common } = KNOWN[kind];
  const own = Object.hasOwn(plugins, plugin) ? plugins[plugin] : undefined;
  return own === undefined ? undefined : { ...common, ...own };
}

/** Names of plugins that are known of. */
export function knownPlugins(kind: PluginKind): readonly string[] {
  return [...Object.keys(KNOWN[kind].plugins), ...WITHOUT_LIST[kind]];
}
