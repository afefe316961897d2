import { setTimeout as sleep } from 'node:timers/promises';
import { isPodscopeError } from '@podscope/core';
import { forwardService, type KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { type DashboardsConnection, exportSavedObjects, importSavedObjects, type ImportResult, type SavedObject } from '@podscope/saved-objects';
import { dashboardIds } from '../../../dashboards/index.ts';
import type { OpenSearchAccess } from '../opensearch/access.ts';
import { DASHBOARDS, signedBy, type TargetOptions } from '../options.ts';

/** The port of the Service of Dashboards, whoever made it: the operator calls its own the same. */
export const DASHBOARDS_PORT = 5601;

const PATIENCE_MS = 120_000;
const PAUSE_MS = 2_000;

/** What Dashboards is reached by. */
type Asked = Pick<OpenSearchAccess, 'identity' | 'url'>;

interface OpenedDashboards extends AsyncDisposable {
  readonly connection: DashboardsConnection;
}

/** Dashboards of a target: a domain's own is behind the same address; one in the cluster through a forwarded port. */
async function openDashboards(api: KubernetesApi, { opensearch, namespaces }: TargetOptions, { identity: { user }, url }: Asked): Promise<OpenedDashboards> {
  // What is in the global tenant everybody sees; without a name, each user of AWS would have its own.
  if (signedBy(opensearch) !== undefined) return { connection: { url: `${url}/_dashboards`, tenant: 'global' }, [Symbol.asyncDispose]: async () => undefined };
  const forward = await forwardService(api, { namespace: namespaces.opensearch, name: DASHBOARDS }, DASHBOARDS_PORT);
  return { connection: { url: `http://127.0.0.1:${forward.port}`, ...(user === undefined ? {} : { auth: user }) }, [Symbol.asyncDispose]: () => forward.close() };
}

/**
 * Imports saved objects into the Dashboards of a target.
 *
 * @throws PodscopeError as `importSavedObjects`; the signal's reason
 */
export async function importInto(api: KubernetesApi, options: TargetOptions, asked: Asked, objects: readonly SavedObject[], signal: AbortSignal | undefined): Promise<ImportResult> {
  await using dashboards = await openDashboards(api, options, asked);
  const connection = { ...dashboards.connection, ...(signal === undefined ? {} : { signal }) };
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await importSavedObjects(connection, { objects }, { overwrite: true });
    } catch (error) {
      // It listens before it is ready, and answers 503 then.
      const soon = isPodscopeError(error, 'SAVED_OBJECT_SERVER_UNREACHABLE') || (isPodscopeError(error, 'SAVED_OBJECT_SERVER_REFUSED') && /status 503/u.test(error.message));
      if (!soon || performance.now() > deadline) throw error;
      await sleep(PAUSE_MS, undefined, signal === undefined ? {} : { signal });
    }
  }
}

/** How many of the workshop's dashboards are installed. @throws PodscopeError as `exportSavedObjects` */
export async function findDashboards(api: KubernetesApi, options: TargetOptions, asked: Asked): Promise<{ readonly installed: number; readonly wanted: number }> {
  await using dashboards = await openDashboards(api, options, asked);
  const objects = await exportSavedObjects(dashboards.connection, { types: ['dashboard'] }, { withReferences: false });
  return { installed: objects.filter(({ id }) => dashboardIds.some((wanted) => wanted === id)).length, wanted: dashboardIds.length };
}
