// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of azure. */
export const azure = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  customer_id: { type: 'string' },
  shared_key: { type: 'string' },
  log_type: { type: 'string', default: 'fluentbit' },
  log_type_key: { type: 'string' },
  time_key: { type: 'string', default: '@timestamp' },
  time_generated: { type: 'boolean', default: false },
} as const satisfies Options;
