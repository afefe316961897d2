// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput } from '../groups.ts';

/** Options of kinesis_firehose. */
export const kinesisFirehose = {
  ...anyOutput,
  region: { type: 'string' },
  delivery_stream: { type: 'string' },
  time_key: { type: 'string' },
  time_key_format: { type: 'string' },
  role_arn: { type: 'string' },
  endpoint: { type: 'string' },
  sts_endpoint: { type: 'string' },
  external_id: { type: 'string' },
  compression: { type: 'string' },
  log_key: { type: 'string' },
  auto_retry_requests: { type: 'boolean', default: true },
  profile: { type: 'string' },
  simple_aggregation: { type: 'boolean', default: false },
} as const satisfies Options;
