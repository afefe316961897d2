import type { Options } from '../options/option.ts';
import { connecting } from './options/groups.ts';

/**
 * What the schema of `fluent-bit -J` doesn't say, by kind and plugin: values of enums, secrets, what is required, what may stand several
 * times, and options and plugins that it leaves out. Each entry stands in place of the generated one. Facts from the plugins' sources of
 * 5.1.1 (`plugins/<kind>_<name>`).
 */

const logLevels = ['off', 'error', 'warn', 'info', 'debug', 'trace'] as const;
const logLevel = { type: 'enum', values: logLevels, default: 'info' } as const;

/** Every input's. */
export const INPUT_ADDITIONS = {
  /** Conditions and outputs, in place of tags (`src/flb_router_config.c`). */
  routes: { type: 'any', since: '4.2' },
  /** Which of its own metrics it counts (`input_apply_telemetry_block` of `src/flb_config.c`). */
  telemetry: { type: 'any', since: '5.1' },
  'oauth2.': { type: 'string' },
  log_level: logLevel,
  'storage.type': { type: 'enum', values: ['memory', 'filesystem', 'memrb'], default: 'memory' },
} as const satisfies Options;

/** Every filter's. */
export const FILTER_ADDITIONS = { log_level: logLevel } as const satisfies Options;

/** Every output's: `src/flb_output.c` reads the size limit and the workers by hand. */
export const OUTPUT_ADDITIONS = {
  // Those of AWS connect through a client of their own, and the schema has no networking for them; the program reads it for every output.
  ...connecting,
  log_level: logLevel,
  retry_limit: { type: 'any', default: 1 },
  'storage.total_limit_size': { type: 'size' },
  workers: { type: 'integer' },
  'oauth2.': { type: 'string' },
} as const satisfies Options;

const secret = { type: 'string', secret: true } as const;
const required = { type: 'string', required: true } as const;
const compress = { type: 'enum', values: ['gzip', 'snappy', 'zstd'] } as const;
/** May stand several times (`FLB_CONFIG_MAP_MULT` in the plugins' sources; the schema doesn't tell). */
const several = { type: 'string', repeatable: true } as const;
const writeOperation = { type: 'enum', values: ['create', 'index', 'update', 'upsert'], default: 'create' } as const;

export const INPUT_REFINEMENTS = {
  tail: {
    path: { type: 'list', required: true },
    'db.sync': { type: 'enum', values: ['extra', 'full', 'normal', 'off'], default: 'normal' },
    'db.journal_mode': { type: 'enum', values: ['DELETE', 'TRUNCATE', 'PERSIST', 'MEMORY', 'WAL', 'OFF'], default: 'WAL' },
    refresh_interval: { type: 'duration', default: '60' },
    'windows.': { type: 'string' },
  },
  forward: { shared_key: secret, 'security.users': { type: 'string', repeatable: true, secret: true } },
  elasticsearch: { http_passwd: secret },
  splunk: { splunk_token: secret },
  http: { http_passwd: secret },
  mqtt: {},
  // With AWS, which not every build has.
  kafka: { aws_msk_iam: { type: 'boolean' }, aws_msk_iam_cluster_arn: { type: 'string' } },
  prometheus_scrape: { http_passwd: secret, bearer_token: secret },
} as const satisfies Readonly<Record<string, Options>>;

export const FILTER_REFINEMENTS = {
  lua: { call: required },
  rewrite_tag: {
    rule: { type: 'string', repeatable: true, required: true },
    'emitter_storage.type': { type: 'enum', values: ['memory', 'filesystem', 'memrb'], default: 'memory' },
  },
  multiline: {
    mode: { type: 'enum', values: ['parser', 'partial_message'], default: 'parser' },
    'emitter_storage.type': { type: 'enum', values: ['memory', 'filesystem', 'memrb'], default: 'memory' },
  },
  parser: { key_name: required, parser: { type: 'string', repeatable: true, required: true } },
  nest: { operation: { type: 'enum', values: ['nest', 'lift'], required: true }, wildcard: { type: 'string', repeatable: true } },
  modify: {
    set: several,
    add: several,
    remove: several,
    remove_wildcard: several,
    remove_regex: several,
    move_to_start: several,
    move_to_end: several,
    rename: several,
    hard_rename: several,
    copy: several,
    hard_copy: several,
    condition: several,
  },
  record_modifier: { remove_key: several, allowlist_key: several, whitelist_key: several },
  expect: { key_exists: several, key_not_exists: several, key_val_is_null: several, key_val_is_not_null: several },
  geoip2: { lookup_key: several, record: several },
  log_to_metrics: { regex: several, exclude: several, label_field: several, add_label: several, bucket: several },
  ecs: { add: several },
  grep: {
    regex: several,
    exclude: several,
    logical_op: { type: 'enum', values: ['AND', 'OR', 'legacy'], default: 'legacy' },
  },
  nightfall: { nightfall_api_key: secret },
} as const satisfies Readonly<Record<string, Options>>;

