// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of type_converter. */
export const typeConverter = {
  ...anyFilter,
  int_key: { type: 'string', repeatable: true },
  uint_key: { type: 'string', repeatable: true },
  float_key: { type: 'string', repeatable: true },
  str_key: { type: 'string', repeatable: true },
} as const satisfies Options;
