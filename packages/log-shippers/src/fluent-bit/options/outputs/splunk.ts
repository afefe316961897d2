// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of splunk. */
export const splunk = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  compress: { type: 'string' },
  http_user: { type: 'string' },
  http_passwd: { type: 'string' },
  http_buffer_size: { type: 'size' },
  http_debug_bad_request: { type: 'boolean', default: false },
  event_key: { type: 'string' },
  event_host: { type: 'string' },
  event_source: { type: 'string' },
  event_sourcetype: { type: 'string' },
  event_sourcetype_key: { type: 'string' },
  event_index: { type: 'string' },
  event_index_key: { type: 'string' },
  event_field: { type: 'string', repeatable: true },
  splunk_token: { type: 'string' },
  splunk_send_raw: { type: 'boolean', default: false },
  auto_extract_timestamp: { type: 'boolean', default: false },
  channel: { type: 'string' },
} as const satisfies Options;
