// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of parser. */
export const parser = {
  ...anyFilter,
  key_name: { type: 'string' },
  parser: { type: 'string' },
  preserve_key: { type: 'boolean', default: false },
  reserve_data: { type: 'boolean', default: false },
  unescape_key: { type: 'any', deprecated: 'It does nothing any more.' },
} as const satisfies Options;
