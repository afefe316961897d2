// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of modify. */
export const modify = {
  ...anyFilter,
  set: { type: 'string' },
  add: { type: 'string' },
  remove: { type: 'string' },
  remove_wildcard: { type: 'string' },
  remove_regex: { type: 'string' },
  move_to_start: { type: 'string' },
  move_to_end: { type: 'string' },
  rename: { type: 'string' },
  hard_rename: { type: 'string' },
  copy: { type: 'string' },
  hard_copy: { type: 'string' },
  condition: { type: 'string' },
} as const satisfies Options;
