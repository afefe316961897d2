// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of checklist. */
export const checklist = {
  ...anyFilter,
  file: { type: 'string' },
  mode: { type: 'string', default: 'exact' },
  print_query_time: { type: 'boolean', default: false },
  ignore_case: { type: 'boolean', default: false },
  lookup_key: { type: 'string', default: 'log' },
  record: { type: 'string', repeatable: true },
} as const satisfies Options;
