// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of multiline. */
export const multiline = {
  ...anyFilter,
  debug_flush: { type: 'boolean', default: false },
  buffer: { type: 'boolean', default: true },
  mode: { type: 'string', default: 'parser' },
  flush_ms: { type: 'integer', default: 2000 },
  'multiline.parser': { type: 'list' },
  'multiline.key_content': { type: 'string' },
  emitter_name: { type: 'string' },
  'emitter_storage.type': { type: 'string', default: 'memory' },
  emitter_mem_buf_limit: { type: 'size', default: '10M' },
} as const satisfies Options;
