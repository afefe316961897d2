// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of fluentbit_logs. */
export const fluentbitLogs = {
  ...anyInput,
} as const satisfies Options;
