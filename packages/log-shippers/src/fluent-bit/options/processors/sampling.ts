// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyProcessor } from '../groups.ts';

/** Options of sampling. */
export const sampling = {
  ...anyProcessor,
  type: { type: 'string' },
  debug: { type: 'boolean', default: false },
  sampling_settings: { type: 'any' },
  conditions: { type: 'any' },
} as const satisfies Options;
