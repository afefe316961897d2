// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput, listening } from '../groups.ts';

/** Options of udp. */
export const udp = {
  ...anyInput,
  ...listening,
  listen: { type: 'string', default: '0.0.0.0' },
  host: { type: 'string', default: 'localhost' },
  port: { type: 'port' },
  format: { type: 'string' },
  separator: { type: 'string' },
  parser: { type: 'string' },
  chunk_size: { type: 'string' },
  buffer_size: { type: 'string' },
  source_address_key: { type: 'string' },
  workers: { type: 'integer', default: 1 },
} as const satisfies Options;
