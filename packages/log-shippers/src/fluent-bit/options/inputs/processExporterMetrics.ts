// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of process_exporter_metrics. */
export const processExporterMetrics = {
  ...anyInput,
  scrape_interval: { type: 'duration', default: '5' },
  'path.procfs': { type: 'string', default: '/proc' },
  process_include_pattern: { type: 'string', default: '.+' },
  process_exclude_pattern: { type: 'string' },
  metrics: { type: 'list' },
} as const satisfies Options;
