// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of azure_logs_ingestion. */
export const azureLogsIngestion = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  tenant_id: { type: 'string' },
  client_id: { type: 'string' },
  client_secret: { type: 'string' },
  auth_url: { type: 'string' },
  dce_url: { type: 'string' },
  dcr_id: { type: 'string' },
  table_name: { type: 'string' },
  time_key: { type: 'string', default: '@timestamp' },
  time_generated: { type: 'boolean', default: false },
  compress: { type: 'boolean', default: false },
} as const satisfies Options;
