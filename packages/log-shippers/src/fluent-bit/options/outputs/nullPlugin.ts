// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput } from '../groups.ts';

/** Options of null. */
export const nullPlugin = {
  ...anyOutput,
  format: { type: 'string' },
  json_date_format: { type: 'string' },
  json_date_key: { type: 'string', default: 'date' },
} as const satisfies Options;
