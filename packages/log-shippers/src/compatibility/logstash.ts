import type { ShipperFacts, VersionFacts } from './compatible.ts';

const current = {
  sources: ['shippers'],
  destinations: [],
  engines: ['opensearch@1', 'opensearch@2', 'opensearch@3', 'amazon-opensearch-service', 'opensearch-serverless', 'elasticsearch@7.10'],
} as const satisfies VersionFacts;

const forward = { why: 'Logstash has no output for it in its distribution.', instead: 'Let Logstash write to OpenSearch, or Beats send past it.' };

/**
 * Logstash, with logstash-output-opensearch 2.x, which speaks to Elasticsearch OSS 7.10 too and has no check of the distribution: the
 * Elasticsearch output of 7.13 and later asks for a licence and a product header that neither has.
 */
export const logstashFacts = {
  versions: { '8.9': current, '7.16': current },
  not: {
    forward,
    otlp: forward,
    beats: { why: 'Logstash behind Logstash only adds a second queue.', instead: 'Give the Beats all hosts of the first.' },
    kinesis_firehose: { why: 'The output for Firehose is no part of the distribution, and not kept up.', instead: 'Fluent Bit or Fluentd with kinesisFirehose(…).' },
    'container-logs': { why: 'Logstash has no metadata of Kubernetes and no CRI format.', instead: 'Filebeat in front: fromShippers({ protocol: "beats", port: 5044 }).' },
    'apache-logs': { why: 'Logstash takes the lines apart, and a Beat reads them.', instead: 'Filebeat in front: fromShippers({ protocol: "beats", port: 5044 }).' },
    'redis-info': { why: 'Logstash cannot ask Redis for INFO.', instead: 'Fluent Bit beside Redis.' },
  },
  traps: [
    {
      id: 'manage-template',
      what: 'The output installs its own index template, with dynamic fields, over the strict ones.',
      remedy: 'manage_template => false',
      source: 'logstash-output-opensearch, lib/logstash/outputs/opensearch.rb',
    },
    {
      id: 'ecs-compatibility',
      versions: '>=8.0.0',
      what: 'pipeline.ecs_compatibility is v8 unless it is set: inputs and filters put their fields elsewhere, event.original is added, and a strict index refuses the document.',
      remedy: 'pipeline.ecs_compatibility: disabled, and ecs_compatibility => "disabled" in plugins that know it.',
      source: 'logstash-core/lib/logstash/environment.rb; logstash-output-opensearch, docs/ecs_compatibility.md',
    },
    {
      id: 'default-server-major-version',
      what: 'Where GET / is refused (OpenSearch Serverless, a narrow access policy), the output stops: it knows no version.',
      remedy: 'default_server_major_version => 2 for the services of AWS.',
      source: 'logstash-output-opensearch, lib/logstash/outputs/opensearch/http_client/pool.rb, get_version',
    },
    {
      id: 'no-role',
      what: 'The output has no option for a role: it signs with what the credential chain of the AWS SDK finds.',
      remedy: 'A destination with roleArn is refused; the pod gets the role itself by EKS Pod Identity or IRSA.',
      source: 'logstash-output-opensearch, lib/logstash/outputs/opensearch/http_client/manticore_adapter.rb, aws_iam_auth_initialization',
    },
    {
      id: 'signed-and-compressed',
      what: 'Signed requests can’t be compressed: the signer reads their bytes as text in an encoding that Java does not know, and no document arrives.',
      remedy: 'http_compression => false where requests are signed for AWS.',
      source: 'logstash-output-opensearch, issue 293; lib/logstash/outputs/opensearch/http_client/manticore_adapter.rb, minimum_encoding_for',
    },
    {
      id: 'serverless-ids',
      what: 'Collections of time series in OpenSearch Serverless refuse ids that a client gives, so a batch that is sent again may be there twice.',
      remedy: 'None: no document_id is written there. A domain of Amazon OpenSearch Service takes ids.',
      source: 'Amazon OpenSearch Service, supported operations of OpenSearch Serverless',
    },
    {
      id: 'default-port',
      what: 'A host without a port gets 9200, for https too: Amazon OpenSearch Service listens on 443.',
      remedy: 'The port is always written.',
      source: 'logstash-output-opensearch, lib/logstash/outputs/opensearch/http_client.rb, host_to_url',
    },
    {
      id: 'refused-documents',
      what: 'A document that the index refuses (400, 404) is dropped with a line in the log unless there is a dead-letter queue; a full one drops the newest.',
      remedy: 'dead_letter_queue.enable with a limit, and drop_older from 8.4 on.',
      source: 'logstash-output-opensearch, lib/logstash/plugin_mixins/opensearch/common.rb, handle_dlq_status; logstash.yml',
    },
    {
      id: 'list-of-one',
      what: 'if [x] in ["a"] is never true: the grammar reads a list of one as a field.',
      remedy: 'Conditions compare with == where there is one value; the linter finds it.',
      source: 'logstash-core/lib/logstash/compiler/lscl/lscl_grammar.treetop, rule rvalue',
    },
  ],
} as const satisfies ShipperFacts;
