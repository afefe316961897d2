// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting } from '../groups.ts';

/** Options of nats. */
export const nats = {
  ...anyOutput,
  ...connecting,
  host: { type: 'string' },
  port: { type: 'port' },
} as const satisfies Options;
