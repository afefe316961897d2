// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput, listening, tls } from '../groups.ts';

/** Options of syslog. */
export const syslog = {
  ...anyInput,
  ...listening,
  ...tls,
  listen: { type: 'string', default: '0.0.0.0' },
  host: { type: 'string', default: 'localhost' },
  port: { type: 'port' },
  mode: { type: 'string' },
  path: { type: 'string' },
  unix_perm: { type: 'string' },
  buffer_chunk_size: { type: 'size', default: '32768' },
  buffer_max_size: { type: 'size' },
  parser: { type: 'string' },
  receive_buffer_size: { type: 'size' },
  raw_message_key: { type: 'string' },
  source_address_key: { type: 'string' },
  format: { type: 'string' },
} as const satisfies Options;
