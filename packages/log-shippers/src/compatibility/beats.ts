import type { Incompatible, Trap } from './compatible.ts';

const licence = {
  why: 'From 7.13 on a Beat asks for /_license before it sends, which OpenSearch and Elasticsearch without x-pack do not have, and then sends nothing.',
  instead: 'Send to Logstash with beatsProtocol(…), which writes to every engine.',
} as const;
const older = {
  why: 'Beats of 7.12 take its version for that of an Elasticsearch 2 or 3 and send _type, which it refuses.',
  instead: 'Send to Logstash with beatsProtocol(…). A cluster of OpenSearch 2 with compatibility.override_main_response_version is an elasticsearch@7.10 to them.',
} as const;
const signed = { why: 'Beats do not sign requests for AWS.', instead: 'Send to Logstash with beatsProtocol(…), whose OpenSearch output signs.' } as const;

/** What neither Beat sends to, and what to use. */
export const beatsNot = {
  forward: { why: 'Beats do not speak the forward protocol.', instead: 'Send to Logstash with beatsProtocol(…).' },
  otlp: { why: 'Beats of 7.x have no OTLP output.', instead: 'Send to Logstash with beatsProtocol(…).' },
  kinesis_firehose: { why: 'Beats have no output for Amazon Data Firehose.', instead: 'Use Fluent Bit, or send to Logstash with beatsProtocol(…).' },
  '7.17 opensearch@1': licence,
  '7.17 opensearch@2': licence,
  '7.17 opensearch@3': licence,
  '7.17 elasticsearch@7.10': licence,
  '7.12 opensearch@2': older,
  '7.12 opensearch@3': { ...older, instead: 'Send to Logstash with beatsProtocol(…).' },
  'amazon-opensearch-service': signed,
  'opensearch-serverless': signed,
} as const satisfies Readonly<Record<string, Incompatible>>;

/** What is to be known of both Beats. */
export const beatsTraps = [
  {
    id: 'licence-check',
    versions: '>=7.13',
    what: 'Against OpenSearch 2.19.6, OpenSearch 3.8.0 and Elasticsearch 7.10.2 without x-pack, a Beat repeats "could not connect to a compatible version of Elasticsearch" and sends nothing: 0 of 3 lines arrive, whatever is set.',
    remedy: 'No engine is a destination of 7.17; Logstash is.',
    source: 'measured with Filebeat 7.17.0; github.com/elastic/beats/v7@v7.17.0 libbeat/licenser/es_callback.go',
  },
  {
    id: 'main-response-version',
    versions: '<7.13',
    what: 'A Beat reads the server\'s version: to OpenSearch (1.x, 2.x, 3.x) it sends _type, and OpenSearch 2.19.6 and 3.8.0 answer 400 to every request. With compatibility.override_main_response_version true, 2.19.6 takes 3 of 3 lines; 3.8.0 has no such setting.',
    remedy: 'opensearch@1 needs the setting compatibility.override_main_response_version: true in the cluster; 2 and 3 are no destinations.',
    source: 'measured with Filebeat 7.12.1; github.com/elastic/beats/v7@v7.12.1 libbeat/outputs/elasticsearch/client.go, createEventBulkMeta',
  },
  {
    id: 'template-and-ilm',
    what: 'A Beat sets up its own template and ILM policy first and sends nothing while that fails, as it does on OpenSearch.',
    remedy: 'setup.template.enabled and setup.ilm.enabled are false; the index manager makes the templates.',
    source: 'measured with Filebeat 7.12.1 and OpenSearch 2.19.6: "error loading template"',
  },
  {
    id: 'secret-parsed',
    what: 'A Beat reads the value of an environment variable as configuration: the password 0123 becomes 83, 1e3 becomes 1000, and with a comma or a bracket in it the Beat does not start.',
    remedy: 'Secrets are written in quotes inside of the text, with which every value but one with a single quote comes through as it is; that one ends the Beat at its start.',
    source: 'measured with Filebeat 7.12.1 and 7.17.0: 13 passwords, by what the server got',
  },
  {
    id: 'seccomp',
    versions: '<8',
    what: 'In an image with glibc 2.35 or newer the process aborts: its list of allowed system calls is of 2021.',
    remedy: 'seccomp.enabled is false; the pod\'s seccomp profile (RuntimeDefault) takes its place.',
    source: 'https://github.com/elastic/beats/issues/30576',
  },
] as const satisfies readonly Trap[];
