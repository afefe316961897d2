// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput } from '../groups.ts';

/** Options of exit. */
export const exitPlugin = {
  ...anyOutput,
  flush_count: { type: 'integer', default: -1 },
  record_count: { type: 'integer', default: -1 },
  time_count: { type: 'integer', default: -1 },
} as const satisfies Options;
