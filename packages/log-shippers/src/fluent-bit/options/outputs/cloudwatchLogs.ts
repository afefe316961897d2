// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput } from '../groups.ts';

/** Options of cloudwatch_logs. */
export const cloudwatchLogs = {
  ...anyOutput,
  region: { type: 'string' },
  log_group_name: { type: 'string' },
  log_stream_name: { type: 'string' },
  log_stream_prefix: { type: 'string' },
  log_group_template: { type: 'string' },
  log_stream_template: { type: 'string' },
  log_key: { type: 'string' },
  extra_user_agent: { type: 'string' },
  log_format: { type: 'string' },
  role_arn: { type: 'string' },
  auto_create_group: { type: 'boolean', default: false },
  auto_retry_requests: { type: 'boolean', default: true },
  log_retention_days: { type: 'integer', default: 0 },
  endpoint: { type: 'string' },
  sts_endpoint: { type: 'string' },
  external_id: { type: 'string' },
  metric_namespace: { type: 'string' },
  metric_dimensions: { type: 'string' },
  profile: { type: 'string' },
  log_group_class: { type: 'string' },
  add_entity: { type: 'boolean', default: false },
} as const satisfies Options;
