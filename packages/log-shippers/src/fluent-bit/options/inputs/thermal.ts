// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of thermal. */
export const thermal = {
  ...anyInput,
  interval_sec: { type: 'integer', default: 1 },
  interval_nsec: { type: 'integer', default: 0 },
  name_regex: { type: 'string' },
  type_regex: { type: 'string' },
} as const satisfies Options;
