// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of head. */
export const head = {
  ...anyInput,
  file: { type: 'string' },
  key: { type: 'string', default: 'head' },
  buf_size: { type: 'size', default: '256' },
  split_line: { type: 'boolean', default: false },
  lines: { type: 'integer', default: 0 },
  add_path: { type: 'boolean', default: false },
  interval_sec: { type: 'integer', default: 1 },
  interval_nsec: { type: 'integer', default: 0 },
} as const satisfies Options;
