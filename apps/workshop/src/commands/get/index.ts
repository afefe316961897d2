import type { ClusterState } from '@podscope/console/api';
import { columns } from '../../terminal/table.ts';
import type { CommandAction } from '../command.ts';
import { usageError } from '../usageError.ts';

const kinds = {
  pods: (state: ClusterState) => ({
    items: state.pods,
    lines: () => columns(['NAMESPACE', 'NAME', 'STATUS', 'RESTARTS', 'NODE', 'CREATED'], state.pods.map((pod) => [pod.namespace, pod.name, pod.reason ?? pod.phase, pod.restarts, pod.node, pod.createdAt])),
  }),
  nodes: (state: ClusterState) => ({
    items: state.nodes,
    lines: () => columns(['NAME', 'PODS', 'CAPACITY'], state.nodes.map((node) => [node.name, node.allocated, node.capacity])),
  }),
  deployments: (state: ClusterState) => ({
    items: state.deployments,
    lines: () => columns(['NAMESPACE', 'NAME', 'DESIRED', 'AVAILABLE', 'UNAVAILABLE'], state.deployments.map((each) => [each.namespace, each.name, each.desired, each.available, each.unavailable])),
  }),
  events: (state: ClusterState) => ({
    items: state.events,
    lines: () => columns(['AT', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'], state.events.map((event) => [event.at, event.type, event.reason, `${event.kind}/${event.name}`, event.message])),
  }),
} as const;

const aliases: Readonly<Record<string, keyof typeof kinds>> = { pod: 'pods', po: 'pods', node: 'nodes', no: 'nodes', deployment: 'deployments', deploy: 'deployments', event: 'events', ev: 'events' };

function isKind(name: string): name is keyof typeof kinds {
  return Object.hasOwn(kinds, name);
}

/** `podscope get <kind>` */
export const run: CommandAction = async ({ control, output }, [asked = '']) => {
  const kind = Object.hasOwn(aliases, asked) ? aliases[asked] : asked;
  if (kind === undefined || !isKind(kind)) throw usageError(`There is no kind "${asked}".`, 'Kinds are pods, nodes, deployments and events.');
  const { items, lines } = kinds[kind](await control.state());
  output.result({ items }, lines);
  return 0;
};
