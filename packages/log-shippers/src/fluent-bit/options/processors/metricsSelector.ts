// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyProcessor } from '../groups.ts';

/** Options of metrics_selector. */
export const metricsSelector = {
  ...anyProcessor,
  metric_name: { type: 'string' },
  context: { type: 'string' },
  action: { type: 'string' },
  label: { type: 'string' },
  operation_type: { type: 'string' },
} as const satisfies Options;
