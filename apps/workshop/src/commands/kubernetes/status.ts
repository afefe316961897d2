import { isPodscopeError } from '@podscope/core';
import { workloadStatus } from '../../targets/kubernetes/wait/status.ts';
import { stateLines } from '../../targets/kubernetes/wait/state.ts';
import { openOpenSearch } from '../../targets/kubernetes/opensearch/access.ts';
import { endpointOf, type TargetOptions } from '../../targets/kubernetes/options.ts';
import { healthOf } from '../../targets/kubernetes/run/indices.ts';
import { operatedNow } from '../../targets/kubernetes/run/operated.ts';
import { applySetOf } from '../../targets/kubernetes/run/prospect.ts';
import { findDashboards } from '../../targets/kubernetes/run/savedObjects.ts';
import { identityFor } from '../../targets/kubernetes/opensearch/identity.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import { columns } from '../../terminal/table.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { openSession, requireRecord, type Session } from './session.ts';
import { workloadDocuments } from './shown.ts';

/** What is known of OpenSearch and Dashboards: or why nothing is. */
interface Servers {
  readonly opensearch: { readonly endpoint: string; readonly status: string; readonly nodes: number | null; readonly problem: string | null };
  readonly dashboards: { readonly installed: number; readonly wanted: number; readonly problem: string | null } | null;
}

/** `podscope status --target kubernetes`: what isn't well is said, and is no error of the question. */
export const run: CommandAction = async (context, _args, options) => {
  const { output } = context;
  using session = await openSession(context, options);
  const { api } = session;
  const { options: target } = requireRecord(session, options);
  const found = await workloadStatus(api, applySetOf(target.namespaces));
  const workloads = found ?? [];
  const servers = await serversOf(session, context, target);
  const healthy = workloads.length > 0 && workloads.every(({ state }) => state === 'done') && ['green', 'yellow'].includes(servers.opensearch.status) && (servers.dashboards === null || servers.dashboards.problem === null);
  output.result({ running: found !== undefined, healthy, target: 'kubernetes', context: api.context, server: api.server, namespaces: target.namespaces, workloads: workloadDocuments(workloads), ...servers }, () => [
    found === undefined ? `Nothing is applied on ${api.context}: a start was broken off, or it was taken down.` : healthy ? `Everything runs on ${api.context}.` : `Something does not run on ${api.context}: see below.`,
    '',
    ...columns(['WORKLOAD', 'READY', 'STATE'], workloads.length === 0 ? [['none yet', '-', '-']] : workloads.map(({ ref, ready, asked, state }) => [`${ref.kind} ${ref.namespace}/${ref.name}`, `${ready}/${asked}`, state])),
    ...workloads.filter(({ state }) => state !== 'done').flatMap((state) => ['', ...stateLines(state)]),
    '',
    `opensearch  ${servers.opensearch.endpoint}: ${servers.opensearch.problem ?? `${servers.opensearch.status}, ${servers.opensearch.nodes} nodes`}`,
    ...(servers.dashboards === null ? [] : [`dashboards  ${servers.dashboards.problem ?? `${servers.dashboards.installed} of ${servers.dashboards.wanted} dashboards are installed`}`]),
  ]);
  return found === undefined ? exitCodes.notRunning : exitCodes.ok;
};

async function serversOf({ api }: Session, { environment }: CommandContext, target: TargetOptions): Promise<Servers> {
  const endpoint = endpointOf(target);
  try {
    await using opensearch = await openOpenSearch(api, target, await identityFor(api, target, environment));
    const { status, nodes } = await healthOf(opensearch.client);
    return { opensearch: { endpoint, status, nodes, problem: null }, dashboards: target.dashboards ? await dashboardsOf(() => findDashboards(api, target, opensearch)) : null };
  } catch (error) {
    const problem = target.opensearch.how === 'operator' ? `${await operatedNow(api, target).catch(problemOf)}; ${problemOf(error)}` : problemOf(error);
    return { opensearch: { endpoint, status: 'unreachable', nodes: null, problem }, dashboards: target.dashboards ? { installed: 0, wanted: 0, problem: 'not asked: OpenSearch does not answer' } : null };
  }
}

async function dashboardsOf(find: () => Promise<{ readonly installed: number; readonly wanted: number }>): Promise<NonNullable<Servers['dashboards']>> {
  try {
    const found = await find();
    return { ...found, problem: found.installed < found.wanted ? `${found.installed} of ${found.wanted} dashboards are installed` : null };
  } catch (error) {
    return { installed: 0, wanted: 0, problem: problemOf(error) };
  }
}

/** Why something could not be asked. What isn't ours is the way to a server, whose causes are many. */
function problemOf(error: unknown): string {
  if (isPodscopeError(error)) return error.message;
  // Without a body, the client says no more than "Response Error".
  if (error instanceof Error && 'statusCode' in error && error.statusCode !== undefined) return error.statusCode === 401 ? 'it wants other credentials (401)' : `it answers ${error.statusCode}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
