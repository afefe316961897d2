// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of websocket. */
export const websocket = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  uri: { type: 'string' },
  format: { type: 'string' },
  json_date_format: { type: 'string', default: 'double' },
  json_date_key: { type: 'string', default: 'date' },
  header: { type: 'string', repeatable: true },
} as const satisfies Options;
