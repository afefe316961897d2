// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of record_modifier. */
export const recordModifier = {
  ...anyFilter,
  record: { type: 'string', repeatable: true },
  remove_key: { type: 'string' },
  allowlist_key: { type: 'string' },
  whitelist_key: { type: 'string' },
  uuid_key: { type: 'string' },
} as const satisfies Options;
