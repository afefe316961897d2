import type { ClusterState } from '@podscope/console/api';
import type { MetricbeatDocument } from '@podscope/core/catalogues';

/** The state of the workloads at one moment: the thing sampled, and its document. */
export type StateSample = readonly [source: string, document: MetricbeatDocument];

/** What tells the kinds of a Metricbeat document apart. */
export function metricset(name: string, dataset: string): Pick<MetricbeatDocument, 'metricset' | 'event'> {
  return { metricset: { name }, event: { dataset, module: dataset.slice(0, dataset.indexOf('.')) } };
}

/** One document for each deployment, pod and node. */
export function sampleState(state: ClusterState, timestamp: string): StateSample[] {
  return [
    ...state.deployments.map(({ namespace, name, desired, available, unavailable }): StateSample => [
      `deployment/${namespace}/${name}`,
      {
        '@timestamp': timestamp,
        ...metricset('state_deployment', 'kubernetes.deployment'),
        kubernetes: { namespace, deployment: { name, replicas: { desired, available, unavailable } } },
      },
    ]),
    ...state.pods.map((pod): StateSample => [
      `pod/${pod.namespace}/${pod.name}`,
      {
        '@timestamp': timestamp,
        ...metricset('state_pod', 'kubernetes.pod'),
        kubernetes: {
          namespace: pod.namespace,
          deployment: { name: pod.deployment },
          container: { name: pod.container, status: { restarts: pod.restarts } },
          pod: {
            name: pod.name,
            // Metricbeat writes the phase in lower case.
            status: { phase: pod.phase.toLowerCase(), ...(pod.reason === null ? {} : { reason: pod.reason }) },
          },
          ...(pod.node === null ? {} : { node: { name: pod.node } }),
        },
      },
    ]),
    ...state.nodes.map(({ name, capacity, allocated }): StateSample => [
      `node/${name}`,
      {
        '@timestamp': timestamp,
        ...metricset('state_node', 'kubernetes.node'),
        kubernetes: { node: { name, pod: { capacity: { total: capacity }, allocatable: { total: capacity }, allocated: { total: allocated } } } },
      },
    ]),
  ];
}
