import type { k8s } from 'cdk8s-plus-33';
import type { Shipper } from '../../compatibility/compatibility.ts';
import type { Source } from '../../sources/sources.ts';

const READ = ['get', 'list', 'watch'];

/**
 * What a shipper asks the API server for, and no more: none at all when metadata come from file names.
 * What each program asks for:
 * - Fluent Bit: `GET` of one pod at a time, of its namespace only with labels of namespaces (plugins/filter_kubernetes/kube_meta.c).
 * - Fluentd: the metadata filter gets and watches pods and namespaces (fluent-plugin-kubernetes_metadata_filter 3.6, README).
 * - Beats: watchers of pods, nodes and namespaces; of replica sets for the name of the deployment (add_kubernetes_metadata).
 * - OpenTelemetry Collector: watchers of pods, namespaces and replica sets (k8sattributesprocessor, README, "Role-based access control").
 */
export function rightsOf(shipper: Shipper, sources: readonly Source[]): k8s.PolicyRule[] {
  const rules: k8s.PolicyRule[] = [];
  if (sources.some((source) => (source.kind === 'container-logs' || source.kind === 'apache-logs') && source.metadata !== 'file-name')) rules.push(...METADATA[shipper]);
  if (sources.some((source) => source.kind === 'kubernetes-events' && source.path === undefined)) rules.push(...EVENTS[shipper]);
  for (const source of sources) {
    if (source.kind === 'kubernetes-metrics') rules.push(...(source.scope === 'node' ? KUBELET : STATE));
  }
  return distinct(rules);
}

const METADATA: Readonly<Record<Shipper, readonly k8s.PolicyRule[]>> = {
  'fluent-bit': [{ apiGroups: [''], resources: ['pods', 'namespaces'], verbs: ['get'] }],
  fluentd: [{ apiGroups: [''], resources: ['pods', 'namespaces'], verbs: READ }],
  filebeat: [
    { apiGroups: [''], resources: ['pods', 'namespaces', 'nodes'], verbs: READ },
    { apiGroups: ['apps'], resources: ['replicasets'], verbs: READ },
  ],
  metricbeat: [],
  logstash: [],
  'otel-collector': [
    { apiGroups: [''], resources: ['pods', 'namespaces'], verbs: READ },
    { apiGroups: ['apps'], resources: ['replicasets'], verbs: READ },
  ],
};

const CORE_EVENTS: readonly k8s.PolicyRule[] = [{ apiGroups: [''], resources: ['events'], verbs: READ }];
const EVENTS: Readonly<Record<Shipper, readonly k8s.PolicyRule[]>> = {
  'fluent-bit': CORE_EVENTS,
  fluentd: CORE_EVENTS,
  filebeat: CORE_EVENTS,
  metricbeat: CORE_EVENTS,
  logstash: CORE_EVENTS,
  'otel-collector': [{ apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: READ }],
};

/** The kubelet asks the API server whether the caller may (`nodes/stats`, `nodes/metrics`); Metricbeat watches what it enriches with. */
const KUBELET: readonly k8s.PolicyRule[] = [
  { apiGroups: [''], resources: ['nodes/stats', 'nodes/metrics'], verbs: ['get'] },
  { apiGroups: [''], resources: ['pods', 'nodes', 'namespaces'], verbs: READ },
];
/** State comes out of kube-state-metrics over HTTP; what it is enriched with is watched. */
const STATE: readonly k8s.PolicyRule[] = [
  { apiGroups: [''], resources: ['pods', 'nodes', 'namespaces'], verbs: READ },
  { apiGroups: ['apps'], resources: ['deployments', 'replicasets', 'statefulsets', 'daemonsets'], verbs: READ },
];

function distinct(rules: readonly k8s.PolicyRule[]): k8s.PolicyRule[] {
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}
