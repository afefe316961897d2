// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, tls } from '../groups.ts';

/** Options of kafka. */
export const kafka = {
  ...anyOutput,
  ...tls,
  topic_key: { type: 'string' },
  dynamic_topic: { type: 'boolean', default: false },
  format: { type: 'string' },
  otlp_logs_partition_by_resource: { type: 'boolean', default: false },
  message_key: { type: 'string' },
  message_key_field: { type: 'string' },
  timestamp_key: { type: 'string', default: '@timestamp' },
  timestamp_format: { type: 'string' },
  queue_full_retries: { type: 'integer', default: 10 },
  gelf_timestamp_key: { type: 'string' },
  gelf_host_key: { type: 'string' },
  gelf_short_message_key: { type: 'string' },
  gelf_full_message_key: { type: 'string' },
  gelf_level_key: { type: 'string' },
  topics: { type: 'string' },
  brokers: { type: 'string' },
  client_id: { type: 'string' },
  group_id: { type: 'string' },
  'rdkafka.': { type: 'string' },
  raw_log_key: { type: 'string' },
} as const satisfies Options;
