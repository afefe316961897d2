// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of geoip2. */
export const geoip2 = {
  ...anyFilter,
  database: { type: 'string' },
  lookup_key: { type: 'string' },
  record: { type: 'string' },
} as const satisfies Options;
