// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of dummy. */
export const dummy = {
  ...anyInput,
  samples: { type: 'integer', default: 0 },
  dummy: { type: 'string', default: '{"message":"dummy"}' },
  metadata: { type: 'string', default: '{}' },
  rate: { type: 'integer', default: 1 },
  interval_sec: { type: 'integer', default: 0 },
  interval_nsec: { type: 'integer', default: 0 },
  copies: { type: 'integer', default: 1 },
  start_time_sec: { type: 'integer', default: -1 },
  start_time_nsec: { type: 'integer', default: -1 },
  fixed_timestamp: { type: 'boolean', default: false },
  flush_on_startup: { type: 'boolean', default: false },
  test_hang_on_exit: { type: 'boolean', default: false },
} as const satisfies Options;
