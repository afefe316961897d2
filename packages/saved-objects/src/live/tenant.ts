import { PodscopeError } from '@podscope/core';
import { askDashboards, type DashboardsConnection } from './connection.ts';

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
  const { status, text } = await askDashboards(connection, 'GET', '/api/v1/configuration/account', undefined, { expected: [404], outside: true });
  if (status === 404) throw new PodscopeError('SAVED_OBJECT_TENANT_UNKNOWN', `There is no tenant "${tenant}": the product has no security plugin.`, { hint: 'Leave the tenant out.' });
  const names = tenantsIn(text);
  if (names.includes(tenant)) return;
  throw new PodscopeError('SAVED_OBJECT_TENANT_UNKNOWN', `The user has no tenant "${tenant}".`, { hint: `Use one of ${['global', ...names].join(', ')}; the objects would have come to another tenant.` });
}

function tenantsIn(text: string): readonly string[] {
  const { data } = JSON.parse(text) as { readonly data?: { readonly tenants?: Readonly<Record<string, unknown>> } };
  return Object.keys(data?.tenants ?? {});
}
