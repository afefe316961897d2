// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of datadog. */
export const datadog = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  compress: { type: 'string', default: 'false' },
  header: { type: 'string', repeatable: true },
  apikey: { type: 'string' },
  dd_service: { type: 'string' },
  dd_source: { type: 'string' },
  dd_tags: { type: 'string' },
  dd_hostname: { type: 'string' },
  proxy: { type: 'string' },
  include_tag_key: { type: 'boolean', default: false },
  tag_key: { type: 'string', default: 'tagkey' },
  dd_message_key: { type: 'string', default: 'log' },
  provider: { type: 'string' },
  json_date_key: { type: 'string', default: 'timestamp' },
} as const satisfies Options;
