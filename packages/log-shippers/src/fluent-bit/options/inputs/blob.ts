// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of blob. */
export const blob = {
  ...anyInput,
  path: { type: 'string' },
  exclude_pattern: { type: 'string' },
  database_file: { type: 'string' },
  scan_refresh_interval: { type: 'duration', default: '2s' },
  upload_success_action: { type: 'string' },
  upload_success_suffix: { type: 'string' },
  upload_success_message: { type: 'string' },
  upload_failure_action: { type: 'string' },
  upload_failure_suffix: { type: 'string' },
  upload_failure_message: { type: 'string' },
} as const satisfies Options;
