// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of podman_metrics. */
export const podmanMetrics = {
  ...anyInput,
  scrape_interval: { type: 'duration', default: '30' },
  scrape_on_start: { type: 'boolean', default: false },
  'path.config': { type: 'string' },
  'path.sysfs': { type: 'string', default: '/sys/fs/cgroup' },
  'path.procfs': { type: 'string', default: '/proc' },
} as const satisfies Options;
