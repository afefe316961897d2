// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of exec. */
export const exec = {
  ...anyInput,
  command: { type: 'string' },
  parser: { type: 'string' },
  interval_sec: { type: 'integer', default: 1 },
  interval_nsec: { type: 'integer', default: 0 },
  buf_size: { type: 'size', default: '4096' },
  oneshot: { type: 'boolean', default: false },
  exit_after_oneshot: { type: 'boolean', default: false },
  propagate_exit_code: { type: 'boolean', default: false },
} as const satisfies Options;
