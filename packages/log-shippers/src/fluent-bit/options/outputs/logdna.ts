// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of logdna. */
export const logdna = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  logdna_host: { type: 'string', default: 'logs.logdna.com' },
  logdna_port: { type: 'port', default: 443 },
  logdna_endpoint: { type: 'string', default: '/logs/ingest' },
  api_key: { type: 'string' },
  hostname: { type: 'string' },
  mac: { type: 'string' },
  ip: { type: 'string' },
  tags: { type: 'list' },
  file: { type: 'string' },
  app: { type: 'string', default: 'Fluent Bit' },
  exclude_promoted_keys: { type: 'boolean', default: false },
} as const satisfies Options;
