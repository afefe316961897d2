import type { Option } from '../../options/option.ts';
import type { SectionSpec } from './pluginSpec.ts';

/**
 * What Fluentd's own lists don't say, by `kind.plugin.option` (sections by their names between): ports, values that are checked only
 * when the plugin starts, and secrets that are no secrets in the list.
 *
 * Sources: `configure` of each plugin in Fluentd 1.18's and fluent-plugin-opensearch 1.1.6's lib/fluent/plugin.
 */
export const REFINEMENTS = {
  'input.forward.port': { type: 'port' },
  'input.http.port': { type: 'port' },
  'input.monitor_agent.port': { type: 'port' },
  'input.prometheus.port': { type: 'port' },
  'input.syslog.port': { type: 'port' },
  'input.tcp.port': { type: 'port' },
  'input.udp.port': { type: 'port' },
  'output.forward.server.port': { type: 'port' },
  'output.opensearch.port': { type: 'port' },
  'output.opensearch_data_stream.port': { type: 'port' },
  'output.opensearch.write_operation': { type: 'enum', values: ['index', 'create', 'update', 'upsert'] },
  'output.opensearch.endpoint.url': { type: 'string', required: true },
  'output.opensearch_data_stream.endpoint.url': { type: 'string', required: true },
  'input.sample.sample': { type: 'any' },
  'input.http.cors_allow_origins': { type: 'list' },
  'buffer.file.path': { type: 'string' },
  'parser.regexp.expression': { type: 'string', required: true },
  'output.http.auth.username': { type: 'string' },
  'filter.parser.key_name': { type: 'string', required: true },
} as const satisfies Readonly<Record<string, Option>>;

const free = { options: {}, free: true } as const satisfies SectionSpec;
const metric = {
  options: {
    name: { type: 'string', required: true },
    type: { type: 'enum', values: ['counter', 'gauge', 'summary', 'histogram'], required: true },
    desc: { type: 'string', required: true },
    key: { type: 'string' },
    buckets: { type: 'list' },
    initialized: { type: 'boolean', default: false },
  },
  sections: { labels: free, initlabels: { ...free, multi: true } },
  multi: true,
} as const satisfies SectionSpec;

/** Sections that plugins read by hand, so that no list has them: filter_record_transformer.rb, and prometheus.rb of fluent-plugin-prometheus. */
export const UNLISTED_SECTIONS: Readonly<Record<string, SectionSpec>> = {
  'filter.record_transformer.record': free,
  'filter.prometheus.labels': free,
  'filter.prometheus.metric': metric,
  'output.prometheus.labels': free,
  'output.prometheus.metric': metric,
  'input.prometheus_monitor.labels': free,
  'input.prometheus_output_monitor.labels': free,
  'input.prometheus_tail_monitor.labels': free,
};

/** What a section's `@type` is where it has none (`config_set_default :@type` in the plugins). Others have to name it. */
export const DEFAULT_TYPES: Readonly<Record<string, string>> = {
  'filter.stdout.format': 'stdout',
  'input.exec.parse': 'tsv',
  'input.http.parse': 'in_http',
  'input.syslog.parse': 'syslog',
  'output.exec.format': 'tsv',
  'output.exec_filter.format': 'tsv',
  'output.exec_filter.parse': 'tsv',
  'output.file.format': 'out_file',
  'output.http.format': 'json',
  'output.kinesis_firehose.format': 'json',
  'output.kinesis_streams.format': 'json',
  'output.kinesis_streams_aggregated.format': 'json',
  'output.stdout.format': 'stdout',
};

/** Options that plugins read by hand, or that stand for others: `format1` to `format20` of the multiline parser. */
export const UNLISTED_OPTIONS: Readonly<Record<string, readonly RegExp[]>> = {
  'parser.multiline': [/^format\d+$/],
  'filter.grep': [/^(?:regexp|exclude)\d+$/],
};

/**
 * Parameters from before Fluentd 0.14 that are still turned into sections (`compat_parameters` helper,
 * lib/fluent/plugin_helper/compat_parameters.rb).
 */
export const COMPAT_OPTIONS: ReadonlySet<string> = new Set([
  'buffer_type', 'buffer_path', 'num_threads', 'flush_interval', 'try_flush_interval', 'queued_chunk_flush_interval', 'disable_retry_limit', 'retry_limit', 'max_retry_wait', 'retry_wait',
  'buffer_chunk_limit', 'buffer_queue_limit', 'buffer_queue_full_action', 'flush_at_shutdown', 'time_slice_format', 'time_slice_wait', 'timezone', 'format', 'time_format', 'time_key', 'time_type',
  'include_time_key', 'include_tag_key', 'tag_key', 'localtime', 'utc', 'estimate_current_event', 'keep_time_key', 'types', 'types_delimiter', 'types_label_delimiter', 'keys', 'time_as_epoch',
  'null_value_pattern', 'null_empty_string', 'delimiter', 'label_delimiter', 'message_key', 'message_format', 'rfc5424_time_format', 'with_priority', 'expression', 'ignorecase', 'multiline', 'format_firstline',
  'output_tag', 'output_time', 'output_type', 'add_newline', 'force_quote', 'fields', 'json_parser', 'stream_buffer_size', 'default_tag', 'hostname', 'include_worker_id', 'hostname_key',
]);
