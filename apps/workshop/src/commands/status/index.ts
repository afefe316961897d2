import type { PartState } from '../../control/api.ts';
import { callControl } from '../../control/client.ts';
import type { Shipping } from '../../targets/embedded/shippers/choose.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { columns } from '../../terminal/table.ts';
import type { CommandAction } from '../command.ts';

/** `podscope status`: exits with 3 when nothing runs; what is down is said, and isn't an error of the question. */
export const run: CommandAction = async ({ control, environment, output }) => {
  const state = await control.state();
  const hunts = (await control.hunts()).filter((hunt) => hunt.status === 'running').map((hunt) => hunt.attempt);
  const { parts, shipping } = await callControl<{ readonly parts: readonly PartState[]; readonly shipping: readonly Shipping[] }>(environment.runDir, 'GET', '/v1/parts');
  const healthy = state.deployments.every((each) => each.unavailable === 0) && parts.every((each) => each.running);
  output.result({ running: true, healthy, runDir: environment.runDir, urls: state.urls, parts, shipping, nodes: state.nodes, deployments: state.deployments, clients: state.clients.length, hunts }, () => [
    healthy ? 'Everything runs.' : 'Something does not run: see below.',
    '',
    `console     ${state.urls.console}`,
    `guestbook   ${state.urls.guestbook}`,
    `opensearch  ${state.urls.opensearch}`,
    '',
    ...columns(['DEPLOYMENT', 'DESIRED', 'AVAILABLE', 'UNAVAILABLE'], state.deployments.map((each) => [`${each.namespace}/${each.name}`, each.desired, each.available, each.unavailable])),
    '',
    ...columns(['PART', 'STATE', 'PID', 'RESTARTS'], parts.map((each) => [each.name, each.running ? 'running' : 'DOWN', each.pid, each.restarts])),
    '',
    // Why the collector ships what somebody wanted a real shipper for.
    ...(shipping.some(({ why }) => why !== undefined)
      ? columns(['SOURCE', 'SHIPPED BY', 'VERSION', 'WHY'], shipping.map((each) => [each.source, each.by, each.version, each.why ?? null]))
      : columns(['SOURCE', 'SHIPPED BY', 'VERSION'], shipping.map((each) => [each.source, each.by, each.version]))),
    ...parts.flatMap((each) => (each.problem === null ? [] : [`${each.name}: ${each.problem}`])),
    '',
    state.target === 'embedded' ? 'The cluster is a simulation; OpenSearch, Redis and the web servers are real.' : `The cluster is the one of the context ${state.context ?? ''}.`,
    ...(hunts.length === 0 ? [] : [`Running hunt: ${hunts.join(', ')}`]),
  ]);
  return exitCodes.ok;
};
