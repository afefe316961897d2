// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of proc. */
export const proc = {
  ...anyInput,
  interval_sec: { type: 'integer', default: 1 },
  interval_nsec: { type: 'integer', default: 0 },
  alert: { type: 'boolean', default: false },
  mem: { type: 'boolean', default: true },
  fd: { type: 'boolean', default: true },
  proc_name: { type: 'string' },
} as const satisfies Options;
