// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of throttle. */
export const throttle = {
  ...anyFilter,
  rate: { type: 'number', default: 1 },
  window: { type: 'integer', default: 5 },
  print_status: { type: 'boolean', default: false },
  interval: { type: 'string', default: '1' },
} as const satisfies Options;
