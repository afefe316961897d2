// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput, listening, tls } from '../groups.ts';

/** Options of forward. */
export const forward = {
  ...anyInput,
  ...listening,
  ...tls,
  listen: { type: 'string', default: '0.0.0.0' },
  host: { type: 'string', default: 'localhost' },
  port: { type: 'port' },
  tag_prefix: { type: 'string' },
  shared_key: { type: 'string' },
  self_hostname: { type: 'string' },
  'security.users': { type: 'string' },
  unix_path: { type: 'string' },
  unix_perm: { type: 'string' },
  buffer_chunk_size: { type: 'size', default: '1024000' },
  buffer_max_size: { type: 'size', default: '6144000' },
  empty_shared_key: { type: 'boolean', default: false },
  workers: { type: 'integer', default: 1 },
} as const satisfies Options;
