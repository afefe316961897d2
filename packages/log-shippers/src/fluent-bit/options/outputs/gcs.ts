// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput, connecting, tls } from '../groups.ts';

/** Options of gcs. */
export const gcs = {
  ...anyOutput,
  ...connecting,
  ...tls,
  host: { type: 'string' },
  port: { type: 'port' },
  bucket: { type: 'string' },
  gcs_key_format: { type: 'string', default: 'fluent-bit-logs/$TAG/%Y/%m/%d/%H/%M/%S' },
  gcs_key_format_tag_delimiters: { type: 'string', default: '.' },
  static_file_path: { type: 'boolean', default: false },
  canned_acl: { type: 'string' },
  upload_timeout: { type: 'duration', default: '10m' },
  send_content_md5: { type: 'boolean', default: false },
  preserve_data_ordering: { type: 'boolean', default: false },
  store_chunk_limit: { type: 'integer', default: 0 },
  store_dir_limit_size: { type: 'size' },
  content_type: { type: 'string', default: 'application/json' },
  google_service_credentials: { type: 'string' },
  store_dir: { type: 'string', default: '/tmp/fluent-bit/gcs' },
  compression: { type: 'string', default: 'none' },
} as const satisfies Options;
