// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of gpu_metrics. */
export const gpuMetrics = {
  ...anyInput,
  cards_exclude: { type: 'string' },
  cards_include: { type: 'string', default: '*' },
  enable_power: { type: 'boolean', default: true },
  enable_temperature: { type: 'boolean', default: true },
  enable_nvml: { type: 'boolean', default: true },
  path_sysfs: { type: 'string', default: '/sys' },
  scrape_interval: { type: 'duration', default: '5' },
} as const satisfies Options;
