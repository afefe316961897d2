// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput, connecting, tls } from '../groups.ts';

/** Options of health. */
export const health = {
  ...anyInput,
  ...connecting,
  ...tls,
  listen: { type: 'string', default: '0.0.0.0' },
  host: { type: 'string', default: 'localhost' },
  port: { type: 'port' },
  alert: { type: 'boolean', default: false },
  add_host: { type: 'boolean', default: false },
  add_port: { type: 'boolean', default: false },
  interval_sec: { type: 'integer', default: 1 },
  interval_nsec: { type: 'integer', default: 0 },
} as const satisfies Options;
