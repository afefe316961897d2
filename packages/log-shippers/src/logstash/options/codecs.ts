// Made by tools/shipper-options/logstash.ts out of the plugins' sources; names, types and defaults only.
import type { Options } from '../../options/option.ts';

/** Options that every codec takes. */
export const COMMON_CODEC_OPTIONS = {
  ecs_compatibility: { type: 'enum', values: ['disabled', 'v1', 'v8'] },
  enable_metric: { type: 'boolean', default: true },
  id: { type: 'string' },
} as const satisfies Options;

/** Options of each codec, without the common ones. */
export const CODEC_OPTIONS = {
  json: {
    charset: { type: 'any', default: 'UTF-8' },
    target: { type: 'string' },
  },
  multiline: {
    pattern: { type: 'string', required: true },
    what: { type: 'enum', values: ['previous', 'next'], required: true },
    negate: { type: 'boolean', default: false },
    patterns_dir: { type: 'list' },
    charset: { type: 'any', default: 'UTF-8' },
    multiline_tag: { type: 'string', default: 'multiline' },
    max_lines: { type: 'number', default: 500 },
    max_bytes: { type: 'size', default: '10 MiB' },
    auto_flush_interval: { type: 'number' },
  },
} as const satisfies Readonly<Record<string, Options>>;
