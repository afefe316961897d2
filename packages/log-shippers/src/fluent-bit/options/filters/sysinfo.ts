// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of sysinfo. */
export const sysinfo = {
  ...anyFilter,
  fluentbit_version_key: { type: 'string' },
  os_name_key: { type: 'string' },
  hostname_key: { type: 'string' },
  os_version_key: { type: 'string' },
  kernel_version_key: { type: 'string' },
} as const satisfies Options;
