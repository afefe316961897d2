// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of stdin. */
export const stdin = {
  ...anyInput,
  parser: { type: 'string' },
  buffer_size: { type: 'size' },
} as const satisfies Options;
