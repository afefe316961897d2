// Written by `npm run shipper-options -- fluentd <file>`: names, types and defaults as Fluentd prints them. Refinements are in ../refinements.ts.
import type { PluginSpec } from '../pluginSpec.ts';

export const BUFFERS = {
  file: {
    base: ['buffer'],
    options: { path: { type: 'string' }, path_suffix: { type: 'string', default: '.log' }, file_permission: { type: 'string' }, dir_permission: { type: 'string' } },
  },
  file_single: {
    base: ['buffer'],
    options: {
      path: { type: 'string' },
      calc_num_records: { type: 'boolean', default: true },
      chunk_format: { type: 'enum', default: 'auto', values: ['msgpack', 'text', 'auto'] },
      file_permission: { type: 'string' },
      dir_permission: { type: 'string' },
    },
  },
  memory: { base: ['buffer'], options: {} },
} as const satisfies Readonly<Record<string, PluginSpec>>;
