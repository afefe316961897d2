// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyFilter } from '../groups.ts';

/** Options of log_to_metrics. */
export const logToMetrics = {
  ...anyFilter,
  regex: { type: 'string' },
  exclude: { type: 'string' },
  metric_mode: { type: 'string', default: 'counter' },
  value_field: { type: 'string' },
  metric_name: { type: 'string', default: 'a' },
  metric_namespace: { type: 'string', default: 'log_metric' },
  metric_subsystem: { type: 'string' },
  metric_description: { type: 'string' },
  kubernetes_mode: { type: 'boolean', default: false },
  add_label: { type: 'string' },
  label_field: { type: 'string' },
  bucket: { type: 'string' },
  tag: { type: 'string' },
  emitter_name: { type: 'string' },
  emitter_mem_buf_limit: { type: 'size', default: '10M' },
  flush_interval_sec: { type: 'integer', default: 0 },
  flush_interval_nsec: { type: 'integer', default: 0 },
  discard_logs: { type: 'boolean', default: false },
} as const satisfies Options;
