// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of fluentbit_metrics. */
export const fluentbitMetrics = {
  ...anyInput,
  scrape_interval: { type: 'duration', default: '2' },
  scrape_on_start: { type: 'boolean', default: false },
} as const satisfies Options;
