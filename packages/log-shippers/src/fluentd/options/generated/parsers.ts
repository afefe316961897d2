// Written by `npm run shipper-options -- fluentd <file>`: names, types and defaults as Fluentd prints them. Refinements are in ../refinements.ts.
import type { PluginSpec } from '../pluginSpec.ts';

export const PARSERS = {
  apache: {
    base: ['time', 'parser'],
    options: {
      expression: { type: 'string', required: true },
      ignorecase: { type: 'boolean', default: false, deprecated: 'Use /pattern/i instead, this option is no longer effective' },
      multiline: { type: 'boolean', default: false, deprecated: 'Use /pattern/m instead, this option is no longer effective' },
    },
  },
  apache2: { base: ['time', 'parser'], options: {} },
  apache_error: {
    base: ['time', 'parser'],
    options: {
      expression: { type: 'string', required: true },
      ignorecase: { type: 'boolean', default: false, deprecated: 'Use /pattern/i instead, this option is no longer effective' },
      multiline: { type: 'boolean', default: false, deprecated: 'Use /pattern/m instead, this option is no longer effective' },
    },
  },
  cri: { base: ['time', 'parser'], options: { merge_cri_fields: { type: 'boolean', default: true } } },
  csv: {
    base: ['time', 'parser'],
    options: {
      keys: { type: 'list', required: true },
      delimiter: { type: 'string', default: ',' },
      parser_engine: { type: 'enum', default: 'normal', values: ['normal', 'fast'], aliases: ['parser_type'] },
    },
  },
  in_http: { base: ['time', 'parser'], options: {} },
  json: {
    base: ['time', 'parser'],
    options: { json_parser: { type: 'enum', default: 'oj', values: ['oj', 'yajl', 'json'] }, stream_buffer_size: { type: 'integer', default: 8192 } },
  },
  ltsv: {
    base: ['time', 'parser'],
    options: { delimiter: { type: 'string', default: '\t' }, delimiter_pattern: { type: 'string' }, label_delimiter: { type: 'string', default: ':' } },
  },
  msgpack: { base: ['time', 'parser'], options: {} },
  multiline: { base: ['time', 'parser'], options: { format_firstline: { type: 'string' }, unmatched_lines: { type: 'string' } } },
  nginx: {
    base: ['time', 'parser'],
    options: {
      expression: { type: 'string', required: true },
      ignorecase: { type: 'boolean', default: false, deprecated: 'Use /pattern/i instead, this option is no longer effective' },
      multiline: { type: 'boolean', default: false, deprecated: 'Use /pattern/m instead, this option is no longer effective' },
    },
  },
  none: { base: ['time', 'parser'], options: { message_key: { type: 'string', default: 'message' } } },
  regexp: {
    base: ['time', 'parser'],
    options: {
      expression: { type: 'string', required: true },
      ignorecase: { type: 'boolean', default: false, deprecated: 'Use /pattern/i instead, this option is no longer effective' },
      multiline: { type: 'boolean', default: false, deprecated: 'Use /pattern/m instead, this option is no longer effective' },
    },
  },
  syslog: {
    base: ['time', 'parser'],
    options: {
      with_priority: { type: 'boolean', default: false },
      message_format: { type: 'enum', default: 'rfc3164', values: ['rfc3164', 'rfc5424', 'auto'] },
      rfc5424_time_format: { type: 'string', default: '%Y-%m-%dT%H:%M:%S.%L%z' },
      parser_engine: { type: 'enum', default: 'regexp', values: ['regexp', 'string'], aliases: ['parser_type'] },
      support_colonless_ident: { type: 'boolean', default: true },
    },
  },
  tsv: { base: ['time', 'parser'], options: { keys: { type: 'list', required: true }, delimiter: { type: 'string', default: '\t' } } },
} as const satisfies Readonly<Record<string, PluginSpec>>;
