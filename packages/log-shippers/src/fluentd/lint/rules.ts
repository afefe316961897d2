import type { LintRule } from '../../lint/problem.ts';

const SOURCE = 'Fluentd 1.18, lib/fluent/';
const OPENSEARCH = 'fluent-plugin-opensearch 1.1.6, lib/fluent/plugin/';

/** What {@link lintFluentd} finds. Fluentd's own dry run sees of these only what makes it refuse to start. */
export const RULES = {
  'unknown-plugin': { severity: 'error', title: 'A plugin that is not known; a warning where its name is near to none that is', source: `${SOURCE}plugin.rb: it refuses to start` },
  'unknown-directive': { severity: 'error', title: 'A section that no part of Fluentd reads', source: `${SOURCE}config/element.rb: it only warns` },
  'unknown-option': { severity: 'error', title: 'An option that the plugin does not have', source: `${SOURCE}config/element.rb, check_not_fetched: it only warns` },
  'bad-value': { severity: 'error', title: 'A value that the option does not take', source: `${SOURCE}config/types.rb: a wrong number is 0, 500ms are 500 minutes, 5 MB are 5 bytes` },
  'missing-option': { severity: 'error', title: 'A required option or section is missing', source: `${SOURCE}configurable.rb: it refuses to start` },
  'deprecated-option': { severity: 'warning', title: 'An option that is going', source: `${SOURCE}config/configure_proxy.rb` },
  'unknown-label': { severity: 'error', title: 'Events are sent to a label that is not there', source: `${SOURCE}root_agent.rb, find_label: it refuses to start` },
  'unused-label': { severity: 'warning', title: 'No event reaches a label', source: `${SOURCE}root_agent.rb` },
  'same-label': { severity: 'error', title: 'A label stands there twice', source: `${SOURCE}root_agent.rb: it refuses to start` },
  'same-id': { severity: 'error', title: 'Two plugins have one @id', source: `${SOURCE}plugin_id.rb: it refuses to start` },
  'same-database': { severity: 'error', title: 'Two tail sources have one pos_file', source: `${SOURCE}plugin/in_tail.rb: it refuses to start` },
  'same-buffer': { severity: 'error', title: 'Two buffers have one path', source: `${SOURCE}plugin/buf_file.rb: it refuses to start` },
  'same-port': { severity: 'error', title: 'Two sources listen on one port', source: `${SOURCE}plugin_helper/server.rb` },
  'missing-database': { severity: 'warning', title: 'A tail source forgets where it was', source: `${SOURCE}plugin/in_tail.rb` },
  'match-never-reached': { severity: 'error', title: 'An earlier match takes all that a match could take', source: `${SOURCE}event_router.rb: the first match takes an event` },
  'filter-after-match': { severity: 'error', title: 'A filter stands behind the match that takes its events', source: `${SOURCE}event_router.rb: filters are gathered up to the first match` },
  'filter-matches-nothing': { severity: 'warning', title: 'No source has a tag that a filter takes', source: `${SOURCE}match.rb` },
  'match-matches-nothing': { severity: 'warning', title: 'No source has a tag that a match takes', source: `${SOURCE}match.rb` },
  'tag-without-output': { severity: 'error', title: 'No match takes the events of a source', source: `${SOURCE}event_router.rb, NoMatchMatch: they are thrown away with a warning` },
  'unbounded-buffer': { severity: 'warning', title: 'A file buffer without a limit fills the disk', source: `${SOURCE}plugin/buf_file.rb: 64 GB` },
  'unbounded-input': { severity: 'warning', title: 'A forward port takes a message of any size', source: `${SOURCE}plugin/in_forward.rb, chunk_size_limit` },
  'endless-retry': { severity: 'error', title: 'A chunk that is refused for good is tried for ever and holds up all behind it', source: `${SOURCE}plugin/output.rb, retry_forever` },
  'dropped-on-overflow': { severity: 'error', title: 'A full buffer throws away the oldest chunk', source: `${SOURCE}plugin/output.rb, overflow_action` },
  'dropped-after-retries': { severity: 'warning', title: 'What could not be delivered in time is thrown away', source: `${SOURCE}plugin/output.rb: without a secondary the queue is cleared` },
  'memory-buffer': { severity: 'warning', title: 'What waits for a server is lost with the process', source: `${SOURCE}plugin/buf_memory.rb` },
  'secret-in-plain-text': { severity: 'error', title: 'A secret stands in the configuration', source: 'docs.fluentd.org, config file syntax: embedded Ruby reads the environment' },
  'rejected-is-permanent': { severity: 'error', title: 'A busy server makes the output give up whole chunks', source: `${OPENSEARCH}out_opensearch.rb: unrecoverable_error_types has rejected_execution_exception, the 429 of one document` },
  'doubled-on-retry': { severity: 'warning', title: 'A repeated request doubles its documents', source: `${OPENSEARCH}out_opensearch.rb, id_key` },
  'create-without-id': { severity: 'error', title: 'Documents without an id are thrown away', source: `${OPENSEARCH}out_opensearch.rb, append_record_to_messages` },
  'split-request': { severity: 'warning', title: 'Answers are counted to the wrong documents', source: `${OPENSEARCH}opensearch_error_handler.rb goes through the whole chunk for the answers of a part of it` },
  'reload-connections': { severity: 'warning', title: 'The output goes over to addresses that it may not reach', source: 'fluent-plugin-opensearch 1.1.6, README.Troubleshooting.md' },
  'waits-at-start': { severity: 'warning', title: 'Fluentd does not start while the server is away', source: `${OPENSEARCH}out_opensearch.rb, verify_os_version_at_startup` },
  'reads-own-logs': { severity: 'warning', title: 'Fluentd reads what it writes itself', source: 'fluentd-kubernetes-daemonset excludes its own files' },
  'rotated-twice': { severity: 'warning', title: 'A rotated file that the path matches too is read twice', source: 'docs.fluentd.org, in_tail, follow_inodes' },
  'timeout-is-error': { severity: 'error', title: 'Records that wait too long for their end go to the errors', source: 'fluent-plugin-concat 2.6, lib/fluent/plugin/filter_concat.rb, timeout_label' },
} as const satisfies Readonly<Record<string, LintRule>>;

/** The name of a rule of {@link lintFluentd}. */
export type FluentdRule = keyof typeof RULES;
