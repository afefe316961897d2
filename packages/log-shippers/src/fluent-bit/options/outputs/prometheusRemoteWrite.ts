// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of prometheus_remote_write. */
export const prometheusRemoteWrite = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  add_label: { type: 'string', repeatable: true },
  proxy: { type: 'string' },
  http_user: { type: 'string' },
  http_passwd: { type: 'string' },
  compression: { type: 'string', default: 'snappy' },
  aws_auth: { type: 'boolean', default: false },
  aws_service: { type: 'string', default: 'aps' },
  aws_region: { type: 'string' },
  aws_sts_endpoint: { type: 'string' },
  aws_role_arn: { type: 'string' },
  aws_external_id: { type: 'string' },
  aws_profile: { type: 'string' },
  header: { type: 'string', repeatable: true },
  uri: { type: 'string' },
  log_response_payload: { type: 'boolean', default: true },
} as const satisfies Options;
