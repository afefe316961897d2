// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, tls } from '../groups.ts';

/** Options of td. */
export const td = {
  ...anyOutput,
  ...tls,
  api: { type: 'string' },
  database: { type: 'string' },
  table: { type: 'string' },
  region: { type: 'string' },
} as const satisfies Options;
