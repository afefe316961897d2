// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of kafka-rest. */
export const kafkaRest = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  message_key: { type: 'string' },
  time_key: { type: 'string' },
  topic: { type: 'string', default: 'fluent-bit' },
  url_path: { type: 'string' },
  partition: { type: 'number', default: -1 },
  time_key_format: { type: 'string', default: '%Y-%m-%dT%H:%M:%S' },
  include_tag_key: { type: 'boolean', default: false },
  tag_key: { type: 'string', default: '_flb-key' },
  avro_http_header: { type: 'boolean', default: false },
} as const satisfies Options;
