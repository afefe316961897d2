import { beatsNot, beatsTraps } from './beats.ts';
import type { ShipperFacts, VersionFacts } from './compatible.ts';

const sources = ['container-logs', 'apache-logs', 'node-logs'] as const;

/** Filebeat, as 7.17.0 and 7.12.1 were tried. */
export const filebeatFacts = {
  versions: {
    '7.17': { sources, destinations: ['beats'], engines: [] } satisfies VersionFacts,
    '7.12': { sources, destinations: ['beats'], engines: ['opensearch@1', 'elasticsearch@7.10'] } satisfies VersionFacts,
  },
  not: {
    ...beatsNot,
    'kubernetes-events': { why: 'Filebeat does not read the Kubernetes API.', instead: 'Read events with Fluent Bit or an OpenTelemetry Collector.' },
    'redis-info': { why: 'Its redis input reads slow logs, not INFO.', instead: 'Read INFO with Fluent Bit beside the server.' },
    'system-metrics': { why: 'Filebeat ships logs.', instead: 'Use Metricbeat.' },
    'kubernetes-metrics': { why: 'Filebeat ships logs.', instead: 'Use Metricbeat.' },
    shippers: { why: 'Filebeat takes nothing from other shippers.', instead: 'Let them send to Logstash, or to OpenSearch themselves.' },
  },
  traps: [
    ...beatsTraps,
    {
      id: 'filestream-7.12',
      versions: '<7.13',
      what: 'filestream reads past its parsers and the other options of its reader (exclude_lines, encoding, message_max_bytes), so lines of containers keep the time, stream and flag of the runtime.',
      remedy: 'Containers are read with the container input.',
      source: 'measured with Filebeat 7.12.1 and exclude_lines; github.com/elastic/beats/v7@v7.12.1 filebeat/input/filestream/config.go: the struct has no inline tag',
    },
    {
      id: 'filestream-7.17',
      versions: '>=7.13 <8',
      what: 'filestream leaves the newline on lines of docker\'s format, and log.offset is the end of a line instead of its start.',
      remedy: 'Containers are read with the container input, files of nodes with log: both still work in 7.17, with a warning for log.',
      source: 'measured with Filebeat 7.17.0: the first line of 45 bytes has log.offset 45, with the container input 0',
    },
    {
      id: 'test-config',
      what: 'filebeat test config says "Config OK" to an unknown input, an unknown option and an input without paths.',
      remedy: 'The renderer refuses what is unknown, and lintFilebeat finds the rest.',
      source: 'measured with Filebeat 7.12.1 and 7.17.0',
    },
    {
      id: 'multiline-across-streams',
      what: 'Lines of stdout between those of a stack trace on stderr end it, or become part of it: multiline does not tell the streams apart.',
      remedy: 'multiline is off unless languages are named; a container that logs to one stream only is safe.',
      source: 'github.com/elastic/beats/v7@v7.17.0 filebeat/input/log/harvester.go, newLogFileReader',
    },
    {
      id: 'restart-after-rotation',
      what: 'Filebeat reads the links below /var/log/containers, which lead to the newest file only: what is left unread in a rotated file when Filebeat itself ends is lost.',
      remedy: 'A running Filebeat reads rotated files to their end, through an outage as well (10,000 of 10,000 lines). Let kubelet rotate late (containerLogMaxSize), so that a restart seldom meets an unread rest.',
      source: 'measured with Filebeat 7.12.1 and 7.17.0: 1,000 lines written and rotated during an outage, then kill -9: these 1,000 are missing',
    },
    {
      id: 'ids-to-the-millisecond',
      versions: '<7.13',
      what: 'Times are cut to the millisecond, so two identical lines at the same place of two files, before and after a rotation, within one millisecond, have one id.',
      remedy: 'The id also has path, offset, stream and text; 7.17 keeps the nanoseconds.',
      source: 'measured with Filebeat 7.12.1 and 10,000 lines of one millisecond: 2 ids twice',
    },
    {
      id: 'metadata-folder',
      what: 'add_kubernetes_metadata finds the container in file names below /var/log/containers only.',
      remedy: 'Pod, namespace and container are read out of the file name by a script in any case.',
      source: 'github.com/elastic/beats/v7@v7.17.0 filebeat/processor/add_kubernetes_metadata/matchers.go',
    },
    {
      id: 'refused-documents',
      what: 'A document that the server refuses for its mapping (400) is dropped with a line in Filebeat\'s log; there is no other trace of it.',
      remedy: 'Each event is cut down to the fields of its catalogue before it is sent.',
      source: 'github.com/elastic/beats/v7@v7.12.1 libbeat/outputs/elasticsearch/client.go, bulkCollectPublishFails',
    },
  ],
} as const satisfies ShipperFacts;
