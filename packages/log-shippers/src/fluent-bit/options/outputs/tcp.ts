// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of tcp. */
export const tcp = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  format: { type: 'string', default: 'msgpack' },
  json_date_format: { type: 'string', default: 'double' },
  json_date_key: { type: 'string', default: 'date' },
  raw_message_key: { type: 'string' },
} as const satisfies Options;
