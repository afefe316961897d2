import { beatsNot, beatsTraps } from './beats.ts';
import type { ShipperFacts, VersionFacts } from './compatible.ts';

const sources = ['system-metrics', 'kubernetes-metrics'] as const;

/** Metricbeat, as 7.17.0 and 7.12.1 were tried. */
export const metricbeatFacts = {
  versions: {
    '7.17': { sources, destinations: ['beats'], engines: [] } satisfies VersionFacts,
    '7.12': { sources, destinations: ['beats'], engines: ['opensearch@1', 'elasticsearch@7.10'] } satisfies VersionFacts,
  },
  not: {
    ...beatsNot,
    'container-logs': { why: 'Metricbeat ships metrics.', instead: 'Use Filebeat.' },
    'apache-logs': { why: 'Metricbeat ships metrics.', instead: 'Use Filebeat.' },
    'node-logs': { why: 'Metricbeat ships metrics.', instead: 'Use Filebeat.' },
    'redis-info': { why: 'Its redis module has other names than the catalogue.', instead: 'Read INFO with Fluent Bit beside the server.' },
    'kubernetes-events': { why: 'Its event metricset has other names than the catalogue.', instead: 'Read events with Fluent Bit or an OpenTelemetry Collector.' },
    shippers: { why: 'Metricbeat takes nothing from other shippers.', instead: 'Let them send to Logstash, or to OpenSearch themselves.' },
  },
  traps: [
    ...beatsTraps,
    {
      id: 'kube-state-metrics-2',
      versions: '<7.15',
      what: 'Metricbeat asks kube-state-metrics 2 for names of 1.x: state_node has no capacity and no allocatable, and metrics of resources are missing.',
      remedy: 'lintMetricbeat warns; use 7.17, or kube-state-metrics 1.9 for a Metricbeat 7.12.',
      source: 'measured with Metricbeat 7.12.1 and 7.17.0 over the same names of kube-state-metrics 2',
    },
    {
      id: 'drops-after-three',
      what: 'Metricbeat drops samples after three failed tries.',
      remedy: 'max_retries is -1, and the queue has a limit (on disk from 7.17 on).',
      source: 'https://www.elastic.co/guide/en/beats/metricbeat/7.17/logstash-output.html, max_retries',
    },
    {
      id: 'one-reader-of-state',
      what: 'Every Metricbeat that reads kube-state-metrics sends the whole state: in a DaemonSet each sample comes once for each node.',
      remedy: 'The state is one Deployment of one replica; lintMetricbeat warns where it stands beside a node\'s metrics.',
      source: 'metricbeat/module/kubernetes/_meta/config.yml',
    },
    {
      id: 'kubelet-without-fields',
      what: 'The catalogue has no field for what kubelet tells of containers and pods: with the scope node, only names are left.',
      remedy: 'The system module measures the node; scope is state unless set.',
      source: '@podscope/core/catalogues, metricbeatFields',
    },
  ],
} as const satisfies ShipperFacts;
