// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of grep. */
export const grep = {
  ...anyFilter,
  regex: { type: 'string' },
  exclude: { type: 'string' },
  logical_op: { type: 'string', default: 'legacy' },
} as const satisfies Options;
