// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of lua. */
export const lua = {
  ...anyFilter,
  script: { type: 'string' },
  code: { type: 'string' },
  call: { type: 'string' },
  type_int_key: { type: 'string' },
  type_array_key: { type: 'string' },
  protected_mode: { type: 'boolean', default: true },
  time_as_table: { type: 'boolean', default: false },
  enable_flb_null: { type: 'boolean', default: false },
} as const satisfies Options;
