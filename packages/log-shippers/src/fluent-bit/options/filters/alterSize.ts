// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of alter_size. */
export const alterSize = {
  ...anyFilter,
  add: { type: 'integer', default: 0 },
  remove: { type: 'integer', default: 0 },
} as const satisfies Options;
