// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of kmsg. */
export const kmsg = {
  ...anyInput,
  prio_level: { type: 'integer', default: 8 },
} as const satisfies Options;
