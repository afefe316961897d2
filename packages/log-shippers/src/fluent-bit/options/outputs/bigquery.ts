// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of bigquery. */
export const bigquery = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  google_service_credentials: { type: 'string' },
  enable_identity_federation: { type: 'boolean', default: false },
  aws_region: { type: 'string' },
  project_number: { type: 'string' },
  pool_id: { type: 'string' },
  provider_id: { type: 'string' },
  google_service_account: { type: 'string' },
  service_account_email: { type: 'string' },
  service_account_secret: { type: 'string' },
  project_id: { type: 'string' },
  dataset_id: { type: 'string' },
  table_id: { type: 'string' },
  skip_invalid_rows: { type: 'boolean', default: false },
  ignore_unknown_values: { type: 'boolean', default: false },
} as const satisfies Options;
