import type { Destination } from '../destinations/destinations.ts';
import { FAMILIES, type Source } from '../sources/sources.ts';
import type { PipelinePlan, PlannedShipper } from './plan.ts';

/** A plan as a tree of text: who runs where, what it reads, and where that goes. */
export function formatTopology({ namespaces, daemonSets, deployments, sidecars, processors, kubeStateMetrics }: PipelinePlan): string {
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['on each node, DaemonSets', daemonSets.map(shown)],
    ['in the pods, sidecars', sidecars.map((each) => `${shown(each)}, in the pods of ${each.in}`)],
    ['one for the cluster, Deployments', [...deployments.map(shown), ...(kubeStateMetrics ? ['kube-state-metrics'] : [])]],
    ['in the middle, processors', processors.map(shown)],
  ];
  const inNamespace: Readonly<Record<string, string>> = { 'on each node, DaemonSets': namespaces.agents, 'one for the cluster, Deployments': namespaces.logging, 'in the middle, processors': namespaces.logging };
  return sections
    .filter(([, lines]) => lines.length > 0)
    .flatMap(([title, lines]) => [`${title}${inNamespace[title] === undefined ? '' : ` (namespace ${inNamespace[title]})`}`, ...lines.map((line, index) => `${index === lines.length - 1 ? '└─' : '├─'} ${line}`)])
    .join('\n');
}

const shown = ({ name, sources, destination }: PlannedShipper): string => `${name}: ${sources.map(read).join(', ')} → ${target(destination)}`;

const read = (source: Source): string => (source.kind === 'shippers' ? `${source.protocol} on ${source.port}` : `${source.kind} (${FAMILIES[source.kind]}-*)`);

function target(destination: Destination): string {
  if (destination.kind === 'opensearch') return destination.engine;
  if (destination.kind === 'beats') return 'logstash';
  if (destination.kind === 'forward') return 'fluentd';
  if (destination.kind === 'otlp') return 'fluent-bit-otlp';
  return destination.kind;
}
