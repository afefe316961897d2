// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput } from '../groups.ts';

/** Options of lib. */
export const libPlugin = {
  ...anyOutput,
  format: { type: 'string' },
  max_records: { type: 'integer' },
  data_mode: { type: 'string', default: 'single_record' },
} as const satisfies Options;
