import { stringify } from 'yaml';
import { READER, READER_ROLE, SHIPPER, SHIPPER_ROLE } from './roles.ts';

/** Who may do everything. */
export const ADMIN = 'admin';
/** The user of the server of OpenSearch Dashboards, under the name that the plugin knows it by (security/config/config.yml). */
export const DASHBOARDS_USER = 'kibanaserver';

/** The hashes of the users' passwords. */
export type Hashes = Readonly<Record<typeof ADMIN | typeof DASHBOARDS_USER | typeof SHIPPER | typeof READER, string>>;

/**
 * The first state of the security plugin, by file: it is read when there is no security index yet. The plugin's own roles
 * (`all_access`, `kibana_server`) and action groups are in the plugin itself.
 * Source: opensearch-project/security, config/*.yml.
 */
export function securityFiles(hashes: Hashes): Readonly<Record<string, string>> {
  const documents: Readonly<Record<string, { readonly type: string; readonly content: object }>> = {
    'config.yml': {
      type: 'config',
      content: {
        config: {
          dynamic: {
            // One place for saved objects: what is imported is what everybody sees.
            kibana: { multitenancy_enabled: false, server_username: DASHBOARDS_USER, index: '.kibana' },
            http: { anonymous_auth_enabled: false },
            authc: { basic: { http_enabled: true, transport_enabled: true, order: 0, http_authenticator: { type: 'basic', challenge: true }, authentication_backend: { type: 'internal' } } },
          },
        },
      },
    },
    'internal_users.yml': { type: 'internalusers', content: Object.fromEntries(Object.entries(hashes).map(([name, hash]) => [name, { hash, reserved: name !== ADMIN }])) },
    'roles.yml': { type: 'roles', content: { [SHIPPER]: SHIPPER_ROLE, [READER]: READER_ROLE } },
    'roles_mapping.yml': {
      type: 'rolesmapping',
      content: { all_access: { users: [ADMIN] }, kibana_server: { users: [DASHBOARDS_USER] }, [SHIPPER]: { users: [SHIPPER] }, [READER]: { users: [READER] } },
    },
    'action_groups.yml': { type: 'actiongroups', content: {} },
    'tenants.yml': { type: 'tenants', content: {} },
    'nodes_dn.yml': { type: 'nodesdn', content: {} },
    'allowlist.yml': { type: 'allowlist', content: { config: { enabled: false, requests: {} } } },
    'audit.yml': { type: 'audit', content: { config: { enabled: false } } },
  };
  return Object.fromEntries(Object.entries(documents).map(([file, { type, content }]) => [file, stringify({ _meta: { type, config_version: 2 }, ...content }, { lineWidth: 0, aliasDuplicateObjects: false })]));
}
