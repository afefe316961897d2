import type { ShipperFacts, VersionFacts } from './compatible.ts';

const current = {
  sources: ['container-logs', 'apache-logs', 'node-logs', 'kubernetes-events', 'redis-info', 'shippers'],
  destinations: ['otlp'],
  engines: ['opensearch@1', 'opensearch@2', 'opensearch@3', 'amazon-opensearch-service', 'opensearch-serverless'],
} as const satisfies VersionFacts;

const metrics = { why: 'Its opensearch exporter writes logs and traces, no metrics.', instead: 'Metricbeat for metrics.' };

/** The OpenTelemetry Collector, in its contrib distribution. */
export const otelCollectorFacts = {
  versions: { '0.139': current, '0.138': current },
  not: {
    'elasticsearch@7.10': { why: 'The elasticsearch exporter is for Elasticsearch 8, and the opensearch exporter checks for OpenSearch.', instead: 'Logstash or Fluent Bit.' },
    'system-metrics': metrics,
    'kubernetes-metrics': metrics,
    forward: { why: 'There is no exporter for the forward protocol.', instead: 'otlp(…): Fluent Bit takes OTLP.' },
    beats: { why: 'There is no exporter for the Beats protocol.', instead: 'Write to OpenSearch, or send otlp(…).' },
    kinesis_firehose: { why: 'The exporter for Kinesis writes to data streams, not to Firehose.', instead: 'Fluent Bit or Fluentd with kinesisFirehose(…).' },
  },
  traps: [
    {
      id: 'lost-while-away',
      what: 'While OpenSearch cannot be reached, the opensearch exporter takes every error for a lasting one and drops the batch: neither the queue on disk nor endless retries help.',
      remedy: "Where nothing may be lost: otlp({ protocol: 'http' }) to Fluent Bit, which gives ids and tries again. Measured with the collector 0.139 and Fluent Bit 5.1, the server away for 20 s: 3,401 of 3,401 arrive, none twice. The linter warns.",
      source: 'opentelemetry-collector-contrib, exporter/opensearchexporter/log_bulk_indexer.go, onIndexerError; issues 38048 and 49208; mended by pull request 49605 of July 2026',
    },
    {
      id: 'no-ids',
      what: 'The opensearch exporter gives documents no ids: a batch whose answer is lost and that is sent again is there twice.',
      remedy: 'bulk_action create and a timeout of 60 s keep it rare; log.file.path and log.offset tell doubled ones. Fluent Bit in between gives ids.',
      source: 'opentelemetry-collector-contrib, exporter/opensearchexporter/log_bulk_indexer.go, newBulkIndexerItem',
    },
    {
      id: 'one-of-many-is-retried',
      what: 'When several documents of a batch are refused for now (429), only the first is tried again, and none where one of them was refused for good.',
      remedy: 'Batches of at most 1000, four at a time, so that OpenSearch seldom has a reason to refuse; Fluent Bit in between where it has.',
      source: 'exporter/opensearchexporter/log_bulk_indexer.go, joinedError; go.opentelemetry.io/collector/exporter/exporterhelper/internal/queuebatch/logs.go, OnError',
    },
    {
      id: 'mapping-mode',
      what: 'The modes ss4o, ecs and flatten_attributes write fields of their own (ss4o is the default): a strict index refuses each document.',
      remedy: 'mapping.mode: bodymap, and a transform processor that makes the body the document.',
      source: 'exporter/opensearchexporter/encoder.go',
    },
    {
      id: 'index-of-a-batch',
      what: 'A placeholder in logs_index is filled once for a whole batch, so records of one batch end in one index.',
      remedy: 'An exporter for each family.',
      source: 'exporter/opensearchexporter/sso_log_exporter.go, pushLogData',
    },
    {
      id: 'events-after-restart',
      what: 'k8sobjects remembers no place: events while it is down are missed, and it must run once in a cluster.',
      remedy: 'One replica. The events of the last hour can be asked for with mode: pull.',
      source: 'receiver/k8sobjectsreceiver/README.md',
    },
  ],
} as const satisfies ShipperFacts;
