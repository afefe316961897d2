// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyProcessor } from '../groups.ts';

/** Options of cumulative_to_delta. */
export const cumulativeToDelta = {
  ...anyProcessor,
  initial_value: { type: 'string', default: 'unset' },
  drop_first: { type: 'boolean', default: true },
  drop_on_reset: { type: 'boolean', default: true },
  max_staleness: { type: 'duration', default: '1h' },
  max_series: { type: 'integer', default: 65536 },
} as const satisfies Options;
