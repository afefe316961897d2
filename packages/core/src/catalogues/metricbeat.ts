import { date, defineFields, type DocumentOf, double, integer, keyword, long } from '../index.ts';
import { kubernetesOrigin } from './kubernetesOrigin.ts';

/**
 * System metrics of the machine and the state of its workloads, under Metricbeat's field names. `metricset.name` is
 * one of cpu, memory, load, filesystem, network, state_deployment, state_pod, state_node.
 */
export const metricbeatFields = defineFields({
  ...kubernetesOrigin,
  '@timestamp': date({ required: true }),
  'metricset.name': keyword({ required: true }),
  /** As `metricset.name`, with the module's name before it: `system.cpu`, `kubernetes.pod`. */
  'event.dataset': keyword(),
  'event.module': keyword(),
  'host.name': keyword(),
  /** Shares of one core: up to the number of cores. */
  'system.cpu.total.pct': double(),
  'system.cpu.user.pct': double(),
  'system.cpu.system.pct': double(),
  'system.cpu.iowait.pct': double(),
  /** Shares from 0 to 1, of all cores together. */
  'system.cpu.total.norm.pct': double(),
  'system.cpu.user.norm.pct': double(),
  'system.cpu.system.norm.pct': double(),
  'system.cpu.iowait.norm.pct': double(),
  'system.cpu.cores': integer(),
  'system.memory.total': long(),
  'system.memory.actual.used.bytes': long(),
  'system.memory.actual.used.pct': double(),
  'system.load.1': double(),
  'system.load.5': double(),
  'system.load.15': double(),
  'system.filesystem.mount_point': keyword(),
  'system.filesystem.total': long(),
  'system.filesystem.used.bytes': long(),
  'system.filesystem.used.pct': double(),
  /** Counters since boot. */
  'system.network.name': keyword(),
  'system.network.in.bytes': long(),
  'system.network.out.bytes': long(),
  'kubernetes.deployment.replicas.desired': integer(),
  'kubernetes.deployment.replicas.available': integer(),
  'kubernetes.deployment.replicas.unavailable': integer(),
  /** In lower case, as Metricbeat writes it: pending, running, failed. One document a pod and sample. */
  'kubernetes.pod.status.phase': keyword(),
  'kubernetes.pod.status.reason': keyword(),
  'kubernetes.container.status.restarts': integer(),
  'kubernetes.node.pod.capacity.total': integer(),
  'kubernetes.node.pod.allocatable.total': integer(),
  /** Pods that have a place on the node. Metricbeat has no field for it: there it is a count of pods. */
  'kubernetes.node.pod.allocated.total': integer(),
});
/** A sample of system metrics or workload state, as a document. */
export type MetricbeatDocument = DocumentOf<typeof metricbeatFields>;
