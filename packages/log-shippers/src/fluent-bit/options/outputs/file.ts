// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyOutput } from '../groups.ts';

/** Options of file. */
export const file = {
  ...anyOutput,
  path: { type: 'string' },
  file: { type: 'string' },
  enable_strftime: { type: 'boolean', default: false },
  max_dynamic_files: { type: 'integer', default: 1024 },
  on_missing_field: { type: 'string', default: 'error' },
  on_limit_reached: { type: 'string', default: 'error' },
  fallback_path: { type: 'string' },
  fallback_file: { type: 'string' },
  format: { type: 'string' },
  delimiter: { type: 'string' },
  label_delimiter: { type: 'string' },
  template: { type: 'string', default: '{time} {message}' },
  csv_column_names: { type: 'boolean', default: false },
  mkdir: { type: 'boolean', default: false },
  rotate: { type: 'boolean', default: false },
  rotate_max_size: { type: 'size', default: '100M' },
  rotate_max_files: { type: 'integer', default: 7 },
  rotate_gzip: { type: 'boolean', default: true },
} as const satisfies Options;
