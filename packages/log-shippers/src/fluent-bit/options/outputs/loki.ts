// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of loki. */
export const loki = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  uri: { type: 'string', default: '/loki/api/v1/push' },
  tenant_id: { type: 'string' },
  tenant_id_key: { type: 'string' },
  tenant_id_key_error_handling: { type: 'string', default: 'partial_success' },
  labels: { type: 'list' },
  structured_metadata: { type: 'list' },
  structured_metadata_map_keys: { type: 'list' },
  auto_kubernetes_labels: { type: 'boolean', default: false },
  drop_single_key: { type: 'string' },
  label_keys: { type: 'list' },
  remove_keys: { type: 'list' },
  line_format: { type: 'string', default: 'json' },
  label_map_path: { type: 'string' },
  http_user: { type: 'string' },
  http_passwd: { type: 'string' },
  buffer_size: { type: 'size', default: '512KB' },
  bearer_token: { type: 'string' },
  header: { type: 'string', repeatable: true },
  compress: { type: 'string' },
} as const satisfies Options;
