import { PodscopeError } from '@podscope/core';
import { askDashboards, type DashboardsConnection, jsonOf } from './connection.ts';

/**
 * Makes sure that the workspace is there, by src/plugins/workspace/server/routes/index.ts: it answers 200 and `success: false`
 * for one that isn't.
 *
 * @throws PodscopeError `SAVED_OBJECT_WORKSPACE_UNKNOWN`
 */
export async function requireWorkspace(connection: DashboardsConnection): Promise<void> {
  const { workspace } = connection;
  if (workspace === undefined) return;
  const answer = await askDashboards(connection, 'GET', `/api/workspaces/${encodeURIComponent(workspace)}`, undefined, { expected: [404], outside: true });
  const unknown = (why: string, hint: string): PodscopeError => new PodscopeError('SAVED_OBJECT_WORKSPACE_UNKNOWN', `There is no workspace "${workspace}": ${why}.`, { hint });
  if (answer.status === 404) throw unknown('the product has no workspaces', 'Leave the workspace out, or switch them on (workspace.enabled).');
  const { success, error } = jsonOf<{ readonly success?: boolean; readonly error?: unknown }>(answer, `GET /api/workspaces/${workspace}`);
  if (success !== true) throw unknown(typeof error === 'string' ? error.replace(/\.$/u, '') : 'the product does not know it', 'Use the id that stands in its address after /w/.');
}
