// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput, listening } from '../groups.ts';

/** Options of statsd. */
export const statsd = {
  ...anyInput,
  ...listening,
  listen: { type: 'string', default: '0.0.0.0' },
  host: { type: 'string', default: 'localhost' },
  port: { type: 'port' },
  metrics: { type: 'boolean', default: false },
} as const satisfies Options;
