import {
  area,
  avg,
  count,
  dashboard,
  dateHistogram,
  horizontalBar,
  line,
  max,
  metric,
  panel,
  pie,
  row,
  search,
  table,
  terms,
  uniqueCount,
  verticalBar,
} from '@podscope/saved-objects';
import { podTimeline } from '../visualizations/pod-timeline/index.ts';
import { kubernetes, metricbeat } from './dataViews.ts';

const x = dateHistogram('@timestamp');
const byDeployment = terms('kubernetes.deployment.name', { size: 10 });
const deployments = 'metricset.name: "state_deployment"';
const pods = 'metricset.name: "state_pod"';

/** Pods by phase over time; also on the overview. */
export const podsByPhase = area('kubernetes-pods-by-phase', 'Pods by phase', metricbeat, {
  filter: pods,
  x,
  y: uniqueCount('kubernetes.pod.name', { label: 'Pods' }),
  split: terms('kubernetes.pod.status.phase', { size: 5 }),
});

const timeline = podTimeline('kubernetes-pod-timeline', 'Pods and their phases', metricbeat, {
  filter: pods,
  fields: { time: '@timestamp', pod: 'kubernetes.pod.name', phase: 'kubernetes.pod.status.phase' },
  description: 'A bar for each pod, coloured by its phase.',
});

/** On one axis: what is asked for beside what there is. */
const replicas = line('kubernetes-replicas', 'Desired and available replicas', metricbeat, {
  filter: deployments,
  x,
  y: [max('kubernetes.deployment.replicas.desired', { label: 'Desired' }), max('kubernetes.deployment.replicas.available', { label: 'Available' })],
  split: byDeployment,
  axisTitle: 'Replicas',
});

const unavailable = verticalBar('kubernetes-unavailable-replicas', 'Unavailable replicas', metricbeat, {
  filter: deployments,
  x,
  y: max('kubernetes.deployment.replicas.unavailable', { label: 'Unavailable' }),
  split: byDeployment,
});

const nodes = horizontalBar('kubernetes-nodes', 'Pods on each node', metricbeat, {
  filter: 'metricset.name: "state_node"',
  x: terms('kubernetes.node.name', { size: 20, orderBy: 'key', order: 'asc' }),
  y: [avg('kubernetes.node.pod.allocated.total', { label: 'Allocated' }), max('kubernetes.node.pod.capacity.total', { label: 'Room' })],
  mode: 'normal',
  axisTitle: 'Pods',
});

const phases = pie('kubernetes-phases', 'Pods by phase, all seen', metricbeat, {
  filter: pods,
  y: uniqueCount('kubernetes.pod.name', { label: 'Pods' }),
  slices: terms('kubernetes.pod.status.phase', { size: 5 }),
});

const numbers = metric('kubernetes-numbers', 'In the time range', metricbeat, {
  filter: pods,
  y: [
    uniqueCount('kubernetes.pod.name', { label: 'Pods seen' }),
    uniqueCount('kubernetes.node.name', { label: 'Nodes with pods' }),
    max('kubernetes.container.status.restarts', { label: 'Most restarts' }),
  ],
});

/** Events by reason over time; also on the overview. */
export const eventsByReason = verticalBar('kubernetes-events-by-reason', 'Events by reason', kubernetes, {
  x,
  y: count({ label: 'Events' }),
  split: terms('kubernetes.event.reason', { size: 10 }),
});

const eventTable = table('kubernetes-event-table', 'Events by type, reason and object', kubernetes, {
  rows: [
    terms('kubernetes.event.type', { size: 2, label: 'Type' }),
    terms('kubernetes.event.reason', { size: 10, label: 'Reason' }),
    terms('kubernetes.event.involved_object.kind', { size: 5, label: 'Kind' }),
  ],
  y: [count({ label: 'Events' }), uniqueCount('kubernetes.event.involved_object.name', { label: 'Objects' })],
});

const events = search('kubernetes-events', 'Events', kubernetes, {
  columns: ['kubernetes.event.type', 'kubernetes.event.reason', 'kubernetes.event.involved_object.name', 'message'],
});

/** Workloads of the simulated cluster. */
export const kubernetesDashboard = dashboard(
  'kubernetes',
  'Kubernetes',
  [
    row(numbers),
    row(podsByPhase, phases),
    row(panel(timeline, { height: 18 })),
    row(panel(replicas, { width: 28 }), unavailable),
    row(nodes, eventsByReason),
    row(eventTable),
    row(events),
  ],
  { timeFrom: 'now-15m', refresh: 10, description: 'Workloads, replicas and events of the simulated cluster.' },
);
