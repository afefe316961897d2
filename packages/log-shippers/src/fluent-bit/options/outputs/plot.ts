// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput } from '../groups.ts';

/** Options of plot. */
export const plot = {
  ...anyOutput,
  key: { type: 'string' },
  file: { type: 'string' },
} as const satisfies Options;
