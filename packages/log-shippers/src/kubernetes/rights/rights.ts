import type { k8s } from 'cdk8s-plus-33';
import type { Shipper } from '../../compatibility/compatibility.ts';
import type { Source } from '../../sources/sources.ts';

const READ = ['get', 'list', 'watch'];

/**
 * What a shipper asks the API server for, and no more: none at all when metadata come from file names.
 * What each program asks for:
 * - Fluent Bit: `GET` of one pod at a time; of its namespace only with labels of namespaces (plugins/filter_kubernetes/kube_meta.c).
 * - Fluentd: the metadata filter gets and watches pods and namespaces (fluent-plugin-kubernetes_metadata_filter,
 *   lib/fluent/plugin/filter_kubernetes_metadata.rb).
 * - Filebeat: watchers of pods, nodes and namespaces (libbeat/processors/add_kubernetes_metadata/kubernetes.go), and `GET` of a replica
 *   set for the name of its deployment (libbeat/common/kubernetes/metadata/pod.go).
 * - Metricbeat: nothing for the state, which kube-state-metrics gives over HTTP, since `add_metadata` is off; for the kubelet what that asks
 *   the API server about its caller: `nodes/stats` for everything under `/stats` (kubernetes.io, "Kubelet authentication/authorization").
 * - OpenTelemetry Collector: watchers of pods, namespaces and replica sets (k8sattributesprocessor, README, "Role-based access control").
 */
export function rightsOf(shipper: Shipper, sources: readonly Source[]): k8s.PolicyRule[] {
  const rules: k8s.PolicyRule[] = [];
  if (sources.some((source) => (source.kind === 'container-logs' || source.kind === 'apache-logs') && source.metadata !== 'file-name')) rules.push(...METADATA[shipper]);
  if (sources.some((source) => source.kind === 'kubernetes-events' && source.path === undefined)) rules.push(...EVENTS);
  if (sources.some((source) => source.kind === 'kubernetes-metrics' && source.scope === 'node')) rules.push(KUBELET);
  return distinct(rules);
}

const METADATA: Readonly<Record<Shipper, readonly k8s.PolicyRule[]>> = {
  'fluent-bit': [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  fluentd: [{ apiGroups: [''], resources: ['pods', 'namespaces'], verbs: READ }],
  filebeat: [
    { apiGroups: [''], resources: ['pods', 'namespaces', 'nodes'], verbs: READ },
    { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['get'] },
  ],
  metricbeat: [],
  logstash: [],
  'otel-collector': [
    { apiGroups: [''], resources: ['pods', 'namespaces'], verbs: READ },
    { apiGroups: ['apps'], resources: ['replicasets'], verbs: READ },
  ],
};

/** All of them read the core API's events. */
const EVENTS: readonly k8s.PolicyRule[] = [{ apiGroups: [''], resources: ['events'], verbs: READ }];
const KUBELET: k8s.PolicyRule = { apiGroups: [''], resources: ['nodes/stats'], verbs: ['get'] };

/** True where rules are about more than what the kubelet asks about its caller: then the shipper itself talks to the API server. */
export function asksApiServer(rules: readonly k8s.PolicyRule[]): boolean {
  return rules.some(({ resources }) => resources?.some((resource) => !resource.startsWith('nodes/')) !== false);
}

function distinct(rules: readonly k8s.PolicyRule[]): k8s.PolicyRule[] {
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}
