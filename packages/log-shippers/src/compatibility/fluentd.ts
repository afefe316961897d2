import type { ShipperFacts, VersionFacts } from './compatible.ts';

const current = {
  sources: ['container-logs', 'apache-logs', 'node-logs', 'kubernetes-events', 'redis-info', 'shippers'],
  destinations: ['forward', 'kinesis_firehose'],
  engines: ['opensearch@1', 'opensearch@2', 'opensearch@3', 'amazon-opensearch-service', 'opensearch-serverless'],
} as const satisfies VersionFacts;

/** Fluentd, with fluent-plugin-opensearch 1.1.6. */
export const fluentdFacts = {
  versions: { '1.19': current, '1.18': current },
  not: {
    beats: { why: 'Fluentd does not write the Beats protocol.', instead: 'Let Fluentd write to OpenSearch directly.' },
    otlp: { why: 'Fluentd has no OTLP output of its own.', instead: 'Let Fluent Bit or an OpenTelemetry Collector send OTLP.' },
  },
  traps: [],
} as const satisfies ShipperFacts;
