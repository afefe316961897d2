// Made by `npm run shipper-options -- fluent-bit` from Fluent Bit 5.1.1: not to be edited.
import type { Options } from '../../../options/option.ts';
import { anyInput } from '../groups.ts';

/** Options of prometheus_textfile. */
export const prometheusTextfile = {
  ...anyInput,
  path: { type: 'list' },
  scrape_interval: { type: 'duration', default: '10s' },
} as const satisfies Options;
