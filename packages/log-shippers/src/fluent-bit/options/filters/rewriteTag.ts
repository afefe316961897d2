// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of rewrite_tag. */
export const rewriteTag = {
  ...anyFilter,
  rule: { type: 'string', repeatable: true },
  emitter_name: { type: 'string' },
  'emitter_storage.type': { type: 'string', default: 'memory' },
  emitter_mem_buf_limit: { type: 'size', default: '10M' },
} as const satisfies Options;
