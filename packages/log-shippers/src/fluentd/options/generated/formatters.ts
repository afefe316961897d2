// Written by `npm run shipper-options -- fluentd <file>`: names, types and defaults as Fluentd prints them. Refinements are in ../refinements.ts.
import type { PluginSpec } from '../pluginSpec.ts';

export const FORMATTERS = {
  csv: {
    base: ['time'],
    options: {
      delimiter: { type: 'any', default: ',' },
      force_quotes: { type: 'boolean', default: true },
      fields: { type: 'list', required: true },
      add_newline: { type: 'boolean', default: true },
    },
  },
  hash: { base: ['time'], options: { newline: { type: 'enum', default: 'lf', values: ['lf', 'crlf'] }, add_newline: { type: 'boolean', default: true } } },
  json: {
    base: ['time'],
    options: { newline: { type: 'enum', default: 'lf', values: ['lf', 'crlf'] }, json_parser: { type: 'string', default: 'oj' }, add_newline: { type: 'boolean', default: true } },
  },
  ltsv: {
    base: ['time'],
    options: {
      newline: { type: 'enum', default: 'lf', values: ['lf', 'crlf'] },
      delimiter: { type: 'string', default: '\t' },
      label_delimiter: { type: 'string', default: ':' },
      replacement: { type: 'string', default: ' ' },
      add_newline: { type: 'boolean', default: true },
    },
  },
  msgpack: { base: ['time'], options: {} },
  out_file: {
    base: ['time'],
    options: {
      newline: { type: 'enum', default: 'lf', values: ['lf', 'crlf'] },
      output_time: { type: 'boolean', default: true },
      output_tag: { type: 'boolean', default: true },
      delimiter: { type: 'any', default: '\t' },
    },
  },
  single_value: {
    base: ['time'],
    options: {
      newline: { type: 'enum', default: 'lf', values: ['lf', 'crlf'] },
      message_key: { type: 'string', default: 'message' },
      add_newline: { type: 'boolean', default: true },
    },
  },
  stdout: { base: ['time'], options: { output_type: { type: 'string', default: 'json' } } },
  tsv: {
    base: ['time'],
    options: {
      newline: { type: 'enum', default: 'lf', values: ['lf', 'crlf'] },
      keys: { type: 'list', required: true },
      delimiter: { type: 'string', default: '\t' },
      add_newline: { type: 'boolean', default: true },
    },
  },
} as const satisfies Readonly<Record<string, PluginSpec>>;
