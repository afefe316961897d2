import type { LintRule } from '../../lint/problem.ts';

const EXPORTER = 'opentelemetry-collector-contrib, exporter/opensearchexporter';

/** What {@link lintOtelCollector} looks for. */
export const OTEL_COLLECTOR_RULES = {
  'unknown-plugin': { severity: 'error', title: 'A component that is not defined, or in no section of its kind', source: 'otelcol, service/pipelines' },
  'unused-component': { severity: 'warning', title: 'A component that no pipeline uses: it does not run', source: 'The collector starts only what service names' },
  'unknown-option': { severity: 'error', title: 'An option that the component does not have', source: "The mapstructure tags of the component's structs" },
  'bad-value': { severity: 'error', title: 'A value of the wrong type', source: "The component's structs" },
  'missing-section': { severity: 'error', title: 'A pipeline without receivers or exporters, or no pipeline at all', source: 'service/pipelines/config.go' },
  'processor-order': { severity: 'warning', title: 'memory_limiter not first, or batch not last', source: 'processor/memorylimiterprocessor/README.md; processor/batchprocessor/README.md' },
  'unbounded-buffer': { severity: 'warning', title: 'No memory_limiter, or a queue whose readers do not wait', source: 'processor/memorylimiterprocessor; exporter/exporterhelper' },
  'lost-on-restart': { severity: 'warning', title: 'Positions or queues in memory only', source: 'extension/storage/filestorage; exporterhelper: sending_queue.storage' },
  'finite-retry': { severity: 'warning', title: 'Retries that end: what is not delivered by then is lost', source: 'config/configretry: max_elapsed_time is 5 minutes unless it is 0' },
  'same-database': { severity: 'error', title: 'Two receivers of one file: each line is there twice', source: 'pkg/stanza/fileconsumer' },
  'lost-while-away': { severity: 'warning', title: 'The exporter drops what it cannot send', source: `${EXPORTER}, log_bulk_indexer.go, onIndexerError; issue 49208` },
  'wrong-mapping': { severity: 'warning', title: 'A mapping mode that adds fields: a strict index refuses the document', source: `${EXPORTER}, encoder.go` },
  'secret-in-plain-text': { severity: 'error', title: 'A secret in plain text', source: 'The collector takes ${env:NAME} in its place' },
  'probe-restarts-agent': { severity: 'warning', title: 'No health_check, or one that fails when the backend is away', source: 'extension/healthcheckextension: check_collector_pipeline' },
  'certificate-not-checked': { severity: 'warning', title: 'The certificate is not checked', source: 'config/configtls: insecure_skip_verify' },
} as const satisfies Readonly<Record<string, LintRule>>;

/** The id of a rule. */
export type OtelCollectorRule = keyof typeof OTEL_COLLECTOR_RULES;
