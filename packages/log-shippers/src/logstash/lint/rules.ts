import type { LintRule } from '../../lint/problem.ts';

const OUTPUT = 'logstash-output-opensearch, lib/logstash/outputs/opensearch.rb';
const GRAMMAR = 'logstash-core/lib/logstash/compiler/lscl/lscl_grammar.treetop';

/** What {@link lintLogstash} looks for. */
export const LOGSTASH_RULES = {
  'unknown-plugin': { severity: 'error', title: 'A plugin that Logstash does not come with; a warning where its name is near to none that it has', source: 'logstash-core/lib/logstash/plugins/registry.rb' },
  'unknown-option': { severity: 'error', title: 'An option that the plugin does not have', source: 'logstash-core/lib/logstash/config/mixin.rb, validate_check_invalid_parameter_names' },
  'missing-option': { severity: 'error', title: 'A plugin without an option that it needs', source: 'logstash-core/lib/logstash/config/mixin.rb, validate_check_required_parameter_names' },
  'bad-value': { severity: 'error', title: 'A value of the wrong type', source: 'logstash-core/lib/logstash/config/mixin.rb, validate_value' },
  'deprecated-option': { severity: 'warning', title: 'An option that is going or gone', source: 'the :deprecated and :obsolete marks of the plugins' },
  'missing-section': { severity: 'error', title: 'A pipeline without an input or an output: nothing arrives', source: 'logstash-core/lib/logstash/java_pipeline.rb' },
  'filter-matches-nothing': { severity: 'warning', title: 'A list of one in a condition, which the grammar reads as a field', source: `${GRAMMAR}: a selector comes before an array` },
  'secret-in-plain-text': { severity: 'error', title: 'A secret in plain text', source: 'logstash-core/lib/logstash/util/substitution_variables.rb takes ${NAME} in its place' },
  'template-is-managed': { severity: 'warning', title: "The output installs its own index template over the index's own", source: `${OUTPUT}, manage_template` },
  'ecs-compatibility': { severity: 'warning', title: 'Without ecs_compatibility, Logstash 8 renames and moves fields', source: 'logstash-output-opensearch, docs/ecs_compatibility.md' },
  'retries-double': { severity: 'warning', title: 'Without a document_id, a batch that is sent again is there twice', source: `${OUTPUT}, document_id` },
  'default-port': { severity: 'warning', title: 'A host without a port gets 9200, for https too', source: 'logstash-output-opensearch, lib/logstash/outputs/opensearch/http_client.rb' },
  'certificate-not-checked': { severity: 'warning', title: 'The certificate is not checked', source: 'logstash-output-opensearch, ssl_certificate_verification' },
  'unbounded-buffer': { severity: 'warning', title: 'A queue in memory is lost with the process', source: 'logstash.yml: queue.type' },
  'refused-documents-are-lost': { severity: 'warning', title: 'Without a dead-letter queue, documents that the index refuses are dropped', source: 'logstash-output-opensearch, lib/logstash/plugin_mixins/opensearch/common.rb, handle_dlq_status' },
  'same-database': { severity: 'error', title: 'Two inputs with one sincedb: each forgets what the other has read', source: 'logstash-input-file, sincedb_path' },
  'same-id': { severity: 'error', title: 'Two plugins with one id', source: 'logstash-core: LogStash::Plugin, id' },
} as const satisfies Readonly<Record<string, LintRule>>;

/** The id of a rule. */
export type LogstashRule = keyof typeof LOGSTASH_RULES;
