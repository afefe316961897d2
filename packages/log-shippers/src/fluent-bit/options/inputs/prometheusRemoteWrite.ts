// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput, listening, tls } from '../groups.ts';

/** Options of prometheus_remote_write. */
export const prometheusRemoteWrite = {
  ...anyInput,
  ...listening,
  ...tls,
  listen: { type: 'string', default: '0.0.0.0' },
  host: { type: 'string', default: 'localhost' },
  port: { type: 'port' },
  'http_server.http2': { type: 'boolean', default: true },
  'http_server.idle_timeout': { type: 'duration', default: '10s' },
  'http_server.buffer_max_size': { type: 'size', default: '4M' },
  'http_server.buffer_chunk_size': { type: 'size', default: '512K' },
  'http_server.max_connections': { type: 'size', default: '0' },
  'http_server.workers': { type: 'integer', default: 1 },
  'http_server.ingress_queue_event_limit': { type: 'size', default: '8192' },
  'http_server.ingress_queue_byte_limit': { type: 'size', default: '256M' },
  http2: { type: 'boolean', default: true },
  buffer_max_size: { type: 'size', default: '4M' },
  buffer_chunk_size: { type: 'size', default: '512K' },
  max_connections: { type: 'size', default: '0' },
  workers: { type: 'integer', default: 1 },
  uri: { type: 'string' },
  tag_from_uri: { type: 'boolean', default: true },
  successful_response_code: { type: 'integer', default: 201 },
} as const satisfies Options;
