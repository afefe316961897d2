// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput, connecting, tls } from '../groups.ts';

/** Options of docker_events. */
export const dockerEvents = {
  ...anyInput,
  ...connecting,
  ...tls,
  listen: { type: 'string', default: '0.0.0.0' },
  host: { type: 'string', default: 'localhost' },
  port: { type: 'port' },
  unix_path: { type: 'string', default: '/var/run/docker.sock' },
  buffer_size: { type: 'size', default: '8k' },
  parser: { type: 'string' },
  key: { type: 'string', default: 'message' },
  'reconnect.retry_limits': { type: 'integer', default: 5 },
  'reconnect.retry_interval': { type: 'integer', default: 1 },
} as const satisfies Options;
