// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of expect. */
export const expect = {
  ...anyFilter,
  key_exists: { type: 'string' },
  key_not_exists: { type: 'string' },
  key_val_is_null: { type: 'string' },
  key_val_is_not_null: { type: 'string' },
  key_val_eq: { type: 'string', repeatable: true },
  action: { type: 'string', default: 'warn' },
  result_key: { type: 'string', default: 'matched' },
} as const satisfies Options;
