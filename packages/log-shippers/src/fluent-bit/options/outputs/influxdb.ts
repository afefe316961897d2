// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of influxdb. */
export const influxdb = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  database: { type: 'string', default: 'fluentbit' },
  bucket: { type: 'string' },
  org: { type: 'string', default: 'fluent' },
  sequence_tag: { type: 'string' },
  uri: { type: 'string' },
  http_user: { type: 'string' },
  http_passwd: { type: 'string' },
  http_token: { type: 'string' },
  http_header: { type: 'string', repeatable: true },
  auto_tags: { type: 'boolean', default: false },
  tag_keys: { type: 'string' },
  add_integer_suffix: { type: 'boolean', default: false },
} as const satisfies Options;
