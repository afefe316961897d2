// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of oracle_log_analytics. */
export const oracleLogAnalytics = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  config_file_location: { type: 'string' },
  profile_name: { type: 'string', default: 'DEFAULT' },
  oci_config_in_record: { type: 'boolean', default: false },
  uri: { type: 'string' },
  oci_la_log_group_id: { type: 'string' },
  oci_la_log_set_id: { type: 'string' },
  oci_la_entity_id: { type: 'string' },
  oci_la_entity_type: { type: 'string' },
  oci_la_log_source_name: { type: 'string' },
  oci_la_log_path: { type: 'string' },
  oci_la_global_metadata: { type: 'string', repeatable: true },
  oci_la_metadata: { type: 'string', repeatable: true },
  namespace: { type: 'string' },
  proxy: { type: 'string' },
} as const satisfies Options;
