// Made by tools/shipper-options/otel.ts out of the modules' Go structs; names and types only.
import type { OtelOptionTree } from '../optionTree.ts';

/** Options of the collector's extensions. */
export const EXTENSIONS = {
  file_storage: {
    directory: 'string',
    timeout: 'duration',
    compaction: {
      on_start: 'boolean',
      on_rebound: 'boolean',
      directory: 'string',
      rebound_needed_threshold_mib: 'integer',
      rebound_trigger_threshold_mib: 'integer',
      max_transaction_size: 'integer',
      check_interval: 'duration',
      cleanup_on_start: 'boolean',
    },
    fsync: 'boolean',
    create_directory: 'boolean',
    directory_permissions: 'string',
    '-': 'integer',
    recreate: 'boolean',
  },
  health_check: {
    endpoint: 'string',
    tls: {
      ca_file: 'string',
      ca_pem: 'secret',
      include_system_ca_certs_pool: 'boolean',
      cert_file: 'string',
      cert_pem: 'secret',
      key_file: 'string',
      key_pem: 'secret',
      min_version: 'string',
      max_version: 'string',
      cipher_suites: 'list',
      reload_interval: 'duration',
      curve_preferences: 'list',
      tpm: {
        enabled: 'boolean',
        path: 'string',
        owner_auth: 'string',
        auth: 'string',
      },
      client_ca_file: 'string',
      client_ca_file_reload: 'boolean',
    },
    cors: {
      allowed_origins: 'list',
      allowed_headers: 'list',
      max_age: 'integer',
    },
    auth: {
      authenticator: 'string',
      request_params: 'list',
    },
    max_request_body_size: 'integer',
    include_metadata: 'boolean',
    response_headers: 'any',
    compression_algorithms: 'list',
    read_timeout: 'duration',
    read_header_timeout: 'duration',
    write_timeout: 'duration',
    idle_timeout: 'duration',
    middlewares: 'list',
    keep_alives_enabled: 'boolean',
    path: 'string',
    response_body: {
      healthy: 'string',
      unhealthy: 'string',
    },
    check_collector_pipeline: {
      enabled: 'boolean',
      interval: 'string',
      exporter_failure_threshold: 'integer',
    },
  },
  basicauth: {
    htpasswd: {
      file: 'string',
      inline: 'string',
    },
    client_auth: {
      username: 'string',
      password: 'secret',
    },
  },
  sigv4auth: {
    region: 'string',
    service: 'string',
    assume_role: {
      arn: 'string',
      session_name: 'string',
      sts_region: 'string',
      web_identity_token_file: 'string',
    },
  },
} as const satisfies Readonly<Record<string, OtelOptionTree>>;
