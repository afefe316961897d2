// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of chronicle. */
export const chronicle = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  google_service_credentials: { type: 'string' },
  service_account_email: { type: 'string' },
  service_account_secret: { type: 'string' },
  project_id: { type: 'string' },
  customer_id: { type: 'string' },
  log_type: { type: 'string' },
  region: { type: 'string' },
  log_key: { type: 'string' },
  namespace: { type: 'string' },
  namespace_key: { type: 'string' },
  label: { type: 'string', repeatable: true },
} as const satisfies Options;
