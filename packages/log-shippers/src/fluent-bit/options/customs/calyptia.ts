// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';

/** Options of calyptia. */
export const calyptia = {
  api_key: { type: 'string' },
  store_path: { type: 'string' },
  calyptia_host: { type: 'string', default: 'cloud-api.calyptia.com' },
  calyptia_port: { type: 'string', default: '443' },
  calyptia_tls: { type: 'boolean', default: true },
  'calyptia_tls.verify': { type: 'boolean', default: true },
  add_label: { type: 'string', repeatable: true },
  machine_id: { type: 'string' },
  fleet_id: { type: 'string' },
  'fleet.config_dir': { type: 'string', default: '/tmp/calyptia-fleet' },
  'fleet.interval_sec': { type: 'string', default: '-1' },
  'fleet.interval_nsec': { type: 'string', default: '-1' },
  'fleet.max_http_buffer_size': { type: 'string' },
  fleet_name: { type: 'string' },
  pipeline_id: { type: 'string' },
  register_retry_on_flush: { type: 'boolean', default: true },
  fleet_config_legacy_format: { type: 'boolean', default: true },
} as const satisfies Options;
