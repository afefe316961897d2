// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput, listening, tls } from '../groups.ts';

/** Options of mqtt. */
export const mqtt = {
  ...anyInput,
  ...listening,
  ...tls,
  listen: { type: 'string', default: '0.0.0.0' },
  host: { type: 'string', default: 'localhost' },
  port: { type: 'port' },
  payload_key: { type: 'string' },
  buffer_size: { type: 'size', default: '2048' },
} as const satisfies Options;
