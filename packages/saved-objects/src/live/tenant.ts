import { PodscopeError } from '@podscope/core';
import { askDashboards, type DashboardsAnswer, type DashboardsConnection, jsonOf } from './connection.ts';

/** Names of the two tenants that everybody has. */
const COMMON: readonly string[] = ['global', '', '__user__', 'private'];

/**
 * Makes sure that the user has the tenant: the security plugin takes a name that it doesn't know for another tenant, without
 * a word, and the objects land there.
 *
 * @throws PodscopeError `SAVED_OBJECT_TENANT_UNKNOWN`
 */
export async function requireTenant(connection: DashboardsConnection): Promise<void> {
  const { tenant } = connection;
  if (tenant === undefined || COMMON.includes(tenant)) return;
  const answer = await askDashboards(connection, 'GET', '/api/v1/configuration/account', undefined, { expected: [404], outside: true });
  if (answer.status === 404) throw new PodscopeError('SAVED_OBJECT_TENANT_UNKNOWN', `There is no tenant "${tenant}": the product has no security plugin.`, { hint: 'Leave the tenant out.' });
  const names = tenantsIn(answer);
  if (names.includes(tenant)) return;
  throw new PodscopeError('SAVED_OBJECT_TENANT_UNKNOWN', `The user has no tenant "${tenant}".`, { hint: `Use one of ${['global', ...names].join(', ')}; the objects would have come to another tenant.` });
}

function tenantsIn(answer: DashboardsAnswer): readonly string[] {
  const { data } = jsonOf<{ readonly data?: { readonly tenants?: Readonly<Record<string, unknown>> } }>(answer, 'GET /api/v1/configuration/account');
  return Object.keys(data?.tenants ?? {});
}
