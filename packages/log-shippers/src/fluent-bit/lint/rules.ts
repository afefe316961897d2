import type { LintRule } from '../../lint/problem.ts';

/** What {@link lintFluentBit} looks for. */
export const RULES = {
  'unknown-plugin': { severity: 'error', title: 'A plugin that Fluent Bit does not have.', source: 'src/flb_config.c: the program ends' },
  'unknown-option': { severity: 'error', title: 'An option that the plugin does not have.', source: 'src/flb_config_map.c: the program ends; in the service section it says nothing' },
  'bad-value': { severity: 'error', title: 'A size, time, switch, number or port that is none.', source: 'src/flb_utils.c' },
  'missing-option': { severity: 'error', title: 'A required option is not there.', source: 'the plugins’ own checks' },
  'unknown-parser': { severity: 'error', title: 'A parser that is neither defined nor built in.', source: 'plugins/in_tail: the dry run does not see it; the lines stay unparsed or the program ends' },
  'same-database': { severity: 'error', title: 'Two inputs keep their positions in one database file.', source: 'plugins/in_tail/tail_db.c: both write the same rows, lines are lost or doubled' },
  'missing-database': { severity: 'warning', title: 'A tail input has no database: after a restart it begins anew, or leaves out what was written meanwhile.', source: 'docs: pipeline/inputs/tail.md' },
  'filter-matches-nothing': { severity: 'warning', title: 'A filter matches no tag of any input.', source: 'docs: concepts/data-pipeline/router.md' },
  'output-matches-nothing': { severity: 'warning', title: 'An output matches no tag of any input.', source: 'docs: concepts/data-pipeline/router.md' },
  'tag-without-output': { severity: 'error', title: 'A tag that no output takes: its records are dropped.', source: 'docs: concepts/data-pipeline/router.md' },
  'missing-match': { severity: 'error', title: 'A filter or output matches nothing: it has neither match nor match_regex.', source: 'src/flb_filter.c, src/flb_output.c: it is left out with a warning' },
  'merge-log-key': { severity: 'error', title: 'Merge_Log looks for the key `log`, and the parser writes the line under another.', source: 'plugins/filter_kubernetes/kubernetes.c; docs: installation/kubernetes' },
  'kubernetes-tag-prefix': { severity: 'error', title: 'The kubernetes filter takes the pod out of the tag, and the prefix does not fit the tag.', source: 'plugins/filter_kubernetes/kube_meta.c' },
  'kubernetes-buffer-size': { severity: 'warning', title: 'The kubernetes filter reads 32K of the API’s answer: a pod with many labels gets no metadata.', source: 'docs: pipeline/filters/kubernetes.md, Buffer_Size' },
  'docker-parser-on-cri': { severity: 'warning', title: 'Container logs are read with the parser of another runtime, or without one.', source: 'docs: pipeline/inputs/tail.md, multiline.parser' },
  'endless-retry': { severity: 'error', title: 'Retries without end: one record that the server refuses for good blocks its chunk for ever.', source: 'docs: administration/scheduling-and-retries.md' },
  'too-few-retries': { severity: 'error', title: 'One retry: a server that answers 429 for some seconds loses the chunk, and the program exits 0.', source: 'measured: a 100 MB input buffer lost a third of 300,000 records to a busy OpenSearch' },
  'unbounded-buffer': { severity: 'warning', title: 'A buffer without a limit: memory or the disk fills up while the backend is away.', source: 'docs: pipeline/buffering.md' },
  'missing-storage-path': { severity: 'error', title: 'storage.type is filesystem, and the service has no storage.path.', source: 'src/flb_storage.c: the program ends' },
  'probe-restarts-agent': { severity: 'warning', title: 'Health_Check answers 500 while the backend is away: as a liveness probe it restarts the agent for it.', source: 'docs: administration/monitoring.md' },
  'secret-in-plain-text': { severity: 'error', title: 'A secret stands in the configuration.', source: 'docs: administration/configuring-fluent-bit: environment variables' },
  'forward-metadata': { severity: 'error', title: 'Fluentd takes no record that is forwarded with metadata.', source: 'docs: installation/upgrade-notes.md (from 5.0.4); measured: 0 of 1,000 arrive' },
  'type-name': { severity: 'error', title: 'OpenSearch 2 refuses bulk requests with a type.', source: 'docs: pipeline/outputs/opensearch.md, Suppress_Type_Name' },
  'tls-not-verified': { severity: 'warning', title: 'Any certificate is taken.', source: 'docs: administration/transport-security.md' },
  'doubled-on-retry': { severity: 'warning', title: 'Records get an id from the server: a chunk that is sent again is stored twice.', source: 'docs: pipeline/outputs/opensearch.md, Generate_ID' },
  'response-cut-off': { severity: 'warning', title: 'The answer to a bulk request is longer than the buffer: it counts as a failure.', source: 'docs: pipeline/outputs/opensearch.md, Buffer_Size' },
  'long-lines-stop-file': { severity: 'warning', title: 'A line longer than Buffer_Max_Size ends the reading of its file.', source: 'docs: pipeline/inputs/tail.md, Skip_Long_Lines' },
  'reads-own-logs': { severity: 'warning', title: 'The agent reads its own container’s log.', source: 'docs: pipeline/inputs/tail.md, Exclude_Path' },
  'deprecated-option': { severity: 'warning', title: 'An option that does nothing any more.', source: 'fluent-bit -J' },
} as const satisfies Readonly<Record<string, LintRule>>;

/** The name of a rule. */
export type FluentBitRule = keyof typeof RULES;
