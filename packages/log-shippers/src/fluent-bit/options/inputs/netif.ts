// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of netif. */
export const netif = {
  ...anyInput,
  interface: { type: 'string' },
  interval_sec: { type: 'integer', default: 1 },
  interval_nsec: { type: 'integer', default: 0 },
  verbose: { type: 'boolean', default: false },
  test_at_init: { type: 'boolean', default: false },
} as const satisfies Options;
