// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of serial. */
export const serial = {
  ...anyInput,
  file: { type: 'string' },
  bitrate: { type: 'string' },
  separator: { type: 'string' },
  format: { type: 'string' },
  min_bytes: { type: 'integer', default: 0 },
} as const satisfies Options;
