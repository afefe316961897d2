// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../options/option.ts';

/** Options that several plugins share. */
export const anyInput = {
  tag: { type: 'string', default: 'default' },
  log_level: { type: 'string', default: 'info' },
  log_suppress_interval: { type: 'duration', default: '0' },
  routable: { type: 'boolean', default: true },
  alias: { type: 'string' },
  mem_buf_limit: { type: 'size', default: '0' },
  'storage.type': { type: 'string', default: 'memory' },
  'storage.pause_on_chunks_overlimit': { type: 'boolean', default: false },
  threaded: { type: 'boolean', default: false },
  'thread.ring_buffer.capacity': { type: 'integer', default: 1024 },
  'thread.ring_buffer.window': { type: 'integer', default: 5 },
  rate_window: { type: 'duration', default: '1s' },
  rate_gate: { type: 'boolean', default: false },
  'rate_gate.max_bytes': { type: 'size', default: '0' },
  'rate_gate.max_records': { type: 'integer', default: 0 },
  'rate_gate.backpressure': { type: 'boolean', default: true },
  'rate_gate.resume_ratio': { type: 'number', default: 0.80 },
} as const satisfies Options;

/** Options that several plugins share. */
export const listening = {
  'net.share_port': { type: 'boolean', default: false },
  'net.backlog': { type: 'integer', default: 128 },
  'net.io_timeout': { type: 'duration', default: '0s' },
  'net.accept_timeout': { type: 'duration', default: '10s' },
  'net.accept_timeout_log_error': { type: 'boolean', default: true },
  'net.keepalive': { type: 'boolean', default: true },
} as const satisfies Options;

/** Options that several plugins share. */
export const connecting = {
  'net.dns.mode': { type: 'string' },
  'net.dns.resolver': { type: 'string' },
  'net.dns.prefer_ipv4': { type: 'boolean', default: false },
  'net.dns.prefer_ipv6': { type: 'boolean', default: false },
  'net.keepalive': { type: 'boolean', default: true },
  'net.keepalive_idle_timeout': { type: 'duration', default: '30s' },
  'net.tcp_keepalive': { type: 'boolean', default: false },
  'net.tcp_keepalive_time': { type: 'integer', default: -1 },
  'net.tcp_keepalive_interval': { type: 'integer', default: -1 },
  'net.tcp_keepalive_probes': { type: 'integer', default: -1 },
  'net.io_timeout': { type: 'duration', default: '0s' },
  'net.connect_timeout': { type: 'duration', default: '10s' },
  'net.connect_timeout_log_error': { type: 'boolean', default: true },
  'net.source_address': { type: 'string' },
  'net.keepalive_max_recycle': { type: 'integer', default: 2000 },
  'net.max_worker_connections': { type: 'integer', default: 0 },
  'net.proxy_env_ignore': { type: 'boolean', default: false },
} as const satisfies Options;

/** Options that several plugins share. */
export const tls = {
  tls: { type: 'boolean', default: false },
  'tls.verify': { type: 'boolean', default: true },
  'tls.verify_client_cert': { type: 'boolean', default: false },
  'tls.debug': { type: 'integer', default: 1 },
  'tls.ca_file': { type: 'string' },
  'tls.ca_path': { type: 'string' },
  'tls.crt_file': { type: 'string' },
  'tls.key_file': { type: 'string' },
  'tls.key_passwd': { type: 'string' },
  'tls.vhost': { type: 'string' },
  'tls.verify_hostname': { type: 'boolean', default: false },
  'tls.min_version': { type: 'string' },
  'tls.max_version': { type: 'string' },
  'tls.ciphers': { type: 'string' },
  'tls.proxy.ca_file': { type: 'string' },
  'tls.proxy.ca_path': { type: 'string' },
  'tls.proxy.verify': { type: 'boolean', default: true },
  'tls.proxy.verify_hostname': { type: 'boolean', default: true },
} as const satisfies Options;

/** Options that several plugins share. */
export const anyFilter = {
  match: { type: 'string' },
  match_regex: { type: 'string' },
  alias: { type: 'string' },
  log_level: { type: 'string', default: 'info' },
  log_suppress_interval: { type: 'duration', default: '0' },
} as const satisfies Options;

/** Options that several plugins share. */
export const anyProcessor = {
  alias: { type: 'string' },
  log_level: { type: 'string', default: 'info' },
} as const satisfies Options;

/** Options that several plugins share. */
export const anyOutput = {
  match: { type: 'string' },
  match_regex: { type: 'string' },
  alias: { type: 'string' },
  log_level: { type: 'string', default: 'info' },
  log_suppress_interval: { type: 'duration', default: '0' },
  retry_limit: { type: 'string', default: '1' },
  'tls.windows.certstore_name': { type: 'string' },
  'tls.windows.use_enterprise_store': { type: 'string' },
  'tls.windows.client_thumbprints': { type: 'string' },
} as const satisfies Options;
