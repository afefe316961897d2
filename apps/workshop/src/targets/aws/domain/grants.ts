import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@opensearch-project/opensearch';
import { PodscopeError } from '@podscope/core';
import { catalogues } from '../../../indices/setup.ts';
import { type SecurityRole, SHIPPER, SHIPPER_ROLE } from '../../kubernetes/opensearch/roles.ts';
import { arnParts, spellings } from './arns.ts';
import type { DomainAccess, DomainCall } from './wish.ts';

/** The role of presenters, who run an event and are no administrators of the domain. */
export const PRESENTER = 'podscope-presenter';

/** A role, with what it may do in the tenants of OpenSearch Dashboards. */
interface TenantRole extends SecurityRole {
  readonly tenant_permissions: readonly { readonly tenant_patterns: readonly string[]; readonly allowed_actions: readonly string[] }[];
}

const PATTERNS = Object.keys(catalogues).flatMap((family) => [family, `${family}-*`, `.ds-${family}-*`]);

/**
 * What presenters need: to see and set up what the workshop has in the domain, to keep saved objects, and no user, role or setting of the
 * cluster. The names are action groups of the plugin (opensearch-project/security, static_config/static_action_groups.yml).
 */
export const PRESENTER_ROLE: TenantRole = {
  cluster_permissions: ['cluster_monitor', 'cluster_composite_ops', 'cluster_manage_index_templates', 'cluster_manage_pipelines', 'cluster:admin/component_template/*', 'cluster:admin/opendistro/ism/*', 'indices:admin/index_template/*', 'indices:admin/data_stream/*', 'indices:monitor/*'],
  index_permissions: [
    { index_patterns: PATTERNS, allowed_actions: ['indices_all'] },
    // Where saved objects are.
    { index_patterns: ['.kibana', '.kibana-*', '.kibana_*', '.opensearch_dashboards', '.opensearch_dashboards-*', '.opensearch_dashboards_*'], allowed_actions: ['indices_all'] },
    { index_patterns: ['*'], allowed_actions: ['indices:monitor/*', 'indices:admin/mappings/get', 'indices:admin/mappings/fields/get*', 'indices:admin/resolve/index', 'indices:admin/get', 'indices:admin/aliases/get'] },
  ],
  tenant_permissions: [{ tenant_patterns: ['global_tenant'], allowed_actions: ['kibana_all_write'] }],
};

/** A mapping of the plugin: who has a role. Roles of IAM are backend roles, users of IAM are users. */
interface RoleMapping {
  readonly backend_roles: readonly string[];
  readonly users: readonly string[];
}

/**
 * Gives the roles and users of IAM their rights inside the domain: the shippers may write, the presenters see and set up. May be called
 * again; what it says then is what holds. The built-in roles and their mappings are left alone.
 *
 * Source: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac-mapping.html
 *
 * @param client As the domain's master, see `openDomain`.
 * @throws PodscopeError AWS_DOMAIN_ACCESS
 */
export async function grantDomainAccess(client: Client, { shippers, presenters }: Pick<DomainAccess, 'shippers' | 'presenters'>, patience: Patience = {}): Promise<void> {
  await grant(client, SHIPPER, SHIPPER_ROLE, shippers, patience);
  await grant(client, PRESENTER, PRESENTER_ROLE, presenters, patience);
}

/** Takes the roles and their mappings away again, for a domain that stays. @throws PodscopeError AWS_DOMAIN_ACCESS */
export async function revokeDomainAccess(client: Client): Promise<void> {
  for (const role of [SHIPPER, PRESENTER]) {
    await ask(client, 'DELETE', `rolesmapping/${role}`, undefined, [404]);
    await ask(client, 'DELETE', `roles/${role}`, undefined, [404]);
  }
}

async function grant(client: Client, role: string, permissions: SecurityRole, principals: readonly string[], patience: Patience): Promise<void> {
  await ask(client, 'PUT', `roles/${role}`, permissions, [], patience);
  await ask(client, 'PUT', `rolesmapping/${role}`, mappingOf(principals), [], patience);
}

/** ARNs as a mapping has them. */
export function mappingOf(principals: readonly string[]): RoleMapping {
  const isUser = (arn: string): boolean => arnParts(arn).resource.startsWith('user/');
  return {
    backend_roles: [...new Set(principals.filter((arn) => !isUser(arn)).flatMap(spellings))].sort(),
    users: [...new Set(principals.filter(isUser))].sort(),
  };
}

/** How long a domain that has only just become active is given to answer for itself. */
export interface Patience extends DomainCall {
  /** @default 24 */
  readonly tries?: number;
  /** @default 5 seconds */
  readonly intervalMs?: number;
}

/** What passes by itself: the security plugin or a node isn't ready yet (503), the domain's front reaches none, another change goes on (409). */
const NOT_YET = [409, 429, 500, 502, 503, 504];
/** Of the client, for a domain that takes too long or a way to it that was cut. */
const UNANSWERED = new Set(['TimeoutError', 'ConnectionError']);

async function ask(client: Client, method: 'PUT' | 'DELETE', path: string, body?: object, fine: readonly number[] = [], { tries = 24, intervalMs = 5_000, signal }: Patience = {}): Promise<void> {
  const { statusCode, body: answer } = await client.transport.request({ method, path: `/_plugins/_security/api/${path}`, ...(body === undefined ? {} : { body }) }, { ignore: [400, 401, 403, 404, 405, ...NOT_YET] }).catch((error: unknown) => {
    if (error instanceof Error && UNANSWERED.has(error.name)) return { statusCode: 504, body: { message: error.message } };
    throw error;
  });
  const status = statusCode ?? 0;
  if (status < 300 || fine.includes(status)) return;
  if (NOT_YET.includes(status) && tries > 1) {
    await pause(intervalMs, undefined, { signal });
    return ask(client, method, path, body, fine, { tries: tries - 1, intervalMs, signal });
  }
  const { message = '', Message = message } = (typeof answer === 'object' && answer !== null ? answer : {}) as { readonly message?: string; readonly Message?: string };
  throw new PodscopeError('AWS_DOMAIN_ACCESS', `The domain did not take ${path} (${status}${Message === '' ? '' : `: ${Message}`}).`, {
    hint: status === 401 || status === 403 ? 'Only the master that the domain was made with may give rights: sign in as that role or user.' : NOT_YET.includes(status) ? 'Run the same command again in a minute.' : 'It needs fine-grained access control.',
  });
}
