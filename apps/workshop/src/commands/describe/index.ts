import { PodscopeError } from '@podscope/core';
import type { ClusterState } from '@podscope/console/api';
import type { CommandAction } from '../command.ts';

function findObject(state: ClusterState, kind: string, name: string): object | undefined {
  if (kind === 'node') return state.nodes.find((each) => each.name === name);
  if (kind === 'deployment' || kind === 'deploy') return state.deployments.find((each) => each.name === name);
  return state.pods.find((each) => each.name === name);
}

/** `podscope describe <kind>/<name>` */
export const run: CommandAction = async ({ control, output }, [asked = '']) => {
  const slash = asked.indexOf('/');
  const kind = slash < 0 ? 'pod' : asked.slice(0, slash);
  const name = asked.slice(slash + 1);
  const state = await control.state();
  const found = findObject(state, kind, name);
  if (!found) {
    throw new PodscopeError('OBJECT_NOT_FOUND', `There is no ${kind} "${name}".`, { hint: '"podscope get pods" lists the pods; also nodes and deployments.' });
  }
  const events = state.events.filter((event) => event.name === name);
  output.result({ kind, ...found, events }, () => [
    `${kind}/${name} (simulated cluster)`,
    ...Object.entries(found).map(([key, value]) => `  ${key}: ${value === null ? '-' : String(value)}`),
    'Events:',
    ...(events.length === 0 ? ['  none'] : events.map((event) => `  ${event.at}  ${event.type}  ${event.reason}  ${event.message}`)),
  ]);
  return 0;
};