export const OUTPUT_REFINEMENTS = {
  opensearch: { http_passwd: secret, write_operation: writeOperation, compress, aws_service_name: { type: 'enum', values: ['es', 'aoss'], default: 'es' } },
  es: { http_passwd: secret, http_api_key: secret, cloud_auth: secret, write_operation: writeOperation, compress, aws_service_name: { type: 'enum', values: ['es', 'aoss'], default: 'es' } },
  forward: { shared_key: secret, password: secret, compress: { type: 'enum', values: ['text', 'gzip', 'zstd'] } },
  http: { http_passwd: secret, oauth2_client_secret: secret },
  opentelemetry: { http_passwd: secret, compress, logs_body_key: several },
  cloudwatch_logs: { port: { type: 'port' } },
  // With Avro and with AWS, which not every build has.
  kafka: { schema_: { type: 'string' }, aws_msk_iam: { type: 'boolean' }, aws_msk_iam_cluster_arn: { type: 'string' } },
  kinesis_firehose: { region: required, delivery_stream: required, compression: { type: 'enum', values: ['gzip', 'snappy', 'zstd', 'arrow', 'parquet'] } },
  kinesis_streams: { region: required, stream: required },
  splunk: { http_passwd: secret, splunk_token: secret },
  loki: { http_passwd: secret, bearer_token: secret },
  influxdb: { http_passwd: secret, http_token: secret },
  datadog: { apikey: { type: 'string', secret: true, required: true } },
  azure: { shared_key: secret },
  azure_blob: { shared_key: secret, sas_token: secret },
  azure_logs_ingestion: { client_secret: secret },
  azure_kusto: { client_secret: secret },
  bigquery: { google_service_credentials: { type: 'string' } },
  nrlogs: { api_key: secret, license_key: secret },
  logdna: { api_key: secret },
  td: { api: secret },
  slack: { webhook: secret },
  prometheus_remote_write: { http_passwd: secret },
} as const satisfies Readonly<Record<string, Options>>;

/** Linux builds have it where libsystemd was there (`plugins/in_systemd`); the build that the schema comes from does not. */
export const systemd = {
  tag: { type: 'string' },
  alias: { type: 'string' },
  log_level: logLevel,
  mem_buf_limit: { type: 'size', default: '0' },
  'storage.type': { type: 'enum', values: ['memory', 'filesystem', 'memrb'], default: 'memory' },
  threaded: { type: 'boolean', default: false },
  path: { type: 'string' },
  max_fields: { type: 'integer', default: 8000 },
  max_entries: { type: 'integer', default: 5000 },
  systemd_filter_type: { type: 'enum', values: ['Or', 'And'], default: 'Or' },
  systemd_filter: { type: 'string', repeatable: true },
  read_from_tail: { type: 'boolean', default: false },
  lowercase: { type: 'boolean', default: false },
  strip_underscores: { type: 'boolean', default: false },
  db: { type: 'string' },
  'db.sync': { type: 'enum', values: ['extra', 'full', 'normal', 'off'], default: 'full' },
} as const satisfies Options;

/** Plugins of other builds (Windows, WebAssembly, eBPF, Go): known by name, their options are not. */
export const UNLISTED = {
  inputs: ['calyptia_fleet', 'ebpf', 'etw', 'event_tracing_windows', 'exec_wasi', 'unix_socket', 'windows_exporter_metrics', 'winevtlog', 'winlog', 'winstat', 'emitter', 'stream_processor', 'storage_backlog', 'nginx_exporter_metrics'],
  filters: ['wasm', 'tensorflow', 'throttle_size'],
  processors: [],
  // The last are written in Go: those that AWS's, New Relic's and Grafana's images load.
  outputs: ['pgsql', 'calyptia', 'retry', 'zig_demo', 'cloudwatch', 'firehose', 'kinesis', 'newrelic', 'grafana-loki'],
  customs: [],
} as const;
