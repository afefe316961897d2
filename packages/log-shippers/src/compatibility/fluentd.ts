import type { ShipperFacts, VersionFacts } from './compatible.ts';

const current = {
  sources: ['container-logs', 'apache-logs', 'node-logs', 'kubernetes-events', 'redis-info', 'shippers'],
  destinations: ['forward', 'kinesis_firehose'],
  engines: ['opensearch@1', 'opensearch@2', 'opensearch@3', 'amazon-opensearch-service', 'opensearch-serverless'],
} as const satisfies VersionFacts;

const PLUGIN = 'fluent-plugin-opensearch 1.1.6, lib/fluent/plugin/';

/** Fluentd, with fluent-plugin-opensearch 1.1.6. */
export const fluentdFacts = {
  versions: { '1.19': current, '1.18': current },
  not: {
    'elasticsearch@7.10': { why: 'fluent-plugin-opensearch is made for OpenSearch; that its client takes Elasticsearch 6 and 7 too is promised nowhere, and not tried here.', instead: 'Send to Elasticsearch 7.10 with Fluent Bit or Logstash.' },
    beats: { why: 'Fluentd does not write the Beats protocol.', instead: 'Let Fluentd write to OpenSearch directly.' },
    otlp: { why: 'Fluentd has no OTLP output of its own.', instead: 'Let Fluent Bit or an OpenTelemetry Collector send OTLP.' },
    'system-metrics': { why: 'Fluentd reads logs.', instead: 'Let Metricbeat or an OpenTelemetry Collector read metrics.' },
    'kubernetes-metrics': { why: 'Fluentd reads logs.', instead: 'Let Metricbeat or an OpenTelemetry Collector read metrics.' },
  },
  traps: [
    {
      id: 'rejected-is-permanent',
      what: 'A 429 of one document, as a busy OpenSearch gives it, ends the whole chunk as not deliverable.',
      remedy: 'unrecoverable_error_types has out_of_memory_error only, so that rejected documents are sent again.',
      source: `${PLUGIN}out_opensearch.rb, unrecoverable_error_types, and opensearch_error_handler.rb; tried: 2,339 documents refused with 429 on the way, 5,000 of 5,000 stored`,
    },
    {
      id: 'data-stream-output',
      what: 'opensearch_data_stream gives no ids, so a repeated request doubles its documents; a 429 of one document loses it.',
      remedy: 'The opensearch output with write_operation create and a deterministic id writes to a data stream that exists.',
      source: `${PLUGIN}out_opensearch_data_stream.rb, write`,
    },
    {
      id: 'create-without-id',
      what: 'write_operation create throws a document without an id away, and says so only when debugging.',
      remedy: 'Each document gets an id, and emit_error_for_missing_id is on.',
      source: `${PLUGIN}out_opensearch.rb, append_record_to_messages`,
    },
    {
      id: 'split-request',
      what: 'With bulk_message_request_threshold, the answers to a part of a chunk are counted to the documents of the whole.',
      remedy: 'It is -1, and chunk_limit_size limits the request.',
      source: `${PLUGIN}opensearch_error_handler.rb, handle_error`,
    },
    {
      id: 'asks-who-answers',
      what: 'The client asks for / before the first request, and takes no answer without a version: a user who may write only must get a 403 there, not a 404.',
      remedy: 'None needed on OpenSearch: it answers, or says 403.',
      source: 'opensearch-ruby 3.4, lib/opensearch.rb, verify_open_search',
    },
    {
      id: 'record-above-chunk',
      what: 'A record larger than chunk_limit_size is an error of all records that came with it: they go to @ERROR again and again, and Fluentd does not end any more.',
      remedy: 'A chunk takes a record of 64 MiB and is sent from 4 MiB on (chunk_full_threshold); a line above 8 MiB ends there.',
      source: 'lib/fluent/plugin/buffer.rb, write_step_by_step; tried with Fluentd 1.18 and a line of 4.8 MB: 4,347 copies of the line after it in a file, until it was killed',
    },
    {
      id: 'waits-at-start',
      what: 'Fluentd asks OpenSearch for its version before it starts, and gives up when the server is away.',
      remedy: 'verify_os_version_at_startup is false, and default_opensearch_version is given.',
      source: `${PLUGIN}out_opensearch.rb, verify_os_version_at_startup`,
    },
    {
      id: 'name-at-start',
      what: 'Fluentd does not start while the name of the server that it forwards to can not be resolved.',
      remedy: 'ignore_network_errors_at_startup is true.',
      source: 'tried with Fluentd 1.18: SocketError out of the dry run',
    },
    {
      id: 'credentials-of-the-environment',
      what: 'The plugin finds no AWS credentials in the environment, where EKS puts the role of a service account.',
      remedy: '<endpoint> gives AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE where they are set, and keys without a session.',
      source: `${PLUGIN}out_opensearch.rb, aws_credentials`,
    },
    {
      id: 'credentials-that-end',
      what: 'The plugin keeps a copy of its AWS credentials for five hours, and a session of STS ends after one: until then every request is refused.',
      remedy: 'refresh_credentials_interval 15m',
      source: `${PLUGIN}out_opensearch.rb, configure; its issue 188, of 1.1.6`,
    },
    {
      id: 'held-by-concat',
      what: 'Lines that wait for the rest of their record are in memory: kill -9 loses up to two seconds of a stack trace, and the parts of a long line.',
      remedy: 'Stack traces are joined only where they are asked for, and wait two seconds.',
      source: 'fluent-plugin-concat 2.6, lib/fluent/plugin/filter_concat.rb; tried: 1 record of 4,565',
    },
    {
      id: 'rotated-while-away',
      what: 'A file that is rotated while Fluentd is away has another name when it comes back: the links in /var/log/containers lead to the new file only.',
      remedy: 'The paths take rotated files too, in the folder itself and behind the links in /var/log/pods, which must be mounted; follow_inodes keeps a file from being read twice.',
      source: 'tried with Fluentd 1.18: without it 1,788 of 10,000 lines were lost to a kill -9 with a rotation, with it none of 5,510',
    },
    {
      id: 'units',
      what: '500ms are 500 minutes, 1.5m are 5 minutes and 5 MB are 5 bytes: a size or time is searched for digits before a unit.',
      remedy: 'The renderer refuses such values, and the linter finds them.',
      source: 'Fluentd 1.18, lib/fluent/config/types.rb',
    },
    {
      id: 'no-offset',
      what: 'The tail input does not tell where in its file a line stands.',
      remedy: 'The id is a hash of file, time and line, with a count among equal lines of one time; log.offset is left out.',
      source: 'Fluentd 1.18, lib/fluent/plugin/in_tail.rb',
    },
  ],
} as const satisfies ShipperFacts;
