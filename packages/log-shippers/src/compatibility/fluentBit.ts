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
    'shippers beats': { why: 'Fluent Bit does not take the Beats protocol.', instead: "Let Logstash take it, or send with forward or OTLP." },
    'system-metrics': { why: 'Fluent Bit has other names for its metrics than Metricbeat.', instead: 'Let Metricbeat or an OpenTelemetry Collector read them.' },
    'kubernetes-metrics': { why: 'Fluent Bit does not read the state of workloads.', instead: 'Let Metricbeat or an OpenTelemetry Collector read them.' },
    beats: { why: 'Fluent Bit does not speak the Beats protocol.', instead: 'Send to Fluentd with forward(…), or to OpenSearch directly.' },
  },
  traps: [
    {
      id: 'forward-metadata',
      versions: '>=5.0.4',
      what: 'Fluentd takes none of the records that Fluent Bit forwards with their metadata, which is the default: 0 of 1,000 arrive.',
      remedy: 'retain_metadata_in_forward_mode is false wherever a forward destination is rendered.',
      source: 'fluent-bit-docs, installation/upgrade-notes.md; measured with Fluentd 1.18',
    },
    {
      id: 'one-retry',
      what: 'The default Retry_Limit is one: with a 100 MB buffer a busy OpenSearch (429s from indexing pressure, 10 % of its heap) lost a third of 300,000 records, and the program exited 0.',
      remedy: 'retry_limit is 240 with at most 30 s between: about an hour. From 5.0 on, what is given up is kept in the folder `rejected`.',
      source: 'measured with Fluent Bit 5.1 and OpenSearch 2.19; fluent-bit-docs, administration/scheduling-and-retries.md',
    },
    {
      id: 'id-of-order',
      what: 'Generate_ID hashes a record with the order of its keys, and a record out of a Lua table has another order in every process: a line read again gets another id.',
      remedy: 'The Lua filters return JSON with sorted keys, and a parser filter reads that.',
      source: 'plugins/out_opensearch/opensearch.c; tried with two runs of 5.1.1',
    },
    {
      id: 'otlp-body',
      what: 'The opentelemetry output takes what stands under `log` or `message` for the body and drops the rest of the record.',
      remedy: 'logs_body_key names a key that no record has: the whole record is the body then.',
      source: 'plugins/out_opentelemetry/opentelemetry_conf.c; tried with 5.1.1',
    },
    {
      id: 'multiline-in-memory',
      what: 'The multiline filter holds up to two seconds of lines in memory: killed by SIGKILL, they are lost (400 of 12,000 in six kills).',
      remedy: 'It is there only where a source asks for `multiline`; a stop by SIGTERM writes all.',
      source: 'plugins/filter_multiline/ml.c; tried with 5.1.1',
    },
    {
      id: 'serverless-ids',
      what: 'OpenSearch Serverless takes no ids of documents in collections for time series, and has no data streams.',
      remedy: 'Use a collection for search: ids keep repeated records apart from new ones.',
      source: 'Amazon OpenSearch Service Developer Guide, supported operations of OpenSearch Serverless',
    },
  ],
} as const satisfies ShipperFacts;
