import { distinguishedNames } from './certificates.ts';
import { HASHING_SETTINGS } from './passwords.ts';

/** Where the certificates are, from the folder of the configuration. */
export const CERTIFICATES = 'certificates';

const tls = (layer: 'http' | 'transport'): Readonly<Record<string, string>> => ({
  [`plugins.security.ssl.${layer}.pemcert_filepath`]: `${CERTIFICATES}/node.crt`,
  [`plugins.security.ssl.${layer}.pemkey_filepath`]: `${CERTIFICATES}/node.key`,
  [`plugins.security.ssl.${layer}.pemtrustedcas_filepath`]: `${CERTIFICATES}/ca.crt`,
});

/** `opensearch.yml` of a server of one or three nodes. It names files, and holds no secret. */
export function openSearchSettings(service: string, nodes: 1 | 3): Readonly<Record<string, unknown>> {
  return {
    'cluster.name': 'podscope',
    'network.host': '0.0.0.0',
    // Maps of whole indices need vm.max_map_count of the node, which only a privileged container can raise
    // (OpenSearch docs, "Important settings"; the bootstrap check is skipped with this setting).
    'node.store.allow_mmap': false,
    ...(nodes === 1
      ? { 'discovery.type': 'single-node' }
      : { 'discovery.seed_hosts': [`${service}-headless`], 'cluster.initial_cluster_manager_nodes': Array.from({ length: nodes }, (_, index) => `${service}-${index}`) }),
    ...tls('transport'),
    // All nodes have one certificate, whose names are those of the Service.
    'plugins.security.ssl.transport.enforce_hostname_verification': false,
    ...tls('http'),
    'plugins.security.ssl.http.enabled': true,
    'plugins.security.nodes_dn': [distinguishedNames.node],
    'plugins.security.authcz.admin_dn': [distinguishedNames.admin],
    'plugins.security.allow_default_init_securityindex': true,
    'plugins.security.restapi.roles_enabled': ['all_access'],
    'plugins.security.audit.type': 'noop',
    ...HASHING_SETTINGS,
  };
}
