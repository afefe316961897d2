import type { ShipperFacts, VersionFacts } from './compatible.ts';

const current = {
  sources: ['container-logs', 'apache-logs', 'node-logs', 'kubernetes-events', 'redis-info', 'shippers'],
  destinations: ['forward', 'otlp', 'kinesis_firehose'],
  engines: ['opensearch@1', 'opensearch@2', 'opensearch@3', 'amazon-opensearch-service', 'opensearch-serverless', 'elasticsearch@7.10'],
} as const satisfies VersionFacts;

/** Fluent Bit. */
export const fluentBitFacts = {
  versions: { '5.1': current, '5.0': current, '4.2': current },
  not: {
    beats: { why: 'Fluent Bit does not speak the Beats protocol.', instead: 'Send to Fluentd with forward(…), or to OpenSearch directly.' },
  },
  traps: [
    {
      id: 'forward-metadata',
      versions: '>=5.0.5',
      what: 'Fluentd takes none of the records that Fluent Bit forwards with their metadata: 0 of 1,000 arrive, and nobody says so.',
      remedy: 'retain_metadata_in_forward_mode is false wherever a forward destination is rendered.',
      source: 'measured with Fluent Bit 5.0.5 and Fluentd 1.18',
    },
  ],
} as const satisfies ShipperFacts;
