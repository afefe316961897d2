// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of nest. */
export const nest = {
  ...anyFilter,
  operation: { type: 'string' },
  wildcard: { type: 'string' },
  nest_under: { type: 'string' },
  nested_under: { type: 'string' },
  add_prefix: { type: 'string' },
  remove_prefix: { type: 'string' },
} as const satisfies Options;
