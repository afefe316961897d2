import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRIVATE, type Settings } from '../run/server-files.ts';
import { distinguishedNames, type Certificates } from './certificates.ts';
import { HASHING_SETTINGS } from './password.ts';

/** What the plugin asks of whom, before there are any users; its own roles and action groups it brings itself. */
const initial = {
  config: {
    config: {
      dynamic: {
        http: { anonymous_auth_enabled: false },
        authc: {
          basic: {
            http_enabled: true,
            transport_enabled: true,
            order: 0,
            http_authenticator: { type: 'basic', challenge: true },
            authentication_backend: { type: 'internal' },
          },
        },
      },
    },
  },
  internal_users: {},
  roles: {},
  roles_mapping: {},
  action_groups: {},
  tenants: {},
  nodes_dn: {},
  allowlist: { config: { enabled: false, requests: {} } },
  audit: { config: { enabled: false } },
} as const;

/** The types that the files name in themselves, where they are not called as their file. */
const TYPES: Readonly<Record<string, string>> = {
  internal_users: 'internalusers', roles_mapping: 'rolesmapping', action_groups: 'actiongroups', nodes_dn: 'nodesdn',
};

function sslSettings(layer: 'http' | 'transport'): Settings {
  const name = (rest: string): string => `plugins.security.ssl.${layer}.${rest}`;
  return {
    [name('pemcert_filepath')]: 'node.pem',
    [name('pemkey_filepath')]: 'node-key.pem',
    [name('pemtrustedcas_filepath')]: 'ca.pem',
  };
}

/** The settings of a server with the security plugin. They name files, and hold no secret. */
export const securitySettings: Settings = {
  'plugins.security.disabled': false,
  ...sslSettings('transport'),
  'plugins.security.ssl.transport.enforce_hostname_verification': false,
  ...sslSettings('http'),
  'plugins.security.ssl.http.enabled': true,
  'plugins.security.ssl.http.clientauth_mode': 'OPTIONAL',
  'plugins.security.nodes_dn': [distinguishedNames.node],
  'plugins.security.authcz.admin_dn': [distinguishedNames.admin],
  'plugins.security.allow_default_init_securityindex': true,
  'plugins.security.audit.type': 'noop',
  ...HASHING_SETTINGS,
};

/** Writes the server's key, the certificates and the plugin's first state into a configuration directory. */
export async function writeSecurityFiles(configDir: string, certificates: Certificates): Promise<void> {
  const directory = join(configDir, 'opensearch-security');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(join(configDir, 'ca.pem'), certificates.ca, PRIVATE);
  await writeFile(join(configDir, 'node.pem'), certificates.node.cert, PRIVATE);
  await writeFile(join(configDir, 'node-key.pem'), certificates.node.key, PRIVATE);
  for (const [name, body] of Object.entries(initial)) {
    const document = { _meta: { type: TYPES[name] ?? name, config_version: 2 }, ...body };
    // JSON is YAML.
    await writeFile(join(directory, `${name}.yml`), JSON.stringify(document, undefined, 2), PRIVATE);
  }
}
