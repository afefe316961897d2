// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of forward. */
export const forward = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  time_as_integer: { type: 'boolean', default: false },
  retain_metadata_in_forward_mode: { type: 'boolean', default: true },
  shared_key: { type: 'string' },
  self_hostname: { type: 'string' },
  empty_shared_key: { type: 'boolean', default: false },
  send_options: { type: 'boolean', default: false },
  require_ack_response: { type: 'boolean', default: false },
  username: { type: 'string' },
  password: { type: 'string' },
  unix_path: { type: 'string' },
  upstream: { type: 'string' },
  tag: { type: 'string' },
  compress: { type: 'string' },
  fluentd_compat: { type: 'boolean', default: false },
  add_option: { type: 'string', repeatable: true },
} as const satisfies Options;
